"""Being told of changes in calendars: channels are opened, kept open, and closed.

Whatever is told says only that there is something to look at; whoever does not listen to it for a
while loses nothing, for calendars are looked at all the time anyway.
"""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from domain.calendars import watches
from domain.calendars.models import CalendarLink, CalendarWatch
from domain.calendars.ports import CalendarWatcher, Channel, Listening
from domain.calendars.repository import CalendarLinks, CalendarWatches
from domain.calendars.service import place_of
from domain.errors import DomainError
from domain.work import UnitOfWork
from plugins.capability import Capability
from plugins.context import PluginContext

# Services let channels last for a week.
LASTS = timedelta(days=6)
# So long before its end a channel is renewed: a day's outage does no harm.
AHEAD = timedelta(days=1)
# Long enough to extend a channel.
SOON = timedelta(minutes=5)
SECURE = "https://"
# Whoever says so has nothing left that could be closed.
GONE_ACCOUNTS = {"NOT_CONNECTED", "NEEDS_CONSENT", "NOT_FOUND"}


@dataclass(frozen=True)
class Plan:
    """What there is to do about the channels of a plugin."""

    to_open: list[CalendarLink] = field(default_factory=list)
    to_extend: list[tuple[CalendarLink, CalendarWatch]] = field(default_factory=list)
    to_close: list[CalendarWatch] = field(default_factory=list)


async def keep(context: PluginContext, watcher: CalendarWatcher, plugin: str, path: str) -> None:
    """See that each calendar of a plugin has its channel, and that there are no others.

    A calendar whose service tells nothing is looked at as often as any.
    """
    async with context.unit_of_work() as uow:
        links = await CalendarLinks(uow).of_plugin(plugin)
        plan = planned(links, await CalendarWatches(uow).of_plugin(plugin), uow.real_now)
    post = Post(context, watcher, context.url(path))
    for watch in plan.to_close:
        await post.close(watch)
    for link, watch in plan.to_extend:
        await post.extend(link, watch)
    for link in plan.to_open:
        await post.open(link)


def planned(links: Iterable[CalendarLink], known: Iterable[CalendarWatch], now: datetime) -> Plan:
    """What there is to do, of channels in order, the newest first."""
    plan, newest = Plan(), set[UUID]()
    by_id = {each.id: each for each in links}
    for watch in known:
        link = by_id.get(watch.link_id)
        if link is None or link.id in newest or watch.ends_at <= now:
            plan.to_close.append(watch)
            continue
        newest.add(link.id)
        if watch.ends_at < now + AHEAD:
            plan.to_extend.append((link, watch))
    plan.to_open.extend(each for each in by_id.values() if each.id not in newest)
    return plan


@dataclass(frozen=True)
class Post:
    """Deals with a service about channels; what it does not want is left for the next time."""

    context: PluginContext
    watcher: CalendarWatcher
    url: str

    async def open(self, link: CalendarLink) -> bool:
        """Have a calendar's changes told, if we are reached as services want it."""
        if not self.url.startswith(SECURE):
            return False
        async with self.context.unit_of_work() as uow:
            name, until = str(uow.new_id()), uow.real_now + LASTS
        listening = Listening(name, self.url, secrets.token_urlsafe(32), until)
        try:
            channel = await self.watcher.watch(place_of(link), listening)
        except DomainError as fault:
            self._note("opened", fault)
            return False
        async with self.context.unit_of_work() as uow:
            if await watches.keep(uow, link, channel, listening.secret):
                return True
        await self._stop(link.connection_id, channel)
        return False

    async def extend(self, link: CalendarLink, watch: CalendarWatch) -> None:
        """Have a channel last longer, or put another one in its place."""
        async with self.context.unit_of_work() as uow:
            until = uow.real_now + LASTS
        try:
            longer = await self.watcher.extend(place_of(link), _channel(watch), until)
        except DomainError as fault:
            self._note("extended", fault)
            return
        if longer is not None:
            async with self.context.unit_of_work() as uow:
                await watches.extended(uow, watch.id, longer)
        elif await self.open(link):
            await self.close(watch)

    async def close(self, watch: CalendarWatch) -> None:
        """Have nothing told any more."""
        if await self._stop(watch.connection_id, _channel(watch)):
            async with self.context.unit_of_work() as uow:
                await watches.forget(uow, watch.id)

    async def _stop(self, account: UUID | None, channel: Channel) -> bool:
        try:
            await self.watcher.unwatch(account, channel)
        except DomainError as fault:
            self._note("closed", fault)
            # It ends by itself, and an account that is gone cannot be asked again.
            return channel.ends_at <= self.context.clock.now() or fault.code in GONE_ACCOUNTS
        return True

    def _note(self, deed: str, fault: DomainError) -> None:
        self.context.log.info("A channel was not %s: %s", deed, fault.code)


async def heard(context: Capability, name: str, secret: str) -> None:
    """Something was told: if it is genuine, the calendar is looked at at once.

    However often it is told before that happens, it is looked at once.
    """
    async with context.unit_of_work() as uow:
        watch = await watches.told(uow, context.plugin, name, secret)
        if watch is not None:
            look_soon(uow, context.plugin, watch.link_id)


async def worried(context: Capability, name: str, secret: str) -> None:
    """A service says that a channel ends, or has ended: it is extended, or another one opened."""
    async with context.unit_of_work() as uow:
        watch = await watches.told(uow, context.plugin, name, secret)
        if watch is not None:
            await watches.ends(uow, watch, uow.real_now + SOON)
            # What was told meanwhile may be lost.
            look_soon(uow, context.plugin, watch.link_id)
            uow.schedule(f"{context.plugin}.listen", at=uow.now, key=f"calendars:{context.plugin}")


def look_soon(uow: UnitOfWork, plugin: str, link_id: UUID) -> None:
    """Look at one calendar now, in a job of the plugin."""
    payload = {"calendar_link_id": str(link_id)}
    key = f"calendar:{link_id}"
    uow.schedule(f"{plugin}.look_at", at=uow.now, key=key, payload=payload)


def _channel(watch: CalendarWatch) -> Channel:
    return Channel(watch.channel, watch.ends_at, watch.thing)
