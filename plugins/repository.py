"""Deliveries and their attempts as one unit of work sees them."""

from contextlib import suppress
from uuid import UUID

from domain.outbox import OutboxEntry
from domain.repository import Repository
from plugins.errors import JustInstalled
from plugins.models import LOST, Delivery, DeliveryAttempt, PluginStanding


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

    async def lost(self, delivery_id: UUID) -> int:
        """How many of them took a worker with them."""
        return await self.all().filter(delivery_id=delivery_id, error=LOST).count()

    async def knows(self, delivery_id: UUID, number: int) -> bool:
        """Whether it is on record how an attempt went."""
        return await self.all().filter(delivery_id=delivery_id, number=number).exists()


class Standings(Repository[PluginStanding]):
    """Plugins that fail."""

    model = PluginStanding
    noun = "plugin"

    async def of(self, plugin: str) -> PluginStanding | None:
        """How one plugin stands, if it fails."""
        return await self.maybe(self.all().filter(plugin=plugin))

    async def held(self, plugin: str) -> PluginStanding | None:
        """The same, held until the transaction ends."""
        return await self.maybe(self.all().filter(plugin=plugin).select_for_update())

    async def forget(self, plugin: str) -> None:
        """It fails no more, or is there no more."""
        await self.all().filter(plugin=plugin).delete()

    async def made(self, plugin: str) -> PluginStanding:
        """The same, made if there is none; one that works meanwhile has none any more."""
        while (row := await self.held(plugin)) is None:
            with suppress(JustInstalled):
                async with self.refusing(plugin_standing_key=JustInstalled()):
                    return await self.add(plugin=plugin, error="", failed_at=self.uow.now)
        return row


class OutboxEntries(Repository[OutboxEntry]):
    """Events and timers."""

    model = OutboxEntry
    noun = "event"
