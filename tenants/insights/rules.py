"""Which figures may be kept: those in which no single business can be made out.

A figure is a sum over the businesses of one country. It is kept only if enough of them had a part
in it and none of them had too great a one. What is left over is put together; if that is too
small as well, it is gone. There is never a total of everything, from which the figures that are
kept could be taken away to find one that is not.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

# The database refuses smaller ones as well.
SMALLEST_GROUP = 10
# In parts of a sum: whoever knows their own share cannot work out that of the greatest.
GREATEST_SHARE = 4
# Sums and numbers of businesses are blurred, lest two of them differ by one business's own.
SUMS_ROUNDED_TO, GROUPS_ROUNDED_TO = 10, 5
# ISO 3166 keeps this code free for whoever needs one of their own.
ELSEWHERE = "ZZ"


class Measure(StrEnum):
    """What is counted."""

    APPOINTMENTS_BOOKED = "appointments_booked"
    APPOINTMENTS_CANCELLED = "appointments_cancelled"
    CALLS_ANSWERED = "calls_answered"
    CALLS_MISSED = "calls_missed"
    CALL_SECONDS = "call_seconds"
    LEADS_CAPTURED = "leads_captured"
    MESSAGES_LEFT = "messages_left"


@dataclass(frozen=True)
class Part:
    """What one business has of something; which business it is, it does not say."""

    region: str
    measure: Measure
    value: int


@dataclass(frozen=True)
class Figure:
    """A sum over a group of businesses in one month, and at least how many they are."""

    month: date
    region: str
    measure: Measure
    businesses: int
    total: int


def figures(month: date, parts: Iterable[Part]) -> list[Figure]:
    """What may be kept of a month."""
    groups: dict[Measure, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for part in parts:
        if part.value > 0:
            groups[part.measure][part.region].append(part.value)
    return [
        _figure(month, region, measure, values)
        for measure, regions in sorted(groups.items())
        for region, values in _kept(regions).items()
    ]


def hides_each(values: Sequence[int]) -> bool:
    """Whether nobody can be made out in a sum of these."""
    enough = len(values) >= SMALLEST_GROUP
    return enough and max(values) * GREATEST_SHARE <= sum(values)


def _kept(regions: dict[str, list[int]]) -> dict[str, list[int]]:
    kept = {region: values for region, values in sorted(regions.items()) if hides_each(values)}
    rest = [value for region in regions.keys() - kept.keys() for value in regions[region]]
    return kept | ({ELSEWHERE: rest} if hides_each(rest) else {})


def _figure(month: date, region: str, measure: Measure, values: Sequence[int]) -> Figure:
    total = round(sum(values) / SUMS_ROUNDED_TO) * SUMS_ROUNDED_TO
    businesses = len(values) // GROUPS_ROUNDED_TO * GROUPS_ROUNDED_TO
    return Figure(month, region, measure, businesses, total)
