"""Learn how much each sign of an answer counts: `python -m bench.nlu.train_faq DATA.jsonl`.

DATA has one JSON object per line: `question`, `faqs` ({id: {q, a}}), `gold`, `licence`. Every
question is learned from twice: once with its entry, once without, when nothing is the answer. Needs
SciPy and the extra `meaning`. Five folds, no business in two of them, say how it does on others.
"""

import argparse
import json
from dataclasses import dataclass
from pathlib import Path
from random import Random

import numpy as np
from scipy.optimize import minimize

from domain.receptionist.nlu.faq_signs import MEANING, WORDS, Matrix, Signs
from integrations.minilm.encoder import MiniLm

OUT = Path("domain/receptionist/nlu/faq.json")
FOLDS = 5
# Chosen by the folds among 0.3 and 1.
RIDGE = 1.0
# There are few real transcripts, and most callers speak.
SPOKEN_COUNTS = 3.0


@dataclass(frozen=True)
class Asked:
    """The signs of all entries for a question, which of them is right, and whose they are."""

    signs: Matrix
    gold: int
    business: str
    spoken: bool

    @property
    def counts(self) -> float:
        return SPOKEN_COUNTS if self.spoken else 1.0

    @property
    def unanswerable(self) -> Matrix:
        return np.delete(self.signs, self.gold, axis=0)


def read(path: Path, *, with_meaning: bool) -> list[Asked]:
    embedder = MiniLm() if with_meaning else None
    known: dict[str, Signs] = {}
    asked = []
    for written in path.read_text().splitlines():
        line = json.loads(written)
        business = json.dumps(line["faqs"], sort_keys=True)
        if business not in known:
            pairs = [(faq["q"], faq["a"]) for faq in line["faqs"].values()]
            known[business] = Signs(pairs, (), embedder)
        gold = list(line["faqs"]).index(line["gold"])
        signs = known[business].of(line["question"])
        asked.append(Asked(signs, gold, business, bool(line.get("spoken_asr"))))
    return asked


def learn(asked: list[Asked], ridge: float = RIDGE) -> np.ndarray:
    """The weights, and last what all signs must count together: a choice among entries and none."""
    choices = [(each.signs, each.gold, each.counts) for each in asked]
    choices += [(each.unanswerable, len(each.signs) - 1, each.counts) for each in asked]
    width = asked[0].signs.shape[1]

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        total = ridge * float(weights[:-1] @ weights[:-1]) / 2
        slope = np.append(ridge * weights[:-1], 0.0)
        for signs, gold, counts in choices:
            scores = np.append(signs @ weights[:-1], weights[-1])
            raised = np.exp(scores - scores.max())
            off = raised / raised.sum()
            total -= counts * float(np.log(off[gold] + 1e-12))
            off[gold] -= 1
            slope += counts * np.append(signs.T @ off[:-1], off[-1])
        return total, slope

    # No sign may speak against an entry: with few lines that would be chance.
    bounds = [(0, None)] * width + [(None, None)]
    return minimize(loss, np.zeros(width + 1), jac=True, method="L-BFGS-B", bounds=bounds).x


def crossed(asked: list[Asked], ridge: float = RIDGE) -> None:
    """What those say who never saw the business."""
    businesses = sorted({each.business for each in asked})
    Random(0).shuffle(businesses)
    fold = {business: at % FOLDS for at, business in enumerate(businesses)}
    rows = []
    for held in range(FOLDS):
        weights = learn([each for each in asked if fold[each.business] != held], ridge)
        rows += [_judged(each, weights) for each in asked if fold[each.business] == held]
    for spoken in (False, True):
        _report("spoken" if spoken else "written", [row[1:] for row in rows if row[0] == spoken])


def _judged(each: Asked, weights: np.ndarray) -> tuple[bool, bool, bool, float, float]:
    scores = each.signs @ weights[:-1] - weights[-1]
    order = np.argsort(-scores, kind="stable")
    unknown = float((each.unanswerable @ weights[:-1] - weights[-1]).max())
    first = bool(order[0] == each.gold)
    return each.spoken, first, each.gold in order[:3], float(scores.max()), unknown


def _report(kind: str, rows: list[tuple[bool, bool, float, float]]) -> None:
    first, third, best, unknown = (np.array(column) for column in zip(*rows, strict=True))
    print(f"{kind}: R@1 {first.mean():.3f} R@3 {third.mean():.3f} of {len(rows)}")
    for share in (0.3, 0.4, 0.5, 0.6, 0.7):
        said = best >= np.log(share / (1 - share))
        made_up = (unknown >= np.log(share / (1 - share))).mean()
        right, wrong = (said & first).mean(), (said & ~first).mean()
        print(f"  from {share}: right {right:.3f} wrong {wrong:.3f} unknown {made_up:.3f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--ridge", type=float, default=RIDGE)
    options = parser.parse_args()
    learned = {}
    for kind, columns in (("alone", WORDS), ("together", (*MEANING, *WORDS))):
        asked = read(options.data, with_meaning=kind == "together")
        print(kind)
        crossed(asked, options.ridge)
        weights = learn(asked, options.ridge)
        signs = {name: round(float(w), 3) for name, w in zip(columns, weights, strict=False)}
        learned[kind] = {"signs": signs, "least": round(float(weights[-1]), 3)}
    OUT.write_text(json.dumps(learned, indent=1) + "\n")


if __name__ == "__main__":
    main()
