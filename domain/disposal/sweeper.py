"""Whoever removes what rows leave behind outside the database: objects, and keys."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from domain.disposal.ledger import Ledger
from domain.disposal.models import Leftover, LeftoverKind
from domain.disposal.repository import Leftovers
from domain.handlers import HandlerContext, HandlerFunction
from domain.recordings.ports import ObjectStore

BATCH = 200


class KeptLetters(Protocol):
    """A mailbox that the deployment keeps itself."""

    async def forget(self, about: Sequence[str]) -> None:
        """Remove the letters about some conversations; there need be none."""


@dataclass(frozen=True)
class Sweeper:
    """Removes batch by batch, and forgets each only when it is removed: it may die anywhere."""

    store: ObjectStore
    letters: KeptLetters | None = None
    """None where a mail server carries them: then they lie with whoever received them."""
    batch: int = BATCH

    @property
    def jobs(self) -> tuple[HandlerFunction, ...]:
        """What can be asked for later."""
        return (self.sweep,)

    async def sweep(self, payload: dict[str, Any], context: HandlerContext) -> None:
        """Remove everything that one cause left."""
        cause_id = UUID(payload["cause_id"])
        while await self._sweep_batch(cause_id, context):
            pass

    async def _sweep_batch(self, cause_id: UUID, context: HandlerContext) -> bool:
        async with context.unit_of_work() as uow:
            found = await Leftovers(uow).page(Leftovers(uow).of(cause_id).limit(self.batch))
        if not found:
            return False
        last = _keys(found, LeftoverKind.LAST_KEY)
        if last:
            await Ledger(self.store, context.tenant_id).keep(found[0].id, last)
        # Keys first: without them what is left of an object is noise.
        async with context.unit_of_work() as uow:
            await uow.keys.destroy(_keys(found, LeftoverKind.KEY))
            await uow.keys.destroy(last, for_good=True)
        for folder in _names(found, LeftoverKind.FOLDER):
            await self.store.delete(await self.store.list(folder))
        if self.letters is not None and (about := _names(found, LeftoverKind.LETTERS)):
            await self.letters.forget(about)
        async with context.unit_of_work() as uow:
            await Leftovers(uow).removed([each.id for each in found])
        return True


def _keys(found: Sequence[Leftover], kind: LeftoverKind) -> list[UUID]:
    return [UUID(name) for name in _names(found, kind)]


def _names(found: Sequence[Leftover], kind: LeftoverKind) -> list[str]:
    return [each.name for each in found if each.kind is kind]
