"""Where in an utterance something was said."""

from typing import NamedTuple


class Span(NamedTuple):
    """Character positions in the original utterance, end exclusive."""

    start: int
    end: int

    def overlaps(self, other: "Span") -> bool:
        """Whether both cover at least one character."""
        return self.start < other.end and other.start < self.end

    def to(self, other: "Span") -> "Span":
        """The smallest span that covers both."""
        return Span(min(self.start, other.start), max(self.end, other.end))


class Word(NamedTuple):
    """One token, normalised, with its place in the original."""

    text: str
    start: int
    end: int
