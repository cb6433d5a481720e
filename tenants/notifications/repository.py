"""Choices of members and daily letters, as one unit of work sees them."""

from datetime import date
from uuid import UUID

from domain.repository import Repository
from tenants.notifications.models import Digest, DigestTime, NotificationChoice, PushDevice


class NotificationChoices(Repository[NotificationChoice]):
    """What members want to hear."""

    model = NotificationChoice
    noun = "choice"

    async def of(self, user_id: UUID) -> NotificationChoice | None:
        """What one member has said."""
        return await self.maybe(self.all().filter(user_id=user_id))

    async def by_user(self) -> dict[UUID, NotificationChoice]:
        """What every member has said."""
        return {row.user_id: row for row in await self.page(self.all())}


class PushDevices(Repository[PushDevice]):
    """Browsers in which pushes arrive."""

    model = PushDevice
    noun = "device"

    async def of(self, user_id: UUID) -> list[PushDevice]:
        """Those of one member, the oldest in front."""
        return await self.page(self.all().filter(user_id=user_id).order_by("subscribed_at", "id"))

    async def at(self, endpoint_index: str) -> PushDevice | None:
        """The one behind an address of a push service."""
        return await self.maybe(self.all().filter(endpoint_index=endpoint_index))

    async def with_id(self, id: UUID) -> PushDevice | None:
        """One, if it is still there."""
        return await self.maybe(self.all().filter(id=id))


class DigestTimes(Repository[DigestTime]):
    """When a business has its daily letters: one row at most."""

    model = DigestTime
    noun = "time"


class Digests(Repository[Digest]):
    """Daily letters."""

    model = Digest
    noun = "daily letter"

    async def last_of(self, user_id: UUID) -> Digest | None:
        """The last one to a member."""
        return await self.maybe(self.all().filter(user_id=user_id).order_by("-day"))

    async def of_day(self, day: date) -> list[Digest]:
        """Those of one day."""
        return await self.page(self.all().filter(day=day).order_by("id"))
