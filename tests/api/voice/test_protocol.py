"""Peers that do not keep to the protocol are closed cleanly."""

import asyncio
import json
from collections.abc import AsyncIterator

import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from api.voice.dialogue import Call
from domain.conversations.acts import Disposition
from integrations.picows import PicowsProtocol
from tests.fakes.voice import House

OPENING = {"event": "websocket:connected", "content-type": "audio/l16;rate=16000"}


@pytest.fixture(params=[PicowsProtocol, "websockets-sansio"])
async def house(request: pytest.FixtureRequest) -> AsyncIterator[House]:
    house = House(websockets=request.param)
    async with house.open():
        yield house


async def token(house: House, *, call_id: str = "leg-1") -> str:
    call = Call(call_id, house.line, "CON-1", "15550142")
    await house.deps.switchboard.admit(call)
    return house.deps.tokens.issue(call)


def opening(token: str, **changes: object) -> str:
    return json.dumps({**OPENING, "token": token, **changes})


async def close_code(house: House, *messages: str | bytes) -> int:
    """Send messages and wait to be closed."""
    url = f"{house.deps.settings.media_url}/voice/socket"
    async with connect(url, compression=None, proxy=None) as socket:
        for message in messages:
            await socket.send(message)
        await _until_closed(socket)
        return socket.close_code or 0


async def _until_closed(socket: ClientConnection) -> None:
    try:
        async with asyncio.timeout(5):
            while True:
                await socket.recv()
    except ConnectionClosed:
        return


@pytest.mark.parametrize(
    ("message", "code"),
    [
        (bytes(640), 1002),
        ("not json", 1007),
        ("[]", 1007),
        ('{"event": 7}', 1007),
        ('{"event": "websocket:dtmf", "digit": "1"}', 1002),
        (json.dumps({**OPENING, "content-type": "audio/l16;rate=24000"}), 1003),
        (json.dumps({**OPENING, "padding": "x" * 5000}), 1009),
        (json.dumps(OPENING), 1008),
    ],
)
async def test_bad_opening_is_refused(house: House, message: str | bytes, code: int) -> None:
    assert await close_code(house, message) == code
    assert house.dialogue.disposition is None


@pytest.mark.parametrize(
    ("message", "code"),
    [
        (bytes(320), 1003),
        (bytes(642), 1003),
        (b"", 1003),
        (bytes(10_000), 1009),
        ("not json", 1007),
        ('{"event": "websocket:dtmf", "digit": "12"}', 1007),
        (json.dumps(OPENING), 1002),
    ],
)
async def test_bad_message_ends_the_call(house: House, message: str | bytes, code: int) -> None:
    assert await close_code(house, opening(await token(house)), bytes(640), message) == code
    assert house.dialogue.disposition is Disposition.PROTOCOL_ERROR
    assert await house.deps.switchboard.calls() == 0


async def test_unknown_events_are_ignored(house: House) -> None:
    strange = ['{"event": "websocket:news"}', '{"event": "websocket:notify", "payload": 3}']
    code = await close_code(house, opening(await token(house)), *strange, "enough")
    assert code == 1007


async def test_token_opens_one_websocket_only(house: House) -> None:
    once = await token(house)
    first = asyncio.create_task(close_code(house, opening(once), "enough"))
    assert await first == 1007
    await house.deps.switchboard.admit(Call("leg-1", house.line, "CON-1", "15550142"))
    assert await close_code(house, opening(once)) == 1008


async def test_token_without_a_call_is_refused(house: House) -> None:
    unexpected = Call("leg-2", house.line, "CON-2", "15550142")
    assert await close_code(house, opening(house.deps.tokens.issue(unexpected))) == 1008


async def test_other_sample_rate_is_refused(house: House) -> None:
    narrow = opening(await token(house), **{"content-type": "audio/l16;rate=8000"})
    assert await close_code(house, narrow) == 1003
    assert await house.deps.switchboard.calls() == 0
