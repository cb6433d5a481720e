"""A FHIR R4 server as a process of its own: Medplum's router, behind SMART backend services."""

import asyncio
import json
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
from joserfc.jwk import ECKey, RSAKey

from tests.fakes.npm import installed
from tests.fakes.serving import free_port

NPM = Path(__file__).parents[1] / "plugins/fhir/npm"
CLIENT, KEY_ID = "deskbell-client", "deskbell-1"


def milliseconds(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)


@dataclass
class FhirServer:
    """What a test may do with the server, past its door."""

    home: str
    keys: dict[str, str] = field(repr=False)
    """Private keys that the server knows the public ones of, by algorithm."""
    http: httpx.AsyncClient = field(repr=False)

    @property
    def base(self) -> str:
        return f"{self.home}/fhir"

    async def control(self, **order: Any) -> dict[str, Any]:
        answer = await self.http.post(f"{self.home}/control", json=order)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    async def add(self, *resources: dict[str, Any]) -> list[str]:
        """Have resources stand there; by what others refer to them."""
        made = (await self.control(create=list(resources)))["made"]
        return [f"{each['resourceType']}/{each['id']}" for each in made]

    async def all(self, kind: str) -> list[dict[str, Any]]:
        return list((await self.control(list=kind))["all"])

    async def edit(self, kind: str, **values: Any) -> None:
        """Change the only one of a kind as somebody at the practice would."""
        [there] = await self.all(kind)
        await self.control(update=[there | values])

    async def asked(self) -> list[str]:
        return list((await self.control())["asked"])

    async def dentist(self, name: str = "Lee") -> tuple[str, str]:
        """Somebody who works there, and their schedule."""
        names = [{"prefix": ["Dr."], "given": ["Maya"], "family": name}]
        [who] = await self.add({"resourceType": "Practitioner", "name": names})
        schedule = {"resourceType": "Schedule", "actor": [{"reference": who}]}
        return who, (await self.add(schedule))[0]

    async def busy(self, who: str, start: str, end: str, **more: Any) -> str:
        """An appointment of the practice's own."""
        participant = [{"actor": {"reference": who}, "status": "accepted"}]
        times = {"start": start, "end": end, "status": "booked", "participant": participant}
        return (await self.add({"resourceType": "Appointment", **times, **more}))[0]


@asynccontextmanager
async def fhir_server() -> AsyncIterator[FhirServer]:
    """The server, until the block ends."""
    program, folder = shutil.which("node"), await installed(NPM)
    keys = {
        "ES384": ECKey.generate_key("P-384"),
        "RS384": RSAKey.generate_key(2048),
    }
    published = [
        key.as_dict(private=False, kid=f"{KEY_ID}-{name}", alg=name) for name, key in keys.items()
    ]
    with free_port() as listener:
        port = listener.getsockname()[1]
    told = {"port": port, "client": CLIENT, "jwks": {"keys": published}, "now": 0}
    assert program is not None
    process = await asyncio.create_subprocess_exec(
        program, "server.mjs", json.dumps(told), cwd=folder, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    private = {name: key.as_pem(private=True).decode() for name, key in keys.items()}
    try:
        async with asyncio.timeout(60):
            while (await process.stdout.readline()).strip() != b"ready":
                assert process.returncode is None
        async with httpx.AsyncClient() as http:
            yield FhirServer(f"http://127.0.0.1:{port}", private, http)
    finally:
        process.kill()
        await process.wait()
