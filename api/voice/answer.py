"""The carrier's webhooks: a call comes in, and a call needs new instructions."""

import json
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from api.voice.dependencies import VoiceDependencies
from api.voice.dialogue import Call, Line
from api.voice.exits import event_url, rescue
from domain.errors import Unauthenticated
from integrations.vonage.ncco import MediaLeg, Ncco, announce, connect_media, voicemail

_MAX_BODY = 64 * 1024
_UNKNOWN_NUMBER = "This number is not in service. Goodbye."
# The leg we asked for could not be reached, or has gone.
_LOST = frozenset(
    ["busy", "cancelled", "disconnected", "failed", "rejected", "timeout", "unanswered"]
)


class Webhooks:
    """Answers signed webhooks; everything else gets 401 or 400."""

    def __init__(self, deps: VoiceDependencies) -> None:
        self._deps = deps

    async def answer(self, request: Request) -> Response:
        """A call comes in: connect it with a receptionist, or with the voicemail."""
        details = await self._read(request)
        if isinstance(details, Response):
            return details
        line = await self._deps.lines.find(_number(details.get("to")))
        if line is None:
            return JSONResponse(announce(_UNKNOWN_NUMBER))
        call = Call(
            str(details.get("uuid", "")),
            line,
            str(details.get("conversation_uuid", "")),
            _number(details.get("from")),
            str(details.get("region_url") or ""),
        )
        return JSONResponse(self._instructions(call))

    async def event(self, request: Request) -> Response:
        """A leg has changed: rescue a caller whose receptionist was lost."""
        details = await self._read(request)
        if isinstance(details, Response):
            return details
        status, conversation = details.get("status"), str(details.get("conversation_uuid"))
        if status == "completed":
            self._deps.switchboard.forget(conversation)
        if status not in _LOST:
            return JSONResponse([])
        settled = self._deps.switchboard.settled(conversation)
        if settled and status == "disconnected":
            return JSONResponse([])
        self._deps.switchboard.settle(conversation)
        line = await self._deps.lines.find(_number(details.get("to")))
        return JSONResponse(self._rescue(line, already=settled))

    def _instructions(self, call: Call) -> Ncco:
        if not call.id or not self._deps.switchboard.admit(call):
            # If the stand-in phone does not answer either, the voicemail is next.
            self._deps.switchboard.settle(call.conversation)
            return rescue(call.line, event_url(self._deps))
        return connect_media(
            MediaLeg(
                uri=f"{self._deps.settings.media_url}/voice/socket",
                sample_rate=call.line.sample_rate,
                number=call.line.number,
                event_url=event_url(self._deps),
                headers={"token": self._deps.tokens.issue(call)},
            )
        )

    def _rescue(self, line: Line | None, *, already: bool) -> Ncco:
        if line is None:
            return announce(_UNKNOWN_NUMBER)
        # A phone that did not answer is not rung again.
        if already:
            return voicemail(line.voicemail_text, event_url=event_url(self._deps))
        return rescue(line, event_url(self._deps))

    async def _read(self, request: Request) -> dict[str, Any] | Response:
        body = await _limited_body(request)
        if body is None:
            return Response(status_code=413)
        try:
            await self._deps.webhooks.verify(request.headers.get("authorization"), body)
            details = json.loads(body)
        except Unauthenticated as error:
            return JSONResponse({"code": error.code}, 401)
        except ValueError:
            return Response(status_code=400)
        return details if isinstance(details, dict) else Response(status_code=400)


async def _limited_body(request: Request) -> bytes | None:
    """The raw body, unless it is larger than any webhook."""
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > _MAX_BODY:
            return None
    return bytes(body)


def _number(value: object) -> str:
    return str(value or "").lstrip("+")
