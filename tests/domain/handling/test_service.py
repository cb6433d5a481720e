"""Following a call between telephones: in order, out of order, and twice."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from domain import business, calls, conversations, handling, transfers
from domain.business import versions
from domain.business.profile import HandlingMode, Rules
from domain.calls.models import CallState
from domain.calls.repository import CallEvents, Calls
from domain.conversations.acts import Disposition
from domain.conversations.models import Speaker
from domain.conversations.repository import Conversations
from domain.errors import NotFound
from domain.handling import Ring, Turn
from domain.handling.jobs import give_up
from domain.handling.service import GIVE_UP
from domain.outbox import EntryKind, OutboxEntry
from domain.scope import TenantStatus
from domain.transfers.models import TransferState
from domain.transfers.repository import Transfers
from domain.transfers.rules import News
from tenants.service import job_scope
from tests.factories import calls as telephones
from tests.factories.business import open_practice
from tests.factories.outbox import events, payloads

DESK, BILLING = "+12125550111", "+12125550112"


class Desk:
    """The staff's telephones of one tenant, and one call at a time."""

    def __init__(self, unit_of_work, scope, call_id, targets):
        self.unit_of_work, self.scope, self.call_id = unit_of_work, scope, call_id
        self.targets = targets

    async def do(self, deed):
        async with self.unit_of_work(self.scope) as uow:
            call = await Calls(uow).get(self.call_id)
            return await deed(uow, await versions.profile(uow), call)

    async def begin(self):
        return await self.do(handling.begin)

    async def stand_in(self):
        return await self.do(handling.stand_in)

    async def hear(self, ring, *news):
        id = ring.transfer_id if isinstance(ring, Ring) else ring
        step = None
        for each in news:
            async with self.unit_of_work(self.scope) as uow:
                step = await handling.hear(uow, await versions.profile(uow), id, each)
        return step

    async def tell(self, deed):
        async with self.unit_of_work(self.scope) as uow:
            await deed(uow, self.call_id)

    async def answer(self):
        await self.tell(calls.answer)

    async def transfer(self, target):
        async with self.unit_of_work(self.scope) as uow:
            return (await transfers.request(uow, self.call_id, target.id)).id

    async def states(self):
        async with self.unit_of_work(self.scope) as uow:
            return [row.state.value for row in await Transfers(uow).of_call(self.call_id)]

    async def ended_as(self):
        async with self.unit_of_work(self.scope) as uow:
            call = await Calls(uow).get(self.call_id)
            conversation = await Conversations(uow).get(call.conversation_id)
            return conversation.disposition if call.ended_at else None


@pytest.fixture
async def desk(unit_of_work, scope):
    await open_practice(unit_of_work, scope)
    async with unit_of_work(scope) as uow:
        await business.set_rules(uow, Rules(mode=HandlingMode.STAFF_FIRST, ring_staff_seconds=30))
        targets = [
            await transfers.add_target(uow, "Front desk", DESK),
            await transfers.add_target(uow, "Billing", BILLING),
        ]
    line = await telephones.ring(unit_of_work, scope)
    job = await job_scope(scope.tenant_id, "phone")
    return Desk(unit_of_work, job, line.call.id, targets)


async def test_the_first_is_rung_for_as_long_as_the_business_says(desk):
    ring = await desk.begin()
    assert (ring.number, ring.seconds, ring.announced) == (DESK, 30, False)
    assert await desk.states() == ["requested"]


async def test_a_call_the_staff_takes_is_forwarded_and_ends_once(desk, unit_of_work, scope, clock):
    ring = await desk.begin()
    await desk.hear(ring, News.RINGING, News.ANSWERED)
    assert await desk.ended_as() is None
    clock.advance(timedelta(minutes=20))
    assert await desk.hear(ring, News.COMPLETED, News.COMPLETED) is Turn.NOBODY
    await desk.tell(handling.over)
    assert await desk.ended_as() is Disposition.FORWARDED
    assert await desk.states() == ["ended"]
    [ended] = await payloads(unit_of_work, scope, "call.ended")
    assert ended["disposition"] == "forwarded"
    assert await events(unit_of_work, scope, "conversation.ended") == ["conversation.ended"]


async def test_a_forwarded_call_needs_no_receptionists_minutes(desk, unit_of_work, scope, clock):
    await desk.hear(await desk.begin(), News.ANSWERED)
    clock.advance(timedelta(minutes=20))
    await desk.tell(handling.over)
    async with unit_of_work(desk.scope) as uow:
        call = await Calls(uow).get(desk.call_id)
        talk = await Conversations(uow).get(call.conversation_id)
    assert (call.state, call.duration_ms) == (CallState.ENDED, 0)
    assert talk.ended_at == talk.started_at
    # Nobody recorded it: only the summary is waited for.
    assert call.recording_settled
    async with unit_of_work(desk.scope) as uow:
        await calls.settle_summary(uow, desk.call_id)
    assert await events(unit_of_work, scope, "call.final") == ["call.finalized"]


