"""Which figures may be told, so that nobody can be told apart in them; and which day is over.

A figure of few conversations is told together with others. So that it cannot be found by taking
those away from the sum, the smallest of the others go with it until they are enough.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

# What happened in a day's last call is settled by then.
SETTLED = timedelta(hours=3)
# Conversations are kept for 90 days by default; of older days too little may be left.
MOST_BACK = 60


class Cell(NamedTuple):
    """Conversations that are counted together."""

    channel: str
    outcome: str


REST = Cell("other", "other")


def folded(counts: Mapping[Cell, int], smallest: int) -> dict[Cell, Cell]:
    """Where each cell is told: as itself, or within the rest. Empty, if even all are too few."""
    by_size = sorted(counts, key=lambda cell: (counts[cell], cell))
    rest: list[Cell] = []
    for cell in by_size:
        enough = not rest or sum(counts[each] for each in rest) >= smallest
        if counts[cell] >= smallest and enough:
            break
        rest.append(cell)
    if rest and sum(counts[each] for each in rest) < smallest:
        return {}
    return {cell: REST if cell in rest else cell for cell in counts}


def told(number: int, smallest: int) -> int | None:
    """A number, unless it is of a few only."""
    return None if 0 < number < smallest else number


def last_day(now: datetime, zone: str) -> date:
    """The last day of the business that is over and settled."""
    return (now - SETTLED).astimezone(ZoneInfo(zone)).date() - timedelta(days=1)


def days_to(last: date, back: int) -> list[date]:
    """So many days up to one, the first in front."""
    return [last - timedelta(days=each) for each in reversed(range(back))]
