"""Slots somebody was told of: they reserve nothing and expire."""

from datetime import date, timedelta

import pytest

from domain import appointments, business
from domain.appointments.errors import OfferExpired, OutsideHours, SlotTaken
from domain.business import versions
from domain.errors import NotFound

TOMORROW = date(2026, 11, 17)


async def offer(desk, scope, conversation_id):
    async with desk.unit_of_work(scope) as uow:
        profile = await versions.profile(uow)
        wanted = appointments.rules.wish(profile, desk.practice.exam_id)
        slot, *_ = await appointments.availability(uow, profile, wanted, TOMORROW, TOMORROW)
        return await appointments.offer(uow, profile, wanted, slot, conversation_id)


@pytest.fixture
async def offered(desk, caller):
    return await offer(desk, caller.scope, caller.conversation_id)


async def take(desk, caller, offered):
    return await desk.do(appointments.take, offered.id, caller.scope, caller.contact_id)


async def test_an_offer_is_taken_up(desk, caller, offered):
    taken = await take(desk, caller, offered)
    assert taken.starts_at == offered.starts_at


async def test_an_offer_taken_twice_books_once(desk, caller, offered):
    first = await take(desk, caller, offered)
    assert (await take(desk, caller, offered)).id == first.id


async def test_an_offer_expires_after_its_minutes(desk, caller, offered, clock):
    clock.advance(timedelta(minutes=10))
    with pytest.raises(OfferExpired):
        await take(desk, caller, offered)


async def test_until_then_it_holds(desk, caller, offered, clock):
    clock.advance(timedelta(minutes=10) - timedelta(seconds=1))
    assert (await take(desk, caller, offered)).starts_at == offered.starts_at


async def test_an_offer_reserves_nothing(desk, caller, another, offered):
    await desk.book(another, offered.starts_at)
    with pytest.raises(SlotTaken) as refused:
        await take(desk, caller, offered)
    assert refused.value.alternatives


async def test_the_hours_of_the_moment_apply(desk, scope, caller, offered):
    async with desk.unit_of_work(scope) as uow:
        await business.add_closure(
            uow, desk.practice.location_id, business.Days(TOMORROW, TOMORROW)
        )
    with pytest.raises(OutsideHours):
        await take(desk, caller, offered)


async def test_a_visit_moves_to_an_offer(desk, caller, offered):
    booked = await desk.book(caller, offered.starts_at + timedelta(hours=3))
    moved = await desk.do(appointments.move_to_offer, booked.id, caller.scope, offered.id)
    assert (moved.id, moved.starts_at) == (booked.id, offered.starts_at)


async def test_an_offer_is_for_the_one_who_heard_it(desk, another, offered):
    with pytest.raises(NotFound):
        await take(desk, another, offered)
