"""The carrier's webhooks: a call comes in, and a call needs new instructions."""

import json
import logging
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from api.voice.dependencies import VoiceDependencies
from api.voice.dialogue import Call, Line
from api.voice.exits import event_url, rescue
from api.voice.instructions import Instructions
from api.voice.legs import LegReport, digits
from domain.errors import Unauthenticated, Unavailable
from domain.handling import Step, Turn
from integrations.vonage.events import LOST, NEWS
from integrations.vonage.ncco import Ncco, announce, voicemail

log = logging.getLogger(__name__)

_MAX_BODY = 64 * 1024
_UNKNOWN_NUMBER = "This number is not in service. Goodbye."


class Webhooks:
    """Answers signed webhooks; everything else gets 401 or 400."""

    def __init__(self, deps: VoiceDependencies) -> None:
        self._deps = deps
        self._instructions = Instructions(deps)

    async def answer(self, request: Request) -> Response:
        """A call comes in: for the staff, a receptionist, or the voicemail."""
        details = await self._read(request)
        if isinstance(details, Response):
            return details
        line = await self._deps.lines.find(digits(details.get("to")))
        if line is None:
            return JSONResponse(announce(_UNKNOWN_NUMBER))
        call = Call(
            str(details.get("uuid", "")),
            line,
            str(details.get("conversation_uuid", "")),
            digits(details.get("from")),
            str(details.get("region_url") or ""),
        )
        if not request.state.certain:
            return JSONResponse(await self._instructions.without_receptionist(call))
        return JSONResponse(await self._instructions.carry_out(call, await self._first(call)))

    async def event(self, request: Request) -> Response:
        """A leg has changed: follow it, and say what comes next where somebody waits."""
        details = await self._read(request)
        if isinstance(details, Response):
            return details
        report = LegReport.read(request.query_params, details)
        if not report.matters:
            return JSONResponse([])
        line = await self._deps.lines.find(report.line)
        if report.ends_the_call:
            await self._over(report, line)
            return JSONResponse([])
        if report.transfer is not None and line is not None:
            return JSONResponse(await self._put_through(report, line))
        return JSONResponse(await self._receptionist_lost(report, line))

    async def _first(self, call: Call) -> Step:
        if not (call.id and call.line.rings_staff):
            return Turn.RECEPTIONIST
        try:
            return await self._deps.handling.begin(call)
        except Exception:
            log.exception("the staff could not be rung for call %s", call.id)
            return Turn.RECEPTIONIST

    async def _over(self, report: LegReport, line: Line | None) -> None:
        await self._deps.switchboard.forget(report.conversation)
        if line is not None:
            await self._deps.handling.over(line, report.call)

    async def _put_through(self, report: LegReport, line: Line) -> Ncco:
        """Follow a telephone that is rung for a caller; who waits there always gets an answer."""
        try:
            return await self._followed(report, line)
        except Exception:
            log.exception("call %s could not be followed", report.call)
        return self._voicemail(report, line) if report.status in LOST else []

    async def _followed(self, report: LegReport, line: Line) -> Ncco:
        news = NEWS.get(report.status)
        if news is None or report.transfer is None:
            return []
        call = await self._deps.handling.recall(line, report.call)
        if call is None:
            return self._voicemail(report, line) if report.status in LOST else []
        step = await self._deps.handling.hear(call, report.transfer, news)
        return await self._instructions.carry_out(call, step)

    async def _receptionist_lost(self, report: LegReport, line: Line | None) -> Ncco:
        settled = await self._deps.switchboard.settled(report.conversation)
        if settled and report.status == "disconnected":
            return []
        await self._deps.switchboard.settle(report.conversation)
        if line is None:
            return announce(_UNKNOWN_NUMBER)
        # A phone that did not answer is not rung again.
        if settled:
            return self._voicemail(report, line)
        return rescue(line, event_url(self._deps, _call(report, line)))

    def _voicemail(self, report: LegReport, line: Line) -> Ncco:
        url = event_url(self._deps, _call(report, line))
        return voicemail(line.voicemail_text, event_url=url)

    async def _read(self, request: Request) -> dict[str, Any] | Response:
        body = await _limited_body(request)
        if body is None:
            return Response(status_code=413)
        try:
            request.state.certain = await self._verify(request, body)
            details = json.loads(body)
        except Unauthenticated as error:
            return JSONResponse({"code": error.code}, 401)
        except ValueError:
            return Response(status_code=400)
        return details if isinstance(details, dict) else Response(status_code=400)

    async def _verify(self, request: Request, body: bytes) -> bool:
        """Whether it is certainly new; one that is not genuine raises `Unauthenticated`."""
        try:
            await self._deps.webhooks.verify(request.headers.get("authorization"), body)
        except Unavailable:
            # It is genuine, but may have come before: somebody waits, and gets what harms nobody.
            return False
        return True


async def _limited_body(request: Request) -> bytes | None:
    """The raw body, unless it is larger than any webhook."""
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > _MAX_BODY:
            return None
    return bytes(body)


def _call(report: LegReport, line: Line) -> Call:
    """What is known of a call without asking."""
    return Call(report.call, line, report.conversation, "")
