"""Asking for pushes: one for each device, each on its own way."""

from datetime import datetime
from uuid import UUID

from domain.work import UnitOfWork
from tenants.notifications.models import Digest, News
from tenants.notifications.repository import PushDevices

SEND = "push.send"
# What is told beside news.
TRY, DAILY = "try", "daily"


def schedule(
    uow: UnitOfWork,
    told: str,
    device_id: UUID,
    *,
    at: datetime,
    about: UUID,
    urgent: bool = False,
) -> None:
    """Have one device told of something, once."""
    payload = {
        "push_device_id": str(device_id),
        "told": told,
        "about": str(about),
        "urgent": urgent,
    }
    uow.schedule(SEND, at=at, key=f"{SEND}:{told}:{about}:{device_id}", payload=payload)


async def push_news(
    uow: UnitOfWork, news: News, user_id: UUID, about: UUID, at: datetime, *, urgent: bool
) -> None:
    """Have every device of a member told of some news."""
    for device in await PushDevices(uow).of(user_id):
        schedule(uow, news.value, device.id, at=at, about=about, urgent=urgent)


async def push_daily(uow: UnitOfWork, digest: Digest) -> None:
    """Have every device of a member told that the day can be looked at."""
    for device in await PushDevices(uow).of(digest.user_id):
        schedule(uow, DAILY, device.id, at=uow.now, about=digest.id)
