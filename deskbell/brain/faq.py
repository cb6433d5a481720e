"""How often a question finds the entry that answers it, and how often it is rather not answered."""

import json
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from deskbell.brain.shares import milliseconds, share
from domain.receptionist.nlu.faq import NO_ANSWER, Entry, Knowledge, Match

WRITTEN, SPOKEN = "written", "spoken"
LOOKED_AT = 3
Line = dict[str, Any]


@dataclass
class Found:
    """How questions of one kind fared; shares are fractions, None of nothing."""

    lines: int = 0
    first: int = 0
    among_first: int = 0
    rightly: int = 0
    wrongly: int = 0
    made_up: int = 0

    def add(self, gold: str, best: Sequence[Match], without: Sequence[Match]) -> None:
        """Count a question; `without` is what is found when its entry is taken away."""
        ids = [match.entry.id for match in best]
        is_first, is_answered = ids[:1] == [gold], _is_answered(best)
        self.lines += 1
        self.first += is_first
        self.among_first += gold in ids
        self.rightly += is_answered and is_first
        self.wrongly += is_answered and not is_first
        self.made_up += _is_answered(without)

    def figures(self) -> dict[str, Any]:
        """As JSON."""
        return {
            "lines": self.lines,
            "recall_at_1": share(self.first, self.lines),
            "recall_at_3": share(self.among_first, self.lines),
            "answered_rightly": share(self.rightly, self.lines),
            "answered_wrongly": share(self.wrongly, self.lines),
            "answered_though_unknown": share(self.made_up, self.lines),
        }


@dataclass(frozen=True)
class Faq:
    """Recall of the right entry at one and at three, written and as speech recognition heard it."""

    written: dict[str, Any]
    spoken: dict[str, Any]
    sources: dict[str, dict[str, Any]]
    latency_ms: dict[str, float]
    """Processor time of a question, once the entries of the business are indexed."""


@dataclass
class _Shelf:
    """Every business's entries, indexed once."""

    known: dict[str, Knowledge] = field(default_factory=dict)

    def of(self, faqs: dict[str, Any]) -> Knowledge:
        key = json.dumps(faqs, sort_keys=True)
        if key not in self.known:
            self.known[key] = Knowledge(_entries(faqs))
        return self.known[key]


def measure(lines: Sequence[Line]) -> Faq:
    """Ask each line's `question` of its `faqs` and compare with `gold`; nothing is learned."""
    shelf, seconds = _Shelf(), []
    kinds: dict[str, Found] = {WRITTEN: Found(), SPOKEN: Found()}
    sources: dict[str, Found] = defaultdict(Found)
    for line in lines:
        knowledge, gold = shelf.of(line["faqs"]), str(line["gold"])
        started = time.process_time()
        best = knowledge.search(line["question"], limit=LOOKED_AT)
        seconds.append(time.process_time() - started)
        without = shelf.of({key: faq for key, faq in line["faqs"].items() if key != gold})
        unknown = without.search(line["question"], limit=1)
        kind = SPOKEN if line.get("spoken_asr") else WRITTEN
        for found in (kinds[kind], sources[str(line.get("source", "unknown"))]):
            found.add(gold, best, unknown)
    return Faq(
        written=kinds[WRITTEN].figures(),
        spoken=kinds[SPOKEN].figures(),
        sources={source: found.figures() for source, found in sorted(sources.items())},
        latency_ms=milliseconds(seconds),
    )


def _entries(faqs: dict[str, Any]) -> list[Entry]:
    return [Entry(key, faq["q"], faq["a"]) for key, faq in faqs.items()]


def _is_answered(best: Sequence[Match]) -> bool:
    return bool(best) and best[0].score >= NO_ANSWER
