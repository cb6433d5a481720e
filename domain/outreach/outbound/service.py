"""Asking for a call or text to somebody, letting it out, and saying what became of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from domain.appointments.repository import STANDING, Appointments
from domain.contacts.repository import Contacts
from domain.conversations.repository import Conversations
from domain.errors import InvalidInput
from domain.outreach.agreements.models import Route
from domain.outreach.gate import Attempt, Gate, Permit
from domain.outreach.outbound.events import OutboundAsked, OutboundDispatched, OutboundRefused
from domain.outreach.outbound.models import Outbound, OutboundState
from domain.outreach.outbound.repository import Outbounds
from domain.outreach.refusals import OutreachRefused, Refusal
from domain.phone import normalise
from domain.privacy.purposes import Purpose
from domain.sealed import Sealed
from domain.words import fitting
from domain.work import UnitOfWork

READ, WRITE = "contacts:read", "contacts:write"
SENDING = "outbound.send"
LONGEST_WORDS = 1600
# A call-back or reminder that could not go out for so long is told to nobody any more.
WANTED_FOR = timedelta(days=1)
# How soon it is tried again where only the hour stood in the way.
AGAIN_AFTER = timedelta(minutes=15)


@dataclass(frozen=True)
class Wanted:
    """Somebody to be called or texted, with which words, and what for."""

    contact_id: UUID
    route: Route
    purpose: Purpose
    words: str
    line: str | None = None
    answers: UUID | None = None
    """The conversation of theirs that it answers."""
    appointment_id: UUID | None = None
    """The visit that it is about, and before which it has to be there."""
    until: datetime | None = None
    """After which nobody wants it; a day from now, if nobody says."""


async def ask(uow: UnitOfWork, wanted: Wanted) -> Outbound:
    """Have somebody called or texted as soon as they may be.

    Raises `InvalidInput`, and `NotFound` for a contact or conversation that is not there.
    """
    uow.require(WRITE)
    if wanted.route is Route.EMAIL:
        raise InvalidInput.at("route", "Letters do not go out like this")
    contact = await Contacts(uow).get(wanted.contact_id)
    if wanted.answers is not None:
        await Conversations(uow).get(wanted.answers)
    words = fitting("words", wanted.words, LONGEST_WORDS)
    region = uow.scope.tenant.region
    row = await Outbounds(uow).add(
        contact_id=contact.id,
        route=wanted.route,
        purpose=wanted.purpose,
        line=normalise(wanted.line, region) if wanted.line else None,
        words=Sealed.text(words),
        answers_id=wanted.answers,
        appointment_id=wanted.appointment_id,
        asked_by=str(uow.scope.actor),
        asked_at=uow.now,
        until=min(wanted.until or uow.now + WANTED_FOR, uow.now + WANTED_FOR),
        state=OutboundState.WAITING,
    )
    uow.record(OutboundAsked(**_about(row)))
    _try(uow, row, timedelta())
    return row


async def let_out(
    uow: UnitOfWork, gate: Gate, id: UUID, *, registered: bool
) -> tuple[Permit, Outbound] | None:
    """The permit of one that waits; None if it may not go out now, and then it says why."""
    row = await Outbounds(uow).lock(id)
    if row.state is not OutboundState.WAITING:
        return None
    if await _is_off(uow, row):
        await _withhold(uow, row, Refusal.CALLED_OFF)
        return None
    attempt = Attempt(
        row.contact_id,
        row.route,
        row.purpose,
        row.answers_id,
        registered,
        row.line,
        again=row.permit_id,
    )
    try:
        permit = await gate.permit(uow, attempt)
    except OutreachRefused as refused:
        await _hold_back(uow, row, refused)
        return None
    await Outbounds(uow).save(row, permit_id=permit.id, refusal=None, rule="")
    return permit, row


async def sent(uow: UnitOfWork, id: UUID) -> None:
    """Say that it went out."""
    row = await Outbounds(uow).lock(id)
    if row.state is OutboundState.WAITING:
        await Outbounds(uow).save(row, state=OutboundState.SENT, settled_at=uow.now)
        uow.record(OutboundDispatched(**_about(row)))


async def withhold(uow: UnitOfWork, id: UUID, refusal: Refusal) -> None:
    """Let one that waits never go out, and say why."""
    row = await Outbounds(uow).lock(id)
    if row.state is OutboundState.WAITING:
        await _withhold(uow, row, refusal)


async def withhold_all(uow: UnitOfWork, contact_id: UUID, purposes: Iterable[Purpose]) -> None:
    """Let nothing that waits go out to somebody for some purposes: they do not want it."""
    uow.require(WRITE)
    for row in await Outbounds(uow).waiting(contact_id, purposes):
        await _withhold(uow, row, Refusal.OPTED_OUT)


async def _is_off(uow: UnitOfWork, row: Outbound) -> bool:
    """Whether the visit that it is about does not take place, or has begun."""
    if row.appointment_id is None:
        return False
    visit = next(iter(await Appointments(uow).many([row.appointment_id])), None)
    return visit is None or visit.status not in STANDING or visit.starts_at <= uow.now


async def _hold_back(uow: UnitOfWork, row: Outbound, refused: OutreachRefused) -> None:
    later = refused.refusal is Refusal.OUTSIDE_HOURS and uow.now + AGAIN_AFTER < row.until
    if not later:
        await _withhold(uow, row, refused.refusal, refused.rule)
        return
    await Outbounds(uow).save(row, refusal=refused.refusal, rule=refused.rule)
    _try(uow, row, AGAIN_AFTER)


async def _withhold(uow: UnitOfWork, row: Outbound, refusal: Refusal, rule: str = "") -> None:
    settled = {"state": OutboundState.WITHHELD, "settled_at": uow.now}
    await Outbounds(uow).save(row, refusal=refusal, rule=rule, **settled)
    uow.record(OutboundRefused(**_about(row), refusal=refusal))


def _try(uow: UnitOfWork, row: Outbound, after: timedelta) -> None:
    payload = {"outbound_id": str(row.id)}
    uow.schedule(SENDING, at=uow.now + after, key=f"{SENDING}:{row.id}", payload=payload)


def _about(row: Outbound) -> dict[str, Any]:
    return {
        "outbound_id": row.id,
        "contact_id": row.contact_id,
        "route": row.route,
        "purpose": row.purpose,
    }
