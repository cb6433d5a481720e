"""Erasing again what a restored backup brought back, before anybody is served.

The keyring is newer than the backup: it knows which keys are gone for good, and the store knows it
a second time, in case the keyring was restored too. Whatever the main database holds under such an
id is erased anew, at once. Runs as the system.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from tortoise.connection import get_connection

from domain import disposal
from domain.audit.ledger import TENANTS
from domain.database import MAIN
from domain.disposal import Going, children_first, statements
from domain.disposal.keepers import Forget, keepers
from domain.disposal.ledger import Ledger
from domain.disposal.paths import path
from domain.disposal.repository import rows_at, run, there
from domain.disposal.sweeper import Sweeper
from domain.erasure.models import ErasureReason, SubjectKind
from domain.erasure.repository import Erasures
from domain.erasure.service import request
from domain.erasure.steps import Step
from domain.personal import DataClass
from domain.privacy.holdings import Holding, holdings
from domain.scope import Scope
from domain.sealed import sealed_fields
from domain.work import UnitOfWork, UnitsOfWork

# No backup is older, and a day more for clocks that differ.
OLDEST_BACKUP = timedelta(days=31)
AT_ONCE = 1000
CONTACT, CONVERSATION = "contact", "conversation"

ScopeOf = Callable[[UUID, str], Awaitable[Scope]]


@dataclass(frozen=True)
class Legible:
    """What of one table could still be read of those who were erased."""

    table: str
    rows: int
    opened: int
    """Rows of which a sealed value can be opened: none, unless a keyring was restored too."""
    plain: tuple[str, ...]
    """Columns of their data that were never sealed: times, counts, fingerprints."""


@dataclass
class Restored:
    """What a backup had brought back of one tenant, and is gone again."""

    contacts: int = 0
    conversations: int = 0
    keys: int = 0
    """Keys that were back too."""
    legible: list[Legible] = field(default_factory=list)

    @property
    def anything(self) -> bool:
        """Whether there was something."""
        return bool(self.contacts or self.conversations or self.keys)


@dataclass(frozen=True)
class Replay:
    """Applies the ledger to every tenant."""

    work: UnitsOfWork
    sweeper: Sweeper
    scope_of: ScopeOf
    others: Sequence[Forget] = ()

    async def run(self, since: datetime | None = None) -> dict[UUID, Restored]:
        """Erase again whatever came back; only what was erased since a moment, if one is given."""
        rows = await get_connection(MAIN).execute_query_dict(TENANTS)
        found = {row["id"]: await self.of_tenant(row["id"], since) for row in rows}
        return {tenant_id: restored for tenant_id, restored in found.items() if restored.anything}

    async def of_tenant(self, tenant_id: UUID, since: datetime | None = None) -> Restored:
        """The same for one tenant."""
        scope = await self.scope_of(tenant_id, "restore")
        restored = Restored()
        async with self.work(scope) as uow:
            gone = set(await uow.keys.destroyed(since))
        # The store is asked only when everything is: it may hold years.
        kept = await Ledger(self.sweeper.store, tenant_id).all() if since is None else set()
        gone |= kept
        for batch in _batches(sorted(gone)):
            async with self.work(scope) as uow:
                contacts = sorted(await there(uow, CONTACT, batch))
                talks = sorted(await there(uow, CONVERSATION, batch))
                if since is None:
                    restored.legible += await _legible(uow, talks, contacts)
                restored.keys += await uow.keys.destroy(batch, for_good=True)
            restored.contacts += len(contacts)
            restored.conversations += len(talks)
            for contact_id in contacts:
                await self._erase(scope, contact_id)
            await self._dispose(scope, talks)
        return restored

    async def _erase(self, scope: Scope, contact_id: UUID) -> None:
        async with self.work(scope) as uow:
            known = await Erasures(uow).unfinished(contact_id)
            reason = ErasureReason.RESTORED
            known = known or await request(uow, SubjectKind.CONTACT, contact_id, reason)
            if known.reason is not reason:
                # It was under way when the backup was made, and was finished since.
                known = await Erasures(uow).save(known, reason=reason)
        step, more = Step((*keepers(), *self.others)), True
        while more:
            async with self.work(scope) as uow:
                more = await step.take(uow, known.id)
        await self.sweeper.clear(known.id, scope.tenant_id, lambda: self.work(scope))

    async def _dispose(self, scope: Scope, talks: Sequence[UUID]) -> None:
        """Conversations that went without their caller."""
        if not talks:
            return
        async with self.work(scope) as uow:
            cause_id = uow.new_id()
            for held in _order():
                ids = await _hanging(uow, held, talks)
                await disposal.dispose(uow, held, ids, Going(cause_id))
        await self.sweeper.clear(cause_id, scope.tenant_id, lambda: self.work(scope))


def _order() -> list[Holding]:
    return [each for each in children_first(holdings()) if each.model.outlives is None]


async def _hanging(uow: UnitOfWork, held: Holding, talks: Sequence[UUID]) -> list[UUID]:
    """The rows of a table that belong to some conversations."""
    way = path(held.model, held.personal.subject)
    if CONVERSATION not in way.tables:
        return []
    at = way.tables.index(CONVERSATION)
    rows = await run(uow, statements.belonging(way, at), talks)
    return [row["id"] for row in rows]


async def _legible(
    uow: UnitOfWork, talks: Sequence[UUID], contacts: Sequence[UUID]
) -> list[Legible]:
    """What could be read of them, table by table, by whoever holds backup and keyring."""
    found = []
    for held in _order():
        ids = set(await _hanging(uow, held, talks))
        for contact_id in contacts:
            subject = await disposal.of_contact(uow, contact_id)
            ids |= set(await disposal.rows_of(uow, held, subject))
        if ids:
            found.append(await _readable(uow, held, sorted(ids)))
    return found


async def _readable(uow: UnitOfWork, held: Holding, ids: Sequence[UUID]) -> Legible:
    model, sealed = held.model, set(sealed_fields(held.model))
    rows = await rows_at(uow, model, ids)
    values = [[getattr(row, name) for name in sealed] for row in rows]
    opened = sum(any(value and value.is_open for value in row) for row in values)
    plain = [
        column
        for kind, columns in held.columns.items()
        if kind is not DataClass.AUDIT
        for column in columns
        if column not in sealed
    ]
    return Legible(held.table, len(rows), opened, tuple(sorted(plain)))


def _batches(ids: Sequence[UUID]) -> list[Sequence[UUID]]:
    return [ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE)]
