"""What every plugin of calendars does: looking what is new in them, and writing visits there.

Deskbell is the master of its visits: what somebody makes of one in their calendar is put right,
unless what is said there decides.
Whoever calls gives a way to open units of work, and the provider; none is open while it is asked.
"""

from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from domain.appointments.models import Appointment, AppointmentStatus
from domain.appointments.repository import STANDING, Appointments, Reservations
from domain.business.repository import Locations, Services
from domain.calendars import service
from domain.calendars.events import CalendarDrifted
from domain.calendars.models import CalendarEntry, CalendarLink
from domain.calendars.ports import (
    AskedTooMuch,
    Busy,
    CalendarProvider,
    Changes,
    Entry,
    Seen,
    Written,
)
from domain.calendars.repository import CalendarEntries, CalendarLinks
from domain.calendars.service import place_of
from domain.errors import DomainError
from domain.work import UnitOfWork
from plugins import calendar_following
from plugins.connections.errors import NeedsConsent, NotConnected
from plugins.context import PluginContext
from plugins.errors import PutOff

Open = Callable[[], AbstractAsyncContextManager[UnitOfWork]]

# Until somebody has connected the account again, what is to be written waits.
WAITING = timedelta(minutes=15)
VISIT = "Appointment"


@dataclass(frozen=True)
class Plan:
    """Where one visit is to stand, where it stands, and what is to stand there."""

    visit_id: UUID
    entry: Entry | None
    wanted: Sequence[CalendarLink] = ()
    there: dict[UUID, CalendarEntry] = field(default_factory=dict)
    """By calendar."""
    calendars: dict[UUID, CalendarLink] = field(default_factory=dict)

    def known(self, link: CalendarLink) -> Written | None:
        """What is known of it in one calendar."""
        row = self.there.get(link.id)
        return Written(row.address, row.tag) if row else None


async def look(open: Open, provider: CalendarProvider, link_id: UUID) -> bool:
    """Read what is new in a calendar; whether it could be read."""
    async with open() as uow:
        row = await CalendarLinks(uow).known(link_id)
        now = uow.now
    if row is None:
        return True
    if row.rests_until is not None and row.rests_until > now:
        return False
    try:
        changes = await provider.changes(place_of(row), row.sync_token)
        times = await _times(provider, row, changes, now)
    except AskedTooMuch as busy:
        async with open() as uow:
            await service.leave_alone(uow, link_id, uow.now + timedelta(seconds=busy.seconds))
        return False
    except DomainError as failed:
        async with open() as uow:
            await service.missed(uow, link_id, getattr(failed, "reason", failed.code.lower()))
        return False
    async with open() as uow:
        counted = await calendar_following.counted(uow, times)
        seen = await service.saw(uow, link_id, changes, counted)
        if seen is not None and seen.writes:
            await calendar_following.follow(uow, seen, changes)
            await _note_drift(uow, seen, _with(changes, times or ()))
    return True


async def look_at_all(context: PluginContext, provider: CalendarProvider, plugin: str) -> None:
    """Read what is new in every calendar of a plugin, whichever waited longest first."""
    async with context.unit_of_work() as uow:
        rows = await CalendarLinks(uow).of_plugin(plugin)
    for row in sorted(rows, key=lambda row: row.checked_at or datetime.min.replace(tzinfo=UTC)):
        await look(context.unit_of_work, provider, row.id)


async def write(
    context: PluginContext, provider: CalendarProvider, plugin: str, visit_id: UUID
) -> None:
    """Have one visit stand in the calendars in which it belongs, and in no others."""
    async with context.unit_of_work() as uow:
        plan = await _plan(uow, plugin, visit_id)
    async with asking(context):
        written = await _carry_out(provider, plan)
    async with context.unit_of_work() as uow:
        await _keep(uow, plan, written)


async def write_all(context: PluginContext, provider: CalendarProvider, link_id: UUID) -> None:
    """Write the visits to come of whoever a calendar was linked to."""
    async with context.unit_of_work() as uow:
        row = await CalendarLinks(uow).known(link_id)
        if row is None or not row.writes:
            return
        ids = await Reservations(uow).visits_of(row.resource_id, uow.now)
    for id in ids:
        await write(context, provider, row.plugin, id)


async def repair(
    context: PluginContext, provider: CalendarProvider, event: CalendarDrifted
) -> None:
    """Put right what somebody has made of a visit, or take out one that nobody knows any more."""
    async with context.unit_of_work() as uow:
        rows = Appointments(uow).all().filter(id=event.appointment_id)
        known = await Appointments(uow).maybe(rows)
        row = await CalendarLinks(uow).known(event.calendar_link_id)
    if known is not None:
        await write(context, provider, event.plugin, event.appointment_id)
    elif row is not None:
        async with asking(context):
            await provider.remove(place_of(row), event.appointment_id, None)


async def sweep(
    context: PluginContext,
    provider: CalendarProvider,
    plugin: str,
    behind: timedelta = service.AHEAD,
) -> int:
    """Take out, in every calendar, what is left of visits that nobody knows any more.

    What is over goes on to stand where it stood, and is looked for, too, so far `behind`.
    """
    async with context.unit_of_work() as uow:
        links = [each for each in await CalendarLinks(uow).of_plugin(plugin) if each.writes]
        now = uow.now
    gone = 0
    for link in links:
        times = await provider.busy(place_of(link), now - behind, now + service.AHEAD)
        ids = sorted({each.visit_id for each in times if each.visit_id is not None})
        async with context.unit_of_work() as uow:
            known = {each.id for each in await Appointments(uow).many(ids)}
        for id in (each for each in ids if each not in known):
            await provider.remove(place_of(link), id, None)
            gone += 1
    return gone


