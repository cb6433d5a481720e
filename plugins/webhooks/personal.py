"""What is kept of people by this plugin: copies of what was sent, and of what came back."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any
from uuid import UUID

from domain.handlers import HandlerContext
from domain.privacy.ports import Receipt
from domain.sealed import Sealed
from domain.work import UnitOfWork
from plugins.webhooks.models import WebhookExchange
from plugins.webhooks.repository import WebhookExchanges

# The addresses themselves are told by events, as of everything else.
TOLD = "every address is told by an event"


class Exchanges:
    """Copies go with their deliveries after a week; until then they are answered for here."""

    async def export(self, contact_id: UUID, context: HandlerContext) -> Mapping[str, Any]:
        """What was sent about somebody, and what was answered."""
        async with context.unit_of_work() as uow:
            found = await _of(uow, contact_id)
        return {"exchanges": [_said(each) for each in found]}

    async def rectify(self, contact_id: UUID, context: HandlerContext) -> Receipt:
        """Nothing is changed: a copy says what was said."""
        return Receipt(note=TOLD)

    async def restrict(self, contact_id: UUID, context: HandlerContext) -> Receipt:
        """Nothing is used: a copy is only shown to whoever asks for it."""
        return Receipt()

    async def erase(self, contact_id: UUID, context: HandlerContext) -> Receipt:
        """Delete the copies."""
        async with context.unit_of_work() as uow:
            rows = await WebhookExchanges(uow).all().filter(contact_id=contact_id).delete()
        return Receipt(rows=rows, note=TOLD)


async def _of(uow: UnitOfWork, contact_id: UUID) -> list[WebhookExchange]:
    exchanges = WebhookExchanges(uow)
    return await exchanges.page(exchanges.all().filter(contact_id=contact_id).order_by("id"))


def _said(exchange: WebhookExchange) -> dict[str, Any]:
    return {
        "at": exchange.at.isoformat(),
        "endpoint": str(exchange.endpoint_id),
        "request": _read(exchange.request),
        "response": _read(exchange.response),
    }


def _read(sealed: Sealed | None) -> str | None:
    if sealed is None or not sealed.is_open:
        return None
    with suppress(UnicodeDecodeError):
        return sealed.read()
    return None
