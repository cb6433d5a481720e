"""The two gates on every recording and transcript: consent, and a window to take things back."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from itertools import islice
from typing import Protocol

from domain.receptionist.ports import Transcript

# 20 s of 20 ms frames: long enough for a card number to be recognised before it leaves memory.
HOLD_BACK_FRAMES = 1000
# 60 s while a number is being told piece by piece: 3.8 MB of a call at 16 kHz, instead of 1.3.
LONG_HOLD_BACK_FRAMES = 3000


class Consent(Enum):
    """What the caller has agreed to so far."""

    ARMED = auto()
    GRANTED = auto()
    DECLINED = auto()


class ConsentGate:
    """Closed until the rules allow; a refusal or withdrawal is final."""

    __slots__ = ("_live_only", "state")

    def __init__(self) -> None:
        self.state = Consent.ARMED
        self._live_only = False

    def grant(self) -> None:
        """Recording and transcription may begin."""
        if self.state is Consent.ARMED:
            self.state = Consent.GRANTED

    def decline(self, *, may_listen: bool) -> None:
        """No recording from now on; `may_listen` still lets the receptionist understand speech."""
        self.state = Consent.DECLINED
        self._live_only = may_listen

    @property
    def may_record(self) -> bool:
        """Whether audio may be kept."""
        return self.state is Consent.GRANTED

    @property
    def may_listen(self) -> bool:
        """Whether audio may be given to a speech recogniser."""
        return self.may_record or self._live_only


@dataclass(frozen=True)
class Verdict:
    """What a turn reveals."""

    silence: Sequence[tuple[int, int]] = ()
    """Milliseconds of the call that must not be kept, of this turn and of those before."""
    doubtful: bool = False
    """Whether the next turns may reveal something about this one."""


class Redactor(Protocol):
    """Finds what must not be kept in a turn."""

    def judge(self, transcript: Transcript, *, start_ms: int, end_ms: int) -> Verdict:
        """Judge a turn that was heard from `start_ms` to `end_ms` of the call."""


class HoldBack:
    """The last seconds of audio, in bounded memory, still open to silencing."""

    __slots__ = ("_first", "_frames", "_held")

    def __init__(self, frames: int = HOLD_BACK_FRAMES) -> None:
        self._held = frames
        self._frames: deque[bytes] = deque()
        self._first = 0

    def push(self, frame: bytes) -> bytes:
        """Hold a frame; returns the one that falls out, or nothing."""
        self._frames.append(frame)
        if len(self._frames) <= self._held:
            return b""
        self._first += 1
        return self._frames.popleft()

    def resize(self, frames: int) -> bytes:
        """Hold so many frames from now on; returns what no longer fits."""
        self._held = frames
        surplus = max(0, len(self._frames) - frames)
        self._first += surplus
        return b"".join(self._frames.popleft() for _ in range(surplus))

    def since(self, first: int) -> tuple[int, bytes]:
        """What is held from a frame on, and the frame with which that really begins."""
        skipped = max(0, first - self._first)
        return self._first + skipped, b"".join(islice(self._frames, skipped, None))

    def silence(self, first: int, last: int) -> bool:
        """Silence frames `first` to `last`; False when the beginning has left already."""
        for index in range(max(first, self._first), min(last + 1, self._first + len(self._frames))):
            at = index - self._first
            self._frames[at] = bytes(len(self._frames[at]))
        return first >= self._first

    def drain(self) -> bytes:
        """Let go of everything."""
        rest = b"".join(self._frames)
        self._first += len(self._frames)
        self._frames.clear()
        return rest
