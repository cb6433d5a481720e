"""One live call: frames in, cues out; nothing per frame but plain calls."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable

from api.voice.clips import Clip, Phrase
from api.voice.conversation import CallerTurn, Conversation
from api.voice.dependencies import VoiceDependencies
from api.voice.dialogue import Call, Dialogue
from api.voice.ears import PRE_ROLL_FRAMES, Ears
from api.voice.exits import Exits
from api.voice.keypad import Keypad
from api.voice.playback import Playback
from api.voice.recorder import FRAME_MS, Recorder
from api.voice.replies import Replies
from api.voice.tones import KeyTones
from api.voice.watchdogs import Alarm, Moment, Watchdogs
from api.voice.wire import Wire
from domain.conversations.acts import Disposition
from domain.receptionist.ports import Transcript
from domain.receptionist.turn_taking import Cue, Floor, TurnTaking

log = logging.getLogger(__name__)

_CLOSE_SECONDS = 10


class CallSession:
    """A call between its first frame and its last."""

    __slots__ = (
        "_call",
        "_channel",
        "_conversation",
        "_deps",
        "_dialogue",
        "_dogs",
        "_doubtful",
        "_ears",
        "_keypad",
        "_on_cue",
        "_paused",
        "_playback",
        "_recorder",
        "_replies",
        "_silence",
        "_started_ms",
        "_telling",
        "_ticker",
        "_tones",
        "_turns",
        "exits",
        "frame_bytes",
        "frames",
        "over",
    )

    def __init__(self, deps: VoiceDependencies, call: Call, wire: Wire, dialogue: Dialogue) -> None:
        rate = call.line.sample_rate
        self._deps, self._call, self._dialogue = deps, call, dialogue
        self.frame_bytes = rate // 50 * 2
        self.frames = 0
        self.over: asyncio.Future[Disposition] = asyncio.get_running_loop().create_future()
        self.exits = Exits(deps, call)
        self._turns = TurnTaking(deps.vad.window_ms)
        self._ears = Ears(deps.ears, call, self._interim, dialogue.hints)
        self._playback = Playback(wire, self._voice, self.frame_bytes)
        self._replies = Replies(dialogue, self._playback, self.exits, self._clip, self._notice)
        self._conversation = Conversation(
            dialogue, self._ears, self._playback, self._replies, self.exits
        )
        self._keypad = Keypad(self._conversation.keyed)
        self._dogs = Watchdogs(deps.limits, deps.clock.monotonic())
        self._replies.on_answer = self._dogs.answered
        self._replies.on_announced = self._announced
        self._conversation.on_transcript = self._redact
        # What can fail comes before what needs closing.
        sink = deps.recordings(call)
        self._channel = deps.vad.open(sample_rate=rate, on_window=self._window)
        self._recorder = Recorder(sink, call.consent, self.frame_bytes)
        self._tones = KeyTones(self._recorder, rate, lambda: self._notice("redaction_late"))
        self._doubtful = False
        self._telling = self._paused = False
        self._silence = bytes(self.frame_bytes)
        self._started_ms = 0
        self._on_cue = self._reactions()
        self._ticker: asyncio.TimerHandle | None = None

    def open(self) -> None:
        """Greet, and start the watchdogs."""
        # Picking up is a turn too: the caller waits for a greeting.
        self._dogs.turn_ended(self._deps.clock.monotonic())
        self._conversation.open()
        self._tick()

    def frame(self, pcm: bytes) -> None:
        """Take 20 ms of the caller."""
        self.frames += 1
        if self._telling:
            self._pause()
        # The tick comes first: an interruption heard in this frame must find the line up to date.
        self._recorder.frame(self._silence if self._paused else pcm, self._playback.tick())
        if self._paused:
            return
        if self._call.consent.may_listen:
            self._channel.feed(pcm)
            self._ears.hear(pcm)
        elif self._turns.in_turn:
            # Consent was withdrawn in the middle of a sentence.
            self._forget_turn()

    def acknowledge(self, clause: int) -> None:
        """The carrier has played a clause to its end."""
        self._playback.acknowledge(clause)

    def press(self, digit: str) -> None:
        """The caller pressed a key; it interrupts speech like a word does."""
        self._dogs.stirred()
        self._tones.report(self.frames)
        if self._turns.in_turn:
            self._forget_turn()
        if self._playback.speaking and self._playback.interruptible:
            self._conversation.interrupt()
        self._keypad.press(digit)

    async def close(self, disposition: Disposition) -> Disposition:
        """Release everything; returns how the call really ended."""
        if self._ticker is not None:
            self._ticker.cancel()
        self._keypad.close()
        await self._conversation.close()
        self._channel.close()
        await self._ears.close()
        self._tones.look(self.frames, last=True)
        await self._recorder.close()
        disposition = self._final(disposition)
        await self._tell(disposition)
        return disposition

    def _announced(self) -> None:
        self._call.consent.announced()
        self._dialogue.announced(offset_ms=self.frames * FRAME_MS)

    async def _tell(self, disposition: Disposition) -> None:
        try:
            async with asyncio.timeout(_CLOSE_SECONDS):
                await self._dialogue.close(disposition)
        except Exception:
            log.exception("the dialogue of call %s could not be closed", self._call.id)

    def _final(self, disposition: Disposition) -> Disposition:
        if self.exits.disposition is not None:
            return self.exits.disposition
        # A caller who hangs up because nobody answered has not simply hung up.
        waited = disposition is Disposition.CALLER_HANGUP and self._replies.stalled
        return Disposition.STALLED if waited else disposition

    def _window(self, speech: bool) -> None:
        if self.exits.left.is_set():
            return
        self._turns.expects = self._replies.expects
        # Silence means the same whoever has the floor.
        floor = self._floor() if speech else Floor.LISTENING
        for cue in self._turns.window(speech, floor):
            self._on_cue[cue]()

    def _floor(self) -> Floor:
        if self._playback.speaking:
            return Floor.SPEAKING if self._playback.interruptible else Floor.DISCLOSING
        return Floor.THINKING if self._conversation.unanswered else Floor.LISTENING

    def _reactions(self) -> dict[Cue, Callable[[], None]]:
        return {
            Cue.STARTED: self._start,
            Cue.CONTINUED: self._continue,
            Cue.PAUSED: self._ears.pause,
            Cue.RESUMED: self._ears.resume,
            Cue.INTERRUPTED: self._conversation.interrupt,
            Cue.DISCARDED: self._discard,
            Cue.ENDED: self._end,
        }

    def _start(self) -> None:
        self._started_ms = max(0, self.frames - PRE_ROLL_FRAMES) * FRAME_MS
        self._dogs.stirred()
        self._ears.begin()

    def _forget_turn(self) -> None:
        self._turns.end_now()
        self._ears.discard()

    def _continue(self) -> None:
        self._conversation.turn_continued()
        self._start()

    def _discard(self) -> None:
        self._ears.discard()
        # A cough may have cut a sentence.
        self._conversation.resume()

    def _end(self) -> None:
        self._ears.end()
        self._dogs.turn_ended(self._deps.clock.monotonic())
        self._conversation.turn_ended(CallerTurn(self._started_ms, self.frames * FRAME_MS))

    def _interim(self, text: str) -> None:
        self._turns.interim(text)
        # Acted on with the next frame: the recogniser is in the middle of this one.
        redactor = self._deps.redactor
        self._telling = redactor is not None and redactor.is_telling(text)

    def _pause(self) -> None:
        """A card is being told: nobody hears the caller until they were asked to stop (L46)."""
        self._telling, self._paused = False, True
        self._notice("card_paused")
        if self._turns.in_turn:
            self._turns.end_now()
            self._end()

    def _go_on(self) -> None:
        """They were: listen again, to what is said from here on."""
        if self._paused and not (self._conversation.working or self._playback.busy):
            self._paused = False
            self._ears.forget()

    def _redact(self, transcript: Transcript, turn: CallerTurn) -> None:
        if self._deps.redactor is None:
            return
        verdict = self._deps.redactor.judge(transcript, start_ms=turn.start_ms, end_ms=turn.end_ms)
        for start, end in verdict.silence:
            if not self._recorder.silence(start, end):
                self._notice("redaction_late")
        self._doubtful = verdict.doubtful
        if verdict.pause and not self._paused:
            self._pause()

    def _tick(self) -> None:
        """Look after the call, a few times a second, until it is being left."""
        if self.exits.left.is_set():
            return
        self._go_on()
        moment = Moment(
            self._deps.clock.monotonic(), self.frames, self._playback.speaking, self._quiet()
        )
        match self._dogs.check(moment):
            case Alarm.NO_AUDIO:
                self._finish(Disposition.NO_AUDIO)
            case Alarm.TOO_LONG:
                self._conversation.expire()
            case Alarm.STALLED:
                self._conversation.stalled(self._dogs.stalls)
            case Alarm.SILENT:
                self._conversation.silent(self._dogs.silences)
        if self._conversation.lost.is_set():
            self._finish(Disposition.LINE_LOST)
        self._tones.look(self.frames)
        self._recorder.hold(longer=self._doubtful or self._tones.doubtful)
        loop = asyncio.get_running_loop()
        self._ticker = loop.call_later(self._deps.limits.tick, self._tick)

    def _quiet(self) -> bool:
        occupied = self._turns.in_turn or self._conversation.working or self._keypad.pressed
        return not (occupied or self._playback.busy)

    def _finish(self, disposition: Disposition) -> None:
        if not self.over.done():
            self.over.set_result(disposition)

    def _voice(self, text: str) -> AsyncIterator[bytes]:
        line = self._call.line
        return self._deps.voice.stream(
            text, voice=line.voice, language=line.language, sample_rate=line.sample_rate
        )

    def _clip(self, phrase: Phrase) -> Clip:
        return self._deps.clips.get(phrase, self._call.line.sample_rate)

    def _notice(self, what: str) -> None:
        self._deps.notice(self._call, what)
