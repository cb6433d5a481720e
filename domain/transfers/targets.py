"""Those a caller may be put through to, in the order in which they are tried."""

from collections.abc import Sequence
from typing import Any, TypedDict, Unpack
from uuid import UUID

from domain.errors import InvalidInput, NotFound
from domain.hours import OpenHours, stored_hours
from domain.phone import normalise
from domain.transfers.events import TransferTargetChanged
from domain.transfers.models import TransferTarget
from domain.transfers.repository import TransferTargets
from domain.words import fitting, listed
from domain.work import UnitOfWork

LONGEST_LABEL = 60


class TargetValues(TypedDict, total=False):
    """What can be said of a target; what is left out stays as it is.

    `location_id` None means for every location, `hours` None at any time; hours are those of the
    location's own clock, or of the default location's.
    """

    label: str
    number: str
    aliases: Sequence[str]
    location_id: UUID | None
    hours: Sequence[OpenHours] | None


async def add_target(
    uow: UnitOfWork,
    label: str,
    number: str,
    *,
    aliases: Sequence[str] = (),
    location_id: UUID | None = None,
    hours: Sequence[OpenHours] | None = None,
) -> TransferTarget:
    """Name somebody to put callers through to, last in order. Raises `InvalidInput`."""
    uow.require("business:write")
    targets = TransferTargets(uow)
    values: TargetValues = {
        "label": label,
        "number": number,
        "aliases": aliases,
        "location_id": location_id,
        "hours": hours,
    }
    async with targets.refusing(transfer_target_location_id_fkey=_nowhere()):
        target = await targets.add(**_checked(uow, values), position=await targets.end())
    uow.record(TransferTargetChanged(target_id=target.id, change="added"))
    return target


async def change_target(
    uow: UnitOfWork, id: UUID, **values: Unpack[TargetValues]
) -> TransferTarget:
    """Say something else of a target. Raises `InvalidInput` and `NotFound`."""
    uow.require("business:write")
    targets = TransferTargets(uow)
    target = await targets.lock(id)
    async with targets.refusing(transfer_target_location_id_fkey=_nowhere()):
        await targets.save(target, **_checked(uow, values))
    uow.record(TransferTargetChanged(target_id=id, change="changed"))
    return target


async def remove_target(uow: UnitOfWork, id: UUID) -> None:
    """Put nobody through to them again; what was put through stays on record."""
    uow.require("business:write")
    targets = TransferTargets(uow)
    await targets.remove(await targets.lock(id))
    uow.record(TransferTargetChanged(target_id=id, change="removed"))


async def order_targets(uow: UnitOfWork, ids: Sequence[UUID]) -> list[TransferTarget]:
    """Say who is tried first: every target, once. Raises `InvalidInput`."""
    uow.require("business:write")
    targets = TransferTargets(uow)
    rows = {row.id: row for row in await targets.page(targets.in_order().select_for_update())}
    if sorted(ids) != sorted(rows):
        raise InvalidInput.at("ids", "Name every transfer target once")
    for position, id in enumerate(ids):
        if rows[id].position != position:
            await targets.save(rows[id], position=position)
            uow.record(TransferTargetChanged(target_id=id, change="changed"))
    return [rows[id] for id in ids]


def _checked(uow: UnitOfWork, values: TargetValues) -> dict[str, Any]:
    checked: dict[str, Any] = dict(values)
    if "label" in values:
        checked["label"] = fitting("label", values["label"], LONGEST_LABEL)
    if "number" in values:
        checked["number"] = normalise(values["number"], uow.scope.tenant.region)
    if "aliases" in values:
        checked["aliases"] = listed("aliases", values["aliases"])
    hours = values.get("hours")
    if hours is not None:
        checked["hours"] = stored_hours(hours)
    return checked


def _nowhere() -> NotFound:
    return NotFound("There is no such location")
