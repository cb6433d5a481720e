"""Turns becoming replies: the tasks of one call, of which a barge-in cancels the lot."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, replace

from api.voice.clips import Phrase
from api.voice.dialogue import Dialogue
from api.voice.ears import Ears
from api.voice.exits import Exits
from api.voice.playback import Playback
from api.voice.replies import Acts, Replies
from api.voice.wire import LineLost
from domain.conversations.acts import Disposition
from domain.errors import Unavailable
from domain.receptionist.ports import Transcript
from domain.receptionist.turn_taking import is_backchannel

log = logging.getLogger(__name__)

# The third silence is the goodbye.
LAST_SILENCE = 3
# A dialogue that will not be cancelled must not hold up the end of the call.
_CANCEL_SECONDS = 5


@dataclass(frozen=True)
class CallerTurn:
    """When a turn was spoken, in milliseconds of the call."""

    start_ms: int
    end_ms: int


_Hearing = asyncio.Task[Transcript]


class Conversation:
    """At most one reply is under way; everything here runs in tasks, per turn, not per frame."""

    def __init__(
        self,
        dialogue: Dialogue,
        ears: Ears,
        playback: Playback,
        replies: Replies,
        exits: Exits,
    ) -> None:
        self._dialogue = dialogue
        self._ears = ears
        self._playback = playback
        self._replies = replies
        self._exits = exits
        self._tasks: set[asyncio.Task[None]] = set()
        self._cutting: asyncio.Task[None] | None = None
        self._unheard = ""
        self._last: Acts | None = dialogue.open
        self._hearing: _Hearing | None = None
        self._carried: list[_Hearing] = []
        self.lost = asyncio.Event()
        """Set when the carrier takes nothing any more."""
        self.on_transcript: Callable[[Transcript, CallerTurn], None] = lambda *_: None

    @property
    def working(self) -> bool:
        """Whether a reply is being prepared or sent."""
        return bool(self._tasks)

    @property
    def unanswered(self) -> bool:
        """Whether the caller's last turn waits for its answer."""
        return self._hearing is not None

    def open(self) -> None:
        """Greet the caller."""
        self._answer(self._dialogue.open)

    def turn_ended(self, turn: CallerTurn) -> None:
        """The caller has finished a turn."""
        self._hearing = asyncio.create_task(self._ears.commit())
        self._hearing.add_done_callback(_notice_failure)
        # Until the words are known there is nothing to try again.
        self._last = None
        self._spawn(self._take_turn(turn, self._hearing, frozenset(self._tasks)))

    def turn_continued(self) -> None:
        """The caller goes on: drop the reply that nobody has heard, keep what it answered."""
        if self._hearing is not None:
            self._carried.append(self._hearing)
        self._cancel()

    def interrupt(self) -> None:
        """The caller takes over: stop talking."""
        if self._hearing is not None and not self._hearing.done():
            self._carried.append(self._hearing)
        self._cancel()
        self._cut()

    def resume(self) -> None:
        """The interruption was none: say the rest."""
        unheard, self._unheard = self._unheard, ""
        if unheard:
            self._spawn(self._finish_sentence(unheard))

    def keyed(self, digits: str) -> None:
        """The caller pressed keys."""
        self._spawn(self._take_keys(digits, frozenset(self._tasks)))

    def silent(self, times: int) -> None:
        """The caller says nothing."""
        self._spawn(self._prompt(times))

    def stalled(self, attempt: int) -> None:
        """The caller waits: a filler, then a second try, then the floor, then out."""
        if attempt == 1:
            self._spawn(self._replies.play(Phrase.FILLER))
            return
        self._cancel()
        if attempt == 2:
            self._try_again()
        elif attempt == 3:
            self._spawn(self._replies.fall_to_floor())
        else:
            self._spawn(self._replies.give_up())

    def expire(self) -> None:
        """The call has lasted long enough."""
        self._cancel()
        self._spawn(self._say_goodbye())

    async def close(self) -> None:
        """Cancel everything under way."""
        if self._hearing is not None:
            self._hearing.cancel()
        self._replies.hush()
        self._cancel()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=_CANCEL_SECONDS)

    def _try_again(self) -> None:
        if self._last is None:
            # The recogniser is what hangs: ask the caller to repeat.
            self._spawn(self._replies.recover())
        else:
            self._answer(self._last)

    async def _take_turn(
        self, turn: CallerTurn, hearing: _Hearing, earlier: frozenset[asyncio.Task[None]]
    ) -> None:
        try:
            # A barge-in cancels this task, but the words may still be needed for the next turn.
            heard = await asyncio.shield(hearing)
        except Unavailable:
            self._hearing = None
            await self._make_way(earlier)
            await self._replies.recover()
            return
        self.on_transcript(heard, turn)
        transcript = self._join(heard)
        spoken_over = self._playback.speaking
        if not transcript.text or (spoken_over and is_backchannel(transcript.text)):
            self._ignore()
        else:
            await self._make_way(earlier)
            await self._hear(transcript, turn.start_ms)

    async def _take_keys(self, digits: str, earlier: frozenset[asyncio.Task[None]]) -> None:
        await self._make_way(earlier)
        self._unheard = ""
        acts = self._last = lambda: self._dialogue.keyed(digits)
        await self._replies.attempt(acts)

    def _ignore(self) -> None:
        self._hearing = None
        self._replies.on_answer()
        self.resume()

    async def _hear(self, transcript: Transcript, offset_ms: int) -> None:
        self._unheard = ""
        acts = self._last = lambda: self._dialogue.hear(transcript, offset_ms=offset_ms)
        await self._replies.attempt(acts)
        self._hearing = None
        self._carried.clear()

    def _join(self, heard: Transcript) -> Transcript:
        """The turn, behind the turns that it continues."""
        parts = [hearing.result().text for hearing in self._carried if _succeeded(hearing)]
        text = " ".join([*parts, heard.text]).strip()
        return replace(heard, text=text, alternatives=() if parts else heard.alternatives)

    async def _make_way(self, earlier: frozenset[asyncio.Task[None]]) -> None:
        """Let earlier replies end: cut what may be cut, wait for what must be heard."""
        if self._playback.speaking and self._playback.interruptible:
            # The caller answered over our own voice: the rest of that reply is out of date.
            for task in earlier:
                task.cancel()
            self._cut()
        if running := [task for task in {*earlier, self._cutting} if task and not task.done()]:
            await asyncio.wait(running)

    def _cut(self) -> None:
        if self._playback.speaking:
            self._replies.hush()
            self._cutting = self._spawn(self._clear())

    async def _clear(self) -> None:
        heard, self._unheard = await self._playback.clear()
        try:
            await self._dialogue.heard(heard)
        except Exception:
            log.exception("the dialogue could not be told what was heard")

    async def _finish_sentence(self, text: str) -> None:
        try:
            await self._playback.say(text)
        except Unavailable:
            await self._replies.recover()

    async def _prompt(self, times: int) -> None:
        await self._replies.prompt(lambda: self._dialogue.silent(times))
        if times >= LAST_SILENCE:
            await self._playback.drained()
            await self._exits.hang_up(Disposition.CALLER_SILENT)

    async def _say_goodbye(self) -> None:
        await self._replies.play(Phrase.GOODBYE)
        await self._playback.drained()
        await self._exits.hang_up(Disposition.TOO_LONG)

    def _answer(self, acts: Acts) -> None:
        self._last = acts
        self._spawn(self._replies.attempt(acts))

    def _cancel(self) -> None:
        self._hearing = None
        # A cut under way tells the dialogue what was heard: it must not be lost.
        for task in self._tasks - {self._cutting}:
            task.cancel()

    def _spawn(self, work: Coroutine[object, object, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._done)
        return task

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if task.cancelled() or (error := task.exception()) is None:
            return
        if not isinstance(error, LineLost):
            log.error("a turn failed", exc_info=error)
        self.lost.set()


def _succeeded(hearing: _Hearing) -> bool:
    return hearing.done() and not hearing.cancelled() and hearing.exception() is None


def _notice_failure(hearing: _Hearing) -> None:
    """Failures are answered where the turn is taken; here they only count as seen."""
    if not hearing.cancelled():
        hearing.exception()
