"""One open websocket: the ASGI events of it, and a shorter way for those who want every frame."""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from picows import WSCloseCode, WSFrame, WSListener, WSMsgType, WSTransport
from websockets.frames import Frame, Opcode

EXTENSION = "deskbell.frames"
"""The name under which `scope["extensions"]` offers the `FrameChannel`."""

# 10 s of a carrier's frames: more than anybody sends before an application listens.
_MOST_WAITING = 500
_CLOSE_SECONDS = 0.5
# RFC 6455, section 7.4.1.
_NORMAL, _PROTOCOL_ERROR, _NO_CODE, _GONE = 1000, 1002, 1005, 1006
_NOT_TEXT, _POLICY, _TOO_BIG = 1007, 1008, 1009

# Looked up for every frame.
_BINARY, _CLOSE, _PONG = WSMsgType.BINARY, WSMsgType.CLOSE, WSMsgType.PONG

Message = bytes | str
Sink = Callable[[Message], None]


class FrameChannel(WSListener):
    """Messages wait for `receive`, or go straight to the function that `deliver` was given."""

    def __init__(self, max_size: int) -> None:
        self._max_size = max_size
        self._transport: WSTransport
        self._waiting: deque[Message] = deque()
        self._arrived = asyncio.Event()
        self._writable = asyncio.Event()
        self._writable.set()
        self._over: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._sink: Sink | None = None
        self._parts: list[bytes] = []
        self._cut = False
        self._text = False
        self.close_code = _GONE
        self.on_open: Callable[[], None] = lambda: None

    def on_ws_connected(self, transport: WSTransport) -> None:
        """The handshake is done."""
        self._transport = transport
        self.on_open()

    def on_ws_frame(self, transport: WSTransport, frame: WSFrame) -> None:
        """A frame has arrived; a whole binary message is the common case."""
        kind = frame.msg_type
        if kind == _BINARY and frame.fin:
            self._take(frame.get_payload_as_bytes())
        elif kind == _CLOSE:
            self._farewell(frame)
        elif kind != _PONG:
            self._piece(frame)

    def on_ws_disconnected(self, transport: WSTransport) -> None:
        """Nothing will arrive any more."""
        self._writable.set()
        self._arrived.set()
        if not self._over.done():
            self._over.set_result(None)

    def pause_writing(self) -> None:
        """The peer reads slower than we write."""
        self._writable.clear()

    def resume_writing(self) -> None:
        """The peer has caught up."""
        self._writable.set()

    async def deliver(self, sink: Sink) -> None:
        """Give every message to `sink` as it arrives, until the end; raises what `sink` raises."""
        self._sink = sink
        while self._waiting:
            self._take(self._waiting.popleft())
        try:
            await asyncio.shield(self._over)
        finally:
            self._sink = _nobody

    async def receive(self) -> Message | None:
        """The next message; None once the websocket is closed."""
        while not self._waiting:
            if self._over.done():
                return None
            self._arrived.clear()
            await self._arrived.wait()
        return self._waiting.popleft()

    async def send(self, message: Message) -> None:
        """Send one message. Raises `ConnectionResetError`."""
        self._check_open()
        kind = WSMsgType.TEXT if isinstance(message, str) else WSMsgType.BINARY
        self._transport.send(kind, message)
        await self._writable.wait()

    async def send_frames(self, frames: Sequence[bytes]) -> None:
        """Send binary messages of equal length in one write. Raises `ConnectionResetError`."""
        self._check_open()
        header = _header(len(frames[0]))
        self._transport.underlying_transport.write(header + header.join(frames))
        await self._writable.wait()

    def close(self, code: int) -> None:
        """Say goodbye, and hang up soon whether the peer answers or not."""
        self._transport.send_close(_code(code))
        asyncio.get_running_loop().call_later(_CLOSE_SECONDS, self._transport.disconnect)

    def _check_open(self) -> None:
        if self._transport.is_disconnected or self._transport.is_close_frame_sent:
            raise ConnectionResetError("the websocket is closed")

    def _take(self, message: Message) -> None:
        if self._sink is not None:
            try:
                self._sink(message)
            except Exception as error:
                self._fail(error)
        elif len(self._waiting) < _MOST_WAITING:
            self._waiting.append(message)
            self._arrived.set()
        else:
            self.close(_POLICY)

    def _fail(self, error: Exception) -> None:
        self._sink = _nobody
        if not self._over.done():
            self._over.set_exception(error)

    def _piece(self, frame: WSFrame) -> None:
        """A text, or a piece of a message that its sender has cut."""
        begins = frame.msg_type != WSMsgType.CONTINUATION
        if begins == self._cut:
            self.close(_PROTOCOL_ERROR)
            return
        if begins:
            self._text = frame.msg_type == WSMsgType.TEXT
        self._cut = not frame.fin
        self._parts.append(frame.get_payload_as_bytes())
        if sum(map(len, self._parts)) > self._max_size:
            self.close(_TOO_BIG)
        elif frame.fin:
            self._complete(b"".join(self._parts))

    def _complete(self, whole: bytes) -> None:
        self._parts.clear()
        try:
            self._take(whole.decode() if self._text else whole)
        except UnicodeDecodeError:
            self.close(_NOT_TEXT)

    def _farewell(self, frame: WSFrame) -> None:
        code: Any = frame.get_close_code()
        self.close_code = int(code) or _NO_CODE
        self._transport.send_close(code or _code(_NORMAL))
        self._transport.disconnect()


def _nobody(message: Any) -> None:
    """After the end."""


def _code(number: Any) -> WSCloseCode:
    """Their type for it, which any number passes for: applications have codes of their own."""
    code: WSCloseCode = number
    return code


@lru_cache
def _header(size: int) -> bytes:
    """What goes before a binary message of this size."""
    message = bytes(size)
    return Frame(Opcode.BINARY, message).serialize(mask=False)[: -size or None]