async def test_when_the_time_is_up_the_receptionist_answers(desk, clock):
    ring = await desk.begin()
    clock.advance(timedelta(seconds=30))
    assert await desk.hear(ring, News.RINGING, News.UNTAKEN) is Turn.RECEPTIONIST
    assert await desk.states() == ["returned"]


async def test_an_engaged_telephone_leaves_time_for_the_next(desk, clock):
    ring = await desk.begin()
    clock.advance(timedelta(seconds=2))
    second = await desk.hear(ring, News.UNTAKEN)
    assert (second.number, second.seconds) == (BILLING, 28)
    assert await desk.hear(second, News.FAILED) is Turn.RECEPTIONIST
    assert await desk.states() == ["returned", "failed"]


async def test_the_carrier_may_ask_twice(desk):
    ring = await desk.begin()
    assert await desk.begin() == ring
    assert await desk.stand_in() == replace(ring, seconds=20)
    await desk.hear(ring, News.RINGING)
    assert await desk.begin() is Turn.RECEPTIONIST
    assert await desk.states() == ["ringing"]


async def test_a_lost_answer_is_given_again(desk):
    ring = await desk.begin()
    second = await desk.hear(ring, News.UNTAKEN)
    assert await desk.hear(ring, News.UNTAKEN) == second
    await desk.hear(second, News.RINGING)
    assert await desk.hear(ring, News.UNTAKEN) is Turn.NOBODY
    assert await desk.states() == ["returned", "ringing"]


async def test_late_news_do_not_take_the_caller_from_the_receptionist(desk, clock):
    ring = await desk.begin()
    clock.advance(timedelta(seconds=30))
    await desk.hear(ring, News.UNTAKEN)
    await desk.answer()
    assert await desk.hear(ring, News.UNTAKEN) is Turn.NOBODY
    assert await desk.hear(ring, News.ANSWERED, News.COMPLETED) is Turn.NOBODY
    assert await desk.states() == ["returned"]
    assert await desk.ended_as() is None


async def test_nobody_takes_a_transfer_so_the_next_is_rung_and_then_voicemail(desk, clock):
    await desk.answer()
    clock.advance(timedelta(minutes=1))
    first = await desk.transfer(desk.targets[1])
    await desk.tell(handling.hand_over)
    second = await desk.hear(first, News.RINGING, News.UNTAKEN)
    assert (second.number, second.announced) == (DESK, True)
    assert await desk.hear(first, News.UNTAKEN) == second
    assert await desk.hear(second, News.RINGING, News.UNTAKEN) is Turn.VOICEMAIL
    assert await desk.ended_as() is None
    await desk.tell(handling.over)
    assert await desk.ended_as() is Disposition.VOICEMAIL
    assert await desk.states() == ["returned", "returned"]


async def test_a_transfer_that_is_taken_ends_the_call_with_the_talk(desk, clock):
    await desk.answer()
    clock.advance(timedelta(minutes=1))
    transfer = await desk.transfer(desk.targets[0])
    await desk.tell(handling.hand_over)
    # The answer overtook the ringing.
    await desk.hear(transfer, News.ANSWERED, News.RINGING)
    assert await desk.states() == ["bridged"]
    await desk.hear(transfer, News.COMPLETED)
    assert await desk.ended_as() is Disposition.TRANSFERRED


async def test_the_receptionists_part_ends_with_its_last_words(desk, unit_of_work, clock):
    await desk.answer()
    async with unit_of_work(desk.scope) as uow:
        call = await Calls(uow).get(desk.call_id)
        said = conversations.Said(0, Speaker.RECEPTIONIST, "One moment.", uow.now, 0)
        await conversations.add_turns(uow, call.conversation_id, [said])
    spoken = clock.now()
    clock.advance(timedelta(minutes=1))
    transfer = await desk.transfer(desk.targets[0])
    await desk.tell(handling.hand_over)
    await desk.hear(transfer, News.ANSWERED)
    clock.advance(timedelta(minutes=30))
    await desk.hear(transfer, News.COMPLETED)
    async with unit_of_work(desk.scope) as uow:
        call = await Calls(uow).get(desk.call_id)
        talk = await Conversations(uow).get(call.conversation_id)
    assert (talk.ended_at, call.ended_at) == (spoken, clock.now())


async def test_a_hang_up_while_it_rings_ends_everything(desk):
    ring = await desk.begin()
    await desk.hear(ring, News.RINGING)
    await desk.tell(handling.over)
    assert await desk.ended_as() is Disposition.CALLER_HANGUP
    assert await desk.states() == ["ended"]
    # Too late, and to nobody.
    assert await desk.hear(ring, News.CANCELLED) is Turn.VOICEMAIL
    assert await desk.states() == ["ended"]


