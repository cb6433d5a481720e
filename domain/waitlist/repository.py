"""Those who wait, as one unit of work sees them."""

from datetime import date
from uuid import UUID

from tortoise.queryset import QuerySet

from domain.repository import Repository
from domain.waitlist.models import Wait, WaitState

STANDING = (WaitState.WAITING, WaitState.OFFERED)


class Waits(Repository[Wait]):
    """Waits, whoever waited first in front."""

    model = Wait
    noun = "wait"

    def standing(self) -> QuerySet[Wait]:
        """Those who still wait."""
        return self.all().filter(state__in=STANDING)

    async def of(self, contact_id: UUID, service_id: UUID) -> Wait | None:
        """What one person waits for, of one service."""
        found = self.standing().filter(contact_id=contact_id, service_id=service_id)
        return await self.maybe(found)

    async def told_by(self, text_id: UUID) -> Wait | None:
        """Whose time it is that a text tells of, if it is still on offer."""
        offered = self.all().filter(state=WaitState.OFFERED, text_id=text_id)
        return await self.maybe(offered)

    async def for_day(self, location_id: UUID, day: date, most: int) -> list[Wait]:
        """Whoever would come to a place on a day and has nothing on offer, the first in front."""
        rows = self.all().filter(
            state=WaitState.WAITING,
            location_id=location_id,
            first_day__lte=day,
            last_day__gte=day,
        )
        return await self.page(rows.order_by("joined_at", "id").limit(most))
