"""Writing down that somebody may be reached, and that they no longer want it."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from domain.contacts.repository import Contacts
from domain.conversations.repository import Conversations
from domain.outreach.agreements.events import OutreachConsentGiven, OutreachConsentWithdrawn
from domain.outreach.agreements.models import Form, OutreachConsent, Route
from domain.outreach.agreements.repository import OutreachConsents
from domain.privacy.purposes import Purpose
from domain.words import fitting
from domain.work import UnitOfWork

READ, WRITE = "contacts:read", "contacts:write"
LONGEST_DISCLOSURE = 2000
LONGEST_VERSION = 40


@dataclass(frozen=True)
class Answer:
    """A yes, with the very words that it was said to."""

    contact_id: UUID
    route: Route
    purpose: Purpose
    form: Form
    disclosure: str
    disclosure_version: str
    language: str = "en"
    conversation_id: UUID | None = None


async def agree(uow: UnitOfWork, answer: Answer) -> OutreachConsent:
    """Keep a consent. Raises `InvalidInput`, and `NotFound` for a contact that is not there."""
    uow.require(WRITE)
    contact = await Contacts(uow).get(answer.contact_id)
    if answer.conversation_id is not None:
        await Conversations(uow).get(answer.conversation_id)
    actor = uow.scope.actor
    row = await OutreachConsents(uow).add(
        contact_id=contact.id,
        route=answer.route,
        purpose=answer.purpose,
        form=answer.form,
        disclosure=fitting("disclosure", answer.disclosure, LONGEST_DISCLOSURE),
        disclosure_version=fitting(
            "disclosure_version", answer.disclosure_version, LONGEST_VERSION
        ),
        language=answer.language,
        conversation_id=answer.conversation_id,
        given_at=uow.now,
        recorded_by=str(actor),
    )
    uow.record(
        OutreachConsentGiven(
            consent_id=row.id, contact_id=contact.id, route=answer.route, purpose=answer.purpose
        )
    )
    return row


async def withdraw(uow: UnitOfWork, id: UUID) -> OutreachConsent:
    """Take a consent back: at once, and for good; a second time changes nothing."""
    uow.require(WRITE)
    row = await OutreachConsents(uow).lock(id)
    await _withdraw(uow, row)
    return row


async def withdraw_all(
    uow: UnitOfWork, contact_id: UUID, purposes: Iterable[Purpose], route: Route | None = None
) -> None:
    """Take back everything that somebody agreed to for some purposes, or on one route of them."""
    uow.require(WRITE)
    ended = frozenset(purposes)
    for row in await OutreachConsents(uow).of(contact_id):
        if row.purpose in ended and route in (None, row.route):
            await _withdraw(uow, row)


async def decline(uow: UnitOfWork, answer: Answer) -> None:
    """Keep that somebody wants none of what they never had to agree to; it ends what they did."""
    uow.require(WRITE)
    consents = OutreachConsents(uow)
    await withdraw_all(uow, answer.contact_id, {answer.purpose}, answer.route)
    if not await consents.taken_back(answer.contact_id, answer.route, answer.purpose):
        await _withdraw(uow, await agree(uow, answer))


async def _withdraw(uow: UnitOfWork, row: OutreachConsent) -> None:
    if row.withdrawn_at is None:
        await OutreachConsents(uow).save(row, withdrawn_at=uow.now)
        uow.record(OutreachConsentWithdrawn(consent_id=row.id))
