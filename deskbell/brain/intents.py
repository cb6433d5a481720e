"""How often the intent of a caller's words is recognised, and what has nothing to do with us."""

import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from deskbell.brain.shares import Label, milliseconds, of_label, share
from domain.receptionist.nlu.heard import hear
from domain.receptionist.nlu.intents import OUT_OF_SCOPE, find_intent

Pair = tuple[str, str]
MOST_CONFUSED = 20


@dataclass(frozen=True)
class Intents:
    """Shares are fractions; None where there is nothing to take a share of."""

    lines: int
    accuracy: float | None
    out_of_scope: Label
    labels: dict[str, Label]
    sources: dict[str, float | None]
    """Accuracy by corpus."""
    confused: dict[str, int]
    """`meant > found`, the most frequent first."""
    latency_ms: dict[str, float]


def measure(lines: Sequence[dict[str, Any]]) -> Intents:
    """Read `text` of each line and compare with its `intent`; nothing is learned."""
    seconds, pairs = [], []
    for line in lines:
        started = time.process_time()
        found = find_intent(hear(line["text"]))
        seconds.append(time.process_time() - started)
        pairs.append((str(line["intent"]), found.label))
    return Intents(
        lines=len(pairs),
        accuracy=_accuracy(pairs),
        out_of_scope=of_label(OUT_OF_SCOPE, pairs),
        labels={label: of_label(label, pairs) for label in sorted({gold for gold, _ in pairs})},
        sources=_by_source(lines, pairs),
        confused=_confused(pairs),
        latency_ms=milliseconds(seconds),
    )


def _accuracy(pairs: Sequence[Pair]) -> float | None:
    return share(sum(gold == found for gold, found in pairs), len(pairs))


def _by_source(lines: Sequence[dict[str, Any]], pairs: list[Pair]) -> dict[str, float | None]:
    told: dict[str, list[Pair]] = defaultdict(list)
    for line, pair in zip(lines, pairs, strict=True):
        told[str(line.get("source", "unknown"))].append(pair)
    return {source: _accuracy(of_source) for source, of_source in sorted(told.items())}


def _confused(pairs: Sequence[Pair]) -> dict[str, int]:
    wrong = Counter(f"{gold} > {found}" for gold, found in pairs if gold != found)
    return dict(wrong.most_common(MOST_CONFUSED))
