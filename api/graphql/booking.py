"""Booking, moving and calling off visits."""

from datetime import date, datetime
from typing import Annotated

import strawberry

from api.graphql.appointments import Appointment
from api.graphql.context import Info
from api.graphql.enums import AppointmentStatus
from api.graphql.errors import (
    DayFullError,
    IdempotencyKeyReusedError,
    InThePastError,
    InvalidInputError,
    NotBookableError,
    OutsideHoursError,
    RequestInProgressError,
    SlotTakenError,
    TooFarAheadError,
    TooLateToChangeError,
    TooSoonError,
    WrongStatusError,
)
from api.graphql.ids import maybe_read_id, read_id
from domain import appointments
from domain.appointments.repository import Appointments
from domain.appointments.visitors import Visitor
from domain.business import versions
from domain.contacts.repository import Contacts
from integrations.places import site_of
from plugins.graphql_kit import InUnitOfWork, Needs, once


@strawberry.input
class AppointmentVisitorInput:
    """Who comes, by full name and date of birth; a caller proves with it whose visit it is."""

    name: str
    born: date


@strawberry.input
class AppointmentBookInput:
    """A visit to book; without a location it is at the default one.

    Whoever comes to their customers needs the `postcode` for the time of the way.
    """

    contact_id: strawberry.ID
    service_id: strawberry.ID
    starts_at: datetime
    location_id: strawberry.ID | None = None
    resource_id: strawberry.ID | None = None
    notes: str = ""
    visitor: AppointmentVisitorInput | None = None
    postcode: str | None = None
    idempotency_key: str | None = None


@strawberry.type
class AppointmentBookPayload:
    """The visit that was booked, or asked for where bookings need approval."""

    appointment: Appointment


AppointmentBookResult = Annotated[
    AppointmentBookPayload
    | InvalidInputError
    | SlotTakenError
    | OutsideHoursError
    | InThePastError
    | TooSoonError
    | TooFarAheadError
    | DayFullError
    | NotBookableError
    | IdempotencyKeyReusedError
    | RequestInProgressError,
    strawberry.union("AppointmentBookResult"),
]


@strawberry.input
class AppointmentRescheduleInput:
    """Which visit to move, and to when."""

    id: strawberry.ID
    starts_at: datetime
    idempotency_key: str | None = None


@strawberry.type
class AppointmentReschedulePayload:
    """The visit at its new time."""

    appointment: Appointment


AppointmentRescheduleResult = Annotated[
    AppointmentReschedulePayload
    | SlotTakenError
    | OutsideHoursError
    | InThePastError
    | TooSoonError
    | TooFarAheadError
    | DayFullError
    | NotBookableError
    | TooLateToChangeError
    | WrongStatusError
    | IdempotencyKeyReusedError
    | RequestInProgressError,
    strawberry.union("AppointmentRescheduleResult"),
]


@strawberry.input
class AppointmentCancelInput:
    """Which visit to call off."""

    id: strawberry.ID
    idempotency_key: str | None = None


@strawberry.type
class AppointmentCancelPayload:
    """The visit that will not take place."""

    appointment: Appointment


AppointmentCancelResult = Annotated[
    AppointmentCancelPayload
    | TooLateToChangeError
    | WrongStatusError
    | IdempotencyKeyReusedError
    | RequestInProgressError,
    strawberry.union("AppointmentCancelResult"),
]


@strawberry.input
class AppointmentChangeStatusInput:
    """Approve a visit, or say that it began, ended, or that nobody came."""

    id: strawberry.ID
    status: AppointmentStatus
    idempotency_key: str | None = None


@strawberry.type
class AppointmentChangeStatusPayload:
    """The visit as it stands."""

    appointment: Appointment


AppointmentChangeStatusResult = Annotated[
    AppointmentChangeStatusPayload
    | WrongStatusError
    | IdempotencyKeyReusedError
    | RequestInProgressError,
    strawberry.union("AppointmentChangeStatusResult"),
]


@strawberry.type
class AppointmentMutations:
    """Deeds around visits."""

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs("appointments:write")])
    async def appointment_book(
        self, info: Info, input: AppointmentBookInput
    ) -> AppointmentBookResult:
        """Book a visit."""
        uow = info.context.uow
        contact = await Contacts(uow).get(read_id("Contact", input.contact_id))
        booking = appointments.Booking(
            contact_id=contact.id,
            service_id=read_id("Service", input.service_id),
            starts_at=input.starts_at,
            location_id=maybe_read_id("Location", input.location_id),
            resource_id=maybe_read_id("Resource", input.resource_id),
            notes=input.notes,
            visitor=Visitor(input.visitor.name, input.visitor.born) if input.visitor else None,
            site=site_of(input.postcode, uow.scope.tenant.region) if input.postcode else None,
        )
        profile = await versions.profile(uow)
        row = await once(
            info, input, Appointments, lambda: appointments.book(uow, profile, booking)
        )
        return AppointmentBookPayload(appointment=Appointment.of(row))

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs("appointments:write")])
    async def appointment_reschedule(
        self, info: Info, input: AppointmentRescheduleInput
    ) -> AppointmentRescheduleResult:
        """Move a visit; it keeps its place if the new one cannot be had."""
        uow = info.context.uow
        id = read_id("Appointment", input.id)
        profile = await versions.profile(uow)
        row = await once(
            info,
            input,
            Appointments,
            lambda: appointments.reschedule(uow, profile, id, input.starts_at),
        )
        return AppointmentReschedulePayload(appointment=Appointment.of(row))

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs("appointments:write")])
    async def appointment_cancel(
        self, info: Info, input: AppointmentCancelInput
    ) -> AppointmentCancelResult:
        """Call a visit off; a second time changes nothing."""
        uow = info.context.uow
        id = read_id("Appointment", input.id)
        profile = await versions.profile(uow)
        row = await once(info, input, Appointments, lambda: appointments.cancel(uow, profile, id))
        return AppointmentCancelPayload(appointment=Appointment.of(row))

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs("appointments:write")])
    async def appointment_change_status(
        self, info: Info, input: AppointmentChangeStatusInput
    ) -> AppointmentChangeStatusResult:
        """Approve a visit, or say that it began, ended, or that nobody came."""
        id = read_id("Appointment", input.id)
        uow = info.context.uow
        row = await once(
            info, input, Appointments, lambda: appointments.change_status(uow, id, input.status)
        )
        return AppointmentChangeStatusPayload(appointment=Appointment.of(row))