async def test_a_call_the_receptionist_leads_is_not_ended_by_the_carrier(desk):
    await desk.answer()
    await desk.tell(handling.over)
    await desk.tell(handling.over)
    assert await desk.ended_as() is None


async def test_who_hung_up_before_the_receptionist_had_left_is_gone(desk, clock):
    await desk.answer()
    clock.advance(timedelta(minutes=1))
    await desk.transfer(desk.targets[0])
    await desk.tell(handling.over)
    assert await desk.ended_as() is None
    await desk.tell(handling.hand_over)
    assert await desk.ended_as() is Disposition.CALLER_HANGUP
    assert await desk.states() == ["ended"]


async def test_without_a_receptionist_everybody_is_tried_before_the_voicemail(desk):
    ring = await desk.stand_in()
    assert ring.number == DESK
    second = await desk.hear(ring, News.UNTAKEN)
    assert second.number == BILLING
    assert await desk.hear(second, News.UNTAKEN) is Turn.RECEPTIONIST
    assert await desk.stand_in() is Turn.VOICEMAIL
    await desk.tell(handling.over)
    assert await desk.ended_as() is Disposition.VOICEMAIL


async def test_a_business_that_is_not_served_rings_nobody(desk, unit_of_work):
    ring = await desk.begin()
    facts = replace(desk.scope.tenant, status=TenantStatus.SUSPENDED)
    desk.scope = replace(desk.scope, tenant=facts)
    assert await desk.hear(ring, News.RINGING, News.UNTAKEN) is Turn.RECEPTIONIST
    assert await desk.stand_in() is Turn.VOICEMAIL
    await desk.tell(handling.over)
    assert await desk.ended_as() is Disposition.VOICEMAIL
    assert await desk.states() == ["returned"]


async def test_a_removed_target_is_not_rung_again(desk, unit_of_work, scope):
    ring = await desk.begin()
    async with unit_of_work(scope) as uow:
        await transfers.remove_target(uow, desk.targets[0].id)
    assert await desk.begin() is Turn.RECEPTIONIST
    second = await desk.hear(ring, News.UNTAKEN)
    assert second.number == BILLING


async def test_news_of_a_transfer_that_is_not_there_are_refused(desk, other_scope):
    with pytest.raises(NotFound):
        await desk.hear(UUID(int=1), News.ANSWERED)
    ring = await desk.begin()
    stranger = await job_scope(other_scope.tenant_id, "phone")
    with pytest.raises(NotFound):
        async with desk.unit_of_work(stranger) as uow:
            profile = await versions.profile(uow)
            await handling.hear(uow, profile, ring.transfer_id, News.ANSWERED)
    assert await desk.states() == ["requested"]


async def test_a_call_whose_end_was_never_reported_is_given_up(desk, unit_of_work, clock):
    ring = await desk.begin()
    await desk.hear(ring, News.ANSWERED)
    bridged = clock.now()
    async with unit_of_work(desk.scope) as uow:
        waiting = OutboxEntry.filter(kind=EntryKind.TIMER, done_at=None).using_db(uow.connection)
        [timer] = [row for row in await waiting if row.payload["call_id"] == str(desk.call_id)]
    assert (timer.name, timer.due_at) == (GIVE_UP, bridged + timedelta(hours=3))
    clock.advance(timedelta(hours=3))
    await give_up(timer.payload, telephones.Delivery(unit_of_work, desk.scope))
    assert await desk.ended_as() is Disposition.FORWARDED
    async with unit_of_work(desk.scope) as uow:
        assert (await Calls(uow).get(desk.call_id)).ended_at == bridged


async def test_a_call_that_came_to_nothing_is_given_up_as_failed(desk, unit_of_work):
    await desk.hear(await desk.begin(), News.RINGING)
    delivery = telephones.Delivery(unit_of_work, desk.scope)
    await give_up({"call_id": str(desk.call_id)}, delivery)
    assert await desk.ended_as() is Disposition.FAILED
    assert await desk.states() == [TransferState.ENDED]


async def test_what_happened_is_noted_once(desk, unit_of_work, clock):
    await desk.answer()
    clock.advance(timedelta(minutes=1))
    transfer = await desk.transfer(desk.targets[0])
    await desk.tell(handling.hand_over)
    second = await desk.hear(transfer, News.UNTAKEN)
    assert await desk.hear(second, News.UNTAKEN, News.UNTAKEN) is Turn.VOICEMAIL
    async with unit_of_work(desk.scope) as uow:
        notes = [note.name for note in await CallEvents(uow).of(desk.call_id)]
    assert notes == ["handed_over", "voicemail"]
