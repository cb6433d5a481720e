"""Train the hunches of the nets: `python -m bench.nets.train [--everyday DATA.jsonl]`.

Trains on every line of `tests/data/nets` that is not `held`, each once as it stands and once with
noise, and on everyday talk (`{text, licence}`), which is never an alarm and never a refusal. Needs
scikit-learn, which Deskbell itself does not. Says how it does on the `held` lines.
"""

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from bench.nets.noise import noisy
from bench.nlu.train_intents import SHARE_ALIKE, read
from domain.hunches import Features, Linear
from domain.hunches.grams import BUCKETS
from domain.outreach import optout, optout_hunch
from domain.plain import plain
from domain.receptionist.nlu import emergencies
from domain.receptionist.nlu.danger import hunch

CORPORA = Path("tests/data/nets")
# Between 1 and 20 the lines of a batch that was held made no difference.
INVERSE_REGULARISATION = 10.0
# The rules were corrected by the older lines, so of those they are always right; what they say of
# them is kept from the model, or it would believe them everywhere.
UNSEEN_BY_RULES = frozenset({"fourth", "fifth", "sixth", "learned", "strangers"})
# One word more or less makes another sentence of these.
SHORT = 3
SEED = 1


@dataclass(frozen=True)
class Line:
    """A sentence, what it is, and whether the model may hear what the rules say of it."""

    text: str
    label: str
    ruled: bool = True


@dataclass(frozen=True)
class Net:
    """How a net reads, and where its weights go."""

    name: str
    none: str
    some: str
    read: Callable[[Line], Features]
    label: Callable[[dict], str | None]
    path: Path


def of_danger(line: Line) -> Features:
    said = plain(line.text)
    return hunch.read(said, emergencies.by_rules(said) if line.ruled else None)


def of_refusal(line: Line) -> Features:
    wish = optout.by_rules(line.text) if line.ruled else None
    return optout_hunch.read(plain(line.text), wish and type(wish).__name__)


def danger(line: dict) -> str | None:
    """The kind; None where the corpus does not say which."""
    if not line["label"]:
        return "none"
    kind = line.get("kind", line["group"])
    return kind if kind in hunch.KINDS else hunch.ANY


def refusal(line: dict) -> str | None:
    return optout_hunch.REFUSES if line["label"] == "stop" else "none"


NETS = (
    Net("emergency", "none", hunch.ANY, of_danger, danger, hunch.WEIGHTS),
    Net("optout", "none", optout_hunch.REFUSES, of_refusal, refusal, optout_hunch.WEIGHTS),
)


def lines_of(net: Net, held: bool) -> list[Line]:
    rows = read(CORPORA / f"{net.name}.jsonl")
    return [
        Line(row["text"], net.label(row), row["group"] in UNSEEN_BY_RULES)
        for row in rows
        if (row["part"] == "held") == held
    ]


def everyday(path: Path) -> list[Line]:
    rows = read(path)
    return [Line(row["text"], "none") for row in rows if not row["licence"].startswith(SHARE_ALIKE)]


def with_noise(lines: list[Line], random: Random) -> list[Line]:
    return lines + [
        Line(noisy(line.text, random), line.label, line.ruled)
        for line in lines
        if len(line.text.split()) > SHORT
    ]


def matrix(rows: list[Features]) -> sparse.csr_matrix:
    pointers = np.cumsum([0, *map(len, rows)])
    buckets = [bucket for row in rows for bucket, _ in row]
    values = [value for row in rows for _, value in row]
    return sparse.csr_matrix((values, buckets, pointers), shape=(len(rows), BUCKETS))


def train(net: Net, lines: list[Line]) -> Linear:
    rows = matrix([net.read(line) for line in lines])
    labels = np.array([line.label for line in lines])
    columns = {net.some: fitted(rows, labels != net.none)}
    kinds = sorted(set(labels) - {net.none, net.some})
    known = np.isin(labels, kinds)
    for kind in kinds:
        columns[kind] = fitted(rows[known], labels[known] == kind)
    return in_bytes(columns)


def fitted(rows: sparse.csr_matrix, wanted: np.ndarray) -> tuple[np.ndarray, float]:
    model = LogisticRegression(C=INVERSE_REGULARISATION, max_iter=300).fit(rows, wanted)
    return model.coef_[0], float(model.intercept_[0])


def in_bytes(columns: dict[str, tuple[np.ndarray, float]]) -> Linear:
    scales = {label: float(np.abs(column).max() / 127) for label, (column, _) in columns.items()}
    return Linear(
        scales,
        {label: bias for label, (_, bias) in columns.items()},
        {
            label: memoryview(np.round(column / scales[label]).astype(np.int8))
            for label, (column, _) in columns.items()
        },
    )


def report(net: Net, model: Linear, lines: list[Line]) -> None:
    likely = np.array([model.probability(net.some, net.read(line)) for line in lines])
    wanted = np.array([line.label != net.none for line in lines])
    for bound in np.arange(0.1, 0.75, 0.1):
        drawn = likely >= bound
        recall, alarms = drawn[wanted].mean(), drawn[~wanted].mean()
        precision = (drawn & wanted).sum() / max(1, drawn.sum())
        print(f"  {bound:.1f}: recall {recall:.3f} false {alarms:.3f} precision {precision:.3f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--everyday", type=Path, help="JSONL with text and licence")
    parser.add_argument("--report", action="store_true", help="only say how it does")
    options = parser.parse_args()
    talk = everyday(options.everyday) if options.everyday else []
    for net in NETS:
        lines = with_noise(lines_of(net, held=False), Random(SEED)) + talk
        model = train(net, lines)
        print(f"{net.name}: {len(lines)} lines")
        report(net, model, lines_of(net, held=True))
        if not options.report:
            net.path.write_bytes(model.to_bytes())
            print(f"  {net.path}: {net.path.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
