"""The websocket that carries a call's audio."""

import asyncio
import logging
from collections.abc import Callable
from typing import Any

from starlette.websockets import WebSocket

from api.voice import protocol
from api.voice.dependencies import VoiceDependencies
from api.voice.dialogue import Call
from api.voice.exits import Exits
from api.voice.protocol import Refused
from api.voice.session import CallSession
from api.voice.wire import Message, Wire
from domain.conversations.acts import Disposition
from domain.errors import DomainError

log = logging.getLogger(__name__)

_FIRST_MESSAGE_SECONDS = 5
# A caller listens to ringing that long at most before the rescue takes over.
_PREPARE_SECONDS = 5
# After a hang-up by command, the carrier closes the websocket itself.
_GOODBYE_SECONDS = 2
_NORMAL = 1000


class CallSocket:
    """Serves one websocket per call."""

    def __init__(self, deps: VoiceDependencies) -> None:
        self._deps = deps

    async def __call__(self, websocket: WebSocket) -> None:
        """Take a call from its first message to its last."""
        await websocket.accept()
        wire = Wire(websocket)
        try:
            call = await self._admit(wire)
        except Refused as refused:
            log.warning("a websocket was refused: %s", refused)
            await wire.close(refused.code)
            return
        try:
            code = await self._serve(wire, call)
        finally:
            await self._deps.switchboard.release(call.id)
        await wire.close(code)

    async def _admit(self, wire: Wire) -> Call:
        try:
            async with asyncio.timeout(_FIRST_MESSAGE_SECONDS):
                message = await wire.receive()
        except TimeoutError:
            raise Refused(protocol.PROTOCOL_ERROR, "no first message") from None
        if not isinstance(message, str):
            raise Refused(protocol.PROTOCOL_ERROR, "audio before websocket:connected")
        opening = protocol.connected(protocol.text_event(message))
        return await self._redeem(opening)

    async def _redeem(self, opening: protocol.Connected) -> Call:
        try:
            tenant_id, call_id = await self._deps.tokens.redeem(opening.token)
            call = await self._deps.switchboard.connect(call_id)
        except DomainError as error:
            raise Refused(protocol.POLICY, error.message) from error
        if call is None:
            raise Refused(protocol.POLICY, "no such call, or no place for it here")
        if call.line.tenant_id != tenant_id:
            await self._deps.switchboard.release(call_id)
            raise Refused(protocol.POLICY, "no such call")
        if call.line.sample_rate != opening.sample_rate:
            await self._deps.switchboard.release(call_id)
            raise Refused(protocol.UNSUPPORTED, "not the sample rate that was asked for")
        return call

    async def _serve(self, wire: Wire, call: Call) -> int:
        try:
            async with asyncio.timeout(_PREPARE_SECONDS):
                dialogue = await self._deps.converse(call)
            session = CallSession(self._deps, call, wire, dialogue)
        except Exception:
            log.exception("call %s could not begin", call.id)
            await Exits(self._deps, call).rescue(Disposition.FAILED)
            return protocol.SERVER_ERROR
        return await _live(wire, session)


async def _live(wire: Wire, session: CallSession) -> int:
    """Run the session; returns the code to close with."""
    disposition, code = Disposition.FAILED, protocol.SERVER_ERROR
    listening = asyncio.create_task(wire.listen(_taker(session)))
    leaving = asyncio.create_task(session.exits.left.wait())
    try:
        session.open()
        endings: set[asyncio.Future[Any]] = {listening, leaving, session.over}
        await asyncio.wait(endings, return_when=asyncio.FIRST_COMPLETED)
        if leaving.done():
            # Frames that still arrive belong to the recording.
            await asyncio.wait({listening}, timeout=_GOODBYE_SECONDS)
        disposition, code = _ending(listening, session)
    finally:
        listening.cancel()
        leaving.cancel()
        await asyncio.wait({listening, leaving})
        await session.close(disposition)
    return code


def _ending(listening: asyncio.Task[None], session: CallSession) -> tuple[Disposition, int]:
    if session.over.done():
        return session.over.result(), _NORMAL
    if not listening.done():
        return Disposition.COMPLETED, _NORMAL
    error = listening.exception()
    if isinstance(error, Refused):
        return Disposition.PROTOCOL_ERROR, error.code
    if error is not None:
        log.error("a call failed", exc_info=error)
        return Disposition.FAILED, protocol.SERVER_ERROR
    return Disposition.CALLER_HANGUP, _NORMAL


def _taker(session: CallSession) -> Callable[[Message], None]:
    """What a session does with a message; raises `Refused`."""
    size, frame = session.frame_bytes, session.frame

    def take(message: Message) -> None:
        if isinstance(message, str):
            _event(session, protocol.text_event(message))
            return
        # One comparison per frame; everything else about a bad frame can wait.
        if len(message) != size:
            protocol.check_frame(message, size)
        frame(message)

    return take


def _event(session: CallSession, event: dict[str, Any]) -> None:
    match event["event"]:
        case "websocket:dtmf":
            session.press(protocol.pressed_key(event))
        case "websocket:notify":
            session.acknowledge(protocol.played_clause(event))
        case "websocket:connected":
            raise Refused(protocol.PROTOCOL_ERROR, "connected twice")
