"""What is known of a visit that is to be booked, and how it is kept."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from domain.appointments.sites import Site, plain_postcode
from domain.appointments.visitors import Visitor
from domain.errors import InvalidInput
from domain.sealed import Sealed
from domain.words import fitting, within
from domain.work import UnitOfWork

LONGEST_NOTES, LONGEST_NAME = 10_000, 200
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Particulars:
    """What is known of a visit beside when it is, and whose."""

    notes: str = ""
    visitor: Visitor | None = None
    site: Site | None = None


NOTHING_MORE = Particulars()


@dataclass(frozen=True)
class Booking:
    """What is to be booked, for whom; `starts_at` is an instant.

    The same `intent_key` in the same conversation books once, however often it is asked for.
    """

    contact_id: UUID
    service_id: UUID
    starts_at: datetime
    location_id: UUID | None = None
    resource_id: UUID | None = None
    conversation_id: UUID | None = None
    intent_key: str | None = None
    notes: str = ""
    visitor: Visitor | None = None
    """Who comes, where a trade asks for it."""
    site: Site | None = None
    """Where to, if whoever is booked comes to their customers."""


def kept(uow: UnitOfWork, booking: Booking) -> dict[str, Sealed | None]:
    """What is sealed with a visit. Raises `InvalidInput`."""
    return {
        "notes": _notes(booking),
        **_visitor(uow, booking.visitor),
        **_site(booking.site),
    }


def _visitor(uow: UnitOfWork, visitor: Visitor | None) -> dict[str, Sealed]:
    if visitor is None:
        return {}
    name = fitting("visitor.name", visitor.name, LONGEST_NAME)
    if visitor.born > (uow.now + ONE_DAY).date():
        raise InvalidInput.at("visitor.born", "Nobody comes before they are born")
    return {"visitor": Sealed.text(name), "visitor_born": Sealed.text(visitor.born.isoformat())}


def _site(site: Site | None) -> dict[str, Sealed]:
    if site is None:
        return {}
    spot = {"spot": Sealed.text(site.spot_kept)} if site.spot_kept else {}
    return {"postcode": Sealed.text(plain_postcode(site.postcode)), **spot}


def _notes(booking: Booking) -> Sealed | None:
    notes = within("notes", booking.notes, LONGEST_NOTES)
    return Sealed.text(notes) if notes else None
