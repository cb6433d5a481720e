"""What a customer file tells of itself: a hint that somebody was changed, and nothing more.

Of what is told only the record is looked at. How somebody stands there is read there.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any
from uuid import UUID

from domain.crm import files
from domain.crm.ports import Kind
from domain.crm.repository import CrmRecords
from domain.work import UnitOfWork
from plugins import crm_changes
from plugins.context import PluginContext
from plugins.crm_sync import Desk, asking
from plugins.routes import Incoming, Reply, RouteContext

# Where it is told: /plugins/<plugin>/<key>/changes.
PATH = "changes"
# Of one request.
MOST_HINTS = 1000
LONGEST_ID = 40
READ = "read_one"
NOT_THERE, REFUSED, UNREADABLE = 404, 401, 400


@dataclass(frozen=True)
class Hint:
    """That a record of a contact was changed, and by what id it is told."""

    event: str
    record: str

    @classmethod
    def of(cls, event: Any, record: Any) -> "Hint | None":
        """A hint, if both are ids."""
        ids = [str(each) for each in (event, record) if isinstance(each, int | str)]
        usable = len(ids) == 2 and all(0 < len(each) <= LONGEST_ID for each in ids)
        return cls(*ids) if usable else None


@dataclass(frozen=True)
class Hook:
    """How one vendor tells of changes, at a business with its secret for that."""

    secret: str = field(repr=False)
    takes_over: bool
    """Whether changes there are wanted at all."""
    is_genuine: Callable[[Incoming, RouteContext, str], bool]
    """Whether a request was sent by whoever knows the secret."""
    hints_in: Callable[[Any], Iterable[Hint]]
    """What the JSON of a request hints at."""

    async def hear(self, request: Incoming, context: RouteContext) -> Reply:
        """Heed what is told; the vendor tells again what is not answered."""
        if not self.secret:
            return Reply(NOT_THERE)
        if not self.is_genuine(request, context, self.secret):
            return Reply(REFUSED)
        try:
            told = json.loads(request.body)
        except ValueError:
            return Reply(UNREADABLE)
        hints = list(islice(self.hints_in(told), MOST_HINTS))
        if self.takes_over and hints:
            async with context.unit_of_work() as uow:
                await heed(uow, context.plugin, hints)
        return Reply()


async def heed(uow: UnitOfWork, plugin: str, hints: Sequence[Hint]) -> int:
    """Have whoever is known here read there, once however often that is told; how many they are."""
    new = await files.heard(uow, plugin, [each.event for each in hints])
    records = [each.record for each in hints if each.event in new]
    found = await CrmRecords(uow).of_records(plugin, records)
    for row in found:
        payload = {"crm_record_id": str(row.id)}
        key = f"crm:{plugin}:{READ}:{row.id}"
        uow.schedule(f"{plugin}.{READ}", at=uow.now, key=key, payload=payload)
    return len(found)


async def read_one(context: PluginContext, desk: Desk, id: UUID) -> None:
    """Read how somebody stands there, and take over what is news, by the rule of all changes."""
    plugin = desk.wishes.plugin
    async with context.unit_of_work() as uow:
        rows = CrmRecords(uow).all().filter(id=id, plugin=plugin, kind=Kind.CONTACT)
        row = await CrmRecords(uow).maybe(rows)
    if row is None:
        return
    async with asking(desk.context):
        change = await desk.provider.read(row.record)
    if change is None:
        return
    async with context.unit_of_work() as uow:
        if await crm_changes.take(uow, plugin, change):
            await files.took_over(uow, plugin)
