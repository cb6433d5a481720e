"""Services that tell us of changes: what they are known by, and which calendar they mean."""

import hashlib
import hmac
from datetime import datetime
from uuid import UUID

from domain.calendars.models import CalendarLink, CalendarWatch
from domain.calendars.ports import Channel
from domain.calendars.repository import CalendarLinks, CalendarWatches
from domain.work import UnitOfWork

# How a service names a channel, and what it watches.
LONGEST_NAME = 200
LONGEST_THING = 500


async def keep(uow: UnitOfWork, link: CalendarLink, channel: Channel, secret: str) -> bool:
    """Know a channel of a calendar; False if that was taken off meanwhile."""
    if await CalendarLinks(uow).known(link.id) is None:
        return False
    await CalendarWatches(uow).add(
        plugin=link.plugin,
        link_id=link.id,
        connection_id=link.connection_id,
        channel=channel.name[:LONGEST_NAME],
        thing=channel.thing[:LONGEST_THING],
        secret_hash=_hashed(secret),
        ends_at=channel.ends_at,
        created_at=uow.now,
    )
    return True


async def extended(uow: UnitOfWork, id: UUID, channel: Channel) -> None:
    """A channel goes on for longer."""
    rows = CalendarWatches(uow)
    row = await rows.maybe(rows.all().filter(id=id).select_for_update())
    if row is not None:
        await rows.save(row, ends_at=channel.ends_at)


async def ends(uow: UnitOfWork, row: CalendarWatch, at: datetime) -> None:
    """A channel ends earlier than was thought, unless it is extended."""
    await CalendarWatches(uow).save(row, ends_at=min(row.ends_at, at))


async def forget(uow: UnitOfWork, id: UUID) -> None:
    """Know a channel no more."""
    rows = CalendarWatches(uow)
    row = await rows.maybe(rows.all().filter(id=id))
    if row is not None:
        await rows.remove(row)


async def told(uow: UnitOfWork, plugin: str, name: str, secret: str) -> CalendarWatch | None:
    """The channel by which something was told; None if it is not ours, or not the service's."""
    row = await CalendarWatches(uow).named(plugin, name)
    genuine = row is not None and hmac.compare_digest(row.secret_hash, _hashed(secret))
    return row if genuine else None


def _hashed(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
