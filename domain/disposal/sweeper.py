"""Whoever removes what rows leave behind outside the database: objects, and keys."""

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from domain.disposal.ledger import Ledger
from domain.disposal.models import Leftover, LeftoverKind
from domain.disposal.repository import Leftovers
from domain.handlers import HandlerContext, HandlerFunction, serves
from domain.privacy.purposes import Purpose
from domain.recordings.ports import ObjectStore
from domain.work import UnitOfWork

BATCH = 200

Opening = Callable[[], AbstractAsyncContextManager[UnitOfWork]]


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

    @serves(Purpose.LEGAL)
    async def sweep(self, payload: dict[str, Any], context: HandlerContext) -> None:
        """Remove everything that one cause left."""
        cause_id = UUID(payload["cause_id"])
        await self.clear(cause_id, context.tenant_id, context.unit_of_work)

    async def clear(self, cause_id: UUID, tenant_id: UUID, work: Opening) -> None:
        """The same at once, for whoever opens units of work."""
        while await self._clear_batch(cause_id, tenant_id, work):
            pass

    async def _clear_batch(self, cause_id: UUID, tenant_id: UUID, work: Opening) -> bool:
        async with work() as uow:
            found = await Leftovers(uow).page(Leftovers(uow).of(cause_id).limit(self.batch))
        if not found:
            return False
        last = _keys(found, LeftoverKind.LAST_KEY)
        if last:
            await Ledger(self.store, tenant_id).keep(found[0].id, last)
        # Keys first: without them what is left of an object is noise.
        async with work() as uow:
            await uow.keys.destroy(_keys(found, LeftoverKind.KEY))
            await uow.keys.destroy(last, for_good=True)
        for folder in _names(found, LeftoverKind.FOLDER):
            await self.store.delete(await self.store.list(folder))
        if self.letters is not None and (about := _names(found, LeftoverKind.LETTERS)):
            await self.letters.forget(about)
        async with work() as uow:
            await Leftovers(uow).removed([each.id for each in found])
        return True


def _keys(found: Sequence[Leftover], kind: LeftoverKind) -> list[UUID]:
    return [UUID(name) for name in _names(found, kind)]


def _names(found: Sequence[Leftover], kind: LeftoverKind) -> list[str]:
    return [each.name for each in found if each.kind is kind]
