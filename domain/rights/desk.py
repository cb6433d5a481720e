"""What every deed at the rights desk needs: clocks, alarms, and who decides."""

from datetime import datetime
from typing import Any
from uuid import UUID

from domain.errors import Forbidden
from domain.privacy.policy import Profile
from domain.rights.clocks import (
    Circumstances,
    Duty,
    RunningClock,
    running,
    shortest,
    warns_at,
)
from domain.rights.errors import RequestClosed
from domain.rights.kinds import FINAL, Party, RequestState
from domain.rights.models import PrivacyRequest
from domain.rights.repository import PrivacyRequests
from domain.scope import ActorKind
from domain.work import UnitOfWork

ASK, READ, WRITE = "privacy:ask", "privacy:read", "privacy:write"
ERASE, EXPORT = "privacy:erase", "privacy:export"
# The jobs that ring when a clock is about to run out, and when it has.
SOON, OVERDUE = "rights.due_soon", "rights.overdue"


def clocks_of(
    uow: UnitOfWork, request: PrivacyRequest, promises: Profile
) -> tuple[RunningClock, ...]:
    """The clocks of a request, the shortest in front; what is confirmed has none for that."""
    tenant = uow.scope.tenant
    found = running(
        Circumstances(
            kind=request.kind,
            received_at=request.received_at,
            timezone=tenant.timezone,
            region=tenant.region,
            place=request.place,
            hipaa=request.party is Party.CALLER and tenant.privacy.hipaa,
            extended=request.extended_at is not None,
        ),
        promises,
    )
    confirmed = request.confirmed_at is not None
    return tuple(clock for clock in found if not (confirmed and clock.duty is Duty.CONFIRM))


def answer_due(clocks: tuple[RunningClock, ...]) -> datetime:
    """When an answer is due: there always is a promise."""
    clock = shortest(clocks, Duty.ANSWER)
    assert clock is not None
    return clock.due_at


def set_alarms(uow: UnitOfWork, id: UUID, received_at: datetime, due_at: datetime) -> None:
    """Have the alarms ring, in place of earlier ones."""
    for what, at in ((SOON, warns_at(received_at, due_at)), (OVERDUE, due_at)):
        payload = {"request_id": str(id)}
        uow.schedule(what, at=max(at, uow.now), key=_alarm(id, what), payload=payload)


def silence(uow: UnitOfWork, id: UUID) -> None:
    """Let no alarm ring any more."""
    for what in (SOON, OVERDUE):
        uow.cancel(_alarm(id, what))


async def taken_up(uow: UnitOfWork, id: UUID) -> PrivacyRequest:
    """A request that whoever acts may decide, held until this is over.

    Raises `Forbidden`, `NotFound` and `RequestClosed`.
    """
    uow.require(WRITE)
    request = await PrivacyRequests(uow).lock(id)
    by_operator = uow.scope.actor.kind is ActorKind.OPERATOR
    if request.party is Party.ACCOUNT and not by_operator:
        raise Forbidden("What becomes of accounts is for the operator to decide")
    if request.state in FINAL:
        raise RequestClosed(request.state)
    return request


async def close(
    uow: UnitOfWork, request: PrivacyRequest, state: RequestState, **more: Any
) -> PrivacyRequest:
    """Put a request into its last state."""
    silence(uow, request.id)
    closing = {"state": state, "closed_at": uow.now}
    return await PrivacyRequests(uow).save(request, **closing, **more)


def _alarm(id: UUID, what: str) -> str:
    return f"{what}:{id}"
