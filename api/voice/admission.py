"""Which calls are taken, and which are on this process now.

The carrier's webhook may reach one process and the websocket of the same call another, on another
machine even: what both must know is on a board that all of them share.
"""

import asyncio
import logging
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from pydantic import TypeAdapter

from api.voice.dialogue import Call, Line
from domain.encryption import DataKey
from domain.errors import Unavailable

log = logging.getLogger(__name__)

# An answered call whose audio has not arrived by then never will; a place that nobody has vouched
# for in that time belonged to a process that is dead.
EXPECTED = timedelta(seconds=30)
# Seconds between signs of life: two of them may be lost.
SIGN_OF_LIFE = 10.0
# The carrier asks about a lost leg within minutes, long after the longest ringing.
REMEMBERED = timedelta(hours=1)
# Seconds between looks, while draining, at whether nobody is on the line.
LOOK = 0.2
# A call that is under way keeps its place, whatever the limit.
_NO_LIMIT = 1_000_000


class Board(Protocol):
    """Notes that every process sees; each goes away by itself. Everything raises `Unavailable`."""

    async def occupy(self, machine: str, call_id: str, *, most: int, keep: timedelta) -> bool:
        """Take or renew a call's place, unless `most` others hold one."""

    async def vacate(self, machine: str, call_id: str) -> None:
        """Give a place back."""

    async def occupied(self, machine: str) -> int:
        """How many places are held."""

    async def pin(self, name: str, note: bytes, *, keep: timedelta) -> None:
        """Leave a note."""

    async def take(self, name: str) -> bytes | None:
        """Take a note down; of several who try, one gets it."""

    async def holds(self, name: str) -> bool:
        """Whether a note is there."""


@dataclass(frozen=True)
class Machine:
    """The processes of one machine, which share its places."""

    name: str
    max_calls: int


@dataclass(frozen=True)
class WaitingCall:
    """An admitted call on its way from the webhook to the websocket."""

    machine: str
    id: str
    line: Line
    conversation: str
    caller: str
    region_url: str


_WAITING = TypeAdapter(WaitingCall)


class Switchboard:
    """The calls of one media process; `key` seals what waits, for it names the caller."""

    def __init__(self, board: Board, machine: Machine, key: DataKey) -> None:
        self._board = board
        self._machine = machine
        self._key = key
        self._here: set[str] = set()
        self.draining = False

    async def calls(self) -> int:
        """Calls that hold a place in this machine: a gauge. Raises `Unavailable`."""
        return await self._board.occupied(self._machine.name)

    async def admit(self, call: Call) -> bool:
        """Give a call a place, unless the machine is full or closing. Raises `Unavailable`."""
        if self.draining or not await self._occupy(call.id):
            return False
        waiting = WaitingCall(
            self._machine.name, call.id, call.line, call.conversation, call.caller, call.region_url
        )
        sealed = self._key.seal(_WAITING.dump_json(waiting), _place(call.id))
        await self._board.pin(_waiting(call.id), sealed, keep=EXPECTED)
        return True

    async def connect(self, call_id: str) -> Call | None:
        """The audio of an admitted call has arrived; only once. Raises `Unavailable`."""
        # A second websocket for a running call would hear somebody else's caller.
        sealed = await self._board.take(_waiting(call_id))
        if sealed is None:
            return None
        waiting = _WAITING.validate_json(self._key.open(sealed, _place(call_id)))
        if waiting.machine != self._machine.name:
            await self._board.vacate(waiting.machine, call_id)
        if not await self._occupy(call_id):
            return None
        self._here.add(call_id)
        return Call(call_id, waiting.line, waiting.conversation, waiting.caller, waiting.region_url)

    async def release(self, call_id: str) -> None:
        """The call is over."""
        self._here.discard(call_id)
        try:
            await self._board.vacate(self._machine.name, call_id)
        except Unavailable:
            log.warning("the place of call %s comes free later", call_id)

    async def settle(self, conversation: str) -> None:
        """The receptionist left in good order: a lost websocket needs no rescue."""
        try:
            await self._board.pin(_settled(conversation), b"1", keep=REMEMBERED)
        except Unavailable:
            # The worst that follows is a voicemail for somebody who has left.
            log.warning("it could not be noted that %s was settled", conversation)

    async def settled(self, conversation: str) -> bool:
        """Whether the receptionist left in good order; no, if nobody can tell."""
        try:
            return await self._board.holds(_settled(conversation))
        except Unavailable:
            return False

    async def forget(self, conversation: str) -> None:
        """The carrier says that all is over."""
        try:
            await self._board.take(_settled(conversation))
        except Unavailable:
            log.warning("it is remembered a little longer that %s was settled", conversation)

    async def vouch(self, every: float = SIGN_OF_LIFE) -> None:
        """Say again and again which calls go on, until cancelled: others lose their places."""
        while True:
            await asyncio.sleep(every)
            for call_id in tuple(self._here):
                await self._vouch_for(call_id)

    async def drain(self, seconds: float) -> bool:
        """Take no more calls, and wait for those of the machine; False when some remain."""
        self.draining = True
        try:
            async with asyncio.timeout(seconds):
                # Those of other processes count: until they end, the carrier needs answers.
                while await self._busy():  # noqa: ASYNC110
                    await asyncio.sleep(LOOK)
        except TimeoutError:
            return False
        return True

    async def _occupy(self, call_id: str) -> bool:
        mine = self._machine
        return await self._board.occupy(mine.name, call_id, most=mine.max_calls, keep=EXPECTED)

    async def _vouch_for(self, call_id: str) -> None:
        try:
            await self._board.occupy(self._machine.name, call_id, most=_NO_LIMIT, keep=EXPECTED)
        except Unavailable:
            log.warning("call %s could not be vouched for", call_id)
        # It may have ended while we spoke for it.
        if call_id not in self._here:
            await self.release(call_id)

    async def _busy(self) -> bool:
        try:
            return await self.calls() > 0
        except Unavailable:
            return bool(self._here)


def _waiting(call_id: str) -> str:
    return f"waiting:{call_id}"


def _settled(conversation: str) -> str:
    return f"settled:{conversation}"


def _place(call_id: str) -> bytes:
    """Where a waiting call is sealed: what was taken for another call does not open."""
    return b"waiting-call|" + call_id.encode()
