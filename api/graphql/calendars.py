"""Calendars that staff and rooms keep elsewhere: which are linked, and how each is doing."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import strawberry

from api.graphql.calendar_errors import CalendarListedError, TooManyCalendarsError
from api.graphql.context import Info
from api.graphql.errors import InvalidInputError
from api.graphql.ids import Node, maybe_read_id, read_id, write_id
from api.graphql.places import Resource
from api.graphql.scalars import Url
from domain import calendars
from domain.business.repository import Resources
from domain.calendars import feeds, models, ports, service
from domain.calendars.service import NewLink
from integrations.http_out import Outbound
from plugins import calendar_choices
from plugins.admission import Equipment
from plugins.graphql_kit import InUnitOfWork, Needs

READ, WRITE = service.READ, service.WRITE
KIND, FEED = "LinkedCalendar", "CalendarFeed"


@strawberry.type
class LinkedCalendar(Node):
    """A calendar elsewhere that is a resource's."""

    resource_key: strawberry.Private[UUID]
    plugin: str = strawberry.field(description="Which plugin speaks to it.")
    address: str = strawberry.field(description="What it is called there.")
    title: str
    reads: bool = strawberry.field(description="Whether what is in it takes time.")
    writes: bool = strawberry.field(description="Whether visits are written there.")
    checked_at: datetime | None = strawberry.field(description="When it was last looked at.")
    failing_since: datetime | None = strawberry.field(
        description="Since when it cannot be read: what was last known of it counts until then."
    )
    failure: str | None = strawberry.field(description="Why, in a word.")
    connection_id: strawberry.ID | None = strawberry.field(
        description="By which connected account; by the oldest, if none was named."
    )
    created_at: datetime

    @classmethod
    def of(cls, row: models.CalendarLink) -> "LinkedCalendar":
        """The calendar of a row."""
        account = row.connection_id
        return cls(
            id=write_id(KIND, row.id),
            resource_key=row.resource_id,
            plugin=row.plugin,
            address=row.calendar,
            title=row.title,
            reads=row.reads,
            writes=row.writes,
            checked_at=row.checked_at,
            failing_since=row.failing_since,
            failure=row.failure or None,
            connection_id=write_id("OAuthConnection", account) if account else None,
            created_at=row.created_at,
        )

    @strawberry.field(extensions=[Needs(READ)])
    async def resource(self, info: Info) -> Resource | None:
        """Whose it is."""
        row = await info.context.row(Resources, READ, self.resource_key)
        return Resource.of(row) if row else None


@strawberry.type
class CalendarChoice:
    """A calendar of an account that could be linked."""

    address: str = strawberry.field(description="What it is called there.")
    title: str
    writable: bool = strawberry.field(description="Whether visits could be written there.")

    @classmethod
    def of(cls, found: ports.Calendar) -> "CalendarChoice":
        """The choice of a calendar that was found."""
        return cls(address=found.address, title=found.title, writable=found.writable)


@strawberry.type
class CalendarFeed(Node):
    """A link under which any calendar program reads the visits of a resource."""

    key: strawberry.Private[UUID]
    resource_key: strawberry.Private[UUID]
    created_at: datetime

    @classmethod
    def of(cls, row: models.CalendarFeed) -> "CalendarFeed":
        """The feed of a row."""
        return cls(
            id=write_id(FEED, row.id),
            key=row.id,
            resource_key=row.resource_id,
            created_at=row.created_at,
        )

    @strawberry.field(extensions=[Needs(WRITE)])
    def url(self, info: Info) -> Url | None:
        """A secret: whoever has it sees when somebody comes, and for what, but not who."""
        links = info.context.feed_links
        return Url(links.url(info.context.scope.tenant_id, self.key)) if links else None

    @strawberry.field(extensions=[Needs(READ)])
    async def resource(self, info: Info) -> Resource | None:
        """Whose visits it shows."""
        row = await info.context.row(Resources, READ, self.resource_key)
        return Resource.of(row) if row else None


@strawberry.type
class CalendarFields:
    """A tenant's calendars elsewhere."""

    @strawberry.field(extensions=[Needs(READ)])
    async def calendars(self, info: Info) -> list[LinkedCalendar]:
        """The calendars that are linked, the oldest first."""
        rows = await calendars.links(await info.context.read(READ))
        return [LinkedCalendar.of(row) for row in rows]

    @strawberry.field(extensions=[Needs(WRITE)])
    async def calendar_choices(
        self, info: Info, plugin: str, connection_id: strawberry.ID | None = None
    ) -> list[CalendarChoice]:
        """The calendars that an account has: of the connection, or of what is set up.

        The service is asked; it may not answer (`UNAVAILABLE`), or not let us in.
        """
        info.context.admit(WRITE)
        account = maybe_read_id("OAuthConnection", connection_id)
        context = info.context
        equipment = Equipment(context.unit_of_work, Outbound(context.reach), context.accounts)
        desk = calendar_choices.Choices(context.registry, equipment)
        found = await desk.of(context.scope, plugin, account)
        return [CalendarChoice.of(each) for each in found]

    @strawberry.field(extensions=[Needs(WRITE)])
    async def calendar_feeds(self, info: Info) -> list[CalendarFeed]:
        """The links under which visits are read, the oldest first."""
        rows = await feeds.feeds(await info.context.read(WRITE))
        return [CalendarFeed.of(row) for row in rows]


