"""Who asks for too much waits; nobody else does."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import uuid4

import pytest
from redis.asyncio import Redis

from api.graphql.allowances import Rates
from domain.errors import Unavailable
from domain.scope import Scope
from domain.work import UnitsOfWork
from integrations.redis_bucket import BucketsInRedis
from integrations.redis_pubsub import Subscriber
from tests.api.conftest import Browser, browse, build_app, owner_of

# A page of forty costs 82 points.
FORTY = "{ tenant { calls(first: 40) { edges { node { id } } } } }"


def address() -> str:
    """An address that nobody else has asked from."""
    return str(uuid4())


@pytest.fixture
async def limited(redis: Redis, unit_of_work: UnitsOfWork, live: Subscriber, scope: Scope):
    """Opens a browser of an application with these limits, signed in."""

    @asynccontextmanager
    async def opened(rates: Rates, limiter: object = None) -> AsyncIterator[Browser]:
        counting = limiter or BucketsInRedis(redis, patience=5)
        app = build_app(unit_of_work, live, limiter=counting, rates=rates)
        async with browse(app, address()) as browser:
            assert (await browser.sign_in(owner_of(scope))).status_code == 200
            yield browser

    return opened


async def test_an_answer_says_what_it_cost(limited) -> None:
    async with limited(Rates()) as browser:
        answer = (await browser.post(FORTY)).json()
    told = answer["extensions"]["cost"]
    assert (told["requested"], told["limit"]) == (82, 5_000)
    assert 0 < told["remaining"] <= 10_000 - 82


async def test_an_operation_may_not_cost_everything(limited) -> None:
    async with limited(Rates(operation=81)) as browser:
        assert await browser.fail(FORTY) == "OPERATION_TOO_EXPENSIVE"
        # Nothing was charged for it.
        assert (await browser.post("{ version }")).json()["data"]


async def test_who_asks_too_often_is_told_when_to_come_back(limited) -> None:
    # A bucket of 100 points, and one a second.
    async with limited(Rates(minute=60)) as browser:
        first = await browser.post(FORTY)
        assert first.status_code == 200
        second = await browser.post(FORTY)
    assert second.status_code == 429
    assert 1 <= int(second.headers["Retry-After"]) <= 82
    [error] = second.json()["errors"]
    assert error["extensions"]["code"] == "RATE_LIMITED"
    assert "data" not in second.json() or second.json()["data"] is None


async def test_strangers_at_one_address_share_its_bucket(redis, unit_of_work, live) -> None:
    app = build_app(
        unit_of_work, live, limiter=BucketsInRedis(redis, patience=5), rates=Rates(minute=1)
    )
    async with browse(app, address()) as browser:
        # A bucket of three points, and two a minute.
        codes = [(await browser.post("{ version }")).status_code for _ in range(5)]
    assert codes == [200, 200, 200, 429, 429]


async def test_limits_that_cannot_be_counted_stop_nobody(limited) -> None:
    class Away:
        async def take(self, buckets, points=1):
            raise Unavailable("gone")

    async with limited(Rates(), Away()) as browser:
        answer = (await browser.post(FORTY)).json()
    assert answer["data"]["tenant"]
    assert answer["extensions"]["cost"] == {"requested": 82, "limit": 5_000}


async def test_many_at_once_are_charged_for_each(limited) -> None:
    async with limited(Rates(minute=60)) as browser:
        answers = await asyncio.gather(*(browser.post(FORTY) for _ in range(4)))
    assert sorted(answer.status_code for answer in answers) == [200, 429, 429, 429]
