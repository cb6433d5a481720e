"""Asking for an erasure, and everything that may stand in its way."""

from dataclasses import dataclass
from uuid import UUID

from domain import appointments
from domain.business import versions
from domain.contacts.repository import Contacts
from domain.disposal.held import held
from domain.erasure.errors import CallInProgress, ErasureHeld, VisitsStanding
from domain.erasure.events import ErasureRequested
from domain.erasure.models import Erasure, ErasureReason, ErasureState, SubjectKind
from domain.erasure.repository import Erasures, talking
from domain.errors import NotFound
from domain.work import UnitOfWork

ERASE, READ = "privacy:erase", "privacy:read"
GO_ON = "erasure.go_on"


@dataclass(frozen=True)
class NewErasure:
    """Whom to erase, by which rule, and what to do about what stands in the way."""

    contact_id: UUID
    reason: ErasureReason = ErasureReason.REQUEST
    cancel_visits: bool = False
    """Cancel the visits to come; otherwise they stand in the way."""
    wait: bool = True
    """Wait for the end of a conversation that is going on; otherwise it stands in the way."""
    request_id: UUID | None = None
    """The request of the rights desk, if one asks."""


async def erase_contact(uow: UnitOfWork, new: NewErasure) -> Erasure:
    """Have everything about a caller erased; asked for twice at once it is one erasure.

    Raises `NotFound`, `ErasureHeld`, `CallInProgress` and `VisitsStanding`.
    """
    uow.require(ERASE)
    # Whoever asks at the same time waits here, and then finds the erasure.
    await _lock(uow, new.contact_id)
    known = await Erasures(uow).unfinished(new.contact_id)
    if known is not None and known.request_id is None and new.request_id is not None:
        # Whoever asked through the desk hears of it when it is done.
        return await Erasures(uow).save(known, request_id=new.request_id)
    if known is not None:
        return known
    if await held(uow, new.contact_id):
        raise ErasureHeld
    if not new.wait and await talking(uow, new.contact_id):
        raise CallInProgress
    await _clear_visits(uow, new)
    return await request(uow, SubjectKind.CONTACT, new.contact_id, new.reason, new.request_id)


async def erase_tenant(uow: UnitOfWork, reason: ErasureReason = ErasureReason.CLOSURE) -> Erasure:
    """Have everything of the business erased but what must stay. Raises `ErasureHeld`.

    Whoever looks after closing a business calls this when its time has come.
    """
    uow.require(ERASE)
    known = await Erasures(uow).unfinished(uow.tenant_id)
    if known is not None:
        return known
    if await held(uow):
        raise ErasureHeld
    return await request(uow, SubjectKind.TENANT, uow.tenant_id, reason)


async def request(
    uow: UnitOfWork,
    kind: SubjectKind,
    subject_id: UUID,
    reason: ErasureReason,
    request_id: UUID | None = None,
) -> Erasure:
    """Put an erasure on record and let workers go on with it."""
    erasure = await Erasures(uow).add(
        subject_kind=kind,
        subject_id=subject_id,
        request_id=request_id,
        reason=reason,
        state=ErasureState.REQUESTED,
        done={},
        requested_by=str(uow.scope.actor),
        requested_at=uow.now,
    )
    uow.record(ErasureRequested(erasure_id=erasure.id, reason=reason.value))
    uow.schedule(GO_ON, at=uow.now, key=timer(erasure.id), payload=payload(erasure.id))
    return erasure


def timer(id: UUID) -> str:
    """The timer by which an erasure goes on."""
    return f"erasure:{id}"


def payload(id: UUID) -> dict[str, str]:
    """What its jobs are told."""
    return {"erasure_id": str(id)}


async def _lock(uow: UnitOfWork, contact_id: UUID) -> None:
    # Not opened: whoever is shredded already can be erased all the same.
    if not await Contacts(uow).all().filter(id=contact_id).select_for_update():
        raise NotFound(f"There is no such {Contacts.noun}")


async def _clear_visits(uow: UnitOfWork, new: NewErasure) -> None:
    while standing := await appointments.upcoming(uow, new.contact_id):
        if not new.cancel_visits:
            raise VisitsStanding(len(standing), standing[0].starts_at)
        profile = await versions.profile(uow)
        for visit in standing:
            await appointments.cancel(uow, profile, visit.id)
