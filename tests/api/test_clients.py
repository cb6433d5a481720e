"""The programs of `docs/clients.md` run as they stand, against a served API."""

import asyncio
import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import pytest

from api.graphql.allowances import Rates
from api.graphql.ids import write_id
from domain import contacts
from domain.contacts.repository import Contacts
from domain.personal import Source
from domain.scope import Scope
from domain.work import UnitsOfWork
from integrations.redis_bucket import BucketsInRedis
from integrations.redis_pubsub import Publisher, Topic, Watched
from tests.api.conftest import browse, build_app
from tests.api.everything import own_everything
from tests.api.serving import serving
from tests.architecture.source import ROOT
from tests.docs.pages import blocks
from tests.factories.members import key_of
from tests.fakes.npm import installed, needs_node, run

PAGE = ROOT / "docs" / "clients.md"
NPM = Path(__file__).parent / "clients"
ADDRESS = "https://desk.example"
LONG = 60  # seconds; a program that takes longer hangs
NAMES = ["Anna mark", "Bea", "Cleo"]
# A bucket that fills by twenty a second.
SLOW = Rates(minute=1_200)
DEAR = (
    "{ tenant { contacts(first: 100) {"
    " edges { node { disclosures(first: 5) { edges { cursor } } } } } } }"
)
CHEAP = "{ tenant { contacts(first: 2) { edges { cursor } } } }"
typescript = needs_node("the TypeScript of the pages is not run")


@pytest.fixture
async def owned(unit_of_work, scope):
    """Three contacts and a call."""
    owned = await own_everything(unit_of_work, scope, "mark")
    async with unit_of_work(scope) as uow:
        for name in NAMES[1:]:
            await contacts.add(uow, contacts.Details(name=name), source=Source.OWNER)
    return owned


@pytest.fixture
async def token(unit_of_work, scope):
    allowed = ("audit:read", "calls:read", "contacts:read", "contacts:write")
    return (await key_of(unit_of_work, scope, *allowed)).token


class Statuses:
    """Remembers how the application answered, and lets somebody in first until it refused one."""

    def __init__(self, app):
        self.app, self.seen, self.first = app, [], None

    async def __call__(self, scope, receive, send):
        if self.first and 429 not in self.seen:
            await self.first()

        async def noting(message):
            if message["type"] == "http.response.start":
                self.seen.append(message["status"])
            await send(message)

        await self.app(scope, receive, noting)


@pytest.fixture
def app(database, unit_of_work, live, redis):
    return Statuses(
        build_app(unit_of_work, live, limiter=BucketsInRedis(redis, patience=5), rates=SLOW)
    )


@dataclass
class Place:
    """An API that is served, with a key, and somebody else who uses up what the key may ask."""

    app: Statuses
    token: str
    owned: dict[str, UUID]
    publisher: Publisher
    unit_of_work: UnitsOfWork
    scope: Scope

    async def run(self, *command, cwd=None):
        """Run a program to its end; what it wrote."""
        async with browse(self.app.app) as other:
            other.headers["Authorization"] = f"Bearer {self.token}"
            self.app.first = lambda: self._use_up(other)
            process = await started(*command, token=self.token, owned=self.owned, cwd=cwd)
            writing = asyncio.create_task(process.communicate())
            try:
                async with asyncio.timeout(LONG):
                    await self._tell(writing)
            except TimeoutError:
                process.kill()
        out, err = await writing
        assert process.returncode == 0, (out.decode(), err.decode())
        return out.decode().splitlines()

    async def _use_up(self, other):
        """Ask for all that the key may at this moment."""
        for query in (DEAR, CHEAP):
            while (await other.post(query)).status_code != 429:
                pass

    async def _tell(self, writing):
        """Tell of the call until the program that waits for it has ended."""
        watched = Watched(self.scope.tenant_id, Topic.CALL_UPDATED, self.owned["Call"])
        while not writing.done():
            await self.publisher.tell(watched, self.owned["Call"])
            await asyncio.sleep(0.1)

    async def check(self, lines):
        """What a program said, and what it left behind."""
        assert sorted(line for line in lines if line.startswith("contact ")) == [
            f"contact {name}" for name in NAMES
        ]
        first, second = [line for line in lines if line.startswith("added ")]
        assert first == second
        assert "code" not in first
        assert [line for line in lines if line.startswith("waiting ")]
        assert lines[-1] == "call RINGING"
        async with self.unit_of_work(self.scope, read_only=True) as uow:
            everybody = await Contacts(uow).page(Contacts(uow).all())
            assert [row.name.read() for row in everybody].count("Grace") == 1


@pytest.fixture
def place(app, token, owned, publisher, unit_of_work, scope):
    return Place(app, token, owned, publisher, unit_of_work, scope)


async def started(*command, token, owned, cwd=None):
    environment = os.environ | {"DESK_KEY": token, "CALL_ID": write_id("Call", owned["Call"])}
    pipe = asyncio.subprocess.PIPE
    return await asyncio.create_subprocess_exec(
        *command, env=environment, cwd=cwd, stdout=pipe, stderr=pipe
    )


def program(language, authority, number=0):
    return blocks(PAGE, language)[number].replace(ADDRESS, f"http://{authority}")


async def test_curl_reads(app, token, owned):
    async with serving(app) as authority:
        words = program("sh", authority)
        process = await started("bash", "-c", words, token=token, owned=owned)
        out, err = await process.communicate()
    assert process.returncode == 0, err.decode()
    edges = json.loads(out)["data"]["tenant"]["contacts"]["edges"]
    assert sorted(edge["node"]["name"] for edge in edges) == NAMES


async def test_python_reads_writes_waits_and_watches(place, tmp_path):
    async with serving(place.app) as authority:
        (tmp_path / "client.py").write_text(program("python", authority))
        lines = await place.run(sys.executable, "client.py", cwd=tmp_path)
    await place.check(lines)


@typescript
async def test_typescript_reads_writes_waits_and_watches(place, tmp_path):
    async with serving(place.app) as authority:
        script = await stripped(program("ts", authority), tmp_path / "client.mjs")
        lines = await place.run("node", str(script))
    await place.check(lines)


@typescript
async def test_typescript_tells_genuine_webhooks_from_others(tmp_path):
    vectors = json.loads((ROOT / "docs" / "webhook-vectors.json").read_text())["vectors"]
    symmetric = [each for each in vectors if each["key"].startswith("whsec_")]
    judge = """
    import { readFileSync } from "node:fs";
    for (const { name, key, headers, body, now } of JSON.parse(readFileSync(0, "utf8")))
      console.log(name, genuine(key, headers, body, now));
    """
    script = await stripped(blocks(PAGE, "ts")[1] + judge, tmp_path / "receiver.mjs")
    said = await run("node", str(script), cwd=tmp_path, given=json.dumps(symmetric).encode())
    judged = dict(line.split() for line in said.splitlines())
    assert judged == {each["name"]: str(each["valid"]).lower() for each in symmetric}


async def stripped(words, path):
    """TypeScript without its types."""
    esbuild = (await installed(NPM)) / "node_modules" / ".bin" / "esbuild"
    options = ("--loader=ts", "--format=esm", "--target=node20")
    path.write_text(await run(str(esbuild), *options, cwd=path.parent, given=words.encode()))
    return path
