"""Which of the free times to offer: the one asked for, or a few that come close."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from domain.appointments.rules import Slot
from domain.receptionist.state import Wanted

MOST = 3
# Times that are offered together lie apart, so that the caller has a real choice.
APART = timedelta(hours=2)


def suitable(slots: Sequence[tuple[datetime, Slot]], wanted: Wanted) -> tuple[list[Slot], bool]:
    """The slots to offer, by their local starts, and whether they are exactly what was asked."""
    if wanted.at is not None:
        exact = [slot for at, slot in slots if at.timetz().replace(tzinfo=None) == wanted.at]
        if exact:
            return exact[:1], True
        return _nearest(slots, wanted.at), False
    within = [(at, slot) for at, slot in slots if _within(at.time(), wanted)]
    return _spread(within), False


def _within(at: time, wanted: Wanted) -> bool:
    after = wanted.earliest is None or at >= wanted.earliest
    before = wanted.latest is None or at < wanted.latest
    return after and before


def _nearest(slots: Sequence[tuple[datetime, Slot]], at: time) -> list[Slot]:
    if not slots:
        return []
    aim = slots[0][0].replace(hour=at.hour, minute=at.minute)
    closest = sorted(slots, key=lambda item: abs(item[0] - aim))[:MOST]
    return [slot for _, slot in sorted(closest, key=lambda item: item[0])]


def _spread(slots: Sequence[tuple[datetime, Slot]]) -> list[Slot]:
    chosen: list[tuple[datetime, Slot]] = []
    for at, slot in slots:
        if not chosen or at - chosen[-1][0] >= APART:
            chosen.append((at, slot))
        if len(chosen) == MOST:
            break
    return [slot for _, slot in chosen]
