"""Finding, adding and correcting contacts."""

from dataclasses import dataclass
from uuid import UUID

from domain.contacts.errors import AlreadyListed, ContactExists
from domain.contacts.events import (
    ContactAdded,
    ContactChanged,
    ContactRestricted,
    ContactRestrictionLifted,
)
from domain.contacts.models import Contact, ListedNumber, NumberList
from domain.contacts.repository import EMAIL, PHONE, Contacts, ListedNumbers
from domain.errors import InvalidInput
from domain.personal import DataClass, Source
from domain.phone import normalise
from domain.sealed import Sealed
from domain.words import within
from domain.work import UnitOfWork

LONGEST = {"name": 200, "notes": 10_000}
LONGEST_REASON = 500


@dataclass(frozen=True)
class Details:
    """What is known of a person; None leaves a value as it is, "" clears it."""

    name: str | None = None
    phone: str | None = None
    email: str | None = None
    notes: str | None = None
    language: str | None = None


async def recognise(uow: UnitOfWork, e164: str, *, source: Source = Source.CALLER) -> Contact:
    """The contact with this number, added if they are new."""
    uow.require("contacts:write")
    contacts = Contacts(uow)
    known = await contacts.by_phone(e164)
    if known is not None:
        return await contacts.save(known, last_seen_at=uow.now)
    try:
        return await add(uow, Details(phone=e164), source=source)
    except ContactExists:
        # Two calls from one number at once: the other one has just added them.
        known = await contacts.by_phone(e164)
        assert known is not None
        return known


async def greet(uow: UnitOfWork, e164: str) -> Contact | None:
    """Whoever calls from this number: added if they are new, unless it is not kept who calls."""
    uow.require("contacts:write")
    if uow.keeps(DataClass.CALLER_IDENTITY):
        return await recognise(uow, e164)
    return await Contacts(uow).by_phone(e164)


async def add(uow: UnitOfWork, details: Details, *, source: Source) -> Contact:
    """Add a person. Raises `ContactExists` and `InvalidInput`."""
    uow.require("contacts:write")
    contacts = Contacts(uow)
    async with contacts.refusing(
        contact_phone_key=ContactExists(), contact_email_key=ContactExists()
    ):
        contact = await contacts.add(
            **await _values(uow, details),
            source=source,
            created_at=uow.now,
            last_seen_at=uow.now,
        )
    uow.record(ContactAdded(contact_id=contact.id))
    return contact


async def update(uow: UnitOfWork, id: UUID, details: Details) -> Contact:
    """Correct what is known of a person. Raises `ContactExists` and `InvalidInput`."""
    uow.require("contacts:write")
    contacts = Contacts(uow)
    contact = await contacts.lock(id)
    values = await _values(uow, details)
    if not values:
        return contact
    async with contacts.refusing(
        contact_phone_key=ContactExists(), contact_email_key=ContactExists()
    ):
        await contacts.save(contact, **values)
    uow.record(ContactChanged(contact_id=id))
    return contact


async def restrict(uow: UnitOfWork, id: UUID) -> Contact:
    """Only keep what is known of a person, and use it for nothing; again changes nothing."""
    uow.require("privacy:write")
    contacts = Contacts(uow)
    contact = await contacts.lock(id)
    if contact.restricted_at is None:
        await contacts.save(contact, restricted_at=uow.now)
        uow.record(ContactRestricted(contact_id=id))
    return contact


async def lift_restriction(uow: UnitOfWork, id: UUID) -> Contact:
    """Use again what is known of a person, who was told so before; again changes nothing."""
    uow.require("privacy:write")
    contacts = Contacts(uow)
    contact = await contacts.lock(id)
    if contact.restricted_at is not None:
        await contacts.save(contact, restricted_at=None)
        uow.record(ContactRestrictionLifted(contact_id=id))
    return contact


async def list_number(
    uow: UnitOfWork, number: str, kind: NumberList, *, reason: str = ""
) -> ListedNumber:
    """Block, allow or favour a number. Raises `AlreadyListed` and `InvalidInput`."""
    uow.require("contacts:write")
    e164 = normalise(number, uow.scope.tenant.region)
    reason = within("reason", reason, LONGEST_REASON)
    listed = ListedNumbers(uow)
    async with listed.refusing(listed_number_key=AlreadyListed()):
        return await listed.add(
            kind=kind,
            phone=Sealed.text(e164),
            phone_index=await uow.keys.blind_index(PHONE, e164),
            reason=Sealed.text(reason) if reason else None,
            created_at=uow.now,
        )


async def unlist_number(uow: UnitOfWork, id: UUID) -> None:
    """Treat a number like any other again."""
    uow.require("contacts:write")
    listed = ListedNumbers(uow)
    await listed.remove(await listed.get(id))


async def treatment(uow: UnitOfWork, e164: str) -> NumberList | None:
    """How calls from a number are to be treated."""
    listed = await ListedNumbers(uow).by_phone(e164)
    return listed.kind if listed else None


async def _values(uow: UnitOfWork, details: Details) -> dict[str, object]:
    values: dict[str, object] = {}
    for column, longest in LONGEST.items():
        words = getattr(details, column)
        if words is not None:
            words = within(column, words, longest)
            values[column] = Sealed.text(words) if words else None
    if details.phone is not None:
        values |= await _phone(uow, details.phone)
    if details.email is not None:
        values |= await _email(uow, details.email)
    if details.language is not None:
        values["language"] = details.language or None
    return values


async def _phone(uow: UnitOfWork, number: str) -> dict[str, object]:
    if not number:
        return {"phone": None, "phone_index": None}
    e164 = normalise(number, uow.scope.tenant.region)
    return {"phone": Sealed.text(e164), "phone_index": await uow.keys.blind_index(PHONE, e164)}


async def _email(uow: UnitOfWork, address: str) -> dict[str, object]:
    if not address:
        return {"email": None, "email_index": None}
    before, at, after = address.strip().partition("@")
    if not (before and at and "." in after):
        raise InvalidInput.at("email", f"{address!r} is not an e-mail address")
    index = await uow.keys.blind_index(EMAIL, address.strip())
    return {"email": Sealed.text(address.strip()), "email_index": index}
