"""The answer and event webhooks over real HTTP."""

import json
from dataclasses import replace
from datetime import timedelta

import httpx
import pytest

from domain.errors import Unavailable
from integrations.vonage.fake import FakeCarrier, HangUp
from tests.fakes.voice import NUMBER, House

LEG = {"uuid": "leg-1", "conversation_uuid": "CON-1", "to": NUMBER, "from": "15550142"}


async def event(carrier: FakeCarrier, house: House, status: str) -> list[str]:
    """Report a leg's status; returns the actions that were answered."""
    url = f"{house.deps.settings.public_url}/voice/event"
    response = await carrier.post(url, {**LEG, "status": status})
    return [action["action"] for action in response.json()]


async def answer(carrier: FakeCarrier, house: House, **changes: object) -> httpx.Response:
    return await carrier.post(f"{house.deps.settings.public_url}/voice/answer", {**LEG, **changes})


async def test_admitted_call_is_connected_with_a_token() -> None:
    house = House()
    async with house.open() as carrier:
        ncco = (await answer(carrier, house)).json()
    headers = ncco[0]["endpoint"][0]["headers"]
    assert len(json.dumps(headers)) <= 512
    assert headers["token"].count(".") == 2


@pytest.mark.parametrize("forward_to", ["", "+15550199"])
async def test_full_house_sends_callers_elsewhere(forward_to: str) -> None:
    house = House(max_calls=0)
    house.line = replace(house.line, forward_to=forward_to)
    async with house.open() as carrier:
        ncco = (await answer(carrier, house)).json()
    assert ncco[-1]["action"] == ("connect" if forward_to else "record")


async def test_draining_house_takes_no_calls() -> None:
    house = House()
    async with house.open() as carrier:
        assert await house.deps.switchboard.drain(0.01)
        ncco = (await answer(carrier, house)).json()
    assert ncco[-1]["action"] == "record"


async def test_unknown_number_is_told_so() -> None:
    house = House()
    async with house.open() as carrier:
        ncco = (await answer(carrier, house, to="10000000")).json()
    assert [action["action"] for action in ncco] == ["talk"]


async def test_unsigned_webhook_is_refused() -> None:
    house = House()
    async with house.open() as carrier, httpx.AsyncClient(trust_env=False) as http:
        url = f"{house.deps.settings.public_url}/voice/answer"
        bare = await http.post(url, json=LEG)
        forged = await http.post(url, json=LEG, headers={"authorization": carrier.sign(b"other")})
    assert (bare.status_code, forged.status_code) == (401, 401)
    assert await house.deps.switchboard.calls() == 0


async def test_replayed_webhook_is_refused() -> None:
    house = House()
    body = json.dumps(LEG).encode()
    async with house.open() as carrier, httpx.AsyncClient(trust_env=False) as http:
        url = f"{house.deps.settings.public_url}/voice/answer"
        headers = {"authorization": carrier.sign(body)}
        first = await http.post(url, content=body, headers=headers)
        second = await http.post(url, content=body, headers=headers)
    assert (first.status_code, second.status_code) == (200, 401)


@pytest.mark.parametrize(("body", "status"), [(b"[]", 400), (b"{", 400), (b" " * 70_000, 413)])
async def test_unreadable_webhook_is_refused(body: bytes, status: int) -> None:
    house = House()
    async with house.open() as carrier, httpx.AsyncClient(trust_env=False) as http:
        url = f"{house.deps.settings.public_url}/voice/event"
        headers = {"authorization": carrier.sign(body)}
        response = await http.post(url, content=body, headers=headers)
    assert response.status_code == status


async def test_lost_receptionist_is_replaced_by_voicemail() -> None:
    house = House()
    async with house.open() as carrier:
        assert await event(carrier, house, "disconnected") == ["talk", "record"]


async def test_phone_without_answer_is_not_rung_again() -> None:
    house = House()
    house.line = replace(house.line, forward_to="+15550199")
    async with house.open() as carrier:
        assert await event(carrier, house, "failed") == ["connect"]
        assert await event(carrier, house, "unanswered") == ["talk", "record"]


async def test_orderly_end_needs_no_rescue() -> None:
    house = House()
    async with house.open() as carrier:
        await house.deps.switchboard.settle("CON-1")
        assert await event(carrier, house, "disconnected") == []
        assert await event(carrier, house, "completed") == []
        assert await event(carrier, house, "disconnected") == ["talk", "record"]


async def test_finished_call_frees_its_place() -> None:
    house = House(max_calls=1)
    async with house.open() as carrier:
        await carrier.call(NUMBER, [HangUp()])
        await house.dialogue.closed.wait()
        assert await house.deps.switchboard.drain(5)
        assert await house.deps.switchboard.calls() == 0


@pytest.mark.parametrize("forward_to", ["", "+15550199"])
async def test_without_a_board_callers_are_sent_elsewhere(forward_to: str) -> None:
    house = House()
    house.line = replace(house.line, forward_to=forward_to)
    async with house.open() as carrier:
        house.board.lost = True
        ncco = (await answer(carrier, house)).json()
    assert ncco[-1]["action"] == ("connect" if forward_to else "record")
    assert not any("websocket" in str(action) for action in ncco)


class Forgetful:
    """Cannot be asked what was seen before."""

    async def first_time(self, key: str, *, keep: timedelta) -> bool:
        raise Unavailable("it is away")


async def test_a_webhook_that_may_be_a_replay_gets_the_voicemail_only() -> None:
    house = House(seen=Forgetful())
    async with house.open() as carrier:
        ncco = (await answer(carrier, house)).json()
        assert await house.deps.switchboard.calls() == 0
    assert [action["action"] for action in ncco] == ["talk", "record"]


async def test_without_a_board_a_lost_caller_is_rescued() -> None:
    house = House(seen=Forgetful())
    async with house.open() as carrier:
        house.board.lost = True
        assert await event(carrier, house, "disconnected") == ["talk", "record"]
        assert await event(carrier, house, "completed") == []


async def test_a_forgery_is_refused_whoever_is_away() -> None:
    house = House(seen=Forgetful())
    async with house.open() as carrier, httpx.AsyncClient(trust_env=False) as http:
        url = f"{house.deps.settings.public_url}/voice/answer"
        headers = {"authorization": carrier.sign(b"other")}
        forged = await http.post(url, json=LEG, headers=headers)
    assert forged.status_code == 401
