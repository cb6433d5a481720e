"""The way from one visit to the next, where people come to their customers."""

import asyncio
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import appointments, business
from domain.appointments import rules
from domain.appointments.errors import SlotTaken
from domain.appointments.models import Appointment
from domain.appointments.sites import LONGEST, Reckoned, Site, plain_postcode
from domain.business import versions
from domain.business.profile import BookingRules, Rules, TravelRules
from domain.errors import InvalidInput, NotFound
from domain.spots import Spot
from tests.domain.appointments.conftest import TUESDAY_TEN as TEN

# Chelsea in Manhattan, Park Slope in Brooklyn, Monroe up the Hudson.
HERE = Site("10001", Spot(40.750, -73.997))
ACROSS = Site("11215", Spot(40.667, -73.985))
FAR = Site("10950", Spot(41.334, -74.187))
NOWHERE = Site("99999")
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
USUAL = Reckoned(TravelRules())
SPOTS = st.builds(Spot, st.floats(-90, 90), st.floats(-180, 180))
SITES = st.none() | st.builds(Site, st.sampled_from(("1", "2", "3")), st.none() | SPOTS)


@pytest.mark.parametrize(
    ("one", "other", "minutes"),
    [
        (HERE, Site("10001"), 10),
        (HERE, ACROSS, 29),
        (HERE, FAR, 141),
        (HERE, NOWHERE, 30),
        (None, HERE, 30),
        (None, None, 30),
        (HERE, Site("2000", Spot(-33.87, 151.21)), 720),
    ],
)
def test_a_way_takes_minutes_of_its_own_and_those_of_its_length(one, other, minutes):
    assert USUAL.between(one, other) == minutes * MINUTE


def test_who_is_slow_or_has_detours_takes_longer():
    slow = Reckoned(TravelRules(speed_kmh=20, detour_percent=130, fixed_minutes=0))
    straight = Reckoned(TravelRules(speed_kmh=20, detour_percent=100, fixed_minutes=0))
    assert slow.between(HERE, ACROSS) == 37 * MINUTE
    assert straight.between(HERE, ACROSS) == 28 * MINUTE


@given(SITES, SITES)
def test_the_way_back_is_as_long_and_no_way_has_no_end(one, other):
    way = USUAL.between(one, other)
    assert way == USUAL.between(other, one)
    assert 10 * MINUTE <= way <= LONGEST


def test_a_site_is_read_as_it_was_kept():
    for site in (HERE, NOWHERE, Site("SW1A1AA", Spot(-0.1279, 51.5012))):
        assert Site.read(site.postcode, site.spot_kept) == site


@pytest.mark.parametrize("given", ["", "1", "10001; DROP", "a" * 13, "→→"])
def test_what_is_no_postcode_is_refused(given):
    with pytest.raises(InvalidInput):
        plain_postcode(given)


async def allow(unit_of_work, scope, **travel):
    async with unit_of_work(scope) as uow:
        rules = Rules(booking=BookingRules(travel=TravelRules(**travel)))
        await business.set_rules(uow, rules)


@pytest.fixture
async def travelling(unit_of_work, scope, desk):
    """The desk of a business whose people come to their customers."""
    await allow(unit_of_work, scope)
    return desk


@pytest.mark.parametrize(
    ("site", "minutes"), [(Site("10001"), 10), (ACROSS, 29), (FAR, 141), (None, 30)]
)
async def test_nobody_is_at_the_next_job_before_the_way_is_over(
    travelling, caller, another, site, minutes
):
    await travelling.book(caller, site=HERE)
    with pytest.raises(SlotTaken) as refused:
        await travelling.book(another, TEN + HOUR + (minutes - 1) * MINUTE, site=site)
    reached = TEN + HOUR + minutes * MINUTE
    assert all(
        other >= reached or other + HOUR <= TEN - minutes * MINUTE
        for other in refused.value.alternatives
    )
    booked = await travelling.book(another, reached, site=site)
    assert booked.starts_at == reached


async def test_the_way_counts_before_a_job_that_stands_too(travelling, caller, another):
    await travelling.book(caller, TEN + 2 * HOUR, site=ACROSS)
    with pytest.raises(SlotTaken):
        await travelling.book(another, TEN + 32 * MINUTE, site=HERE)
    assert await travelling.book(another, TEN + 31 * MINUTE, site=HERE)


async def test_free_times_leave_room_for_the_way(travelling, caller, unit_of_work, scope):
    await travelling.book(caller, site=HERE)
    async with unit_of_work(scope) as uow:
        profile = await versions.profile(uow)
        free = {}
        for site in (HERE, ACROSS, FAR):
            wanted = rules.wish(profile, travelling.practice.exam_id, site=site)
            day = date(2026, 11, 17)
            found = await appointments.availability(uow, profile, wanted, day, day)
            free[site.postcode] = [slot.starts_at - TEN for slot in found if slot.starts_at > TEN]
    assert [times[0] for times in free.values()] == [75 * MINUTE, 90 * MINUTE, 210 * MINUTE]


async def test_a_visit_moves_only_to_where_the_way_allows(travelling, caller, another, scope):
    booked = await travelling.book(caller, site=HERE)
    await travelling.book(another, TEN + 4 * HOUR, site=FAR)
    with pytest.raises(SlotTaken):
        await travelling.reschedule(booked.id, TEN + HOUR)
    moved = await travelling.reschedule(booked.id, TEN + 30 * MINUTE)
    assert moved.postcode.read() == "10001"


async def test_the_time_of_a_visit_is_free_to_itself(travelling, caller, unit_of_work, scope):
    booked = await travelling.book(caller, site=HERE)
    async with unit_of_work(scope) as uow:
        profile = await versions.profile(uow)
        day = booked.starts_at.date()
        for moving, is_free in ((None, False), (booked.id, True)):
            wanted = rules.wish(profile, travelling.practice.exam_id, site=HERE, moving=moving)
            free = await appointments.availability(uow, profile, wanted, day, day)
            assert (TEN in [slot.starts_at for slot in free]) is is_free


async def test_of_two_at_once_one_is_sent(travelling, caller, another):
    outcomes = await asyncio.gather(
        travelling.book(caller, site=HERE),
        travelling.book(another, TEN + HOUR, site=FAR),
        return_exceptions=True,
    )
    assert {type(each) for each in outcomes} == {Appointment, SlotTaken}


async def test_where_nobody_travels_places_do_not_matter(desk, caller, another):
    await desk.book(caller, site=HERE)
    assert await desk.book(another, TEN + HOUR, site=FAR)


async def test_a_caller_learns_the_place_of_their_own_visits_alone(
    travelling, caller, another, unit_of_work
):
    booked = await travelling.book(caller, site=HERE)
    async with unit_of_work(caller.scope) as uow:
        assert await appointments.site(uow, booked.id) == HERE
    with pytest.raises(NotFound):
        async with unit_of_work(another.scope) as uow:
            await appointments.site(uow, booked.id)


async def test_a_place_that_may_not_be_seen_is_not_known(travelling, caller, unit_of_work, scope):
    booked = await travelling.book(caller, site=HERE)
    async with unit_of_work(scope) as uow:
        await uow.keys.destroy([caller.contact_id])
    async with unit_of_work(scope) as uow:
        profile = await versions.profile(uow)
        wanted = rules.wish(profile, travelling.practice.exam_id, site=HERE)
        day = booked.starts_at.date()
        free = await appointments.availability(uow, profile, wanted, day, day)
    after = [slot.starts_at for slot in free if slot.starts_at > TEN]
    assert after[0] == TEN + 90 * MINUTE
