"""Days on which other hours apply: holidays, special openings, time off."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.business.events import say
from domain.business.models import Closure
from domain.business.profile import Repeat
from domain.business.repository import LONGEST_REPEATED, Closures, Locations, Resources
from domain.errors import InvalidInput
from domain.hours import OpenHours, stored_hours
from domain.work import UnitOfWork

LONGEST_REASON = 100
LONGEST = {Repeat.WEEKLY: 6, Repeat.FORTNIGHTLY: 13, Repeat.YEARLY: LONGEST_REPEATED}


@dataclass(frozen=True)
class Days:
    """From a first day to a last, once or again and again until a day."""

    first: date
    last: date
    repeat: Repeat | None = None
    until: date | None = None

    def check(self) -> None:
        """Raise `InvalidInput` if there are no such days."""
        if self.last < self.first:
            raise InvalidInput.at("endsOn", "The last day lies before the first")
        if self.repeat is None:
            if self.until is not None:
                raise InvalidInput.at("repeatsUntil", "Say how often these days come again")
            return
        most = LONGEST[self.repeat]
        if (self.last - self.first).days >= most:
            raise InvalidInput.at(
                "endsOn", f"At most {most} days in a row can come again {self.repeat}"
            )
        if self.until is not None and self.until < self.first:
            raise InvalidInput.at("repeatsUntil", "These days end before they first come")


async def add_closure(
    uow: UnitOfWork,
    location_id: UUID,
    days: Days,
    *,
    resource_id: UUID | None = None,
    hours: Sequence[OpenHours] = (),
    reason: str = "",
) -> Closure:
    """Let other hours apply on some days; no hours means closed.

    With `resource_id`, for that resource alone. Raises `InvalidInput` and `NotFound`.
    """
    uow.require("business:write")
    days.check()
    if len(reason) > LONGEST_REASON:
        raise InvalidInput.at("reason", f"Use at most {LONGEST_REASON} characters")
    await _check_place(uow, location_id, resource_id)
    closure = await Closures(uow).add(
        location_id=location_id,
        resource_id=resource_id,
        starts_on=days.first,
        ends_on=days.last,
        repeat=days.repeat,
        repeats_until=days.until,
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
