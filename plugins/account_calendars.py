"""What plugins have in common whose calendars belong to connected accounts, and tell of changes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Protocol
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from domain.calendars.events import CalendarLinked, CalendarUnlinked
from domain.calendars.ports import CalendarProvider, CalendarWatcher
from domain.calendars.reading import Reading
from domain.calendars.wire import Wire
from domain.clock import Clock
from domain.privacy.ports import Receipt
from domain.privacy.purposes import Purpose
from domain.privacy.recipients import Recipient, Standing, TransferBasis
from plugins import calendar_sync, calendar_watch
from plugins.account_wire import AccountWire
from plugins.calendar_desk import DATA, EVERY, PATIENCE, PERMISSIONS, CalendarDesk
from plugins.capability import Capability
from plugins.connections.errors import NeedsConsent, NotConnected
from plugins.context import PluginContext
from plugins.manifest import Category, Manifest, OAuth
from plugins.spec import Later, Subscribe
from plugins.way_out import CALENDAR, WayOut

# Where changes are told: /plugins/<plugin>/<key>/changes.
PATH = "changes"
# How often it is seen to that changes are told.
LISTENING = timedelta(hours=1)
OUT_OF_REACH = "the account is not connected any more: entries there say when, and not who"


class Settings(BaseModel):
    """Which calendars, by which account, is said where they are linked."""

    model_config = ConfigDict(extra="forbid")

    tentative_is_busy: bool = True
    """Whether what is not certain yet takes time."""


class Speaker(CalendarProvider, CalendarWatcher, Protocol):
    """Whoever speaks to the service."""


Speak = Callable[[Wire, Clock, Reading], Speaker]


@dataclass(frozen=True)
class Service:
    """A service of calendars: what its plugin and its accounts are called, and whose it is."""

    plugin: str
    accounts: str
    title: str
    summary: str
    company: str

    @property
    def manifest(self) -> Manifest:
        """What the plugin says of itself."""
        return Manifest(
            name=self.plugin,
            title=self.title,
            summary=self.summary,
            version="1",
            category=Category.CALENDAR,
            settings=Settings,
            permissions=PERMISSIONS,
            data=DATA,
            purpose=Purpose.SCHEDULING,
            recipients=(
                Recipient(
                    self.company,
                    "calendars of staff and rooms",
                    DATA,
                    Purpose.SCHEDULING,
                    country="US",
                    transfer=TransferBasis.STANDARD_CLAUSES,
                    standing=Standing.CHOSEN,
                ),
            ),
            oauth=OAuth(self.accounts),
            stores_personal_data=True,
        )


def speaking(service: Service, speak: Speak) -> Callable[[Capability | PluginContext], Speaker]:
    """Who speaks to a service for a tenant."""

    def speaker(context: Capability | PluginContext) -> Speaker:
        settings = context.settings
        assert isinstance(settings, Settings)
        wire = AccountWire(WayOut.to(CALENDAR, context.http), context, service.accounts)
        reading = Reading(context.tenant.timezone, settings.tentative_is_busy)
        return speak(wire, context.clock, reading)

    return speaker


@dataclass(frozen=True)
class AccountDesk(CalendarDesk):
    """The handlers of one such plugin."""

    speaker: Callable[[Capability | PluginContext], Speaker]

    @classmethod
    def of(cls, service: Service, speak: Speak) -> "AccountDesk":
        """The handlers of a service's plugin."""
        speaker = speaking(service, speak)
        return cls(service.plugin, speaker, speaker)

    def subscribe(self, subscribe: Subscribe) -> None:
        """The same, and the service is told when a calendar is linked and taken off."""
        super().subscribe(subscribe)
        subscribe(CalendarUnlinked, self.stop, timeout=PATIENCE)

    def jobs(self, later: Later) -> None:
        """What is new is looked for all the time, and at once when it is told."""
        later(self.look, every=EVERY, timeout=PATIENCE)
        later(self.look_at, timeout=PATIENCE)
        later(self.listen, every=LISTENING, timeout=PATIENCE)

    async def begin(self, event: CalendarLinked, context: PluginContext) -> None:
        """A calendar was linked: have changes told, read it, and write the visits to come."""
        if event.plugin == self.plugin:
            await self.listen({}, context)
            await super().begin(event, context)

    async def stop(self, event: CalendarUnlinked, context: PluginContext) -> None:
        """A calendar was taken off: nothing of it is told any more."""
        if event.plugin == self.plugin:
            await self.listen({}, context)

    async def listen(self, payload: dict[str, Any], context: PluginContext) -> None:
        """See that changes are told."""
        await calendar_watch.keep(context, self.speaker(context), self.plugin, PATH)

    async def look_at(self, payload: dict[str, Any], context: PluginContext) -> None:
        """See what is new in one calendar, of which something was told."""
        link_id = UUID(payload["calendar_link_id"])
        await calendar_sync.look(context.unit_of_work, self.speaker(context), link_id)


@dataclass(frozen=True)
class InCalendars:
    """Answers for visits that stand in calendars: when somebody comes and for what, never who."""

    desk: CalendarDesk

    async def export(self, contact_id: UUID, context: PluginContext) -> Mapping[str, Any]:
        """Nothing that is not in the record: entries are made of visits."""
        return {}

    async def rectify(self, contact_id: UUID, context: PluginContext) -> Receipt:
        """Nothing of a person stands there that could be wrong; visits follow by themselves."""
        return Receipt()

    async def restrict(self, contact_id: UUID, context: PluginContext) -> Receipt:
        """A visit that stands goes on to stand, there as here."""
        return Receipt()

    async def erase(self, contact_id: UUID, context: PluginContext) -> Receipt:
        """Take out what is left of visits that are gone."""
        provider = self.desk.provider(context)
        async with calendar_sync.asking(context):
            try:
                rows = await calendar_sync.sweep(context, provider, self.desk.plugin)
            except (NeedsConsent, NotConnected):
                return Receipt(note=OUT_OF_REACH, complete=False)
        return Receipt(rows=rows)
