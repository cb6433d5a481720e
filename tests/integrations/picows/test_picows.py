"""The websocket server: what the standard asks of it, and the short way for frames."""

import asyncio
import os
import socket
import struct
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.frames import Frame, Opcode

from integrations.picows import EXTENSION, FrameChannel, PicowsProtocol
from tests.fakes.serving import free_port, serving

Endpoint = Callable[[WebSocket], Awaitable[None]]
# What uvicorn allows where nothing else is said.
LARGEST = 16 * 1024 * 1024


@asynccontextmanager
async def open_to(endpoint: Endpoint) -> AsyncIterator[ClientConnection]:
    """A client of an app with this endpoint."""
    listener = free_port()
    app = Starlette(routes=[WebSocketRoute("/here", endpoint), Route("/page", page)])
    async with serving(app, listener, websockets=PicowsProtocol) as port:
        url = f"ws://127.0.0.1:{port}/here?who=me"
        async with connect(url, compression=None, proxy=None, ping_interval=None) as client:
            yield client


async def page(request: Request) -> PlainTextResponse:
    return PlainTextResponse("a page")


async def echo(websocket: WebSocket) -> None:
    await websocket.accept()
    while (message := await websocket.receive())["type"] == "websocket.receive":
        if message.get("text") is not None:
            await websocket.send_text(message["text"])
        else:
            await websocket.send_bytes(message["bytes"])


def channel_of(websocket: WebSocket) -> FrameChannel:
    channel = websocket.scope["extensions"][EXTENSION]
    assert isinstance(channel, FrameChannel)
    return channel


async def closed(client: ClientConnection) -> int | None:
    """The code with which the server closes."""
    with pytest.raises(ConnectionClosed):
        async with asyncio.timeout(5):
            while True:
                await client.recv()
    return client.close_code


@pytest.mark.parametrize("message", ["", "a text, ünd mehr", b"", b"\x00\xff", os.urandom(70_000)])
async def test_messages_come_back_as_they_were(message: str | bytes) -> None:
    async with open_to(echo) as client:
        await client.send(message)
        assert await client.recv() == message


async def test_pieces_of_a_message_are_joined() -> None:
    async with open_to(echo) as client:
        await client.send(["one ", "two ", "three"])
        assert await client.recv() == "one two three"
        await client.send([b"12", b"34"])
        assert await client.recv() == b"1234"


async def test_pings_are_answered() -> None:
    async with open_to(echo) as client:
        async with asyncio.timeout(5):
            await (await client.ping(b"still there?"))


async def test_the_scope_is_that_of_the_request() -> None:
    seen: asyncio.Future[dict] = asyncio.get_running_loop().create_future()

    async def endpoint(websocket: WebSocket) -> None:
        seen.set_result(
            {
                "query": dict(websocket.query_params),
                "agent": websocket.headers["user-agent"],
                "client": websocket.client.host if websocket.client else "",
                "url": websocket.url.path,
            }
        )
        await websocket.accept()

    async with open_to(endpoint) as client:
        assert await closed(client) == 1000
    scope = await seen
    assert scope["query"] == {"who": "me"}
    assert scope["client"] == "127.0.0.1"
    assert scope["url"] == "/here"
    assert "websockets" in scope["agent"]


async def test_a_failing_application_closes_with_1011(caplog: pytest.LogCaptureFixture) -> None:
    async def endpoint(websocket: WebSocket) -> None:
        await websocket.accept()
        raise ZeroDivisionError

    async with open_to(endpoint) as client:
        assert await closed(client) == 1011
    assert "the application failed" in caplog.text


async def test_sending_to_a_closed_websocket_says_so() -> None:
    outcome: asyncio.Future[BaseException | None] = asyncio.get_running_loop().create_future()

    async def endpoint(websocket: WebSocket) -> None:
        await websocket.accept()
        channel = channel_of(websocket)
        await channel.deliver(lambda message: None)
        try:
            await channel.send_frames([bytes(2)])
        except ConnectionResetError as error:
            outcome.set_result(error)

    async with open_to(endpoint) as client:
        await client.close()
        async with asyncio.timeout(5):
            assert isinstance(await outcome, ConnectionResetError)


async def test_frames_are_delivered_in_order_whenever_they_came() -> None:
    taken: list[bytes | str] = []
    early, done = asyncio.Event(), asyncio.Event()

    async def endpoint(websocket: WebSocket) -> None:
        await websocket.accept()
        await early.wait()
        await channel_of(websocket).deliver(taken.append)
        done.set()

    async with open_to(endpoint) as client:
        await client.send("first")
        await client.send(b"second")
        await (await client.ping())
        early.set()
        await client.send(b"third")
        await client.close()
        await asyncio.wait_for(done.wait(), 5)
    assert taken == ["first", b"second", b"third"]


