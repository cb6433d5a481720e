"""The part of a text around what was found in it."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.search.question import Span

# As much as fits two lines of a list.
WIDTH = 160
BEFORE = 40


@dataclass(frozen=True)
class Snippet:
    """A part of a text, and where in that part the words are, counted in characters."""

    text: str
    spans: tuple[Span, ...]


def cut(text: str, spans: Sequence[Span]) -> Snippet:
    """The part with the first place that was found, cut between words."""
    first, last = spans[0]
    start = _word_start(text, max(0, first - BEFORE), first)
    end = _word_end(text, max(last, min(len(text), start + WIDTH)), last)
    inside = [(max(a, start) - start, b - start) for a, b in spans if a >= start and b <= end]
    return Snippet(text[start:end], tuple(inside))


def _word_start(text: str, start: int, latest: int) -> int:
    """The beginning of the next word, but not behind what must be seen."""
    if start == 0:
        return 0
    space = text.find(" ", start - 1, latest)
    return space + 1 if space >= 0 else start


def _word_end(text: str, end: int, earliest: int) -> int:
    if end >= len(text):
        return len(text)
    space = text.rfind(" ", earliest, end + 1)
    return space if space >= 0 else end
