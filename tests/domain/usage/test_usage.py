"""Counting what is used, and adding it up."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from domain import usage
from domain.errors import Forbidden, InvalidInput
from tests.factories.business import open_practice
from tests.factories.callers import ring

MONDAY = date(2026, 11, 16)
TUESDAY = date(2026, 11, 17)


async def use(unit_of_work, scope, name, quantity=1, unit="count"):
    async with unit_of_work(scope) as uow:
        await usage.record(uow, usage.Use(name, quantity, unit))


async def totals(unit_of_work, scope, first, last):
    async with unit_of_work(scope) as uow:
        return [
            (total.day, total.name, total.quantity)
            for total in await usage.totals(uow, first, last)
        ]


async def test_uses_add_up_by_name_and_day(unit_of_work, scope, clock):
    for seconds in (30, 90):
        await use(unit_of_work, scope, "call.seconds", seconds, "s")
    await use(unit_of_work, scope, "message.sent")
    clock.advance(timedelta(days=1))
    await use(unit_of_work, scope, "call.seconds", 5, "s")
    assert await totals(unit_of_work, scope, MONDAY, TUESDAY) == [
        (MONDAY, "call.seconds", 120),
        (MONDAY, "message.sent", 1),
        (TUESDAY, "call.seconds", 5),
    ]


async def test_a_day_is_the_tenants_own(unit_of_work, scope, clock):
    # 23:30 in New York on Monday is Tuesday already in UTC.
    clock.advance(datetime(2026, 11, 17, 4, 30, tzinfo=UTC) - clock.now())
    await use(unit_of_work, scope, "page.seen")
    assert await totals(unit_of_work, scope, MONDAY, TUESDAY) == [(MONDAY, "page.seen", 1)]


async def test_both_hours_of_a_long_day_count(unit_of_work, scope, clock):
    # On 7 November 2027 the clocks of New York go back: 01:30 comes twice.
    clock.advance(datetime(2027, 11, 7, 5, 30, tzinfo=UTC) - clock.now())
    for _ in range(2):
        await use(unit_of_work, scope, "page.seen")
        clock.advance(timedelta(hours=1))
    sunday = date(2027, 11, 7)
    assert await totals(unit_of_work, scope, sunday, sunday) == [(sunday, "page.seen", 2)]


async def test_another_tenants_uses_are_not_counted(unit_of_work, scope, other_scope):
    await use(unit_of_work, other_scope, "page.seen")
    assert await totals(unit_of_work, scope, MONDAY, TUESDAY) == []


@pytest.mark.parametrize(("name", "quantity"), [("Call Seconds", 1), ("", 1), ("page.seen", -1)])
async def test_a_senseless_use_is_refused(unit_of_work, scope, name, quantity):
    with pytest.raises(InvalidInput):
        await use(unit_of_work, scope, name, quantity)


@pytest.mark.parametrize("last", [MONDAY - timedelta(days=1), MONDAY + timedelta(days=366)])
async def test_totals_cover_one_day_to_a_year(unit_of_work, scope, last):
    with pytest.raises(InvalidInput):
        await totals(unit_of_work, scope, MONDAY, last)


async def test_a_caller_counts_but_does_not_add_up(unit_of_work, scope):
    await open_practice(unit_of_work, scope)
    caller = await ring(unit_of_work, scope)
    await use(unit_of_work, caller.scope, "call.seconds", 12, "s")
    with pytest.raises(Forbidden):
        await totals(unit_of_work, caller.scope, MONDAY, TUESDAY)


async def test_a_suspended_business_may_still_look(unit_of_work, scope):
    suspended = replace(scope, tenant=replace(scope.tenant, status="suspended"))
    assert await totals(unit_of_work, suspended, MONDAY, MONDAY) == []


@pytest.mark.parametrize(
    ("day", "zone"),
    [(date.min, "Asia/Tokyo"), (date.max, "America/New_York"), (date.max, "Asia/Tokyo")],
)
def test_days_beyond_the_calendar_are_refused(day, zone):
    with pytest.raises(InvalidInput):
        usage.whole(day, day, zone)


def test_a_year_of_days_is_one_stretch():
    whole = usage.whole(date(2026, 1, 1), date(2026, 12, 31), "America/New_York")
    assert (whole.start, whole.end) == (
        datetime(2026, 1, 1, 5, tzinfo=UTC),
        datetime(2027, 1, 1, 5, tzinfo=UTC),
    )
