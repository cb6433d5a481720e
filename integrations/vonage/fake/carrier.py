"""Places calls: signed answer webhook, NCCO, websocket, other telephones, events."""

import asyncio
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol
from uuid import uuid4

import httpx
import jwt
from websockets.asyncio.client import connect

from domain.clock import Clock
from integrations.vonage.fake.leg import Beat, FinishedCall, Leg, Replaced
from integrations.vonage.fake.script import UNANSWERED, Phone, Step
from integrations.vonage.ncco import Ncco

CALLER = "15550142"
_FRAME_SECONDS = 0.02


class RunningCalls(Protocol):
    """Whoever accepts commands for the calls of a carrier."""

    def begin(self, leg: str, replaced: Replaced) -> None:
        """A call is running; say when a command ends its websocket leg."""


@dataclass
class _Line:
    """A caller's line, from the answer webhook to the end."""

    details: dict[str, Any]
    script: Sequence[Step]
    finished: FinishedCall
    phones: Mapping[str, Sequence[Phone]]
    rung: dict[str, int] = field(default_factory=dict)

    def phone(self, number: str) -> Phone:
        """What happens at a telephone this time; the last thing happens again and again."""
        times = self.rung[number] = self.rung.get(number, 0) + 1
        behaviour = self.phones.get(number, [UNANSWERED])
        return behaviour[min(times, len(behaviour)) - 1]


class FakeCarrier:
    """A carrier account with one signature secret; `pace` is the seconds a 20 ms frame takes.

    `phones` are the telephones it can ring, by number (digits only); `event_url` is the
    application's own, which is told that a caller has left. With a `beat` a frame takes until that
    returns, whatever the pace.
    """

    def __init__(
        self,
        answer_url: str,
        secret: str,
        clock: Clock,
        *,
        control: RunningCalls | None = None,
        pace: float = _FRAME_SECONDS,
        event_url: str = "",
    ) -> None:
        self._answer_url = answer_url
        self._event_url = event_url
        self._secret = secret
        self._clock = clock
        self._control = control
        self.pace = pace
        self.phones: dict[str, Sequence[Phone]] = {}
        self.beat: Beat | None = None

    def sign(self, body: bytes, *, at: datetime | None = None, jti: str = "") -> str:
        """The `Authorization` header of a webhook with this body."""
        issued = int((at or self._clock.now()).timestamp())
        claims = {
            "iat": issued,
            "jti": jti or uuid4().hex,
            "iss": "Vonage",
            "payload_hash": hashlib.sha256(body).hexdigest(),
            "api_key": "abcd1234",
        }
        return "Bearer " + jwt.encode(claims, self._secret, "HS256")

    async def post(self, url: str, payload: dict[str, object]) -> httpx.Response:
        """Send one signed webhook."""
        body = json.dumps(payload).encode()
        headers = {"authorization": self.sign(body), "content-type": "application/json"}
        async with httpx.AsyncClient(trust_env=False) as http:
            return await http.post(url, content=body, headers=headers)

    async def call(
        self,
        number: str,
        script: Sequence[Step],
        *,
        caller: str = CALLER,
        region_url: str = "",
    ) -> FinishedCall:
        """Place a call and live it to its end."""
        leg = str(uuid4())
        finished = FinishedCall(leg)
        details: dict[str, Any] = {"from": caller, "to": number, "uuid": leg}
        details |= {"conversation_uuid": f"CON-{leg}", "region_url": region_url}
        response = await self.post(self._answer_url, details)
        finished.answer_status = response.status_code
        finished.ncco = response.json() if response.is_success else []
        await self._run(finished.ncco, _Line(details, script, finished, self.phones))
        if self._event_url:
            await self.post(self._event_url, {**details, "status": "completed"})
        return finished

    async def _run(self, ncco: Ncco, line: _Line) -> None:
        """Carry out instructions; whatever replaces them comes in their place."""
        todo: list[dict[str, Any]] = list(ncco)
        while todo:
            action = todo.pop(0)
            instead = await self._perform(action, line)
            todo = todo if instead is None else list(instead)

    async def _perform(self, action: dict[str, Any], line: _Line) -> Ncco | None:
        if action["action"] != "connect":
            line.finished.did.append(action["action"])
            line.finished.told += [action["text"]] if "text" in action else []
            return None
        endpoint = action["endpoint"][0]
        if endpoint["type"] == "websocket":
            return await self._connect(action, line)
        return await self._ring(action, line)

    async def _ring(self, action: dict[str, Any], line: _Line) -> Ncco | None:
        """Ring a telephone; events of a leg name whom it rings, and only the last is waited for."""
        number = action["endpoint"][0]["number"]
        phone = line.phone(number)
        leg = line.details | {"uuid": str(uuid4()), "to": number, "from": action["from"]}
        url = action["eventUrl"][0]
        for status in phone.statuses:
            answer = await self.post(url, {**leg, "status": status, "direction": "outbound"})
        line.finished.did.append(f"{number} {phone.statuses[-1]}")
        if phone.statuses[-1] == "cancelled":
            return []
        if phone.statuses[-1] != "answered":
            return answer.json() or None
        await asyncio.sleep(phone.seconds)
        await self.post(url, {**leg, "status": "completed", "direction": "outbound"})
        return []

    async def _connect(self, action: dict[str, Any], line: _Line) -> Ncco | None:
        endpoint, finished = action["endpoint"][0], line.finished
        finished.did.append("websocket")
        # A carrier does not compress, uses no proxy, and always reads.
        async with connect(endpoint["uri"], compression=None, proxy=None, max_queue=None) as socket:
            leg = Leg(socket, endpoint, finished, self.pace, self.beat)
            if self._control:
                self._control.begin(finished.leg, leg.replaced)
            await leg.live(line.script)
        if leg.replaced.is_set():
            return leg.replaced.ncco
        if leg.ended_by_us:
            return []
        lost = line.details | {"uuid": str(uuid4()), "to": endpoint["uri"]}
        lost["status"] = "disconnected"
        finished.fallback = (await self.post(action["eventUrl"][0], lost)).json()
        return finished.fallback