@asynccontextmanager
async def asking(context: PluginContext) -> AsyncIterator[None]:
    """A service's words for waiting, as deliveries know them."""
    now = context.clock.now()
    try:
        yield
    except AskedTooMuch as busy:
        raise PutOff(now + timedelta(seconds=busy.seconds)) from busy
    except (NeedsConsent, NotConnected) as shut:
        raise PutOff(now + WAITING) from shut


async def _carry_out(provider: CalendarProvider, plan: Plan) -> dict[UUID, Written]:
    """Write a visit where it is wanted, and take it out elsewhere."""
    written: dict[UUID, Written] = {}
    if plan.entry is not None:
        for link in plan.wanted:
            written[link.id] = await provider.put(place_of(link), plan.entry, plan.known(link))
    for link_id in plan.there.keys() - written.keys():
        link = plan.calendars[link_id]
        await provider.remove(place_of(link), plan.visit_id, plan.known(link))
    return written


async def _times(
    provider: CalendarProvider, row: CalendarLink, changes: Changes, now: datetime
) -> Sequence[Busy] | None:
    """The times of a calendar, if there is anything new in it; none where they do not count."""
    if not row.reads:
        return ()
    if not changes.changed and not service.window_ends(row, now):
        return None
    return await provider.busy(place_of(row), now - service.BEFORE, now + service.AHEAD)


def _with(changes: Changes, times: Sequence[Busy]) -> Changes:
    """What was seen of our visits, wherever: one that has not changed may be a leftover, too."""
    told = {each.visit_id for each in changes.seen}
    found = {
        each.visit_id: Seen(each.visit_id, each.starts_at, each.ends_at)
        for each in times
        if each.visit_id is not None and each.visit_id not in told
    }
    return replace(changes, seen=(*changes.seen, *found.values()))


async def _note_drift(uow: UnitOfWork, row: CalendarLink, changes: Changes) -> None:
    entries = {
        each.appointment_id: each for each in await CalendarEntries(uow).of_link(row.id, uow.now)
    }
    changes = _named(changes, entries)
    ids = {each.visit_id for each in changes.seen}
    standing = {
        each.id for each in await Appointments(uow).many(sorted(ids)) if each.status in STANDING
    }
    for seen in _drifted(entries, standing, changes):
        uow.record(
            CalendarDrifted(
                calendar_link_id=row.id,
                plugin=row.plugin,
                appointment_id=seen.visit_id,
                gone=seen.starts_at is None,
            )
        )


def _named(changes: Changes, entries: dict[UUID, CalendarEntry]) -> Changes:
    """Which visits are gone of which a service says only where they stood."""
    gone = (id for id, entry in entries.items() if entry.address in changes.gone)
    return replace(changes, seen=(*changes.seen, *(Seen(id) for id in gone)))


def _drifted(
    entries: dict[UUID, CalendarEntry], standing: set[UUID], changes: Changes
) -> Iterable[Seen]:
    """The visits of ours that are not there as they were written."""
    for seen in changes.seen:
        entry = entries.get(seen.visit_id)
        if entry is not None:
            drifted = (seen.starts_at, seen.ends_at) != (entry.starts_at, entry.ends_at)
        else:
            # One that stands may just be being written; one that does not is a leftover.
            drifted = seen.starts_at is not None and seen.visit_id not in standing
        if drifted:
            yield seen
    if changes.complete:
        for id in entries.keys() - {each.visit_id for each in changes.seen}:
            yield Seen(id)


async def _plan(uow: UnitOfWork, plugin: str, visit_id: UUID) -> Plan:
    appointments = Appointments(uow)
    visit = await appointments.maybe(appointments.all().filter(id=visit_id))
    links = {each.id: each for each in await CalendarLinks(uow).of_plugin(plugin)}
    rows = await CalendarEntries(uow).of_visit(visit_id)
    there = {row.link_id: row for row in rows if row.link_id in links}
    if visit is None or visit.status not in STANDING or visit.ends_at <= uow.now:
        # What is over stays where it stands.
        over = visit is not None and visit.status is not AppointmentStatus.CANCELLED
        return Plan(visit_id, None, (), {} if over else there, links)
    reserved = {each.resource_id for each in await Reservations(uow).of(visit_id)}
    wanted = [each for each in links.values() if each.writes and each.resource_id in reserved]
    return Plan(visit_id, await entry_of(uow, visit), wanted, there, links)


async def entry_of(uow: UnitOfWork, visit: Appointment) -> Entry:
    """A visit as it is to stand in calendars."""
    service_ = await Services(uow).get(visit.service_id)
    place = await Locations(uow).get(visit.location_id)
    return Entry(
        visit_id=visit.id,
        starts_at=visit.starts_at,
        ends_at=visit.ends_at,
        timezone=visit.timezone,
        # What somebody comes for is health data, where that is protected.
        title=VISIT if uow.scope.tenant.privacy.hipaa else service_.name,
        place=place.address or "",
        tentative=visit.status is AppointmentStatus.REQUESTED,
    )


async def _keep(uow: UnitOfWork, plan: Plan, written: dict[UUID, Written]) -> None:
    """Remember where a visit stands now."""
    entries = CalendarEntries(uow)
    for link_id, row in plan.there.items():
        if link_id not in written:
            await entries.remove(row)
    for link_id, at in written.items():
        assert plan.entry is not None
        known = plan.there.get(link_id)
        values = {
            "address": at.address,
            "tag": at.tag,
            "starts_at": plan.entry.starts_at,
            "ends_at": plan.entry.ends_at,
            "written_at": uow.now,
        }
        if known is not None:
            await entries.save(known, **values)
        elif await CalendarLinks(uow).known(link_id) is not None:
            await entries.add(appointment_id=plan.visit_id, link_id=link_id, **values)
