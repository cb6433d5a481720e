"""Contacts, and the numbers treated in a special way."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import strawberry

from api.graphql.audit import AuditEntry, disclosures_of
from api.graphql.changes import UpdatedSince, changed
from api.graphql.context import Info
from api.graphql.enums import NumberList, Source
from api.graphql.errors import (
    ContactExistsError,
    IdempotencyKeyReusedError,
    InvalidInputError,
    NumberListedError,
    RequestInProgressError,
)
from api.graphql.ids import Node, read_id, write_id
from api.graphql.inputs import cleared, known_language, opened
from api.graphql.outreach_consents import OutreachConsent
from api.graphql.pagination import Connection, Listing, Order, Paged
from api.graphql.scalars import EmailAddress, PhoneNumber
from domain import contacts
from domain.contacts import models
from domain.contacts.repository import Contacts, ListedNumbers
from domain.outreach.agreements.repository import OutreachConsents
from plugins.graphql_kit import InUnitOfWork, Needs, once

READ = "contacts:read"


@strawberry.type
class Contact(Node):
    """A person who calls."""

    key: strawberry.Private[UUID]
    name: str | None
    phone: PhoneNumber | None
    email: EmailAddress | None
    notes: str | None
    language: str | None
    source: Source
    created_at: datetime
    last_seen_at: datetime
    restricted_at: datetime | None = strawberry.field(
        description="Since when their data is kept and used for nothing."
    )
    updated_at: datetime

    @classmethod
    def of(cls, row: models.Contact) -> "Contact":
        """The contact of a row."""
        phone, email = opened(row.phone), opened(row.email)
        return cls(
            id=write_id("Contact", row.id),
            key=row.id,
            name=opened(row.name),
            phone=PhoneNumber(phone) if phone else None,
            email=EmailAddress(email) if email else None,
            notes=opened(row.notes),
            language=row.language,
            source=row.source,
            created_at=row.created_at,
            last_seen_at=row.last_seen_at,
            restricted_at=row.restricted_at,
            updated_at=row.updated_at,
        )

    @strawberry.field(
        graphql_type=Connection[AuditEntry], extensions=[Paged(), Needs("audit:read")]
    )
    async def disclosures(self, info: Info) -> Listing:
        """Who saw or received what is known of this person, the newest in front."""
        return await disclosures_of(info, self.key)

    @strawberry.field(extensions=[Needs(READ)])
    async def outreach_consents(self, info: Info) -> list[OutreachConsent]:
        """What they have agreed to be reached for, and taken back; the latest in front."""
        rows = OutreachConsents(await info.context.read(READ))
        return [OutreachConsent.of(row) for row in await rows.known(self.key)]


@strawberry.type
class ListedNumber(Node):
    """A telephone number on the block, allow or VIP list."""

    kind: NumberList
    number: PhoneNumber
    reason: str | None
    created_at: datetime

    @classmethod
    def of(cls, row: models.ListedNumber) -> "ListedNumber":
        """The listed number of a row."""
        return cls(
            id=write_id("ListedNumber", row.id),
            kind=row.kind,
            number=PhoneNumber(row.phone.read()),
            reason=opened(row.reason),
            created_at=row.created_at,
        )


async def contact_of(info: Info, id: UUID | None) -> Contact | None:
    """A person, fetched with their neighbours, if they are still known."""
    if id is None:
        return None
    row = await info.context.row(Contacts, READ, id)
    return Contact.of(row) if row else None


@strawberry.type
class ContactFields:
    """What a tenant knows of the people who call."""

    @strawberry.field(
        graphql_type=Connection[Contact], extensions=[Paged(), Needs("contacts:read")]
    )
    async def contacts(self, info: Info, updated_since: UpdatedSince = None) -> Listing:
        """People, those heard of last in front."""
        repository = Contacts(await info.context.read(READ))
        listing = Listing(repository, repository.all(), Order("last_seen_at"), Contact.of)
        return await changed(info, listing, updated_since)

    @strawberry.field(
        graphql_type=Connection[ListedNumber], extensions=[Paged(), Needs("contacts:read")]
    )
    async def listed_numbers(self, info: Info) -> Listing:
        """Numbers on the block, allow and VIP lists, those listed last in front."""
        repository = ListedNumbers(await info.context.read(READ))
        return Listing(repository, repository.all(), Order("created_at"), ListedNumber.of)


@strawberry.input
class ContactAddInput:
    """A person to add."""

    name: str | None = None
    phone: PhoneNumber | None = None
    email: EmailAddress | None = None
    notes: str | None = None
    language: str | None = None
    idempotency_key: str | None = None


@strawberry.type
class ContactAddPayload:
    """The person that was added."""

    contact: Contact


ContactAddResult = Annotated[
    ContactAddPayload
    | ContactExistsError
    | InvalidInputError
    | IdempotencyKeyReusedError
    | RequestInProgressError,
    strawberry.union("ContactAddResult"),
]


@strawberry.input
class ContactUpdateInput:
    """What to correct; null clears, and what is left out stays."""

    id: strawberry.ID
    name: strawberry.Maybe[str | None]
    phone: strawberry.Maybe[PhoneNumber | None]
    email: strawberry.Maybe[EmailAddress | None]
    notes: strawberry.Maybe[str | None]
    language: strawberry.Maybe[str | None]


@strawberry.type
class ContactUpdatePayload:
    """The person as they are known now."""

    contact: Contact


ContactUpdateResult = Annotated[
    ContactUpdatePayload | ContactExistsError | InvalidInputError,
    strawberry.union("ContactUpdateResult"),
]


@strawberry.input
class ContactRestrictionLiftInput:
    """A person who was told that their data is used again."""

    id: strawberry.ID


@strawberry.type
class ContactRestrictionLiftPayload:
    """The person, whose data is used again."""

    contact: Contact


ContactRestrictionLiftResult = Annotated[
    ContactRestrictionLiftPayload, strawberry.union("ContactRestrictionLiftResult")
]


@strawberry.input
class NumberListInput:
    """A number to treat in a special way."""

    number: PhoneNumber
    kind: NumberList
    reason: str = ""
    idempotency_key: str | None = None


@strawberry.type
class NumberListPayload:
    """The number on its list."""

    listed_number: ListedNumber


NumberListResult = Annotated[
    NumberListPayload
    | NumberListedError
    | InvalidInputError
    | IdempotencyKeyReusedError
    | RequestInProgressError,
    strawberry.union("NumberListResult"),
]


@strawberry.input
class NumberUnlistInput:
    """A listed number to treat like any other again."""

    id: strawberry.ID


@strawberry.type
class NumberUnlistPayload:
    """The id of what is no longer listed."""

    id: strawberry.ID


NumberUnlistResult = Annotated[NumberUnlistPayload, strawberry.union("NumberUnlistResult")]


@strawberry.type
class ContactMutations:
    """Deeds around contacts."""

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs("contacts:write")])
    async def contact_add(self, info: Info, input: ContactAddInput) -> ContactAddResult:
        """Add a person."""
        language = known_language(input.language)
        details = contacts.Details(input.name, input.phone, input.email, input.notes, language)
        uow = info.context.uow
        row = await once(
            info, input, Contacts, lambda: contacts.add(uow, details, source=Source.OWNER)
        )
        return ContactAddPayload(contact=Contact.of(row))

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs("privacy:write")])
    async def contact_restriction_lift(
        self, info: Info, input: ContactRestrictionLiftInput
    ) -> ContactRestrictionLiftResult:
        """Use again what is known of a person; they are told before."""
        row = await contacts.lift_restriction(info.context.uow, read_id("Contact", input.id))
        return ContactRestrictionLiftPayload(contact=Contact.of(row))

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs("contacts:write")])
    async def contact_update(self, info: Info, input: ContactUpdateInput) -> ContactUpdateResult:
        """Correct what is known of a person."""
        details = contacts.Details(
            cleared(input.name),
            cleared(input.phone),
            cleared(input.email),
            cleared(input.notes),
            known_language(cleared(input.language)),
        )
        row = await contacts.update(info.context.uow, read_id("Contact", input.id), details)
        return ContactUpdatePayload(contact=Contact.of(row))

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs("contacts:write")])
    async def number_list(self, info: Info, input: NumberListInput) -> NumberListResult:
        """Block, allow or favour a number."""
        uow = info.context.uow
        row = await once(
            info,
            input,
            ListedNumbers,
            lambda: contacts.list_number(uow, input.number, input.kind, reason=input.reason),
        )
        return NumberListPayload(listed_number=ListedNumber.of(row))

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs("contacts:write")])
    async def number_unlist(self, info: Info, input: NumberUnlistInput) -> NumberUnlistResult:
        """Treat a number like any other again."""
        await contacts.unlist_number(info.context.uow, read_id("ListedNumber", input.id))
        return NumberUnlistPayload(id=input.id)
