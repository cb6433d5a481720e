"""A practice whose figures are made, and people who speak with it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from domain import conversations
from domain.conversations.acts import Disposition
from domain.conversations.models import Outcome, Speaker
from plugins import settings
from plugins.analytics.models import AnalyticsDay
from plugins.analytics.repository import AnalyticsDays
from plugins.analytics.service import NAME
from plugins.registry import Registry
from tests.factories import callers
from tests.factories.business import open_practice
from tests.fakes.bucket import KEY_ID, REGION, SECRET, FakeBucket
from tests.fakes.serving import free_port, serving
from tests.plugins.conftest import Road
from tests.plugins.offices import LOOPBACK


@dataclass
class Practice:
    """The practice, and the road of its figures."""

    road: Road

    def open(self) -> Any:
        return self.road.unit_of_work(self.road.scope)

    async def hold(self, outcome: Outcome, many: int, *, latency: int | None = None) -> list[Any]:
        """So many conversations of a minute each, that lead to one thing."""
        work, scope = self.road.unit_of_work, self.road.scope
        held = [await callers.ring(work, scope) for _ in range(many)]
        for caller in held:
            id = caller.conversation_id
            async with work(caller.scope) as uow:
                if latency is not None:
                    said = conversations.Said(
                        1, Speaker.RECEPTIONIST, "Hello", uow.now, 0, latency_ms=latency
                    )
                    await conversations.add_turns(uow, id, [said])
                await conversations.note_outcome(uow, id, outcome)
                at = uow.now + timedelta(minutes=1)
                await conversations.end(uow, id, Disposition.COMPLETED, at=at)
        return held

    async def configure(self, **values: Any) -> None:
        async with self.open() as uow:
            await settings.configure(uow, self.road.registry, NAME, {"days_back": 2, **values})

    async def wait(self, by: timedelta = timedelta(days=1)) -> None:
        """Time passes, and what is due is done."""
        self.road.wait(by)
        await self.travel()

    async def travel(self) -> None:
        while await self.road.travel():
            pass

    async def days(self) -> list[AnalyticsDay]:
        async with self.open() as uow:
            return await AnalyticsDays(uow).page(AnalyticsDays(uow).all().order_by("day"))


@pytest.fixture
async def practice(road: Any, unit_of_work: Any, scope: Any) -> Practice:
    made = Practice(road(Registry(), http=LOOPBACK))
    await open_practice(unit_of_work, scope)
    await made.configure()
    async with made.open() as uow:
        await settings.enable(uow, made.road.registry, NAME)
    return made


@pytest.fixture
async def bucket(practice: Practice) -> AsyncIterator[FakeBucket]:
    """A bucket in which the figures of the practice are put."""
    fake = FakeBucket()
    async with serving(fake.app(), free_port()) as port:
        await practice.configure(
            bucket=fake.name,
            endpoint=f"http://127.0.0.1:{port}",
            region=REGION,
            prefix="reception/",
            access_key_id=KEY_ID,
            secret_access_key=SECRET,
        )
        yield fake
