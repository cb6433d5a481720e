"""Appointments, reservations and offers as one unit of work sees them."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from tortoise.queryset import QuerySet

from domain.appointments.models import Appointment, AppointmentStatus, Offer, Reservation
from domain.appointments.openings import Book, Occupied
from domain.appointments.sites import Site
from domain.appointments.times import Interval
from domain.repository import Repository

TAKE_TURNS = "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))"

# A visit that somebody still expects to take place.
STANDING = (AppointmentStatus.REQUESTED, AppointmentStatus.CONFIRMED, AppointmentStatus.ARRIVED)


class Appointments(Repository[Appointment]):
    """Visits."""

    model = Appointment
    noun = "appointment"

    async def by_intent(
        self, conversation_id: UUID | None, intent_key: str | None
    ) -> Appointment | None:
        """What an intent of a conversation has booked already."""
        if conversation_id is None or intent_key is None:
            return None
        found = self.all().filter(conversation_id=conversation_id, intent_key=intent_key)
        return await self.maybe(found)

    async def starts_between(self, during: Interval) -> dict[UUID, datetime]:
        """When the standing visits begin that begin in a stretch of time, by visit."""
        standing = self.standing().filter(starts_at__gte=during.start, starts_at__lt=during.end)
        return {row["id"]: row["starts_at"] for row in await standing.values("id", "starts_at")}

    async def take_turns(self) -> None:
        """Let the bookings of one business happen one after another, until this one commits.

        Two that insert at once could each wait for the other; and nobody may count the visits of
        a day while somebody else adds one.
        """
        await self.uow.connection.execute_query(TAKE_TURNS, [f"booking {self.uow.tenant_id}"])

    async def upcoming_of(self, contact_id: UUID) -> list[Appointment]:
        """A person's visits to come, soonest first."""
        coming = self.standing().filter(contact_id=contact_id, starts_at__gte=self.uow.now)
        return await self.page(coming.order_by("starts_at", "id").limit(10))

    async def has_visited(self, contact_id: UUID) -> bool:
        """Whether a person has been here before."""
        past = self.all().filter(contact_id=contact_id, starts_at__lt=self.uow.now)
        return await past.exclude(status=AppointmentStatus.CANCELLED).exists()

    async def statuses(self, start: datetime, end: datetime) -> dict[AppointmentStatus, int]:
        """How many visits booked from one instant up to another stand where."""
        rows = self.all().filter(created_at__gte=start, created_at__lt=end)
        return await self.tally(rows, "status")

    async def sites_of(self, ids: Iterable[UUID]) -> dict[UUID, Site]:
        """Where those of some visits take place of which that is known, and may be."""
        rows = await self.all().filter(id__in=sorted(set(ids)), postcode__isnull=False)
        # One whose keys are gone is at no place that is known; nor for whoever may not see it.
        await self.uow.keys.open_remaining(rows)
        sites = ((row.id, site_of(row)) for row in rows)
        return {id: site for id, site in sites if site is not None}

    def standing(self) -> QuerySet[Appointment]:
        """Visits that somebody still expects."""
        return self.all().filter(status__in=STANDING)


def site_of(visit: Appointment) -> Site | None:
    """Where a visit takes place, if that is known, and may be."""
    postcode, spot = visit.postcode, visit.spot
    if postcode is None or not postcode.is_open:
        return None
    return Site.read(postcode.read(), spot.read() if spot is not None and spot.is_open else None)


class Reservations(Repository[Reservation]):
    """What visits occupy."""

    model = Reservation
    noun = "reservation"

    async def book_of(
        self,
        resources: Sequence[UUID],
        during: Interval,
        *,
        sites: bool = False,
        without: UUID | None = None,
    ) -> Book:
        """What is occupied of some resources in a stretch of time, but for one visit.

        With `sites` it is known where, too.
        """
        found = self.all().filter(
            resource_id__in=list(resources),
            occupied_from__lt=during.end,
            occupied_until__gt=during.start,
        )
        rows = await (found.exclude(appointment_id=without) if without else found)
        visits = (row.appointment_id for row in rows)
        known = await Appointments(self.uow).sites_of(visits) if sites else {}
        return Book.of(
            Occupied(
                row.resource_id,
                row.unit,
                Interval(row.occupied_from, row.occupied_until),
                known.get(row.appointment_id),
            )
            for row in rows
        )

    async def of(self, appointment_id: UUID) -> list[Reservation]:
        """What one visit occupies."""
        return await self.all().filter(appointment_id=appointment_id).order_by("id")

    async def visits_of(self, resource_id: UUID, since: datetime) -> list[UUID]:
        """The visits that occupy a resource and are not over, by their beginning."""
        rows = self.all().filter(resource_id=resource_id, occupied_until__gt=since)
        found = await rows.order_by("occupied_from").values("appointment_id")
        return list(dict.fromkeys(row["appointment_id"] for row in found))

    async def release(self, appointment_id: UUID) -> None:
        """Free what a visit occupies."""
        await self.all().filter(appointment_id=appointment_id).delete()


class Offers(Repository[Offer]):
    """Slots that callers were told of."""

    model = Offer
    noun = "offer"
