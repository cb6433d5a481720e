"""An erasure, step by step: each is one transaction, and knows from the database where to go on.

    requested ─► running ─► settling ─► erased | open

Rows go children first, so that whatever is left still leads to its person. Whoever is killed leaves
whole steps behind, and the next one goes on with what is still there.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from domain import disposal
from domain.disposal import Going, Subject, children_first
from domain.disposal.held import held
from domain.disposal.keepers import Forget
from domain.disposal.models import LeftoverKind
from domain.erasure.events import ContactErased
from domain.erasure.models import Erasure, ErasureReason, ErasureState, Obstacle, SubjectKind
from domain.erasure.repository import Erasures, talking
from domain.erasure.service import GO_ON, payload, timer
from domain.erasure.statement import Toll
from domain.erasure.tenants import wipe
from domain.privacy.holdings import Holding, holdings
from domain.work import UnitOfWork

SETTLE = "erasure.settle"
ROWS_AT_ONCE = 1000
# A call is over soon; a hold is not.
LOOK_AGAIN = {Obstacle.CALL: timedelta(minutes=1), Obstacle.HOLD: timedelta(hours=6)}
CONVERSATION = "conversation"


class Stuck(RuntimeError):
    """Rows are found again and again, and do not go: a mistake in the labels."""


@dataclass(frozen=True)
class Step:
    """How an erasure takes a step: so many rows at most, and who lets go of copies."""

    keepers: Sequence[Forget]
    rows: int = ROWS_AT_ONCE

    async def take(self, uow: UnitOfWork, id: UUID) -> bool:
        """Take one; tells whether there is another one to take at once."""
        erasure = await Erasures(uow).lock(id)
        if erasure.state not in {ErasureState.REQUESTED, ErasureState.RUNNING}:
            return False
        if erasure.subject_kind is SubjectKind.TENANT:
            return await self._of_tenant(uow, erasure)
        subject = await disposal.of_contact(uow, erasure.subject_id)
        # What names nobody yet may belong to a call that is going on.
        await disposal.claim(uow, subject)
        if await _waits(uow, erasure, subject.contact_id):
            return False
        toll = Toll.of(erasure.done)
        if erasure.state is ErasureState.REQUESTED:
            await self._copies(uow, erasure, toll)
        left = await _rows(uow, erasure, subject, toll, self.rows)
        await _keep(uow, erasure, toll)
        if left:
            return True
        await self._copies(uow, erasure, toll)
        await _gone(uow, erasure, toll)
        uow.record(ContactErased(contact_id=erasure.subject_id, erasure_id=erasure.id))
        return False

    async def _of_tenant(self, uow: UnitOfWork, erasure: Erasure) -> bool:
        if await _waits(uow, erasure, None):
            return False
        toll = Toll.of(erasure.done)
        deleted = await wipe(uow, self.rows)
        toll.deleted += deleted
        await _keep(uow, erasure, toll)
        if deleted.total():
            return True
        left = {
            (LeftoverKind.FOLDER, str(uow.tenant_id)),
            (LeftoverKind.LAST_KEY, str(uow.tenant_id)),
        }
        toll.leave(kind for kind, _ in left)
        await disposal.leave(uow, erasure.id, left)
        await _gone(uow, erasure, toll)
        return False

    async def _copies(self, uow: UnitOfWork, erasure: Erasure, toll: Toll) -> None:
        for forget in self.keepers:
            toll.copies += Counter(await forget(uow, erasure.subject_id))


def scope_of(kind: SubjectKind) -> list[str]:
    """The tables that are looked through for somebody."""
    if kind is SubjectKind.TENANT:
        return [model._meta.db_table for model in disposal.of_tenants()]
    nobody = Subject(contact_id=UUID(int=0), indexes=dict.fromkeys(disposal.fingerprints(), ""))
    return [each.table for each in _theirs() if nobody.named_by(each) is not None]


async def _rows(uow: UnitOfWork, erasure: Erasure, subject: Subject, toll: Toll, most: int) -> bool:
    """Do away with some rows; tells whether there may be more."""
    going = Going(erasure.id)
    for each in _theirs():
        ids = await disposal.rows_of(uow, each, subject, most)
        if not ids:
            continue
        done = await disposal.dispose(uow, each, ids, going)
        if not done.deleted:
            raise Stuck(each.table)
        toll.add(done)
        if each.table == CONVERSATION:
            letters = {(LeftoverKind.LETTERS, str(id)) for id in ids}
            await disposal.leave(uow, erasure.id, letters)
        most -= len(ids)
        if most <= 0:
            return True
    return False


def _theirs() -> list[Holding]:
    """The tables whose rows go, children first."""
    return [each for each in children_first(holdings()) if each.model.outlives is None]


async def _waits(uow: UnitOfWork, erasure: Erasure, contact_id: UUID | None) -> bool:
    """Whether something stands in the way; then it is looked at again later."""
    obstacle = await _obstacle(uow, erasure, contact_id)
    if obstacle is not erasure.waits_for:
        await Erasures(uow).save(erasure, waits_for=obstacle)
    if obstacle is None:
        return False
    at = uow.now + LOOK_AGAIN[obstacle]
    uow.schedule(GO_ON, at=at, key=timer(erasure.id), payload=payload(erasure.id))
    return True


async def _obstacle(uow: UnitOfWork, erasure: Erasure, contact_id: UUID | None) -> Obstacle | None:
    # What a backup brought back was erased before the hold; there is nothing to hold.
    if erasure.reason is ErasureReason.RESTORED:
        return None
    if await held(uow, contact_id):
        return Obstacle.HOLD
    return Obstacle.CALL if await talking(uow, contact_id) else None


async def _keep(uow: UnitOfWork, erasure: Erasure, toll: Toll) -> None:
    await Erasures(uow).save(erasure, state=ErasureState.RUNNING, done=toll.written())


async def _gone(uow: UnitOfWork, erasure: Erasure, toll: Toll) -> None:
    await Erasures(uow).save(
        erasure, state=ErasureState.SETTLING, done=toll.written(), gone_at=uow.now
    )
    uow.schedule(SETTLE, at=uow.now, key=f"{SETTLE}:{erasure.id}", payload=payload(erasure.id))
