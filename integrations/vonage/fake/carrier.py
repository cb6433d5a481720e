"""Places calls: signed answer webhook, NCCO, websocket, real frames, call events."""

import asyncio
import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol
from uuid import uuid4

import httpx
import jwt
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from domain.clock import Clock
from integrations.vonage.fake.line import PlayOut, WrongFrameSize
from integrations.vonage.fake.script import (
    Await,
    Drop,
    HangUp,
    Pause,
    Press,
    Say,
    SendRaw,
    Step,
    Until,
)
from integrations.vonage.ncco import Ncco

CALLER = "15550142"
_FRAME_SECONDS = 0.02
# 0.8 s of quiet after a spell of speech mean that the other side waits for us.
_QUIET_FRAMES = 40
_ABNORMAL = 1006
# After a longer hold-up than this, frames are late instead of coming in a burst.
_MOST_BEHIND = 0.1


@dataclass
class FinishedCall:
    """What a call was like, from the caller's side."""

    leg: str
    answer_status: int = 0
    ncco: Ncco = field(default_factory=list)
    fallback: Ncco = field(default_factory=list)
    """Instructions received after the websocket was lost."""
    heard: bytes = b""
    said: bytes = b""
    """What the caller sent, frame by frame beside `heard`."""
    events: list[dict[str, object]] = field(default_factory=list)
    """Text messages received from the gateway."""
    notified: list[object] = field(default_factory=list)
    frames_cleared: int = 0
    spells: int = 0
    close_code: int = 0
    overflowed: int = 0
    finished: bool = False
    """Whether the script was played to its end."""


class RunningCalls(Protocol):
    """Whoever accepts commands for the calls of a carrier."""

    def begin(self, leg: str, replaced: asyncio.Event) -> None:
        """A call is running; set the event when a command ends its websocket leg."""


class FakeCarrier:
    """A carrier account with one signature secret; `pace` is the seconds a 20 ms frame takes."""

    def __init__(
        self,
        answer_url: str,
        secret: str,
        clock: Clock,
        *,
        control: RunningCalls | None = None,
        pace: float = _FRAME_SECONDS,
    ) -> None:
        self._answer_url = answer_url
        self._secret = secret
        self._clock = clock
        self._control = control
        self.pace = pace

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
        details: dict[str, object] = {"from": caller, "to": number, "uuid": leg}
        details |= {"conversation_uuid": f"CON-{leg}", "region_url": region_url}
        response = await self.post(self._answer_url, details)
        finished.answer_status = response.status_code
        finished.ncco = response.json() if response.is_success else []
        for action in finished.ncco:
            if action["action"] == "connect":
                await self._connect(action, details, script, finished)
        return finished

    async def _connect(
        self,
        action: dict[str, object],
        details: dict[str, object],
        script: Sequence[Step],
        finished: FinishedCall,
    ) -> None:
        endpoint = action["endpoint"][0]  # type: ignore[index]
        if endpoint["type"] != "websocket":
            return
        # A carrier does not compress, uses no proxy, and always reads.
        async with connect(endpoint["uri"], compression=None, proxy=None, max_queue=None) as socket:
            leg = _Leg(socket, endpoint, finished, self.pace)
            if self._control:
                self._control.begin(finished.leg, leg.replaced)
            await leg.live(script)
        if not leg.ended_by_us:
            url = action["eventUrl"][0]  # type: ignore[index]
            lost = {**details, "status": "disconnected"}
            finished.fallback = (await self.post(url, lost)).json()


