"""Callers and the staff's telephones: real webhooks, websocket and database, a scripted caller."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from api.reception import Reception
from api.voice.dependencies import VoiceDependencies
from deskbell.front_desk import FrontDesk
from deskbell.phone import PhoneDesk
from domain import business, contacts, phone_numbers, transfers
from domain.business.profile import HandlingMode, Rules
from domain.calls.models import Call
from domain.calls.repository import Calls
from domain.clock import FixedClock
from domain.contacts.models import NumberList
from domain.conversations.models import Conversation
from domain.conversations.repository import Conversations, Turns
from domain.scope import Scope
from domain.transfers.models import Transfer
from domain.transfers.repository import Transfers
from domain.work import UnitsOfWork
from integrations.storage.settings import StorageSettings
from integrations.storage.store import open_store
from integrations.vonage.fake import (
    ANSWERS,
    BUSY,
    UNANSWERED,
    Await,
    FinishedCall,
    HangUp,
    Pause,
    Phone,
    Step,
)
from integrations.vonage.fake import Say as Speak
from tests.factories.business import open_practice
from tests.factories.outbox import payloads
from tests.fakes.voice import House, spoken
from tests.journeys.house import eventually

CALLER = "12125550142"
DESK, BILLING = "12125550111", "12125550112"
ASKS = [Await(), Speak(spoken("how_much_is_a_cleaning")), Pause(60_000)]
TALKS = [Await(), HangUp()]


@dataclass
class Practice(House):
    """The gateway with a real receptionist at a real desk."""

    number: str = ""
    scope: Scope = field(init=False)
    desk: PhoneDesk = field(init=False)

    def dependencies(self, port: int) -> VoiceDependencies:
        desk = self.desk
        return replace(
            super().dependencies(port),
            lines=desk,
            handling=FrontDesk(desk.unit_of_work, desk.reception),
            converse=desk.converse,
            recordings=desk.recordings,
        )

    async def serve(self, steps: list[Step], **phones: list[Phone]) -> FinishedCall:
        """One call; `phones` are the telephones of the front desk and of billing."""
        async with self.open() as carrier:
            carrier.phones = {DESK: phones["desk"], BILLING: phones.get("billing", [UNANSWERED])}
            call = await carrier.call(self.number, steps, caller=CALLER)
            # The receptionist stores what was said after the caller has left.
            await eventually(self._over)
        return call

    async def _over(self) -> bool:
        async with self.desk.unit_of_work(self.scope, read_only=True) as uow:
            calls = await Calls(uow).page(Calls(uow).all())
        # It is put on record while it rings, which may take a moment.
        return bool(calls) and calls[0].ended_at is not None


@dataclass
class Found:
    """What is on record of the only call."""

    call: Call
    conversation: Conversation
    transfers: list[Transfer]
    words: str

    @property
    def states(self) -> list[str]:
        return [transfer.state.value for transfer in self.transfers]


Opener = Callable[..., Any]


@pytest.fixture
async def practice(unit_of_work: UnitsOfWork, scope: Scope, tmp_path: Path) -> Opener:
    """Opens a practice with a front desk, and billing behind it."""

    async def opened(mode: HandlingMode, *, billing: bool = True) -> Practice:
        await open_practice(unit_of_work, scope)
        async with unit_of_work(scope) as uow:
            number = f"+1646{uow.new_id().int % 10_000_000:07}"
            await phone_numbers.attach(uow, number)
            await business.set_rules(uow, Rules(mode=mode))
            await transfers.add_target(uow, "Front desk", f"+{DESK}")
            if billing:
                await transfers.add_target(uow, "Billing", f"+{BILLING}")
        house = Practice(number=number[1:])
        house.scope = scope
        store = open_store(StorageSettings(url=tmp_path.as_uri()))
        house.desk = PhoneDesk(unit_of_work, Reception(unit_of_work), store)
        house.ears.script = ["can I speak to a human please"]
        return house

    return opened


async def on_record(unit_of_work: UnitsOfWork, scope: Scope) -> Found:
    async with unit_of_work(scope, read_only=True) as uow:
        [call] = await Calls(uow).page(Calls(uow).all())
        [conversation] = await Conversations(uow).page(Conversations(uow).all())
        assert call.conversation_id == conversation.id
        said = [turn.text.read() for turn in await Turns(uow).of(conversation.id)]
        tried = await Transfers(uow).of_call(call.id)
        return Found(call, conversation, tried, " ".join(said))


async def endings(unit_of_work: UnitsOfWork, scope: Scope) -> list[str]:
    """How the call ended, as often as that was said."""
    return [told["disposition"] for told in await payloads(unit_of_work, scope, "call.ended")]


@pytest.mark.promise("P038")
async def test_a_caller_is_put_through(
    practice: Opener, unit_of_work: UnitsOfWork, scope: Scope
) -> None:
    house = await practice(HandlingMode.AI_FIRST)
    call = await house.serve(ASKS, desk=[ANSWERS])
    assert call.did == ["websocket", f"{DESK} answered"]
    found = await on_record(unit_of_work, scope)
    assert found.states == ["ended"]
    assert found.transfers[0].bridged_at is not None
    assert found.conversation.disposition == "transferred"
    assert "I am putting you through to Front desk" in found.words
    assert await endings(unit_of_work, scope) == ["transferred"]


async def test_the_next_is_tried_and_then_the_voicemail(
    practice: Opener, unit_of_work: UnitsOfWork, scope: Scope
) -> None:
    house = await practice(HandlingMode.AI_FIRST)
    call = await house.serve(ASKS, desk=[UNANSWERED], billing=[BUSY])
    assert call.did == [
        "websocket",
        f"{DESK} unanswered",
        "talk",
        f"{BILLING} busy",
        "talk",
        "record",
    ]
    assert call.told[0] == "Nobody answers there. One moment, I am trying Billing."
    assert "Please leave a message" in call.told[1]
    found = await on_record(unit_of_work, scope)
    assert found.states == ["returned", "returned"]
    assert found.conversation.disposition == "voicemail"
    assert await endings(unit_of_work, scope) == ["voicemail"]


async def test_the_staff_takes_a_call_first(
    practice: Opener, unit_of_work: UnitsOfWork, scope: Scope
) -> None:
    house = await practice(HandlingMode.STAFF_FIRST)
    call = await house.serve(TALKS, desk=[ANSWERS])
    assert call.did == [f"{DESK} answered"]
    found = await on_record(unit_of_work, scope)
    assert (found.states, found.words) == (["ended"], "")
    assert found.call.answered_at is None
    assert found.conversation.disposition == "forwarded"
    assert await endings(unit_of_work, scope) == ["forwarded"]


async def test_the_receptionist_takes_what_the_staff_does_not(
    practice: Opener, unit_of_work: UnitsOfWork, scope: Scope
) -> None:
    house = await practice(HandlingMode.STAFF_FIRST, billing=False)
    call = await house.serve(TALKS, desk=[UNANSWERED])
    assert call.did == [f"{DESK} unanswered", "websocket"]
    assert call.spells >= 1
    found = await on_record(unit_of_work, scope)
    assert found.states == ["returned"]
    assert found.call.answered_at is not None
    assert found.call.caller is not None
    assert found.call.caller.read() == f"+{CALLER}"
    assert "How can I help you?" in found.words
    assert await endings(unit_of_work, scope) == ["caller_hangup"]


async def test_whom_the_staff_gave_up_can_still_be_put_through(
    practice: Opener, unit_of_work: UnitsOfWork, scope: Scope, clock: FixedClock
) -> None:
    house = await practice(HandlingMode.STAFF_FIRST, billing=False)
    house.prepare = lambda call: clock.advance(timedelta(minutes=1))
    call = await house.serve(ASKS, desk=[UNANSWERED, ANSWERS])
    assert call.did == [f"{DESK} unanswered", "websocket", f"{DESK} answered"]
    found = await on_record(unit_of_work, scope)
    assert found.states == ["returned", "ended"]
    assert await endings(unit_of_work, scope) == ["transferred"]


@pytest.mark.parametrize(("later", "open"), [(0, True), (12, False)])
@pytest.mark.promise("P038")
async def test_after_hours_the_receptionist_answers(
    practice: Opener,
    unit_of_work: UnitsOfWork,
    scope: Scope,
    clock: FixedClock,
    later: int,
    open: bool,
) -> None:
    # It is ten in the morning, then ten at night.
    clock.advance(timedelta(hours=later))
    house = await practice(HandlingMode.AFTER_HOURS, billing=False)
    call = await house.serve(TALKS, desk=[UNANSWERED])
    assert call.did == [f"{DESK} unanswered", "websocket"] if open else ["websocket"]
    found = await on_record(unit_of_work, scope)
    assert found.states == (["returned"] if open else [])
    assert "How can I help you?" in found.words


async def test_who_is_blocked_is_not_put_through(
    practice: Opener, unit_of_work: UnitsOfWork, scope: Scope
) -> None:
    house = await practice(HandlingMode.STAFF_FIRST)
    async with unit_of_work(scope) as uow:
        await contacts.list_number(uow, f"+{CALLER}", NumberList.BLOCK)
    call = await house.serve([Pause(60_000)], desk=[ANSWERS])
    assert call.did == ["websocket"]
    assert house.voice.said == ["This number does not take calls from yours.", "Goodbye."]
    assert (await on_record(unit_of_work, scope)).states == []


async def test_a_full_house_is_on_record_too(
    practice: Opener, unit_of_work: UnitsOfWork, scope: Scope
) -> None:
    house = await practice(HandlingMode.AI_FIRST)
    house.max_calls = 0
    call = await house.serve(TALKS, desk=[BUSY], billing=[ANSWERS])
    assert call.did == [f"{DESK} busy", f"{BILLING} answered"]
    found = await on_record(unit_of_work, scope)
    assert found.states == ["returned", "ended"]
    assert await endings(unit_of_work, scope) == ["forwarded"]


async def test_a_caller_who_gives_up_while_it_rings_is_on_record(
    practice: Opener, unit_of_work: UnitsOfWork, scope: Scope
) -> None:
    house = await practice(HandlingMode.STAFF_FIRST)
    await house.serve(TALKS, desk=[Phone(("started", "ringing", "cancelled"))])
    assert (await on_record(unit_of_work, scope)).states == ["ended"]
    assert await endings(unit_of_work, scope) == ["caller_hangup"]
