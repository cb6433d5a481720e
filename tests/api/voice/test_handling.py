"""Telephones that ring for a caller: what the carrier is told, whatever it reports."""

from dataclasses import replace
from uuid import UUID

import pytest

from domain.errors import NotFound
from domain.handling import Ring, Turn
from domain.transfers.rules import News
from integrations.vonage.events import LOST
from integrations.vonage.fake import ANSWERS, BUSY, UNANSWERED, Await, FakeCarrier, HangUp, Phone
from tests.fakes.voice import NUMBER, House, ScriptedHandling

DESK = Ring(UUID(int=1), "+12125550111", "Front desk", 20)
BILLING = Ring(UUID(int=2), "+12125550112", "Billing", 7, announced=True)
LEG = {"uuid": "leg-2", "conversation_uuid": "CON-1", "to": "12125550111", "from": NUMBER}


def staffed(*steps: Ring | Turn) -> House:
    """A house whose staff answers first, and what is decided, in order."""
    house = House()
    house.line = replace(house.line, rings_staff=True)
    house.handling.steps = list(steps)
    return house


async def report(carrier: FakeCarrier, house: House, status: str, **asked: str) -> list[str]:
    """Report of a leg that was asked for; returns the actions that were answered."""
    named = "&".join(f"{name}={value}" for name, value in asked.items())
    url = f"{house.deps.settings.public_url}/voice/event?{named}"
    response = await carrier.post(url, {**LEG, "status": status})
    assert response.status_code == 200
    return [action["action"] for action in response.json()]


async def test_the_staff_takes_the_call() -> None:
    house = staffed(DESK)
    async with house.open() as carrier:
        carrier.phones = {"12125550111": [ANSWERS]}
        call = await carrier.call(NUMBER, [HangUp()])
    assert call.did == ["12125550111 answered"]
    heard = [news for _, news in house.handling.heard]
    assert heard == [News.RINGING, News.ANSWERED, News.COMPLETED]
    assert house.handling.ended == [call.leg]


async def test_the_receptionist_answers_when_the_staff_does_not() -> None:
    house = staffed(DESK, Turn.RECEPTIONIST)
    async with house.open() as carrier:
        carrier.phones = {"12125550111": [UNANSWERED]}
        call = await carrier.call(NUMBER, [Await(), HangUp()])
        await house.dialogue.closed.wait()
    assert call.did == ["12125550111 unanswered", "websocket"]
    assert call.spells == 1


async def test_the_staff_is_rung_as_long_as_was_decided() -> None:
    house = staffed(DESK, BILLING, Turn.VOICEMAIL)
    async with house.open() as carrier:
        carrier.phones = {"12125550111": [BUSY], "12125550112": [UNANSWERED]}
        call = await carrier.call(NUMBER, [HangUp()])
    assert call.ncco[0]["timeout"] == 20
    assert call.did == [
        "12125550111 busy",
        "talk",
        "12125550112 unanswered",
        "talk",
        "record",
    ]
    assert call.told[0] == "Nobody answers there. One moment, I am trying Billing."
    assert call.told[1] == house.line.voicemail_text


async def test_a_full_house_rings_somebody_on_record() -> None:
    house = House(max_calls=0)
    house.handling.steps = [DESK, Turn.VOICEMAIL]
    async with house.open() as carrier:
        call = await carrier.call(NUMBER, [HangUp()])
    assert call.did == ["12125550111 unanswered", "talk", "record"]


async def test_a_house_that_is_full_when_the_staff_gives_up_looks_on() -> None:
    house = staffed(DESK, Turn.RECEPTIONIST, Turn.VOICEMAIL)
    house.max_calls = 0
    async with house.open() as carrier:
        call = await carrier.call(NUMBER, [HangUp()])
    assert call.did == ["12125550111 unanswered", "talk", "record"]


async def test_who_is_blocked_hears_so_in_a_full_house() -> None:
    house = House(max_calls=0)
    house.handling.steps = [Turn.REFUSED]
    async with house.open() as carrier:
        call = await carrier.call(NUMBER, [HangUp()])
    assert call.told == ["This number does not take calls from yours. Goodbye."]


async def test_without_a_decision_the_receptionist_answers() -> None:
    house = staffed()
    async with house.open() as carrier:
        call = await carrier.call(NUMBER, [Await(), HangUp()])
        await house.dialogue.closed.wait()
    assert call.did == ["websocket"]


async def test_a_caller_who_hangs_up_meanwhile_is_reported_once() -> None:
    house = staffed(DESK)
    async with house.open() as carrier:
        carrier.phones = {"12125550111": [Phone(("ringing", "cancelled"))]}
        call = await carrier.call(NUMBER, [HangUp()])
    assert [news for _, news in house.handling.heard] == [News.RINGING, News.CANCELLED]
    assert house.handling.ended == [call.leg]


class Broken(ScriptedHandling):
    """Knows nothing of the transfer it is told about."""

    async def hear(self, call: object, transfer: UUID, news: News) -> Turn:
        raise NotFound("There is no such transfer")


@pytest.mark.parametrize("status", sorted(LOST))
async def test_who_waits_for_nobody_is_never_left_alone(status: str) -> None:
    house = House(handling=Broken())
    transfer = str(DESK.transfer_id)
    async with house.open() as carrier:
        named = {"line": NUMBER, "call": "leg-1", "transfer": transfer}
        assert await report(carrier, house, status, **named) == ["talk", "record"]


@pytest.mark.parametrize("status", ["started", "ringing", "answered", "completed", "machine", ""])
async def test_news_of_unknown_calls_change_nothing(status: str) -> None:
    house = House()
    named = {"line": NUMBER, "call": "leg-1", "transfer": str(DESK.transfer_id)}
    async with house.open() as carrier:
        assert await report(carrier, house, status, **named) == []
    assert house.handling.heard == house.handling.ended == []


async def test_another_leg_of_a_call_does_not_end_it() -> None:
    house = House()
    async with house.open() as carrier:
        assert await report(carrier, house, "completed", line=NUMBER, call="leg-1") == []
        assert house.handling.ended == []
        assert await report(carrier, house, "completed", line=NUMBER, call="leg-2") == []
    assert house.handling.ended == ["leg-2"]


async def test_a_garbled_address_is_answered_as_a_lost_receptionist() -> None:
    house = House()
    async with house.open() as carrier:
        named = {"line": NUMBER, "call": "leg-1", "transfer": "nonsense"}
        assert await report(carrier, house, "failed", **named) == ["talk", "record"]
        assert await report(carrier, house, "failed", line="1", call="leg-1") == ["talk"]
