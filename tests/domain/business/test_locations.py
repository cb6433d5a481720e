"""Places of business and their closed days."""

from datetime import date, time, timedelta

import pytest

from domain import business
from domain.business import versions
from domain.business.errors import DefaultLocation, StillNeeded
from domain.business.profile import Repeat, ResourceKind
from domain.errors import Forbidden, InvalidInput, NotFound
from domain.hours import open_hours
from tests.factories.business import open_practice
from tests.factories.callers import ring
from tests.factories.outbox import payloads

NEW_YORK = "America/New_York"
CHRISTMAS = date(2026, 12, 25)


@pytest.fixture
async def main(unit_of_work, scope):
    async with unit_of_work(scope) as uow:
        return await business.add_location(uow, "Main Street", NEW_YORK)


@pytest.fixture
async def branch(unit_of_work, scope, main):
    async with unit_of_work(scope) as uow:
        return await business.add_location(uow, "Harbour", "America/Chicago")


async def profile(unit_of_work, scope):
    async with unit_of_work(scope) as uow:
        return await versions.profile(uow)


async def test_the_first_location_is_the_default(unit_of_work, scope, main, branch):
    assert (main.is_default, branch.is_default) == (True, False)
    assert (await profile(unit_of_work, scope)).location.name == "Main Street"


async def test_a_business_without_a_location_says_so(unit_of_work, scope):
    with pytest.raises(NotFound, match="no location"):
        _ = (await profile(unit_of_work, scope)).location


async def test_another_location_can_become_the_default(unit_of_work, scope, branch):
    for _ in range(2):
        async with unit_of_work(scope) as uow:
            await business.make_default(uow, branch.id)
    found = await profile(unit_of_work, scope)
    assert found.location.name == "Harbour"
    assert sum(place.is_default for place in found.locations) == 1


async def test_a_change_leaves_the_rest_as_it_is(unit_of_work, scope, main):
    hours = [open_hours(0, time(9), time(17))]
    async with unit_of_work(scope) as uow:
        await business.change_location(uow, main.id, hours=hours, service_areas=["02134"])
    place = (await profile(unit_of_work, scope)).location
    assert (place.name, place.timezone) == ("Main Street", NEW_YORK)
    assert (list(place.hours), place.service_areas) == (hours, ("02134",))


@pytest.mark.parametrize(
    ("path", "values"),
    [
        ("name", {"name": " "}),
        ("timezone", {"timezone": "Mars/Olympus"}),
        ("address", {"address": "x" * 301}),
    ],
)
async def test_a_senseless_change_is_refused(unit_of_work, scope, main, path, values):
    with pytest.raises(InvalidInput) as refused:
        async with unit_of_work(scope) as uow:
            await business.change_location(uow, main.id, **values)
    assert refused.value.problems[0].path == path


async def test_the_default_location_stays(unit_of_work, scope, main):
    with pytest.raises(DefaultLocation):
        async with unit_of_work(scope) as uow:
            await business.remove_location(uow, main.id)


async def test_a_location_that_somebody_works_at_stays(unit_of_work, scope, branch):
    async with unit_of_work(scope) as uow:
        await business.add_resource(uow, ResourceKind.STAFF, "Dr. Lee", branch.id)
    with pytest.raises(StillNeeded) as refused:
        async with unit_of_work(scope) as uow:
            await business.remove_location(uow, branch.id)
    assert refused.value.needed_by == "resources"


async def test_an_unused_location_can_be_removed(unit_of_work, scope, branch):
    async with unit_of_work(scope) as uow:
        await business.remove_location(uow, branch.id)
    assert len((await profile(unit_of_work, scope)).locations) == 1
    changes = [payload["change"] for payload in await payloads(unit_of_work, scope, "business.")]
    assert changes == ["added", "added", "removed"]


async def test_callers_change_nothing(unit_of_work, scope):
    practice = await open_practice(unit_of_work, scope)
    caller = await ring(unit_of_work, scope)
    with pytest.raises(Forbidden):
        async with unit_of_work(caller.scope) as uow:
            await business.change_location(uow, practice.location_id, name="Mine")


async def test_a_closed_day_is_in_the_profile_until_it_is_taken_back(unit_of_work, scope, main):
    async with unit_of_work(scope) as uow:
        closed = await business.add_closure(
            uow, main.id, business.Days(CHRISTMAS, CHRISTMAS), reason="Christmas"
        )
    [found] = (await profile(unit_of_work, scope)).closures
    assert (found.starts_on, found.hours, found.reason) == (CHRISTMAS, (), "Christmas")
    async with unit_of_work(scope) as uow:
        await business.remove_closure(uow, closed.id)
    assert (await profile(unit_of_work, scope)).closures == ()


async def test_a_closed_day_lasts_until_it_ends_locally(unit_of_work, scope, main, clock):
    today = date(2026, 11, 16)
    async with unit_of_work(scope) as uow:
        await business.add_closure(uow, main.id, business.Days(today, today))
    # 20:00 in New York, and past midnight in UTC.
    clock.advance(clock.now().replace(day=17, hour=1) - clock.now())
    assert (await profile(unit_of_work, scope)).closures


async def test_days_off_end_after_they_begin(unit_of_work, scope, main):
    with pytest.raises(InvalidInput):
        async with unit_of_work(scope) as uow:
            await business.add_closure(uow, main.id, business.Days(CHRISTMAS, date(2026, 12, 24)))


async def test_days_that_come_again_stay_in_the_profile(unit_of_work, scope, main, clock):
    past = date(2025, 12, 25)
    async with unit_of_work(scope) as uow:
        for until in (None, date(2026, 12, 25), date(2025, 12, 25)):
            days = business.Days(past, past, Repeat.YEARLY, until)
            await business.add_closure(uow, main.id, days)
    clock.advance(timedelta(days=365))
    kept = (await profile(unit_of_work, scope)).closures
    assert [closure.repeats_until for closure in kept] == [None]


@pytest.mark.parametrize(
    ("days", "path"),
    [
        (business.Days(CHRISTMAS, CHRISTMAS, None, CHRISTMAS), "repeatsUntil"),
        (business.Days(CHRISTMAS, CHRISTMAS, Repeat.WEEKLY, date(2026, 12, 24)), "repeatsUntil"),
        (business.Days(CHRISTMAS, date(2026, 12, 31), Repeat.WEEKLY), "endsOn"),
        (business.Days(CHRISTMAS, date(2027, 9, 1), Repeat.YEARLY), "endsOn"),
    ],
)
async def test_days_that_cannot_come_again_are_refused(unit_of_work, scope, main, days, path):
    with pytest.raises(InvalidInput) as refused:
        async with unit_of_work(scope) as uow:
            await business.add_closure(uow, main.id, days)
    assert [problem.path for problem in refused.value.problems] == [path]


async def test_time_off_is_taken_where_one_works(unit_of_work, scope, main, branch):
    async with unit_of_work(scope) as uow:
        lee = await business.add_resource(uow, ResourceKind.STAFF, "Dr. Lee", main.id)
    with pytest.raises(InvalidInput):
        async with unit_of_work(scope) as uow:
            await business.add_closure(
                uow, branch.id, business.Days(CHRISTMAS, CHRISTMAS), resource_id=lee.id
            )
