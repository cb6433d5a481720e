"""Doing what was asked for, on the instruction of whoever decides."""

from collections.abc import Awaitable, Callable
from uuid import UUID

from domain import archives, contacts
from domain.contacts.repository import Contacts
from domain.contacts.service import Details
from domain.errors import InvalidInput
from domain.rights import choices, desk
from domain.rights.errors import NobodyOnFile, NotVerified
from domain.rights.events import RequestFulfilled, RequestInstructed
from domain.rights.kinds import (
    CHOICES,
    COPIES,
    FINAL,
    UNVERIFIED,
    RequestKind,
    RequestState,
)
from domain.rights.models import PrivacyRequest
from domain.rights.repository import PrivacyRequests
from domain.rights.service import LONGEST_REASON
from domain.sealed import Sealed
from domain.words import fitting, within
from domain.work import UnitOfWork

# What goes on after the decision, until a worker says that it is done.
TAKES_TIME = COPIES | {RequestKind.DELETION}


async def fulfil(uow: UnitOfWork, id: UUID, answer: str = "") -> PrivacyRequest:
    """Have it done; what takes time stays open until it is. Said twice, it is done once.

    Raises `NotVerified`, `NobodyOnFile`, `InvalidInput` and `RequestClosed`.
    """
    request = await desk.taken_up(uow, id)
    if request.instructed_at is not None:
        return request
    if request.state in UNVERIFIED:
        raise NotVerified
    said = _answer(request, answer)
    await PrivacyRequests(uow).save(
        request,
        instructed_at=uow.now,
        instructed_by=str(uow.scope.actor),
        reason=Sealed.text(said) if said else request.reason,
    )
    uow.record(RequestInstructed(privacy_request_id=id, kind=request.kind.value))
    await _deed(request.kind)(uow, request)
    return request if request.kind in TAKES_TIME else await complete(uow, id)


async def complete(uow: UnitOfWork, id: UUID) -> PrivacyRequest:
    """Say that it is done, and so have whoever asked told. A second time changes nothing."""
    request = await PrivacyRequests(uow).lock(id)
    if request.state in FINAL or request.instructed_at is None:
        return request
    await desk.close(uow, request, RequestState.FULFILLED)
    uow.record(RequestFulfilled(privacy_request_id=id, kind=request.kind.value))
    return request


async def name_contact(uow: UnitOfWork, id: UUID, contact_id: UUID) -> PrivacyRequest:
    """Say which contact asks, where neither number nor address told."""
    request = await desk.taken_up(uow, id)
    uow.require("contacts:read")
    contact = await Contacts(uow).get(contact_id)
    # A code goes to the address on file, not to the one that somebody left.
    await PrivacyRequests(uow).save(
        request, contact_id=contact.id, email=_copied(contact.email), phone=_copied(contact.phone)
    )
    return request


def _copied(value: Sealed | None) -> Sealed | None:
    return Sealed.text(value.read()) if value else None


def _answer(request: PrivacyRequest, answer: str) -> str:
    """What is answered. An account is looked after by hand: there the words say what was done."""
    by_hand = request.user_id is not None and request.kind not in TAKES_TIME
    if by_hand:
        return fitting("answer", answer, LONGEST_REASON)
    return within("answer", answer, LONGEST_REASON)


Deed = Callable[[UnitOfWork, PrivacyRequest], Awaitable[None]]


def _deed(kind: RequestKind) -> Deed:
    if kind in CHOICES:
        return _choose
    return {
        RequestKind.ACCESS: _copy,
        RequestKind.COMPLAINT_INFORMATION: _tell,
        RequestKind.CORRECTION: _correct,
        RequestKind.DELETION: _erase,
        RequestKind.PORTABILITY: _copy,
        RequestKind.RESTRICTION: _restrict,
    }[kind]


def _whose(request: PrivacyRequest) -> UUID:
    if request.contact_id is None:
        raise NobodyOnFile
    return request.contact_id


async def _copy(uow: UnitOfWork, request: PrivacyRequest) -> None:
    uow.require(desk.EXPORT)
    if request.user_id is not None:
        await archives.start_for_user(uow, request.user_id, request_id=request.id)
    else:
        await archives.start_for_contact(uow, _whose(request), request_id=request.id)


async def _tell(uow: UnitOfWork, request: PrivacyRequest) -> None:
    """The letter says it all."""


async def _correct(uow: UnitOfWork, request: PrivacyRequest) -> None:
    """Correct the contact; its event takes the correction to everybody who has a copy."""
    if request.user_id is not None:
        return
    if request.changes is None:
        raise InvalidInput.at("changes", "Say first what is to be corrected")
    await contacts.update(uow, _whose(request), Details(**request.changes.load()))


async def _erase(uow: UnitOfWork, request: PrivacyRequest) -> None:
    """What erases hears of the instruction, and says when nothing is left."""
    uow.require(desk.ERASE)
    if request.user_id is None:
        _whose(request)


async def _restrict(uow: UnitOfWork, request: PrivacyRequest) -> None:
    if request.user_id is None:
        await contacts.restrict(uow, _whose(request))


async def _choose(uow: UnitOfWork, request: PrivacyRequest) -> None:
    if request.user_id is None:
        await choices.choose(
            uow, _whose(request), request.kind, request_id=request.id, place=request.place
        )
