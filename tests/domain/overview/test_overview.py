"""How the business did: counted by what it did, in its own days, for those who may know."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from domain import appointments, business, calls, conversations, leads, messages, overview, usage
from domain.conversations.acts import Disposition
from domain.errors import Forbidden
from domain.leads.models import LeadStatus
from tests.factories.business import open_practice
from tests.factories.calls import answered, ring

MONDAY = date(2026, 11, 16)
ANSWERED, MISSED = Disposition.COMPLETED, Disposition.CALLER_HANGUP


@pytest.fixture
async def practice(unit_of_work, scope):
    return await open_practice(unit_of_work, scope)


async def numbers(unit_of_work, scope, add_up, first=MONDAY, last=MONDAY):
    async with unit_of_work(scope) as uow:
        return await add_up(uow, usage.whole(first, last, scope.tenant.timezone))


async def hang_up(unit_of_work, line, disposition):
    async with unit_of_work(line.scope) as uow:
        await conversations.end(uow, line.call.conversation_id, disposition)
        await calls.end(uow, line.call.id, disposition)


async def test_calls_are_answered_missed_or_still_on(unit_of_work, scope, clock, practice):
    taken = [await answered(unit_of_work, scope) for _ in range(2)]
    lost = await ring(unit_of_work, scope)
    await ring(unit_of_work, scope)
    clock.advance(timedelta(seconds=90))
    for line in taken:
        await hang_up(unit_of_work, line, ANSWERED)
    await hang_up(unit_of_work, lost, MISSED)
    found = await numbers(unit_of_work, scope, overview.calls)
    assert (found.answered, found.missed, found.seconds) == (2, 1, 180)
    assert [(ended.disposition, ended.calls) for ended in found.ended] == [
        (MISSED, 1),
        (ANSWERED, 2),
    ]


async def test_a_call_that_the_staff_took_is_not_missed(unit_of_work, scope, practice):
    for disposition in (Disposition.FORWARDED, Disposition.VOICEMAIL):
        await hang_up(unit_of_work, await ring(unit_of_work, scope), disposition)
    found = await numbers(unit_of_work, scope, overview.calls)
    assert (found.answered, found.missed) == (0, 1)
    assert [ended.disposition for ended in found.ended] == ["forwarded", "voicemail"]


async def test_a_call_belongs_to_the_day_on_which_it_rang(unit_of_work, scope, clock, practice):
    # 23:59 in New York on Monday, which is Tuesday already in UTC.
    clock.advance(datetime(2026, 11, 17, 4, 59, tzinfo=UTC) - clock.now())
    late = await answered(unit_of_work, scope)
    clock.advance(timedelta(minutes=1))
    await answered(unit_of_work, scope)
    clock.advance(timedelta(minutes=1))
    await hang_up(unit_of_work, late, ANSWERED)
    found = await numbers(unit_of_work, scope, overview.calls)
    assert (found.answered, found.seconds) == (1, 120)
    both = await numbers(unit_of_work, scope, overview.calls, last=MONDAY + timedelta(days=1))
    assert both.answered == 2


async def test_messages_are_open_until_they_are_resolved(unit_of_work, scope, practice):
    line = await answered(unit_of_work, scope)
    async with unit_of_work(scope) as uow:
        left = [
            await messages.leave(uow, messages.NewMessage(line.call.conversation_id, f"{number}"))
            for number in range(3)
        ]
        await messages.mark_read(uow, left[0].id)
        await messages.resolve(uow, left[1].id)
    found = await numbers(unit_of_work, scope, overview.messages)
    assert (found.left, found.open) == (3, 2)


async def test_leads_are_new_until_somebody_contacts_them(unit_of_work, scope, practice):
    line = await answered(unit_of_work, scope)
    async with unit_of_work(scope) as uow:
        for need in ("Implants", "Whitening"):
            lead = await leads.capture(uow, leads.NewLead(line.caller.contact_id, need))
        await leads.change_status(uow, lead.id, LeadStatus.CONTACTED)
    found = await numbers(unit_of_work, scope, overview.leads)
    assert (found.captured, found.new) == (2, 1)


async def test_appointments_count_when_they_are_made(unit_of_work, scope, practice):
    line = await answered(unit_of_work, scope)
    async with unit_of_work(scope) as uow:
        profile = await business.profile(uow)
        for hour in (15, 17):
            starts_at = datetime(2026, 11, 18, hour, tzinfo=UTC)
            visit = appointments.Booking(line.caller.contact_id, practice.cleaning_id, starts_at)
            booked = await appointments.book(uow, profile, visit)
        await appointments.cancel(uow, profile, booked.id)
    found = await numbers(unit_of_work, scope, overview.appointments)
    assert (found.booked, found.cancelled) == (2, 1)
    wednesday = date(2026, 11, 18)
    then = await numbers(unit_of_work, scope, overview.appointments, wednesday, wednesday)
    assert (then.booked, then.cancelled) == (0, 0)


@pytest.mark.parametrize(
    ("add_up", "permission"),
    [
        (overview.calls, "calls:read"),
        (overview.messages, "messages:read"),
        (overview.leads, "leads:read"),
        (overview.appointments, "appointments:read"),
    ],
)
async def test_each_number_asks_for_its_own_permission(unit_of_work, scope, add_up, permission):
    only = replace(scope, permissions=frozenset({permission}))
    await numbers(unit_of_work, only, add_up)
    everything_else = replace(scope, permissions=scope.permissions - {permission})
    with pytest.raises(Forbidden):
        await numbers(unit_of_work, everything_else, add_up)


async def test_another_tenants_calls_are_not_counted(unit_of_work, scope, other_scope, practice):
    await answered(unit_of_work, scope)
    found = await numbers(unit_of_work, other_scope, overview.calls)
    assert (found.answered, found.missed, found.ended) == (0, 0, ())
