"""A shop with a tool of its own, the address it asks, and somebody who writes to the shop."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from api.reception import Arrival, Reception, Welcome
from domain.conversations.acts import Disposition, Say
from domain.conversations.models import Channel
from domain.receptionist.ports import Transcript
from integrations.http_out import Outbound, Reach
from plugins.abilities import Tools
from plugins.admission import Equipment
from plugins.custom_tools.models import CustomTool, CustomToolRun
from plugins.custom_tools.repository import CustomToolRuns
from plugins.custom_tools.service import Secret
from plugins.guard import Breakers
from plugins.registry import Registry
from tests.factories.business import open_practice
from tests.factories.tools import make_tool
from tests.fakes.serving import free_port, serving

LOOPBACK = Reach.parse("127.0.0.0/8")
FOUND = {"parcel": {"status": "on its way", "due": "2026-11-20"}, "to": "Zebulon"}


@dataclass
class Address:
    """The other side: answers with the next of `answers`, the last again and again."""

    url: str = ""
    answers: list[Response] = field(default_factory=lambda: [found()])
    asked: list[tuple[dict[str, str], Any]] = field(default_factory=list)
    held: asyncio.Event | None = None
    """If it is there, nothing is answered before it is set."""

    async def answer(self, request: Request) -> Response:
        self.asked.append((dict(request.headers), json.loads(await request.body())))
        if self.held is not None:
            await self.held.wait()
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


def found(body: Any = FOUND, status: int = 200, **headers: str) -> Response:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return Response(content, status, headers)


@dataclass
class Shop:
    """The shop, and how it is written to."""

    unit_of_work: Any
    scope: Any
    address: Address
    tool: CustomTool | None = None
    welcome: Welcome | None = None

    def __post_init__(self) -> None:
        self.breakers = Breakers(self.unit_of_work.clock)
        self.out = Outbound(LOOPBACK)

    async def make(self, secret: Secret | None = None, **changes: Any) -> CustomTool:
        given = {"url": self.address.url} | changes
        async with self.unit_of_work(self.scope) as uow:
            self.tool = await make_tool(uow, LOOPBACK, secret, **given)
        return self.tool

    async def do(self, deed: Any, *values: Any, **named: Any) -> Any:
        """A deed of the service, in a unit of work of its own."""
        async with self.unit_of_work(self.scope) as uow:
            return await deed(uow, *values, **named)

    async def arrive(self, channel: Channel = Channel.CHAT, phone: str | None = None) -> None:
        """Somebody begins a conversation, and has heard what must be said first."""
        tools = Tools(Registry(), Equipment(self.unit_of_work, self.out), self.breakers)
        reception = Reception(self.unit_of_work, tools=tools)
        self.welcome = await reception.welcome(Arrival(self.scope.tenant_id, channel, phone))
        _ = [act async for act in self.welcome.conversation.open()]
        self.welcome.conversation.announced(offset_ms=0)

    async def say(self, *lines: str) -> str:
        """Say some lines; returns what the last one is answered."""
        if self.welcome is None:
            await self.arrive()
        said: list[str] = []
        for line in lines:
            acts = self.welcome.conversation.hear(Transcript(line), offset_ms=1)
            said = [act.text async for act in acts if isinstance(act, Say)]
        return " ".join(said)

    async def leave(self) -> None:
        await self.welcome.conversation.close(Disposition.CALLER_HANGUP)
        self.welcome = None

    async def runs(self) -> list[CustomToolRun]:
        """Every run, the oldest first, opened."""
        async with self.unit_of_work(self.scope) as uow:
            runs = CustomToolRuns(uow)
            return await runs.page(runs.all().order_by("id"))

    def promising(self, **privacy: Any) -> None:
        """The same shop, with another promise of its callers' data in force."""
        tenant = self.scope.tenant
        kept = tenant.privacy.model_copy(update=privacy)
        self.scope = replace(self.scope, tenant=replace(tenant, privacy=kept))


@pytest.fixture
async def address() -> AsyncIterator[Address]:
    there = Address()
    app = Starlette(routes=[Route("/{path:path}", there.answer, methods=["POST"])])
    async with serving(app, free_port()) as port:
        there.url = f"http://127.0.0.1:{port}/parcels"
        yield there
        if there.held is not None:
            there.held.set()


@pytest.fixture
async def shop(unit_of_work, scope, address) -> Shop:
    await open_practice(unit_of_work, scope)
    return Shop(unit_of_work, scope, address)
