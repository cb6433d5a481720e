"""Days on which other hours apply: holidays, special openings, time off."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from domain.business.events import say
from domain.business.models import Closure
from domain.business.repository import Closures, Locations, Resources
from domain.errors import InvalidInput
from domain.hours import OpenHours, stored_hours
from domain.work import UnitOfWork

LONGEST_REASON = 100


async def add_closure(
    uow: UnitOfWork,
    location_id: UUID,
    days: tuple[date, date],
    *,
    resource_id: UUID | None = None,
    hours: Sequence[OpenHours] = (),
    reason: str = "",
) -> Closure:
    """Let other hours apply from the first of `days` to the last; no hours means closed.

    With `resource_id`, for that resource alone. Raises `InvalidInput` and `NotFound`.
    """
    uow.require("business:write")
    first, last = days
    if last < first:
        raise InvalidInput.at("endsOn", "The last day lies before the first")
    if len(reason) > LONGEST_REASON:
        raise InvalidInput.at("reason", f"Use at most {LONGEST_REASON} characters")
    await _check_place(uow, location_id, resource_id)
    closure = await Closures(uow).add(
        location_id=location_id,
        resource_id=resource_id,
        starts_on=first,
        ends_on=last,
        hours=stored_hours(hours),
        reason=reason.strip(),
    )
    say(uow, "closure", closure.id, "added")
    return closure


async def remove_closure(uow: UnitOfWork, id: UUID) -> None:
    """Let the week's hours apply again."""
    uow.require("business:write")
    closures = Closures(uow)
    await closures.remove(await closures.lock(id))
    say(uow, "closure", id, "removed")


async def _check_place(uow: UnitOfWork, location_id: UUID, resource_id: UUID | None) -> None:
    await Locations(uow).get(location_id)
    if resource_id is None:
        return
    if (await Resources(uow).get(resource_id)).location_id != location_id:
        raise InvalidInput.at("resourceId", "Whom that names does not work at this location")