@strawberry.input
class CalendarLinkInput:
    """A calendar elsewhere, and whose it is; what of it counts."""

    resource_id: strawberry.ID
    plugin: str
    address: str
    title: str
    connection_id: strawberry.ID | None = strawberry.field(
        default=None, description="The connected account, where a plugin works with those."
    )
    reads: bool = True
    writes: bool = True


@strawberry.type
class CalendarLinkPayload:
    """The calendar; it is read, and visits are written there, in a moment."""

    calendar: LinkedCalendar


CalendarLinkResult = Annotated[
    CalendarLinkPayload | InvalidInputError | CalendarListedError | TooManyCalendarsError,
    strawberry.union("CalendarLinkResult"),
]


@strawberry.input
class CalendarUnlinkInput:
    """A calendar that counts no more."""

    id: strawberry.ID


@strawberry.type
class CalendarUnlinkPayload:
    """The id that was the calendar's."""

    unlinked_id: strawberry.ID


CalendarUnlinkResult = Annotated[CalendarUnlinkPayload, strawberry.union("CalendarUnlinkResult")]


@strawberry.input
class CalendarFeedOpenInput:
    """Whose visits are to be read under a link."""

    resource_id: strawberry.ID


@strawberry.type
class CalendarFeedOpenPayload:
    """The link; a second time it is the same."""

    feed: CalendarFeed


CalendarFeedOpenResult = Annotated[
    CalendarFeedOpenPayload, strawberry.union("CalendarFeedOpenResult")
]


@strawberry.input
class CalendarFeedCloseInput:
    """A link that is to show nothing any more."""

    id: strawberry.ID


@strawberry.type
class CalendarFeedClosePayload:
    """The id that was the link's."""

    closed_id: strawberry.ID


CalendarFeedCloseResult = Annotated[
    CalendarFeedClosePayload, strawberry.union("CalendarFeedCloseResult")
]


@strawberry.type
class CalendarMutations:
    """Deeds around calendars elsewhere."""

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs(WRITE)])
    async def calendar_link(self, info: Info, input: CalendarLinkInput) -> CalendarLinkResult:
        """Let a calendar elsewhere count as a resource's."""
        info.context.uow.require(WRITE)
        new = _new(input)
        # A plugin that is not there could never speak to it, nor could another service's account.
        manifest = info.context.registry.manifest(input.plugin)
        await calendar_choices.check(info.context.uow, manifest, new.connection_id)
        row = await calendars.link(info.context.uow, new)
        return CalendarLinkPayload(calendar=LinkedCalendar.of(row))

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs(WRITE)])
    async def calendar_unlink(self, info: Info, input: CalendarUnlinkInput) -> CalendarUnlinkResult:
        """Take a calendar off: its times count no more, and nothing is written there."""
        id = await calendars.unlink(info.context.uow, read_id(KIND, input.id))
        return CalendarUnlinkPayload(unlinked_id=write_id(KIND, id))

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs(WRITE)])
    async def calendar_feed_open(
        self, info: Info, input: CalendarFeedOpenInput
    ) -> CalendarFeedOpenResult:
        """Let any calendar program read a resource's visits under a link."""
        id = read_id("Resource", input.resource_id)
        row = await feeds.open_feed(info.context.uow, id)
        return CalendarFeedOpenPayload(feed=CalendarFeed.of(row))

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs(WRITE)])
    async def calendar_feed_close(
        self, info: Info, input: CalendarFeedCloseInput
    ) -> CalendarFeedCloseResult:
        """Let a link show nothing any more; the next one is another."""
        id = await feeds.close_feed(info.context.uow, read_id(FEED, input.id))
        return CalendarFeedClosePayload(closed_id=write_id(FEED, id))


def _new(input: CalendarLinkInput) -> NewLink:
    return NewLink(
        resource_id=read_id("Resource", input.resource_id),
        plugin=input.plugin,
        calendar=input.address,
        title=input.title,
        connection_id=maybe_read_id("OAuthConnection", input.connection_id),
        reads=input.reads,
        writes=input.writes,
    )
