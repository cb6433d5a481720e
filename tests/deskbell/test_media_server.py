"""A media server ends after its calls, and leaves its port when nobody holds it any more."""

import asyncio
import os
import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass
from uuid import uuid4

import httpx
import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from api.voice.admission import Machine, Switchboard
from api.voice.dialogue import Call, Line
from deskbell.media_crew import MediaServer, listen
from domain.clock import SystemClock
from domain.encryption import DataKey
from tests.fakes.board import RememberedBoard

CALL = Call("leg", Line(uuid4(), "15559876"), "CON", "15550142")


@dataclass
class Served:
    """A running server with one call on the line."""

    server: MediaServer
    switchboard: Switchboard
    running: asyncio.Task[None]
    port: int
    lifeline: int

    async def answers(self) -> bool:
        async with httpx.AsyncClient(trust_env=False, timeout=5) as http:
            try:
                return (await http.get(f"http://127.0.0.1:{self.port}/")).is_success
            except httpx.TransportError:
                return False

    async def refuses(self) -> None:
        async with asyncio.timeout(10):
            while await self.answers():  # noqa: ASYNC110
                await asyncio.sleep(0.01)


@pytest.fixture
async def served() -> AsyncIterator[Served]:
    switchboard = Switchboard(
        RememberedBoard(SystemClock()), Machine("here", 1), DataKey(os.urandom(32))
    )
    await switchboard.admit(CALL)
    await switchboard.connect(CALL.id)
    home = Route("/", lambda _: PlainTextResponse("here"))
    config = uvicorn.Config(Starlette(routes=[home]), log_level="warning", lifespan="off")
    listener = listen("127.0.0.1", 0)
    port = listener.getsockname()[1]
    ours, theirs = os.pipe()
    with os.fdopen(ours) as held:
        server = MediaServer(config, switchboard, held)
        running = asyncio.create_task(server.serve(sockets=[listener]))
        while not server.started:  # noqa: ASYNC110
            await asyncio.sleep(0.005)
        yield Served(server, switchboard, running, port, theirs)
        server.force_exit = server.should_exit = True
        await running


async def test_it_answers_until_its_last_call_has_ended(served: Served) -> None:
    served.server.should_exit = True
    await asyncio.sleep(0.3)
    assert await served.answers()
    assert not served.running.done()
    await served.switchboard.release(CALL.id)
    await asyncio.wait_for(served.running, 10)
    assert not await served.answers()
    os.close(served.lifeline)


async def test_it_does_not_wait_for_calls_when_it_is_forced(served: Served) -> None:
    served.server.force_exit = served.server.should_exit = True
    await asyncio.wait_for(served.running, 10)
    assert await served.switchboard.calls() == 1
    os.close(served.lifeline)


async def test_alone_it_leaves_the_port_and_keeps_its_call(served: Served) -> None:
    os.close(served.lifeline)
    await served.refuses()
    with socket.create_server(("127.0.0.1", served.port)):
        assert not served.running.done()
    await served.switchboard.release(CALL.id)
    await asyncio.wait_for(served.running, 10)
