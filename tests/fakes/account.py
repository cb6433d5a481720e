"""One connected account whose token is known, for clients of services that are tried alone."""

from collections.abc import Mapping
from typing import Any

import httpx
from starlette.applications import Starlette

from integrations.http_out import Answer
from plugins.account_wire import AccountWire
from plugins.connections.accounts import Pass


class OneAccount:
    """Stands for accounts and for the context that has them."""

    def __init__(self, api: str) -> None:
        self.address = api
        self.refused_tokens: list[str] = []

    @property
    def accounts(self) -> "OneAccount":
        return self

    def unit_of_work(self) -> None:
        """Nothing is looked up."""

    async def enter(self, open: Any, service: str, chosen: Any, refused: str = "") -> Pass:
        return Pass("token" if not refused else "another", self.address)

    async def refused(self, open: Any, service: str, chosen: Any, token: str) -> None:
        self.refused_tokens.append(token)


class Inside:
    """Asks a fake in this very process."""

    def __init__(self, app: Starlette) -> None:
        self.transport = httpx.ASGITransport(app)

    async def ask(self, method: str, url: str, headers: Mapping[str, str], body: bytes) -> Answer:
        async with httpx.AsyncClient(transport=self.transport) as http:
            said = await http.request(method, url, headers=dict(headers), content=body)
        return Answer(said.status_code, dict(said.headers), said.content)


def wire_to(app: Starlette, root: str) -> AccountWire:
    """A way to a fake."""
    account: Any = OneAccount(f"https://service.test{root}")
    out: Any = Inside(app)
    return AccountWire(out, account, "service")
