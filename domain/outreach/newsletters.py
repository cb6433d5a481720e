"""Who has asked a business for letters of advertising: themselves, in writing, until they say no.

What is known of callers serves no marketing (P052). So what was said in a call or chat is no such
request, and whoever said no to marketing anywhere gets nothing, whatever they agreed to.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from domain import rights
from domain.contacts.models import Contact
from domain.contacts.repository import Contacts
from domain.outreach.agreements import withdraw_all
from domain.outreach.agreements.models import Route
from domain.outreach.agreements.repository import OutreachConsents
from domain.outreach.optout import Topic, Way
from domain.outreach.repository import Refusals
from domain.privacy.purposes import Purpose
from domain.work import UnitOfWork

READ, WRITE = "contacts:read", "contacts:write"


@dataclass(frozen=True)
class Subscriber:
    """Somebody who asked for letters, with all that is told to whoever sends them."""

    contact_id: UUID
    email: str = field(repr=False)
    name: str = field(repr=False)
    language: str
    asked_at: datetime


async def subscriber(uow: UnitOfWork, contact_id: UUID) -> Subscriber | None:
    """The one who asked for letters; None if they did not, or do not want them any more."""
    uow.require(READ)
    contact = await Contacts(uow).maybe(Contacts(uow).all().filter(id=contact_id))
    if contact is None or contact.email is None:
        return None
    asked = await OutreachConsents(uow).asked_for_letters([contact_id])
    if not asked or await _says_no(uow, contact):
        return None
    return Subscriber(
        contact_id=contact.id,
        email=contact.email.read(),
        name=contact.name.read() if contact.name else "",
        language=contact.language or "",
        asked_at=asked[0].given_at,
    )


async def among(uow: UnitOfWork, contact_ids: Sequence[UUID]) -> list[Subscriber]:
    """Those of some people who asked for letters."""
    uow.require(READ)
    consents = await OutreachConsents(uow).asked_for_letters(contact_ids)
    asked = dict.fromkeys(consent.contact_id for consent in consents)
    found = [await subscriber(uow, id) for id in asked]
    return [each for each in found if each is not None]


async def unsubscribed(uow: UnitOfWork, contact_id: UUID, at: datetime) -> bool:
    """Take back what somebody asked for before they said no elsewhere; whether that was anything.

    What they asked for after that moment stands.
    """
    uow.require(WRITE)
    consents = await OutreachConsents(uow).asked_for_letters([contact_id])
    if not consents or consents[0].given_at > at:
        return False
    await withdraw_all(uow, contact_id, {Purpose.MARKETING}, Route.EMAIL)
    return True


async def of_refusal(uow: UnitOfWork, refusal_id: UUID) -> UUID | None:
    """Whose telephone number it is from which somebody said stop."""
    uow.require(READ)
    refusal = await Refusals(uow).get(refusal_id)
    contact = await Contacts(uow).by_phone(refusal.phone.read())
    return contact.id if contact else None


async def _says_no(uow: UnitOfWork, contact: Contact) -> bool:
    """Whether they object, are only kept, or said stop to any number, in any way."""
    if await rights.forbids(uow, contact.id, Purpose.MARKETING):
        return True
    if contact.phone is None:
        return False
    phone, refusals = contact.phone.read(), Refusals(uow)
    return any([await refusals.stands(None, phone, Topic.MARKETING, way) for way in Way])
