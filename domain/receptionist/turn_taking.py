"""Whose turn it is: a state machine over voice-activity windows, without I/O and without a clock.

Time is counted in windows, so a call replays identically at any speed.
"""

import re
from dataclasses import dataclass
from enum import Enum, auto

from domain.conversations.acts import Expects


class Cue(Enum):
    """Something the listener should act on."""

    STARTED = auto()
    """The caller began to speak: listen, from a little before."""
    CONTINUED = auto()
    """The caller went on right after a turn, before any reply: join both turns."""
    PAUSED = auto()
    """A gap that may become the end: transcribe speculatively."""
    RESUMED = auto()
    """The gap was only a gap."""
    INTERRUPTED = auto()
    """The caller means to take over: stop talking."""
    ENDED = auto()
    """The turn is complete: answer it."""
    DISCARDED = auto()
    """It was too short to be speech: forget it."""


class Floor(Enum):
    """What the receptionist is doing while a window is heard."""

    LISTENING = auto()
    THINKING = auto()
    """A reply is being prepared and nothing of it was heard yet."""
    SPEAKING = auto()
    DISCLOSING = auto()
    """Speaking something that the caller has to hear in full."""


@dataclass(frozen=True)
class Patience:
    """The measures of a conversation, in milliseconds and windows."""

    onset_windows: int = 2
    onset_windows_while_speaking: int = 6
    """More, so that an echo or a "mhm" does not count."""
    pause_ms: int = 200
    end_complete_ms: int = 500
    end_ms: int = 800
    end_digits_ms: int = 1200
    least_speech_ms: int = 250
    barge_in_ms: int = 200
    """Enough to interrupt when words were recognised."""
    barge_in_wordless_ms: int = 500
    join_ms: int = 1000
    lag_ms: int = 32
    """For how long, at least, the detector still hears a voice that has ended."""


_SPEAKS = (Floor.SPEAKING, Floor.DISCLOSING)
_NOTHING: tuple[Cue, ...] = ()


class TurnTaking:
    """Follows one caller; feed it every window, and what the recogniser believes so far."""

    __slots__ = (
        "_interim",
        "_interrupted",
        "_patience",
        "_paused",
        "_run",
        "_silence_ms",
        "_since_end_ms",
        "_speech_ms",
        "_window_ms",
        "expects",
        "in_turn",
    )

    def __init__(self, window_ms: int, patience: Patience | None = None) -> None:
        self._window_ms = window_ms
        self._patience = patience or Patience()
        self.expects = Expects.ANYTHING
        self._since_end_ms = self._patience.join_ms
        self.in_turn = False
        self._paused = False
        self._run = 0
        self._rest()

    def window(self, speech: bool, floor: Floor = Floor.LISTENING) -> tuple[Cue, ...]:
        """Take one window; the cues are in the order in which they happened."""
        if not self.in_turn:
            return self._listen(speech, floor)
        return self._voiced(floor) if speech else self._silent()

    def interim(self, text: str) -> None:
        """What the turn sounds like so far; it decides the next window."""
        if self.in_turn:
            self._interim = text

    def end_now(self) -> None:
        """Forget the running turn: keys were pressed, or the call is over."""
        self._rest()

    def _listen(self, speech: bool, floor: Floor) -> tuple[Cue, ...]:
        self._since_end_ms += self._window_ms
        self._run = self._run + 1 if speech else 0
        if self._run < self._onset(floor):
            return _NOTHING
        self.in_turn = True
        self._speech_ms = self._run * self._window_ms
        # Nobody has heard an answer yet, so what follows belongs to the same thought.
        joins = floor is Floor.THINKING and self._since_end_ms <= self._patience.join_ms
        return (Cue.CONTINUED if joins else Cue.STARTED,)

    def _onset(self, floor: Floor) -> int:
        patience = self._patience
        return patience.onset_windows_while_speaking if floor in _SPEAKS else patience.onset_windows

    def _voiced(self, floor: Floor) -> tuple[Cue, ...]:
        cues = (Cue.RESUMED,) if self._paused else _NOTHING
        self._paused = False
        self._silence_ms = self._patience.lag_ms
        self._speech_ms += self._window_ms
        if floor is Floor.SPEAKING and self._means_it():
            self._interrupted = True
            return (*cues, Cue.INTERRUPTED)
        return cues

    def _means_it(self) -> bool:
        if self._interrupted:
            return False
        # Without words, half a second tells a voice from a cough or an echo.
        worded = bool(self._interim) and not is_backchannel(self._interim)
        enough = self._patience.barge_in_ms if worded else self._patience.barge_in_wordless_ms
        return self._speech_ms >= enough

    def _silent(self) -> tuple[Cue, ...]:
        self._silence_ms += self._window_ms
        if self._silence_ms >= self._end_ms():
            return self._finish()
        if not self._paused and self._silence_ms >= self._patience.pause_ms:
            self._paused = True
            return (Cue.PAUSED,)
        return _NOTHING

    def _end_ms(self) -> int:
        if self.expects is Expects.DIGITS:
            return self._patience.end_digits_ms
        if sounds_complete(self._interim):
            return self._patience.end_complete_ms
        return self._patience.end_ms

    def _finish(self) -> tuple[Cue, ...]:
        enough = self._speech_ms >= self._patience.least_speech_ms
        self._rest()
        if not enough:
            return (Cue.DISCARDED,)
        self._since_end_ms = 0
        return (Cue.ENDED,)

    def _rest(self) -> None:
        self.in_turn = False
        self._paused = False
        self._interrupted = False
        self._run = 0
        self._speech_ms = 0
        self._silence_ms = self._patience.lag_ms
        self._interim = ""


_WORDS = re.compile(r"[a-z']+")
_FINAL = re.compile(
    r"ye[sap]h?|yup|sure|correct|right|exactly|absolutely|okay|ok|no|nope|please|thanks|thank"
    r"|bye|goodbye|hello|hi|great|perfect|fine"
)
_FILLER = re.compile(r"you|that's|that|is|it|all|not|really|of|course|i|i'm|good")
_NODDING = re.compile(r"m+h*m*|h+m+|u+h+|huh|u+m+|a+h+|o+h+|okay|ok|yeah|yes|right|sure|i|see")


def sounds_complete(text: str) -> bool:
    """Whether a few words need no more: a yes, a no, a thank you, a finished question."""
    words = _WORDS.findall(text.lower())
    if not words or len(words) > 8:
        return False
    if text.rstrip().endswith("?"):
        return True
    open_ended = [word for word in words if not _FINAL.fullmatch(word)]
    return len(open_ended) < len(words) and all(map(_FILLER.fullmatch, open_ended))


def is_backchannel(text: str) -> bool:
    """Whether somebody only shows that they listen: "mhm", "okay", "I see"."""
    words = _WORDS.findall(text.lower())
    return 0 < len(words) <= 3 and all(map(_NODDING.fullmatch, words))
