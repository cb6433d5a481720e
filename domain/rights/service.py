"""Looking after requests: assigning, extending, refusing, and letting them be withdrawn."""

from datetime import datetime
from uuid import UUID

from domain.errors import Forbidden, InvalidInput, NotFound
from domain.privacy.policy import Profile
from domain.rights import desk
from domain.rights.clocks import Duty, RunningClock, extendable_to
from domain.rights.errors import NotExtendable
from domain.rights.events import (
    RequestAssigned,
    RequestConfirmed,
    RequestDueSoon,
    RequestExtended,
    RequestOverdue,
    RequestRefused,
    RequestWithdrawn,
)
from domain.rights.kinds import FINAL, Party, Refusal, RequestState
from domain.rights.models import PrivacyRequest
from domain.rights.repository import PrivacyRequests
from domain.scope import ActorKind
from domain.sealed import Sealed
from domain.words import fitting, within
from domain.work import UnitOfWork

LONGEST_REASON = 5_000


async def assign(uow: UnitOfWork, id: UUID, assignee_id: UUID | None) -> PrivacyRequest:
    """Say who looks after a request; alarms go to them from now on."""
    request = await desk.taken_up(uow, id)
    await PrivacyRequests(uow).save(request, assignee_id=assignee_id)
    uow.record(RequestAssigned(privacy_request_id=id, assignee_id=assignee_id))
    return request


async def confirm(uow: UnitOfWork, id: UUID) -> PrivacyRequest:
    """Say that whoever asked was told that it has arrived, if no letter could tell them."""
    request = await desk.taken_up(uow, id)
    if request.confirmed_at is None:
        await PrivacyRequests(uow).save(request, confirmed_at=uow.now)
        uow.record(RequestConfirmed(privacy_request_id=id))
    return request


async def extend(
    uow: UnitOfWork, id: UUID, reason: str, promises: Profile | None = None
) -> PrivacyRequest:
    """Take the further time that the law allows, and tell whoever asked why.

    Raises `NotExtendable` where a law allows none, once the first time is over, and the second
    time; and `InvalidInput`.
    """
    request = await desk.taken_up(uow, id)
    reason = fitting("reason", reason, LONGEST_REASON)
    promised = promises or uow.scope.tenant.privacy
    _check_extendable(uow, request, promised)
    requests = PrivacyRequests(uow)
    await requests.save(
        request,
        state=RequestState.EXTENDED if request.verified_at else request.state,
        extended_at=uow.now,
        reason=Sealed.text(reason),
    )
    due_at = desk.answer_due(desk.clocks_of(uow, request, promised))
    await requests.save(request, due_at=due_at)
    desk.set_alarms(uow, id, uow.now, due_at)
    uow.record(RequestExtended(privacy_request_id=id))
    return request


async def refuse(uow: UnitOfWork, id: UUID, refusal: Refusal, words: str = "") -> PrivacyRequest:
    """Do not do it, and tell whoever asked why, and where they can complain."""
    request = await desk.taken_up(uow, id)
    said = within("words", words, LONGEST_REASON)
    await desk.close(
        uow,
        request,
        RequestState.REFUSED,
        refusal=refusal,
        reason=Sealed.text(said) if said else None,
        instructed_by=str(uow.scope.actor),
    )
    uow.record(RequestRefused(privacy_request_id=id, reason=refusal.value))
    return request


async def withdraw(uow: UnitOfWork, id: UUID) -> PrivacyRequest:
    """Let a request be: whoever asked does not want it any more. A second time changes nothing."""
    uow.require(desk.WRITE)
    request = await PrivacyRequests(uow).lock(id)
    if request.party is Party.ACCOUNT:
        raise Forbidden("Only whoever asked about their account can withdraw that")
    return await _let_be(uow, request)


async def withdraw_own(uow: UnitOfWork, id: UUID) -> PrivacyRequest:
    """Let be what one asked about one's own account. Raises `NotFound` for another's."""
    uow.require("account:write")
    request = await PrivacyRequests(uow).lock(id)
    if not _is_of_actor(uow, request):
        raise NotFound("There is no such privacy request")
    return await _let_be(uow, request)


async def ring(
    uow: UnitOfWork, id: UUID, happening: type[RequestDueSoon] | type[RequestOverdue]
) -> None:
    """Say that a clock is about to run out, or has, unless the request is closed by now."""
    requests = PrivacyRequests(uow)
    request = await requests.maybe(requests.all().filter(id=id))
    if request is not None and request.state not in FINAL:
        uow.record(happening(privacy_request_id=id))


async def _let_be(uow: UnitOfWork, request: PrivacyRequest) -> PrivacyRequest:
    if request.state in FINAL:
        return request
    if request.instructed_at is not None:
        raise InvalidInput.at("id", "It is being done already")
    await desk.close(uow, request, RequestState.WITHDRAWN)
    uow.record(RequestWithdrawn(privacy_request_id=request.id))
    return request


def _is_of_actor(uow: UnitOfWork, request: PrivacyRequest) -> bool:
    actor = uow.scope.actor
    return actor.kind is ActorKind.MEMBER and request.user_id == UUID(actor.id)


def _check_extendable(uow: UnitOfWork, request: PrivacyRequest, promised: Profile) -> None:
    if request.extended_at is not None:
        raise NotExtendable("It was extended already")
    clocks = desk.clocks_of(uow, request, promised)
    if extendable_to(clocks) is None:
        raise NotExtendable("No more time can be taken for this")
    if uow.now >= _first_legal_end(clocks):
        raise NotExtendable("The time within which an extension is told of is over")


def _first_legal_end(clocks: tuple[RunningClock, ...]) -> datetime:
    """When the first clock of law runs out: notice of an extension comes before it."""
    ends = [c.due_at for c in clocks if c.duty is Duty.ANSWER and c.extendable_to]
    return min(ends)
