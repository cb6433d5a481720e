"""How a call moves from ringing to final: pure decisions, in whatever order the news arrives.

ringing ─► answered ─► ended ─► finalized

A call only moves forward, and old news changes nothing. It is final once it has ended and both its
recording and its summary are settled: there, or known never to come.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum, auto

from domain.calls.models import CallState

ORDER = tuple(CallState)


class News(Enum):
    """What can be heard of a call."""

    ANSWERED = auto()
    ENDED = auto()
    RECORDING_SETTLED = auto()
    SUMMARY_SETTLED = auto()


@dataclass(frozen=True)
class Progress:
    """How far a call has come."""

    state: CallState = CallState.RINGING
    answered_at: datetime | None = None
    ended_at: datetime | None = None
    finalized_at: datetime | None = None
    recording_settled: bool = False
    summary_settled: bool = False

    @property
    def duration_ms(self) -> int | None:
        """Milliseconds from answer to end; 0 if nobody answered, None before the end."""
        if self.ended_at is None:
            return None
        spoken = self.ended_at - (self.answered_at or self.ended_at)
        return int(spoken.total_seconds() * 1000)


def after(progress: Progress, news: News, at: datetime) -> Progress:
    """How far the call has come with this news, which is about the moment `at`."""
    if progress.state is CallState.FINALIZED:
        return progress
    return _finalized(_heard(progress, news, at), at)


def reached(before: Progress, now: Progress) -> list[CallState]:
    """The states entered on the way, in order; a call that nobody answered skips `answered`."""
    passed = ORDER[ORDER.index(before.state) + 1 : ORDER.index(now.state) + 1]
    return [state for state in passed if state is not CallState.ANSWERED or state is now.state]


def _heard(progress: Progress, news: News, at: datetime) -> Progress:
    match news:
        case News.ANSWERED:
            return _answered(progress, at)
        case News.ENDED:
            return _ended(progress, at)
        case News.RECORDING_SETTLED:
            return replace(progress, recording_settled=True)
        case News.SUMMARY_SETTLED:
            return replace(progress, summary_settled=True)


def _answered(progress: Progress, at: datetime) -> Progress:
    if progress.answered_at is not None:
        return progress
    if progress.ended_at is not None:
        # The carrier's reports overtook each other: the call was answered before it ended.
        return replace(progress, answered_at=min(at, progress.ended_at))
    return replace(progress, state=CallState.ANSWERED, answered_at=at)


def _ended(progress: Progress, at: datetime) -> Progress:
    if progress.ended_at is not None:
        return progress
    # Where nobody answered there is nothing to hear, so no recording is waited for.
    unheard = progress.answered_at is None
    return replace(
        progress,
        state=CallState.ENDED,
        ended_at=max(at, progress.answered_at or at),
        recording_settled=progress.recording_settled or unheard,
    )


def _finalized(progress: Progress, at: datetime) -> Progress:
    settled = progress.recording_settled and progress.summary_settled
    if progress.state is CallState.ENDED and settled:
        return replace(progress, state=CallState.FINALIZED, finalized_at=at)
    return progress
