"""Why a call must not just hang there: pure timers, asked a few times a second."""

from dataclasses import dataclass
from enum import Enum, auto


class Alarm(Enum):
    """Something has not happened for too long."""

    NO_AUDIO = auto()
    """The carrier sends nothing."""
    TOO_LONG = auto()
    STALLED = auto()
    """The caller waits for an answer."""
    SILENT = auto()
    """The caller says nothing."""


@dataclass(frozen=True)
class Limits:
    """Seconds."""

    no_audio: float = 5
    answer: float = 4
    silence: float = 8
    call: float = 3600
    tick: float = 0.25


@dataclass(frozen=True)
class Moment:
    """What a call looks like when the watchdogs look at it."""

    now: float
    """Monotonic seconds."""
    frames: int
    speaking: bool
    quiet: bool
    """Nobody speaks, and nothing is being prepared."""


class Watchdogs:
    """Watches one call."""

    __slots__ = (
        "_expired",
        "_frames",
        "_frames_at",
        "_limits",
        "_quiet_since",
        "_started",
        "_waiting_since",
        "silences",
        "stalls",
    )

    def __init__(self, limits: Limits, now: float) -> None:
        self._limits = limits
        self._started = now
        self._expired = False
        self._frames = 0
        self._frames_at = now
        self._waiting_since: float | None = None
        self._quiet_since: float | None = None
        self.stalls = 0
        """Alarms since the caller's last turn."""
        self.silences = 0
        """Alarms since the caller last did something."""

    def turn_ended(self, now: float) -> None:
        """The caller waits for an answer from now on."""
        self._waiting_since = now
        self.stalls = 0

    def answered(self) -> None:
        """The caller waits no more."""
        self._waiting_since = None
        self.stalls = 0

    def stirred(self) -> None:
        """The caller did something."""
        self._quiet_since = None
        self.silences = 0

    def check(self, moment: Moment) -> Alarm | None:
        """The most urgent alarm, if any; each fires once per limit."""
        if self._no_audio(moment):
            return Alarm.NO_AUDIO
        if not self._expired and moment.now - self._started >= self._limits.call:
            self._expired = True
            return Alarm.TOO_LONG
        if self._stalled(moment):
            return Alarm.STALLED
        return Alarm.SILENT if self._silent(moment) else None

    def _no_audio(self, moment: Moment) -> bool:
        if moment.frames != self._frames:
            self._frames = moment.frames
            self._frames_at = moment.now
        return moment.now - self._frames_at >= self._limits.no_audio

    def _stalled(self, moment: Moment) -> bool:
        since = self._waiting_since
        if since is None or moment.speaking or moment.now - since < self._limits.answer:
            return False
        self._waiting_since = moment.now
        self.stalls += 1
        return True

    def _silent(self, moment: Moment) -> bool:
        if not moment.quiet:
            self._quiet_since = None
            return False
        if self._quiet_since is None:
            self._quiet_since = moment.now
        if moment.now - self._quiet_since < self._limits.silence:
            return False
        self._quiet_since = None
        self.silences += 1
        return True
