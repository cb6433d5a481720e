"""The websocket leg of a call: frames out, frames in, twenty milliseconds at a time."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed

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

# 0.8 s of quiet after a spell of speech mean that the other side waits for us.
_QUIET_FRAMES = 40
_ABNORMAL = 1006
# After a longer hold-up than this, frames are late instead of coming in a burst.
_MOST_BEHIND = 0.1

Beat = Callable[[], Awaitable[object]]
"""Returns when the time of one frame is over."""


@dataclass
class FinishedCall:
    """What a call was like, from the caller's side."""

    leg: str
    answer_status: int = 0
    ncco: Ncco = field(default_factory=list)
    fallback: Ncco = field(default_factory=list)
    """Instructions received after the websocket was lost."""
    did: list[str] = field(default_factory=list)
    """What the caller met, in order: `talk`, `websocket`, `record`, or the number of a telephone
    with what became of it, such as `12125550111 busy`."""
    told: list[str] = field(default_factory=list)
    """What the carrier's own voice said."""
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


class Replaced(asyncio.Event):
    """Set when a command ends a websocket leg; `ncco` is what the call does instead."""

    def __init__(self) -> None:
        super().__init__()
        self.ncco: Ncco = []

    def by(self, ncco: Ncco) -> None:
        """End the leg; without instructions the call ends with it."""
        self.ncco = ncco
        self.set()


class Leg:
    """One websocket leg."""

    def __init__(
        self,
        socket: ClientConnection,
        endpoint: dict[str, object],
        finished: FinishedCall,
        pace: float,
        beat: Beat | None = None,
    ) -> None:
        self._socket = socket
        self._content_type = str(endpoint["content-type"])
        self._headers: dict[str, object] = endpoint.get("headers", {})  # type: ignore[assignment]
        rate = int(self._content_type.partition("rate=")[2])
        self._frame_bytes = rate // 50 * 2
        self._line = PlayOut(self._frame_bytes)
        self._finished = finished
        self._pace = pace
        self._beat = beat or self._keep_time
        self._said = bytearray()
        self._due = asyncio.get_running_loop().time()
        self.replaced = Replaced()
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
        await self._beat()

    async def _keep_time(self) -> None:
        """Wait for the next frame's due time, so that small delays do not add up."""
        loop = asyncio.get_running_loop()
        self._due = max(self._due + self._pace, loop.time() - _MOST_BEHIND)
        await asyncio.sleep(max(0.0, self._due - loop.time()))

    async def _send(self, event: dict[str, object]) -> None:
        await self._socket.send(json.dumps(event))
