"""The browsers in which a member wants pushes: each says so for themselves, in each browser."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from domain.errors import Forbidden, InvalidInput, NotFound
from domain.scope import ActorKind
from domain.sealed import Sealed
from domain.words import fitting, within
from domain.work import UnitOfWork
from integrations.http_out import AddressRefused, Reach
from integrations.web_push import Device, UnusableKeys
from tenants.notifications.events import PushSubscribed, PushUnsubscribed
from tenants.notifications.models import PushDevice
from tenants.notifications.pushing import TRY, schedule
from tenants.notifications.repository import PushDevices

READ, WRITE = "account:read", "account:write"
INDEX = "push_device.endpoint"
MOST_DEVICES = 20
LONGEST_LABEL, LONGEST_OPENS = 60, 500


@dataclass(frozen=True)
class NewDevice:
    """A browser, as it describes its subscription, and how its member calls it."""

    device: Device
    label: str
    opens: str = ""
    """What a tap opens: an address with `{id}` in it, or none."""


async def own(uow: UnitOfWork) -> list[PushDevice]:
    """One's own devices, the oldest in front."""
    uow.require(READ)
    return await PushDevices(uow).of(_member(uow))


async def subscribe(uow: UnitOfWork, new: NewDevice, reach: Reach) -> PushDevice:
    """Let a browser be pushed to; one that is known is described anew. Raises `InvalidInput`.

    Whoever signs in at somebody else's browser takes over its pushes.
    """
    uow.require(WRITE)
    user_id, values = _member(uow), await _values(uow, new, reach)
    devices = PushDevices(uow)
    known = await devices.at(values["endpoint_index"])
    if known is not None:
        if known.user_id != user_id:
            await _require_room(uow, user_id)
        return await devices.save(known, user_id=user_id, **values)
    await _require_room(uow, user_id)
    row = await devices.add(user_id=user_id, subscribed_at=uow.now, **values)
    uow.record(PushSubscribed(push_device_id=row.id, user_id=user_id))
    return row


async def unsubscribe(uow: UnitOfWork, id: UUID) -> UUID:
    """Push to a browser no more. Raises `NotFound` for any but one's own."""
    uow.require(WRITE)
    await forget(uow, await _own(uow, id), "removed")
    return id


async def try_out(uow: UnitOfWork, id: UUID) -> PushDevice:
    """Have a push sent to a browser that says that it works. Raises `NotFound`."""
    uow.require(WRITE)
    row = await _own(uow, id)
    schedule(uow, TRY, row.id, at=uow.now, about=uow.new_id())
    return row


async def forget(uow: UnitOfWork, row: PushDevice, why: str) -> None:
    """Remove a device, and what waits to be told to it finds nobody."""
    await PushDevices(uow).remove(row)
    uow.record(PushUnsubscribed(push_device_id=row.id, user_id=row.user_id, why=why))


async def _values(uow: UnitOfWork, new: NewDevice, reach: Reach) -> dict[str, Any]:
    _check(new.device, reach)
    opens = within("opens", new.opens, LONGEST_OPENS)
    if opens and urlsplit(opens).scheme != "https":
        raise InvalidInput.at("opens", "Use an address that begins with https://")
    kept = {
        "endpoint": new.device.endpoint,
        "p256dh": new.device.p256dh,
        "auth": new.device.auth,
    }
    return {
        "label": fitting("label", new.label, LONGEST_LABEL),
        "opens": opens,
        "subscription": Sealed.json(kept),
        "endpoint_index": await uow.keys.blind_index(INDEX, new.device.endpoint),
        "problem": "",
    }


def _check(device: Device, reach: Reach) -> None:
    try:
        reach.target(device.endpoint)
        device.check()
    except AddressRefused as refused:
        raise InvalidInput.at("endpoint", str(refused)) from refused
    except UnusableKeys as unusable:
        raise InvalidInput.at(unusable.path, str(unusable)) from unusable


async def _require_room(uow: UnitOfWork, user_id: UUID) -> None:
    if await PushDevices(uow).all().filter(user_id=user_id).count() >= MOST_DEVICES:
        raise InvalidInput.at("endpoint", f"There are {MOST_DEVICES} devices already", "TOO_MANY")


async def _own(uow: UnitOfWork, id: UUID) -> PushDevice:
    row = await PushDevices(uow).lock(id)
    if row.user_id != _member(uow):
        raise NotFound("There is no such device")
    return row


def _member(uow: UnitOfWork) -> UUID:
    if uow.scope.actor.kind is not ActorKind.MEMBER:
        raise Forbidden("Only members have devices")
    return UUID(uow.scope.actor.id)