async def test_what_the_taker_raises_ends_the_delivery() -> None:
    raised: asyncio.Future[Exception] = asyncio.get_running_loop().create_future()

    def take(message: bytes | str) -> None:
        raise LookupError(str(message))

    async def endpoint(websocket: WebSocket) -> None:
        await websocket.accept()
        try:
            await channel_of(websocket).deliver(take)
        except LookupError as error:
            raised.set_result(error)
        await websocket.close(4001)

    async with open_to(endpoint) as client:
        await client.send("bad")
        await client.send("worse")
        assert await closed(client) == 4001
    assert str(await raised) == "bad"


@pytest.mark.parametrize("size", [1, 125, 126, 320, 640, 65_536])
async def test_frames_sent_together_arrive_apart(size: int) -> None:
    frames = [bytes([number]) * size for number in range(5)]

    async def endpoint(websocket: WebSocket) -> None:
        await websocket.accept()
        await channel_of(websocket).send_frames(frames)
        await websocket.send_text("and a text")

    async with open_to(endpoint) as client:
        assert [await client.recv() for _ in range(6)] == [*frames, "and a text"]


async def test_a_peer_that_does_not_read_holds_the_sender_up() -> None:
    sent: list[int] = []

    async def endpoint(websocket: WebSocket) -> None:
        await websocket.accept()
        for number in range(2000):
            await channel_of(websocket).send_frames([bytes(65_536)])
            sent.append(number)

    listener = free_port()
    app = Starlette(routes=[WebSocketRoute("/here", endpoint)])
    async with serving(app, listener, websockets=PicowsProtocol) as port:
        with await dialled(port) as line:
            while not sent or await still_growing(sent):
                pass
            assert len(sent) < 1000
            line.setblocking(False)


async def still_growing(sent: list[int]) -> bool:
    before = len(sent)
    await asyncio.sleep(0.1)
    return len(sent) > before


BROKEN = {
    "not text": (Frame(Opcode.TEXT, b"\xff\xfe").serialize(mask=True), 1007),
    "the end of nothing": (Frame(Opcode.CONT, b"of what?").serialize(mask=True), 1002),
    "a beginning in the middle": (
        Frame(Opcode.TEXT, b"one", fin=False).serialize(mask=True)
        + Frame(Opcode.TEXT, b"two").serialize(mask=True),
        1002,
    ),
    "too long": (bytes([0x82, 0xFF]) + struct.pack("!QI", LARGEST + 1, 0), 1009),
}


@pytest.mark.parametrize(("bad", "code"), BROKEN.values(), ids=BROKEN)
async def test_broken_frames_close_the_websocket(bad: bytes, code: int) -> None:
    listener = free_port()
    app = Starlette(routes=[WebSocketRoute("/here", echo)])
    async with serving(app, listener, websockets=PicowsProtocol) as port:
        with await dialled(port) as line:
            loop = asyncio.get_running_loop()
            await loop.sock_sendall(line, bad)
            async with asyncio.timeout(5):
                answer = await loop.sock_recv(line, 100)
    assert answer[0] == 0x88
    assert struct.unpack("!H", answer[2:4])[0] == code


async def dialled(port: int) -> socket.socket:
    """A raw connection, with the handshake done."""
    loop = asyncio.get_running_loop()
    line = socket.socket()
    line.setblocking(False)
    await loop.sock_connect(line, ("127.0.0.1", port))
    request = (
        "GET /here HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
    )
    await loop.sock_sendall(line, request.encode())
    async with asyncio.timeout(5):
        answer = b""
        while not answer.endswith(b"\r\n\r\n"):
            answer += await loop.sock_recv(line, 1)
    assert answer.startswith(b"HTTP/1.1 101")
    return line


async def test_too_much_before_anybody_listens_closes_the_websocket() -> None:
    never = asyncio.Event()

    async def endpoint(websocket: WebSocket) -> None:
        await websocket.accept()
        await never.wait()

    async with open_to(endpoint) as client:
        for _ in range(600):
            await client.send(bytes(640))
        assert await closed(client) == 1008
        never.set()


async def test_a_server_that_stops_says_so() -> None:
    over = asyncio.Event()

    async def endpoint(websocket: WebSocket) -> None:
        await echo(websocket)
        over.set()

    listener = free_port()
    app = Starlette(routes=[WebSocketRoute("/here", endpoint)])
    stack = serving(app, listener, websockets=PicowsProtocol)
    port = await stack.__aenter__()
    url = f"ws://127.0.0.1:{port}/here"
    async with connect(url, compression=None, proxy=None) as client:
        await client.send("hello")
        assert await client.recv() == "hello"
        stopping = asyncio.create_task(stack.__aexit__(None, None, None))
        assert await closed(client) == 1012
    await asyncio.wait_for(stopping, 5)
    assert over.is_set()


async def test_pages_are_served_beside_websockets() -> None:
    listener = free_port()
    app = Starlette(routes=[Route("/page", page)])
    async with serving(app, listener, websockets=PicowsProtocol) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"GET /page HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        assert (await reader.read()).endswith(b"a page")
        writer.close()