class _Leg:
    """One websocket leg."""

    def __init__(
        self,
        socket: ClientConnection,
        endpoint: dict[str, object],
        finished: FinishedCall,
        pace: float,
    ) -> None:
        self._socket = socket
        self._content_type = str(endpoint["content-type"])
        self._headers: dict[str, object] = endpoint.get("headers", {})  # type: ignore[assignment]
        rate = int(self._content_type.partition("rate=")[2])
        self._frame_bytes = rate // 50 * 2
        self._line = PlayOut(self._frame_bytes)
        self._finished = finished
        self._pace = pace
        self._said = bytearray()
        self._due = asyncio.get_running_loop().time()
        self.replaced = asyncio.Event()
        self.ended_by_us = False

    async def live(self, script: Sequence[Step]) -> None:
        """Play the script, and listen, until either side is done."""
        connected = {"event": "websocket:connected", "content-type": self._content_type}
        await self._socket.send(json.dumps(connected | self._headers))
        listening = asyncio.create_task(self._listen())
        speaking = asyncio.create_task(self._play(script))
        commanded = asyncio.create_task(self.replaced.wait())
        # Whoever is first ends the leg: the gateway, the caller, or a command.
        tasks = {listening, speaking, commanded}
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        self.ended_by_us = speaking.done() or commanded.done()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self._socket.close()
        self._settle()

    def _settle(self) -> None:
        finished, line = self._finished, self._line
        finished.heard = bytes(line.heard)
        finished.said = bytes(self._said)
        finished.frames_cleared = line.cleared
        finished.spells = line.spells
        finished.overflowed = line.overflowed
        finished.close_code = finished.close_code or self._socket.close_code or _ABNORMAL

    async def _listen(self) -> None:
        try:
            async for message in self._socket:
                await self._receive(message)
        except WrongFrameSize:
            # The real one hangs up without a close frame.
            self._finished.close_code = _ABNORMAL
            self._socket.transport.abort()
        except ConnectionClosed:
            return

    async def _receive(self, message: str | bytes) -> None:
        if isinstance(message, bytes):
            self._line.add(message)
            return
        command = json.loads(message)
        self._finished.events.append(command)
        if command["action"] == "clear":
            self._line.clear()
            await self._socket.send(json.dumps({"event": "websocket:cleared"}))
        elif command["action"] == "notify":
            self._line.notify(command["payload"])

    async def _play(self, script: Sequence[Step]) -> None:
        try:
            for step in script:
                await self._step(step)
            self._finished.finished = True
        except ConnectionClosed:
            # The gateway closed first: only a closing that we asked for is ours.
            await asyncio.Event().wait()

    async def _step(self, step: Step) -> None:
        match step:
            case Say(pcm):
                await self._speak(pcm)
            case Pause(ms):
                await self._speak(bytes(self._frame_bytes * (ms // 20)))
            case Await():
                await self._await(step)
            case Until(condition):
                await self._wait(condition)
            case Press(digit):
                await self._send({"event": "websocket:dtmf", "digit": digit, "duration": 260})
            case SendRaw(message):
                await self._socket.send(message)
            case HangUp() | Drop():
                await self._leave(step)

    async def _leave(self, step: HangUp | Drop) -> None:
        if isinstance(step, Drop):
            self._socket.transport.abort()
        else:
            await self._socket.close()

    async def _await(self, step: Await) -> None:
        goal = self._line.spells + step.times
        await self._wait(lambda: self._line.spells >= goal)
        if not step.speech_only:
            await self._wait(lambda: self._line.quiet_frames >= _QUIET_FRAMES)

    async def _wait(self, condition: Callable[[], object]) -> None:
        """Be silent until something has happened."""
        while not condition():
            await self._frame(bytes(self._frame_bytes))

    async def _speak(self, pcm: bytes) -> None:
        for at in range(0, len(pcm), self._frame_bytes):
            await self._frame(pcm[at : at + self._frame_bytes].ljust(self._frame_bytes, b"\0"))

    async def _frame(self, frame: bytes) -> None:
        """Send 20 ms and hear 20 ms."""
        await self._socket.send(frame)
        self._said += frame
        for payload in self._line.play():
            self._finished.notified.append(payload)
            await self._send({"event": "websocket:notify", "payload": payload})
        await self._keep_time()

    async def _keep_time(self) -> None:
        """Wait for the next frame's due time, so that small delays do not add up."""
        loop = asyncio.get_running_loop()
        self._due = max(self._due + self._pace, loop.time() - _MOST_BEHIND)
        await asyncio.sleep(max(0.0, self._due - loop.time()))

    async def _send(self, event: dict[str, object]) -> None:
        await self._socket.send(json.dumps(event))
