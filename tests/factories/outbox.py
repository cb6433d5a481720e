"""What a test finds in the outbox."""

from typing import Any

from domain.outbox import EntryKind, OutboxEntry
from domain.scope import Scope
from domain.work import UnitsOfWork


async def events(unit_of_work: UnitsOfWork, scope: Scope, family: str) -> list[str]:
    """The names of the events of a family (`message.`), in the order they were recorded."""
    return [entry.name for entry in await entries(unit_of_work, scope, family)]


async def payloads(unit_of_work: UnitsOfWork, scope: Scope, family: str) -> list[dict[str, Any]]:
    """What the events of a family say."""
    return [entry.payload for entry in await entries(unit_of_work, scope, family)]


async def entries(unit_of_work: UnitsOfWork, scope: Scope, family: str) -> list[OutboxEntry]:
    """The events of a family as they are stored."""
    async with unit_of_work(scope) as uow:
        found = OutboxEntry.filter(kind=EntryKind.EVENT, name__startswith=family)
        return await found.using_db(uow.connection).order_by("recorded_at", "sequence")
