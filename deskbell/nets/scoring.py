"""Recall, precision and false alarms of each net, by language and by part of a corpus."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Generic, Protocol, TypeVar

from deskbell.nets.reading import Labelled, Spanned
from domain.outreach.optout import OptOut, find_wish
from domain.privacy.digits import says_number
from domain.privacy.redaction import find_cards, mask, redact
from domain.receptionist.nlu.emergencies import find_emergency
from domain.receptionist.nlu.heard import hear

_WORD = re.compile(r"\w+")


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


@dataclass
class Drawn:
    """How often a net was drawn, rightly and wrongly."""

    hits: int = 0
    misses: int = 0
    false_alarms: int = 0
    quiet: int = 0

    def add(self, line: Labelled, drawn: bool) -> None:
        """Count one line."""
        if line.label:
            self.hits, self.misses = self.hits + drawn, self.misses + (not drawn)
        else:
            self.false_alarms += drawn
            self.quiet += not drawn

    def figures(self) -> dict[str, Any]:
        """The counts, and the shares that are promised."""
        return {
            "lines": self.hits + self.misses + self.false_alarms + self.quiet,
            "positives": self.hits + self.misses,
            "negatives": self.false_alarms + self.quiet,
            "recall": _share(self.hits, self.hits + self.misses),
            "precision": _share(self.hits, self.hits + self.false_alarms),
            "false_alarm_rate": _share(self.false_alarms, self.false_alarms + self.quiet),
            "missed": self.misses,
            "false_alarms": self.false_alarms,
        }


@dataclass
class Masked:
    """How much of what is to be masked was masked, and what else."""

    kinds: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))
    masked: int = 0
    rightly: int = 0
    lines: int = 0
    harmless: int = 0
    false_alarms: int = 0
    read_again: int = 0

    def add(self, line: Spanned, found: list[tuple[int, int, str]]) -> None:
        """Count one line."""
        self.lines += 1
        for start, end, kind in line.spans:
            self.kinds[kind][0] += covered(line.text, (start, end), found)
            self.kinds[kind][1] += 1
        self.masked += len(found)
        self.rightly += sum(
            any(start < e and s < end for s, e, _ in line.spans) for start, end, _ in found
        )
        self.harmless += not line.spans
        self.false_alarms += bool(found) and not line.spans
        again = mask(line.text, found)
        self.read_again += redact(again) != again

    def figures(self) -> dict[str, Any]:
        """The counts, and the shares that are promised."""
        found = sum(hit for hit, _ in self.kinds.values())
        spans = sum(all_ for _, all_ in self.kinds.values())
        return {
            "lines": self.lines,
            "spans": spans,
            "recall": _share(found, spans),
            "span_recall": _share(found, spans),
            "recall_by_kind": {k: _share(*counts) for k, counts in sorted(self.kinds.items())},
            "precision": _share(self.rightly, self.masked),
            "false_alarm_rate": _share(self.false_alarms, self.harmless),
            "missed": spans - found,
            "false_alarms": self.false_alarms,
            "found_when_read_again": self.read_again,
        }


class Counter(Protocol):
    """Counts lines, and tells figures."""

    def figures(self) -> dict[str, Any]:
        """What was counted."""


C = TypeVar("C", bound=Counter)


@dataclass
class Board(Generic[C]):
    """One counter over all, one for each language, each part, and each language of a part."""

    new: Callable[[], C]
    overall: C = field(init=False)
    languages: dict[str, C] = field(default_factory=dict)
    parts: dict[str, C] = field(default_factory=dict)
    crossed: dict[str, C] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.overall = self.new()

    def of(self, line: Labelled | Spanned) -> list[C]:
        """The counters to which a line belongs."""
        mine = [self.overall, self.languages.setdefault(line.language, self.new())]
        if not line.part:
            return mine
        both = f"{line.part} {line.language}"
        return [
            *mine,
            self.parts.setdefault(line.part, self.new()),
            self.crossed.setdefault(both, self.new()),
        ]

    def figures(self) -> dict[str, Any]:
        """All figures, as JSON."""
        told = {
            "overall": self.overall.figures(),
            "by_language": {name: each.figures() for name, each in sorted(self.languages.items())},
        }
        parts = {name: each.figures() for name, each in sorted(self.parts.items())}
        crossed = {name: each.figures() for name, each in sorted(self.crossed.items())}
        both = {"by_part": parts, "by_part_and_language": crossed}
        return told | (both if parts else {})


def alarms(text: str) -> bool:
    """Whether the emergency net is drawn: a life may be in danger."""
    danger = find_emergency(hear(text))
    return danger is not None and danger.alarms


def opts_out(text: str) -> bool:
    """Whether the opt-out net is drawn."""
    return isinstance(find_wish(text), OptOut)


def score(lines: Iterable[Labelled], drawn: Callable[[str], bool]) -> dict[str, Any]:
    """The figures of a net that is drawn or not."""
    board = Board(Drawn)
    for line in lines:
        is_drawn = drawn(line.text)
        for counter in board.of(line):
            counter.add(line, is_drawn)
    return board.figures()


def score_cards(lines: Iterable[Spanned]) -> dict[str, Any]:
    """The figures of the net that masks cards."""
    board = Board(Masked)
    for line in lines:
        found = find_cards(line.text)
        for counter in board.of(line):
            counter.add(line, found)
    return board.figures()


def covered(text: str, span: tuple[int, int], masked: list[tuple[int, int, str]]) -> bool:
    """Whether every number that is said within a span is within what was masked."""
    return all(
        any(start <= word.start() and word.end() <= end for start, end, _ in masked)
        for word in _WORD.finditer(text, *span)
        if says_number(word.group())
    )
