"""Linking calendars, and knowing what was seen in them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from domain.business.repository import Resources
from domain.calendars.errors import CalendarListed, TooManyCalendars
from domain.calendars.events import (
    CalendarFailed,
    CalendarLinked,
    CalendarRecovered,
    CalendarUnlinked,
)
from domain.calendars.models import CalendarLink
from domain.calendars.ports import Busy, Changes, Place
from domain.calendars.repository import BusyTimes, CalendarLinks
from domain.words import fitting
from domain.work import UnitOfWork

READ = "business:read"
WRITE = "business:write"
MOST_CALENDARS = 200
LONGEST_ADDRESS = 500
LONGEST_TITLE = 200
# What is on record as the reason of a failure.
LONGEST_REASON = 60
# How far ahead times are known: the longest horizon of a booking calendar, and a week.
AHEAD = timedelta(days=372)
# What began yesterday may go on today.
BEFORE = timedelta(days=1)
# Times move into that stretch day by day: so often everything is read again.
WINDOW_LASTS = timedelta(days=1)


@dataclass(frozen=True)
class NewLink:
    """A calendar elsewhere, and whose it is."""

    resource_id: UUID
    plugin: str
    calendar: str
    title: str
    connection_id: UUID | None = None
    reads: bool = True
    writes: bool = True


async def links(uow: UnitOfWork) -> list[CalendarLink]:
    """The calendars that are linked."""
    uow.require(READ)
    return await CalendarLinks(uow).listed()


async def link(uow: UnitOfWork, new: NewLink) -> CalendarLink:
    """Link a calendar to whoever keeps it.

    Raises `NotFound`, `InvalidInput`, `CalendarListed` and `TooManyCalendars`.
    """
    uow.require(WRITE)
    await Resources(uow).get(new.resource_id)
    rows = CalendarLinks(uow)
    if await rows.number() >= MOST_CALENDARS:
        raise TooManyCalendars(MOST_CALENDARS)
    async with rows.refusing(calendar_link_key=CalendarListed()):
        row = await rows.add(
            resource_id=new.resource_id,
            plugin=new.plugin,
            connection_id=new.connection_id,
            calendar=fitting("calendar", new.calendar, LONGEST_ADDRESS),
            title=fitting("title", new.title, LONGEST_TITLE),
            reads=new.reads,
            writes=new.writes,
            created_at=uow.now,
            updated_at=uow.now,
        )
    uow.record(CalendarLinked(calendar_link_id=row.id, plugin=row.plugin))
    return row


async def unlink(uow: UnitOfWork, id: UUID) -> UUID:
    """Take a calendar off: its times count no more, and nothing is written there. `NotFound`."""
    uow.require(WRITE)
    row = await CalendarLinks(uow).lock(id)
    await CalendarLinks(uow).remove(row)
    uow.record(CalendarUnlinked(calendar_link_id=id, plugin=row.plugin))
    return id


def place_of(row: CalendarLink) -> Place:
    """Where a linked calendar is."""
    return Place(row.calendar, row.connection_id)


def window_ends(row: CalendarLink, now: datetime) -> bool:
    """Whether times have to be read because days have come into sight."""
    return row.known_until is None or row.known_until < now + AHEAD - WINDOW_LASTS


async def saw(
    uow: UnitOfWork, id: UUID, changes: Changes, times: Sequence[Busy] | None
) -> CalendarLink | None:
    """A calendar was read: keep its times, if they were asked for. None if it was taken off."""
    row = await CalendarLinks(uow).known(id)
    if row is None:
        return None
    values: dict[str, object] = {"checked_at": uow.now, "sync_token": changes.token}
    values["rests_until"] = None
    if times is not None:
        await BusyTimes(uow).replace(row, times)
        values["known_until"] = uow.now + AHEAD
    if row.failing_since is not None:
        values |= {"failing_since": None, "failure": ""}
        uow.record(CalendarRecovered(calendar_link_id=id, plugin=row.plugin))
    return await CalendarLinks(uow).save(row, **values)


async def leave_alone(uow: UnitOfWork, id: UUID, until: datetime) -> None:
    """The service of a calendar wants to be asked later: until then what is known counts."""
    row = await CalendarLinks(uow).known(id)
    if row is not None:
        await CalendarLinks(uow).save(row, rests_until=until)


async def missed(uow: UnitOfWork, id: UUID, reason: str) -> None:
    """A calendar could not be read: what was last known of it goes on to count."""
    row = await CalendarLinks(uow).known(id)
    if row is None:
        return
    values: dict[str, object] = {"checked_at": uow.now, "failure": reason[:LONGEST_REASON]}
    if row.failing_since is None:
        values["failing_since"] = uow.now
        failing = CalendarFailed(calendar_link_id=id, plugin=row.plugin, reason=reason)
        uow.record(failing)
    await CalendarLinks(uow).save(row, **values)
