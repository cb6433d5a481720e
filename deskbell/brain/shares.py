"""Shares and times, as the figures tell them."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Label:
    """How well one label is recognised; a share of nothing is None."""

    lines: int
    precision: float | None
    recall: float | None
    f1: float | None


def share(part: int, whole: int) -> float | None:
    """Rounded to four places; None where there is no whole."""
    return round(part / whole, 4) if whole else None


def of_label(label: str, pairs: Sequence[tuple[str, str]]) -> Label:
    """The figures of `label` among pairs of what was meant and what was found."""
    meant = sum(gold == label for gold, _ in pairs)
    found = sum(label == got for _, got in pairs)
    both = sum(gold == label == got for gold, got in pairs)
    return Label(meant, share(both, found), share(both, meant), share(2 * both, meant + found))


def milliseconds(seconds: Sequence[float]) -> dict[str, float]:
    """The median and the slowest twentieth."""
    ordered = sorted(seconds) or [0.0]
    return {
        f"p{part}": round(1000 * ordered[min(len(ordered) - 1, len(ordered) * part // 100)], 2)
        for part in (50, 95)
    }
