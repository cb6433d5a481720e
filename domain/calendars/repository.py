"""Linked calendars, busy times and entries, as one unit of work sees them."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from domain.calendars.models import (
    BusyTime,
    CalendarEntry,
    CalendarFeed,
    CalendarLink,
    CalendarWatch,
)
from domain.calendars.ports import Busy
from domain.repository import Repository


class CalendarLinks(Repository[CalendarLink]):
    """Which calendar is whose."""

    model = CalendarLink
    noun = "calendar"

    async def listed(self) -> list[CalendarLink]:
        """All of them, the oldest first."""
        return await self.page(self.all().order_by("created_at", "id"))

    async def of_plugin(self, plugin: str) -> list[CalendarLink]:
        """Those that one plugin speaks to."""
        return await self.page(self.all().filter(plugin=plugin).order_by("id"))

    async def known(self, id: UUID) -> CalendarLink | None:
        """One of them, held, if it is still there."""
        return await self.maybe(self.all().filter(id=id).select_for_update())

    async def unseen_since(
        self, resource_ids: Sequence[UUID], moment: datetime
    ) -> list[CalendarLink]:
        """Those of some resources that count and were not looked at since a moment."""
        rows = self.all().filter(resource_id__in=list(resource_ids), reads=True)
        found = await self.page(rows.order_by("id"))
        stale = [row for row in found if row.checked_at is None or row.checked_at < moment]
        return [row for row in stale if not row.rests_until or row.rests_until <= self.uow.now]

    async def number(self) -> int:
        """How many there are."""
        return await self.all().count()


class BusyTimes(Repository[BusyTime]):
    """What is known of the times elsewhere."""

    model = BusyTime
    noun = "busy time"

    async def between(
        self, resource_ids: Sequence[UUID], start: datetime, end: datetime
    ) -> list[BusyTime]:
        """What of some resources is taken elsewhere in a stretch of time."""
        rows = self.all().filter(resource_id__in=list(resource_ids))
        return await self.page(rows.filter(starts_at__lt=end, ends_at__gt=start))

    async def replace(self, link: CalendarLink, times: Iterable[Busy]) -> None:
        """Know the times of a calendar anew; our own visits are known already."""
        await self.all().filter(link_id=link.id).delete()
        await self.add_all(
            {
                "link_id": link.id,
                "resource_id": link.resource_id,
                "starts_at": each.starts_at,
                "ends_at": each.ends_at,
            }
            for each in times
            if each.visit_id is None and each.starts_at < each.ends_at
        )


class CalendarEntries(Repository[CalendarEntry]):
    """What of ours stands elsewhere."""

    model = CalendarEntry
    noun = "calendar entry"

    async def of_visit(self, appointment_id: UUID) -> list[CalendarEntry]:
        """Where one visit stands."""
        return await self.page(self.all().filter(appointment_id=appointment_id).order_by("id"))

    async def of_visits(self, link_id: UUID, visits: Iterable[UUID]) -> dict[UUID, CalendarEntry]:
        """How some visits stand in one calendar, by visit; those that are over, too."""
        rows = self.all().filter(link_id=link_id, appointment_id__in=sorted(visits))
        return {each.appointment_id: each for each in await self.page(rows)}

    async def of_link(self, link_id: UUID, since: datetime) -> list[CalendarEntry]:
        """What stands in one calendar and is not over."""
        return await self.page(self.all().filter(link_id=link_id, ends_at__gt=since))


class CalendarWatches(Repository[CalendarWatch]):
    """Which services tell us of changes."""

    model = CalendarWatch
    noun = "watch"

    async def of_plugin(self, plugin: str) -> list[CalendarWatch]:
        """Those of one plugin, the newest first."""
        rows = self.all().filter(plugin=plugin)
        return await self.page(rows.order_by("-created_at", "-id"))

    async def named(self, plugin: str, channel: str) -> CalendarWatch | None:
        """The one of a channel."""
        return await self.maybe(self.all().filter(plugin=plugin, channel=channel))


class CalendarFeeds(Repository[CalendarFeed]):
    """Links under which visits are read."""

    model = CalendarFeed
    noun = "link"

    async def listed(self) -> list[CalendarFeed]:
        """All of them, the oldest first."""
        return await self.page(self.all().order_by("created_at", "id"))

    async def of_resource(self, resource_id: UUID) -> CalendarFeed | None:
        """The one of a resource."""
        return await self.maybe(self.all().filter(resource_id=resource_id))
