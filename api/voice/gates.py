"""The two gates on every recording and transcript: consent, and a window to take things back."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Protocol

from domain.receptionist.ports import Transcript

# 20 s of 20 ms frames: long enough for a card number to be recognised before it leaves memory.
HOLD_BACK_FRAMES = 1000
# 60 s while a number is being told piece by piece: 4.2 MB of a call at 16 kHz, instead of 1.6.
LONG_HOLD_BACK_FRAMES = 3000


class Consent(Enum):
    """What the caller has agreed to so far."""

    ARMED = auto()
    ASKED = auto()
    GRANTED = auto()
    DECLINED = auto()


class ConsentGate:
    """Closed until the rules allow; a refusal or withdrawal is final.

    Nothing is kept either while somebody is on the line who has not been told.
    """

    __slots__ = ("_asks", "_hears", "_records", "_untold", "may_listen", "may_record", "state")

    def __init__(self) -> None:
        self.state = Consent.ARMED
        self._asks = False
        self._records = True
        self._hears = False
        self._untold = 0
        # Asked for every frame, so these are answers, not questions.
        self.may_record = False
        """Whether audio may be kept."""
        self.may_listen = False
        """Whether audio may be given to a speech recogniser."""

    @property
    def agreed(self) -> bool:
        """Whether what was recorded so far may be kept."""
        return self.state is Consent.GRANTED and self._records

    @property
    def refusal(self) -> str:
        """Why nothing is kept."""
        if self.state is Consent.GRANTED:
            return "consent not needed: recording is switched off"
        return f"consent {self.state.name.lower()}"

    def arm(self, *, asks: bool, records: bool) -> None:
        """Before the first word: whether a spoken yes is needed, and whether sound is wanted."""
        self._asks, self._records = asks, records

    def announced(self) -> None:
        """The caller has heard what must be said: that is consent, unless a yes is needed."""
        if not self._asks:
            self.grant()
        elif self.state is Consent.ARMED:
            # The answer has to be understood, and is not kept.
            self._become(Consent.ASKED, hears=True)

    def grant(self) -> None:
        """Recording and transcription may begin."""
        if self.state in (Consent.ARMED, Consent.ASKED):
            self._become(Consent.GRANTED, hears=True)

    def decline(self, *, may_listen: bool) -> None:
        """No recording from now on; `may_listen` still lets the receptionist understand speech."""
        self._become(Consent.DECLINED, hears=may_listen)

    def join(self) -> None:
        """Somebody comes on the line who has not been told (L05)."""
        self._untold += 1
        self._answer()

    def told(self) -> None:
        """They have been told, or are gone again."""
        self._untold = max(0, self._untold - 1)
        self._answer()

    def _become(self, state: Consent, *, hears: bool) -> None:
        self.state, self._hears = state, hears
        self._answer()

    def _answer(self) -> None:
        self.may_record = self.agreed and not self._untold
        self.may_listen = self._hears and not self._untold


@dataclass(frozen=True)
class Verdict:
    """What a turn reveals."""

    silence: Sequence[tuple[int, int]] = ()
    """Milliseconds of the call that must not be kept, of this turn and of those before."""
    doubtful: bool = False
    """Whether the next turns may reveal something about this one."""
    pause: bool = False
    """Whether nothing more is to be heard or kept until the caller was told to stop."""


class Redactor(Protocol):
    """Finds what must not be kept in a turn."""

    def judge(self, transcript: Transcript, *, start_ms: int, end_ms: int) -> Verdict:
        """Judge a turn that was heard from `start_ms` to `end_ms` of the call."""

    def is_telling(self, text: str) -> bool:
        """Whether a turn that still goes on tells what nobody may hear."""


class HoldBack:
    """One side of a call: its last seconds, in memory that never grows, still open to silencing."""

    __slots__ = ("_begin", "_end", "_frame_bytes", "_ring")

    def __init__(self, frames: int, frame_bytes: int) -> None:
        self._ring = bytearray(frames * frame_bytes)
        self._frame_bytes = frame_bytes
        # Bytes since the beginning of the recording: what has left, and what has come.
        self._begin = 0
        self._end = 0

    @property
    def full(self) -> bool:
        """Whether something has to leave before anything else can come."""
        return self._end - self._begin == len(self._ring)

    def push(self, frame: bytes) -> None:
        """Hold a frame."""
        at = self._end % len(self._ring)
        self._ring[at : at + len(frame)] = frame
        self._end += len(frame)

    def release(self, frames: int) -> bytes:
        """Let go of the first frames."""
        size = min(max(0, frames) * self._frame_bytes, self._end - self._begin)
        taken = self._sound(self._begin, self._begin + size)
        self._begin += size
        return taken

    def resize(self, frames: int) -> bytes:
        """Hold so many frames from now on; returns what no longer fits."""
        size = frames * self._frame_bytes
        surplus = self.release((self._end - self._begin - size) // self._frame_bytes)
        kept = self._sound(self._begin, self._end)
        self._ring = bytearray(size)
        at = self._begin % size
        self._ring[at : at + len(kept)] = kept[: size - at]
        self._ring[: len(kept[size - at :])] = kept[size - at :]
        return surplus

    def since(self, first: int) -> tuple[int, bytes]:
        """What is held from a frame on, and the frame with which that really begins."""
        begin = max(first * self._frame_bytes, self._begin)
        return begin // self._frame_bytes, self._sound(begin, max(begin, self._end))

    def silence(self, first: int, last: int) -> bool:
        """Silence frames `first` to `last`; False when the beginning has left already."""
        size = self._frame_bytes
        begin, end = max(first * size, self._begin), min((last + 1) * size, self._end)
        for position in range(begin, end, size):
            at = position % len(self._ring)
            self._ring[at : at + size] = bytes(size)
        return first * size >= self._begin

    def drain(self) -> bytes:
        """Let go of everything."""
        return self.release(len(self._ring) // self._frame_bytes)

    def _sound(self, begin: int, end: int) -> bytes:
        """The bytes of the recording from one position to another."""
        at = begin % len(self._ring)
        front = bytes(self._ring[at : at + end - begin])
        return front + bytes(self._ring[: end - begin - len(front)])
