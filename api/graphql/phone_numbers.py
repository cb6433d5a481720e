"""The telephone numbers a business is reached on."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import strawberry

from api.graphql.context import Info
from api.graphql.errors import (
    IdempotencyKeyReusedError,
    InvalidInputError,
    NumberTakenError,
    RequestInProgressError,
)
from api.graphql.ids import Node, maybe_read_id, read_id, write_id
from api.graphql.places import Location, location_of
from api.graphql.scalars import PhoneNumber
from domain import phone_numbers
from domain.phone_numbers import models
from domain.phone_numbers.repository import PhoneNumbers
from plugins.graphql_kit import InUnitOfWork, Needs, once

READ = "numbers:read"


@strawberry.type
class AttachedNumber(Node):
    """A number that rings at this business."""

    location_key: strawberry.Private[UUID | None]
    number: PhoneNumber
    label: str
    created_at: datetime

    @classmethod
    def of(cls, row: models.PhoneNumber) -> "AttachedNumber":
        """The number of a row."""
        return cls(
            id=write_id("AttachedNumber", row.id),
            location_key=row.location_id,
            number=PhoneNumber(row.e164),
            label=row.label,
            created_at=row.created_at,
        )

    @strawberry.field(extensions=[Needs("business:read")])
    async def location(self, info: Info) -> Location | None:
        """Where it rings; null means the default location."""
        return await location_of(info, self.location_key)


@strawberry.type
class PhoneNumberFields:
    """How a tenant is reached."""

    @strawberry.field(extensions=[Needs("numbers:read")])
    async def phone_numbers(self, info: Info) -> list[AttachedNumber]:
        """The numbers that ring here, in the order in which they were attached."""
        repository = PhoneNumbers(await info.context.read(READ))
        rows = await repository.page(repository.all().order_by("created_at", "id"))
        return [AttachedNumber.of(row) for row in rows]


@strawberry.input
class PhoneNumberAttachInput:
    """A number to let ring here; without a location, at the default one."""

    number: PhoneNumber
    label: str = ""
    location_id: strawberry.ID | None = None
    idempotency_key: str | None = None


@strawberry.type
class PhoneNumberAttachPayload:
    """The number that rings here."""

    attached_number: AttachedNumber


PhoneNumberAttachResult = Annotated[
    PhoneNumberAttachPayload
    | NumberTakenError
    | InvalidInputError
    | IdempotencyKeyReusedError
    | RequestInProgressError,
    strawberry.union("PhoneNumberAttachResult"),
]


@strawberry.input
class PhoneNumberLabelInput:
    """What a number is for."""

    id: strawberry.ID
    label: str


@strawberry.type
class PhoneNumberLabelPayload:
    """The number under its label."""

    attached_number: AttachedNumber


PhoneNumberLabelResult = Annotated[
    PhoneNumberLabelPayload | InvalidInputError, strawberry.union("PhoneNumberLabelResult")
]


@strawberry.input
class PhoneNumberPlaceInput:
    """Where a number rings; null is the default location."""

    id: strawberry.ID
    location_id: strawberry.ID | None


@strawberry.type
class PhoneNumberPlacePayload:
    """The number in its place."""

    attached_number: AttachedNumber


PhoneNumberPlaceResult = Annotated[
    PhoneNumberPlacePayload, strawberry.union("PhoneNumberPlaceResult")
]


@strawberry.input
class PhoneNumberReleaseInput:
    """A number to let go of."""

    id: strawberry.ID


@strawberry.type
class PhoneNumberReleasePayload:
    """The id of the number that rings here no longer."""

    id: strawberry.ID


PhoneNumberReleaseResult = Annotated[
    PhoneNumberReleasePayload, strawberry.union("PhoneNumberReleaseResult")
]


@strawberry.type
class PhoneNumberMutations:
    """Deeds around numbers."""

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs("numbers:write")])
    async def phone_number_attach(
        self, info: Info, input: PhoneNumberAttachInput
    ) -> PhoneNumberAttachResult:
        """Let a number ring here."""
        uow, location_id = info.context.uow, maybe_read_id("Location", input.location_id)
        row = await once(
            info,
            input,
            PhoneNumbers,
            lambda: phone_numbers.attach(
                uow, input.number, label=input.label, location_id=location_id
            ),
        )
        return PhoneNumberAttachPayload(attached_number=AttachedNumber.of(row))

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs("numbers:write")])
    async def phone_number_label(
        self, info: Info, input: PhoneNumberLabelInput
    ) -> PhoneNumberLabelResult:
        """Say what a number is for."""
        id = read_id("AttachedNumber", input.id)
        row = await phone_numbers.label(info.context.uow, id, input.label)
        return PhoneNumberLabelPayload(attached_number=AttachedNumber.of(row))

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs("numbers:write")])
    async def phone_number_place(
        self, info: Info, input: PhoneNumberPlaceInput
    ) -> PhoneNumberPlaceResult:
        """Say where a number rings."""
        id = read_id("AttachedNumber", input.id)
        location_id = maybe_read_id("Location", input.location_id)
        row = await phone_numbers.place(info.context.uow, id, location_id)
        return PhoneNumberPlacePayload(attached_number=AttachedNumber.of(row))

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs("numbers:write")])
    async def phone_number_release(
        self, info: Info, input: PhoneNumberReleaseInput
    ) -> PhoneNumberReleaseResult:
        """Let go of a number: from now on anybody may attach it."""
        await phone_numbers.release(info.context.uow, read_id("AttachedNumber", input.id))
        return PhoneNumberReleasePayload(id=input.id)
