from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from domain.scope import Scope
from domain.work import UnitsOfWork
from plugins.attempts import Dispatch
from plugins.delivery import Deliverer
from plugins.dispatch import Due, claim_due
from plugins.fanout import fan_out
from plugins.models import Delivery, DeliveryAttempt
from plugins.pace import Pace
from plugins.registry import Registry
from plugins.repository import Deliveries, DeliveryAttempts
from tests.conftest import as_system
from tests.fakes.happenings import Happened
from tests.fakes.mailer import Postbox

EVERYTHING = 100_000
PACE = Pace(most_attempts=3)


@dataclass
class Road:
    """The whole road from the outbox to the handlers of one tenant, without a queue."""

    registry: Registry
    unit_of_work: UnitsOfWork
    scope: Scope
    urls: Any
    deliverer: Deliverer

    async def happen(self, thing: UUID, *numbers: int) -> None:
        """Let something happen to a thing, all in one unit of work."""
        async with self.unit_of_work(self.scope) as uow:
            for number in numbers:
                uow.record(Happened(thing_id=thing, number=number))

    async def fan_out(self) -> None:
        async with as_system(self.urls):
            clock, ids = self.unit_of_work.clock, self.unit_of_work.ids
            await fan_out(self.registry, ids, clock.now(), EVERYTHING)

    async def claim(self) -> list[Due]:
        """What may be delivered now, leased as the relay does."""
        async with as_system(self.urls):
            due = await claim_due(self.unit_of_work.clock.now(), PACE.queue_lease, EVERYTHING)
        return [one for one in due if one.tenant_id == self.scope.tenant_id]

    async def carry(self, *dispatches: Dispatch) -> None:
        for dispatch in dispatches:
            await self.deliverer.deliver(self.scope.tenant_id, dispatch)

    async def travel(self) -> int:
        """Relay and deliver until nothing is due; returns how many deliveries were made."""
        await self.fan_out()
        made = 0
        while due := await self.claim():
            await self.carry(*(one.dispatch for one in due))
            made += len(due)
        return made

    async def deliveries(self) -> list[Delivery]:
        async with self.unit_of_work(self.scope) as uow:
            return await Deliveries(uow).page(Deliveries(uow).all().order_by("key", "sequence"))

    async def attempts(self) -> list[DeliveryAttempt]:
        async with self.unit_of_work(self.scope) as uow:
            attempts = DeliveryAttempts(uow)
            return await attempts.page(attempts.all().order_by("delivery_id", "number"))

    def wait(self, by: timedelta) -> None:
        self.unit_of_work.clock.advance(by)


Build = Callable[..., Road]


@pytest.fixture
def road(unit_of_work, scope, database) -> Build:
    """Builds the road for a registry."""

    def build(registry: Registry, postbox: Postbox | None = None, **outside: Any) -> Road:
        deliverer = Deliverer(registry, unit_of_work, postbox or Postbox(), PACE, **outside)
        return Road(registry, unit_of_work, scope, database, deliverer)

    return build
