"""The chat websocket: one conversation in writing, in JSON messages.

The visitor sends `{"type": "say", "text": "…"}` and `{"type": "bye"}`. The receptionist answers
with `connected`, `typing`, `said`, `problem` and `ended`. Where patients write, `connected` and
every `said` carry a `notice`, which has to stand beside the words for as long as they are shown. It
closes with 1000 after `ended`, 1009
for a message that is too long, 1011 when something failed, 4404 for an unknown business.
"""

import asyncio
import json
import logging
from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from contextlib import aclosing, suppress
from dataclasses import dataclass, field
from typing import Any, cast
from uuid import UUID

from starlette.routing import BaseRoute, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from api.chat.limits import ChatLimits, Pace
from api.reception import Arrival, Reception
from domain.clock import Clock
from domain.conversations.acts import Act, Disposition, End, Say, Transfer
from domain.conversations.models import Channel
from domain.errors import DomainError, RateLimited, Unavailable
from domain.receptionist.conversation import Conversation
from domain.receptionist.ports import Transcript
from domain.texts.catalogue import FALLBACK, catalogue
from tenants.service import tenant_of_slug

log = logging.getLogger(__name__)

NORMAL, TOO_BIG, SERVER_ERROR, UNKNOWN = 1000, 1009, 1011, 4404


class Closing(Exception):
    """The chat is over: how the socket closes, and what the record says."""

    def __init__(self, code: int, disposition: Disposition) -> None:
        super().__init__(disposition)
        self.code = code
        self.disposition = disposition


@dataclass(frozen=True)
class ChatDependencies:
    """What the chat is given."""

    reception: Reception
    clock: Clock
    limits: ChatLimits = field(default_factory=ChatLimits)


def chat_routes(deps: ChatDependencies) -> list[BaseRoute]:
    """The websocket `/chat/{slug}`."""
    return [WebSocketRoute("/chat/{slug}", ChatSocket(deps).__call__)]


class ChatSocket:
    """Serves one websocket per visitor."""

    def __init__(self, deps: ChatDependencies) -> None:
        self._deps = deps

    async def __call__(self, websocket: WebSocket) -> None:
        """Take a chat from its first message to its last."""
        await websocket.accept()
        tenant_id = await tenant_of_slug(websocket.path_params["slug"])
        if tenant_id is None:
            await websocket.close(UNKNOWN, "no such business")
            return
        try:
            conversation = await self._begin(tenant_id)
        except DomainError:
            log.exception("a chat with %s could not begin", tenant_id)
            closed = catalogue(FALLBACK).say("chat_closed")
            await _send(websocket, "problem", code=Unavailable.code, text=closed)
            await websocket.close(SERVER_ERROR)
            return
        await self._serve(websocket, conversation)

    async def _begin(self, tenant_id: UUID) -> Conversation:
        arrival = Arrival(tenant_id, Channel.CHAT)
        welcome = await self._deps.reception.welcome(arrival)
        return welcome.conversation

    async def _serve(self, websocket: WebSocket, conversation: Conversation) -> None:
        closing = Closing(SERVER_ERROR, Disposition.FAILED)
        try:
            notice = _notice(conversation)
            await _send(websocket, "connected", conversation=str(conversation.id), **notice)
            await self._talk(websocket, conversation)
        except Closing as reached:
            closing = reached
        except WebSocketDisconnect:
            closing = Closing(NORMAL, Disposition.CALLER_HANGUP)
        except Exception:
            log.exception("chat %s failed", conversation.id)
            await _apologise(websocket, conversation)
        finally:
            await conversation.close(closing.disposition)
        await _part(websocket, closing)

    async def _talk(self, websocket: WebSocket, conversation: Conversation) -> None:
        pace = Pace(self._deps.limits, self._deps.clock)
        await _perform(websocket, conversation, conversation.open())
        while True:
            message = await self._next(websocket)
            if message.get("type") == "bye":
                raise Closing(NORMAL, Disposition.COMPLETED)
            if not await _allowed(websocket, pace):
                continue
            text = _words(message)
            if not text:
                await _send(websocket, "problem", code="BAD_MESSAGE", text="Say something")
                continue
            # Whoever has read the notice and writes agrees with it.
            conversation.announced(offset_ms=0)
            await _send(websocket, "typing")
            await _perform(
                websocket, conversation, conversation.hear(Transcript(text), offset_ms=0)
            )

    async def _next(self, websocket: WebSocket) -> dict[str, Any]:
        try:
            async with asyncio.timeout(self._deps.limits.idle_seconds):
                text = await _received(websocket)
        except TimeoutError:
            raise Closing(NORMAL, Disposition.CALLER_SILENT) from None
        if len(text) > self._deps.limits.longest_message:
            raise Closing(TOO_BIG, Disposition.PROTOCOL_ERROR)
        try:
            message = json.loads(text)
        except (ValueError, RecursionError):
            return {}
        return message if isinstance(message, dict) else {}


async def _received(websocket: WebSocket) -> str:
    """The next message; a binary one says nothing. Raises `WebSocketDisconnect`."""
    message = await websocket.receive()
    if message["type"] == "websocket.disconnect":
        raise WebSocketDisconnect(message["code"])
    return message.get("text") or ""


def _words(message: dict[str, Any]) -> str:
    """What the visitor says; nothing if the message is none that we know."""
    text = message.get("text")
    return text.strip() if message.get("type") == "say" and isinstance(text, str) else ""


async def _perform(
    websocket: WebSocket, conversation: Conversation, acts: AsyncIterator[Act]
) -> None:
    async with aclosing(cast("AsyncGenerator[Act, None]", acts)) as performing:
        async for act in performing:
            await _perform_one(websocket, act, _notice(conversation))
    # What is written stays written.
    await conversation.heard_out()


async def _perform_one(websocket: WebSocket, act: Act, notice: Mapping[str, str]) -> None:
    match act:
        case Say(text=text):
            await _send(websocket, "said", text=text, **notice)
        case Transfer(announcement=announcement):
            await _send(websocket, "said", text=announcement, **notice)
        case End():
            raise Closing(NORMAL, Disposition.COMPLETED)


def _notice(conversation: Conversation) -> dict[str, str]:
    """What has to stand beside everything that patients read (L11)."""
    briefing = conversation.briefing
    if not briefing.consent.clinical:
        return {}
    return {"notice": briefing.texts.say("clinical_notice_written")}


async def _allowed(websocket: WebSocket, pace: Pace) -> bool:
    try:
        pace.count()
    except RateLimited as refused:
        await _send(websocket, "problem", code=refused.code, text=refused.message)
        return False
    return True


async def _part(websocket: WebSocket, closing: Closing) -> None:
    """Close the socket; a visitor who has left already needs no goodbye."""
    if closing.disposition is Disposition.CALLER_HANGUP:
        return
    with suppress(WebSocketDisconnect):
        if closing.code == NORMAL:
            await _send(websocket, "ended")
        await websocket.close(closing.code)


async def _apologise(websocket: WebSocket, conversation: Conversation) -> None:
    text = conversation.briefing.texts.say("trouble_goodbye")
    with suppress(WebSocketDisconnect):
        await _send(websocket, "problem", code=Unavailable.code, text=text)


async def _send(websocket: WebSocket, kind: str, **fields: str) -> None:
    await websocket.send_json({"type": kind, **fields})
