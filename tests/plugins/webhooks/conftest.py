"""A tenant with webhooks, a receiver that can be made to fail, and the road between them."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from domain.contacts.events import ContactChanged
from integrations.http_out import Outbound, Reach
from plugins import settings
from plugins.registry import Registry
from plugins.webhooks import service
from plugins.webhooks.models import WebhookEndpoint, WebhookExchange
from plugins.webhooks.repository import WebhookEndpoints, WebhookExchanges
from plugins.webhooks.rules import NAME
from plugins.webhooks.service import Keyed, NewEndpoint
from tests.fakes.mailer import Postbox
from tests.fakes.serving import free_port, serving
from tests.plugins.conftest import Road

LOOPBACK = Reach.parse("127.0.0.0/8")


@dataclass(frozen=True)
class Heard:
    """One request, as the receiver got it."""

    headers: dict[str, str]
    body: bytes
    path: str = "/in"

    @property
    def message(self) -> Any:
        return json.loads(self.body)


@dataclass
class Receiver:
    """A partner's server: answers with `status`, and remembers what it took."""

    url: str = ""
    status: int = 200
    words: str = "thank you"
    heard: list[Heard] = field(default_factory=list)
    refused: int = 0

    async def answer(self, request: Request) -> Response:
        if self.status != 200:
            self.refused += 1
            return Response("not now", self.status)
        body = await request.body()
        self.heard.append(Heard(dict(request.headers), body, request.url.path))
        return Response(self.words)

    def of(self, key: UUID) -> list[int]:
        """The numbers of what was taken of one aggregate."""
        return [
            each.message["sequence"]
            for each in self.heard
            if each.message["data"].get("contact_id") == str(key)
        ]


@dataclass
class Way:
    """The road with webhooks switched on."""

    road: Road
    postbox: Postbox

    async def name(self, url: str, *events: str, **more: Any) -> Keyed:
        async with self.road.unit_of_work(self.road.scope) as uow:
            new = NewEndpoint(url, events or ("contact.*",), **more)
            return await service.create(uow, new, LOOPBACK)

    async def happen(self, *contacts: UUID) -> None:
        """Let something happen to contacts, one after the other."""
        for contact in contacts:
            async with self.road.unit_of_work(self.road.scope) as uow:
                uow.record(ContactChanged(contact_id=contact))

    async def travel(self) -> int:
        return await self.road.travel()

    async def pass_time(self, hours: float, *, step: float = 0.5) -> None:
        """Let hours go by, with the relay at work all the time."""
        for _ in range(round(hours / step)):
            self.road.wait(timedelta(hours=step))
            await self.travel()

    async def endpoint(self, id: UUID) -> WebhookEndpoint:
        async with self.road.unit_of_work(self.road.scope) as uow:
            return await WebhookEndpoints(uow).get(id)

    async def exchanges(self) -> list[WebhookExchange]:
        async with self.road.unit_of_work(self.road.scope) as uow:
            log = WebhookExchanges(uow)
            return await log.page(log.all().order_by("id"))

    async def do(self, deed: Any, *values: Any, **named: Any) -> Any:
        """A deed of the service, in a unit of work of its own."""
        async with self.road.unit_of_work(self.road.scope) as uow:
            return await deed(uow, *values, **named)


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    partner = Receiver()
    app = Starlette(routes=[Route("/{path:path}", partner.answer, methods=["POST"])])
    listener = free_port()
    async with serving(app, listener) as port:
        partner.url = f"http://127.0.0.1:{port}/in"
        yield partner


@pytest.fixture
async def way(road) -> Way:
    postbox = Postbox()
    made = road(Registry(), postbox, http=Outbound(LOOPBACK, patience=5.0))
    async with made.unit_of_work(made.scope) as uow:
        await settings.enable(uow, made.registry, NAME)
    return Way(made, postbox)
