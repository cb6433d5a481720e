"""Deliveries and their attempts as one unit of work sees them."""

from uuid import UUID

from domain.outbox import OutboxEntry
from domain.repository import Repository
from plugins.models import Delivery, DeliveryAttempt


class Deliveries(Repository[Delivery]):
    """What handlers owe events."""

    model = Delivery
    noun = "delivery"


class DeliveryAttempts(Repository[DeliveryAttempt]):
    """Every try."""

    model = DeliveryAttempt
    noun = "attempt"

    async def of(self, delivery_id: UUID) -> list[DeliveryAttempt]:
        """The attempts at one delivery, in order."""
        return await self.page(self.all().filter(delivery_id=delivery_id).order_by("number"))

    async def knows(self, delivery_id: UUID, number: int) -> bool:
        """Whether it is on record how an attempt went."""
        return await self.all().filter(delivery_id=delivery_id, number=number).exists()


class OutboxEntries(Repository[OutboxEntry]):
    """Events and timers."""

    model = OutboxEntry
    noun = "event"
