"""Links under which the visits of a member of staff or a room are read, by any calendar program."""

from uuid import UUID

from domain.business.repository import Resources
from domain.calendars.events import CalendarFeedClosed, CalendarFeedOpened
from domain.calendars.models import CalendarFeed
from domain.calendars.repository import CalendarFeeds
from domain.calendars.service import READ, WRITE
from domain.errors import NotFound
from domain.work import UnitOfWork


async def feeds(uow: UnitOfWork) -> list[CalendarFeed]:
    """The links that there are; whoever may change places may have them."""
    uow.require(WRITE)
    return await CalendarFeeds(uow).listed()


async def open_feed(uow: UnitOfWork, resource_id: UUID) -> CalendarFeed:
    """The link of a resource, made if there is none. Raises `NotFound`."""
    uow.require(WRITE)
    # Two at once would make two.
    await Resources(uow).lock(resource_id)
    row = await CalendarFeeds(uow).of_resource(resource_id)
    if row is not None:
        return row
    actor = str(uow.scope.actor)
    row = await CalendarFeeds(uow).add(resource_id=resource_id, opened_by=actor, created_at=uow.now)
    uow.record(CalendarFeedOpened(calendar_feed_id=row.id))
    return row


async def close_feed(uow: UnitOfWork, id: UUID) -> UUID:
    """Let a link show nothing any more; the next one is another. Raises `NotFound`."""
    uow.require(WRITE)
    row = await CalendarFeeds(uow).lock(id)
    await CalendarFeeds(uow).remove(row)
    uow.record(CalendarFeedClosed(calendar_feed_id=id))
    return id


async def resource_of(uow: UnitOfWork, id: UUID) -> UUID:
    """Whose visits a link shows. Raises `NotFound`."""
    uow.require(READ)
    row = await CalendarFeeds(uow).maybe(CalendarFeeds(uow).all().filter(id=id))
    if row is None:
        raise NotFound("There is no such link")
    return row.resource_id
