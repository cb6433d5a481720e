"""Placing a hold, looking at it again, and releasing it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from domain.contacts.repository import Contacts
from domain.conversations.repository import Conversations
from domain.errors import InvalidInput, NotFound
from domain.keyring.errors import KeyDestroyed
from domain.repository import Repository
from domain.retention.holds import errors, events
from domain.retention.holds.models import HoldReason, HoldScope, LegalHold
from domain.retention.holds.repository import LegalHolds
from domain.sealed import Sealed
from domain.work import UnitOfWork

READ, WRITE = "privacy:read", "privacy:write"
REVIEWING = "retention.review_hold"
LONGEST_NOTE = 2000
# Whoever does not answer is asked again: a hold that nobody needs keeps data against the promise.
ASKED_AGAIN = timedelta(days=7)


@dataclass(frozen=True)
class NewHold:
    """What to hold (everything, if neither is named), why, and when to look at it again."""

    reason: HoldReason
    review_at: datetime
    contact_id: UUID | None = None
    conversation_id: UUID | None = None
    note: str = ""

    @property
    def scope(self) -> HoldScope:
        """How much is held."""
        if self.contact_id is not None:
            return HoldScope.CONTACT
        return HoldScope.EVERYTHING if self.conversation_id is None else HoldScope.CONVERSATION


async def place(uow: UnitOfWork, new: NewHold) -> LegalHold:
    """Hold something from now on. Raises `InvalidInput` and `NothingToHold`."""
    uow.require(WRITE)
    _check(new, uow.now)
    await _find(uow, new)
    hold = await LegalHolds(uow).add(
        scope=new.scope,
        contact_id=new.contact_id,
        conversation_id=new.conversation_id,
        reason=new.reason,
        note=Sealed.text(new.note.strip()) if new.note.strip() else None,
        review_at=new.review_at,
        placed_by=str(uow.scope.actor),
        placed_at=uow.now,
    )
    placed = events.HoldPlaced(
        hold_id=hold.id,
        scope=hold.scope,
        reason=hold.reason,
        contact_id=hold.contact_id,
        conversation_id=hold.conversation_id,
    )
    uow.record(placed)
    _ask_at(uow, hold.id, hold.review_at)
    return hold


async def release(uow: UnitOfWork, id: UUID) -> LegalHold:
    """Hold it no longer. Raises `HoldReleased` if somebody was faster."""
    uow.require(WRITE)
    hold = await LegalHolds(uow).lock(id)
    if hold.released_at is not None:
        raise errors.HoldReleased
    await _release(uow, hold)
    return hold


async def release_all(uow: UnitOfWork) -> int:
    """Hold nothing any more, where nothing is real; each is on record as released. Gives how many.

    Whoever calls has made sure that it is a sandbox.
    """
    holds = LegalHolds(uow)
    found = await holds.page(holds.all().filter(released_at=None).select_for_update())
    for hold in found:
        await _release(uow, hold)
    return len(found)


async def _release(uow: UnitOfWork, hold: LegalHold) -> None:
    await LegalHolds(uow).save(hold, released_by=str(uow.scope.actor), released_at=uow.now)
    uow.cancel(_timer(hold.id))
    uow.record(events.HoldReleased(hold_id=hold.id))


async def review_again(uow: UnitOfWork, id: UUID, at: datetime) -> LegalHold:
    """It is still needed: look at it again later. Raises `InvalidInput` and `HoldReleased`."""
    uow.require(WRITE)
    hold = await LegalHolds(uow).lock(id)
    if hold.released_at is not None:
        raise errors.HoldReleased
    if at <= uow.now:
        raise InvalidInput.at("reviewAt", "Name a moment that is still to come")
    await LegalHolds(uow).save(hold, review_at=at)
    _ask_at(uow, id, at)
    return hold


async def remind(uow: UnitOfWork, id: UUID) -> None:
    """Say that a hold is to be looked at, and again until somebody does."""
    hold = await LegalHolds(uow).lock(id)
    if hold.released_at is not None or hold.review_at > uow.now:
        return
    uow.record(events.HoldReviewAsked(hold_id=id))
    _ask_at(uow, id, uow.now + ASKED_AGAIN)


def _check(new: NewHold, now: datetime) -> None:
    if new.contact_id is not None and new.conversation_id is not None:
        raise InvalidInput.at("conversationId", "Hold a person or a conversation, not both")
    if new.review_at <= now:
        raise InvalidInput.at("reviewAt", "Name a moment that is still to come")
    if len(new.note) > LONGEST_NOTE:
        raise InvalidInput.at("note", f"Use at most {LONGEST_NOTE} characters")


async def _find(uow: UnitOfWork, new: NewHold) -> None:
    named: dict[HoldScope, tuple[Repository[Any], UUID | None]] = {
        HoldScope.CONTACT: (Contacts(uow), new.contact_id),
        HoldScope.CONVERSATION: (Conversations(uow), new.conversation_id),
    }
    repository, id = named.get(new.scope, (None, None))
    if repository is None or id is None:
        return
    try:
        # Locked, so that nobody erases it before the hold is there.
        await repository.lock(id)
    except (NotFound, KeyDestroyed) as gone:
        raise errors.NothingToHold(new.scope.value) from gone


def _ask_at(uow: UnitOfWork, id: UUID, at: datetime) -> None:
    uow.schedule(REVIEWING, at=at, key=_timer(id), payload={"hold_id": str(id)})


def _timer(id: UUID) -> str:
    return f"hold:{id}:review"
