"""Train the intent weights: `python -m bench.nlu.train_intents DATA.jsonl [--evaluate]`.

DATA has one JSON object per line with `text`, `intent`, `source`, `licence`. Two models are made:
one of words alone, one of words and what they mean (the extra `meaning`). Needs scikit-learn, which
Deskbell itself does not. Share-alike sources are left out unless `--all-sources` is given.
"""

import argparse
import json
from collections import Counter
from pathlib import Path

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedGroupKFold

from bench.nlu.alike import groups
from deskbell.brain.shares import of_label
from domain.receptionist.nlu.features import BUCKETS, features, weighted
from domain.receptionist.nlu.heard import hear
from domain.receptionist.nlu.intents import ALONE, OUT_OF_SCOPE, TOGETHER, Weights, find_intent
from domain.receptionist.nlu.meaning import use_embedder
from integrations.minilm.encoder import MiniLm

OWN = Path(__file__).with_name("own_utterances.tsv")
SHARE_ALIKE = "CC-BY-SA"
# The folds compared 20 and 2 with 10 and 4, stopped as early; these did better by two points.
INVERSE_REGULARISATION = 20.0
MEANING_WEIGHT = 2.0
MOST_STEPS, CLOSE = 150, 3e-3

Row = dict[str, str]


def read(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text().splitlines()]


def own_rows() -> list[Row]:
    lines = (line.split("\t") for line in OWN.read_text().splitlines())
    return [{"intent": intent, "text": text} for intent, text in lines]


def matrix(counts, idf: np.ndarray) -> sparse.csr_matrix:
    rows = [weighted(count, idf) for count in counts]
    pointers = np.cumsum([0, *(len(buckets) for buckets, _ in rows)])
    buckets = np.concatenate([row[0] for row in rows])
    values = np.concatenate([row[1] for row in rows])
    return sparse.csr_matrix((values, buckets, pointers), shape=(len(rows), BUCKETS))


def inverse_frequencies(counts) -> np.ndarray:
    seen = Counter(bucket for words, chars in counts for bucket in {*words, *chars})
    frequency = np.zeros(BUCKETS)
    frequency[list(seen)] = list(seen.values())
    return (np.log((1 + len(counts)) / (1 + frequency)) + 1).astype(np.float32)


def train(rows: list[Row], *, with_meaning: bool) -> Weights:
    counts = [features(hear(row["text"])) for row in rows]
    idf = inverse_frequencies(counts).astype(np.float16).astype(np.float32)
    seen = matrix(counts, idf)
    if with_meaning:
        vectors = MiniLm().embed([row["text"] for row in rows]) * MEANING_WEIGHT
        seen = sparse.hstack([seen, sparse.csr_matrix(vectors)]).tocsr()
    model = LogisticRegression(C=INVERSE_REGULARISATION, max_iter=MOST_STEPS, tol=CLOSE)
    model.fit(seen, [row["intent"] for row in rows])
    words, meaning = model.coef_.T[:BUCKETS], model.coef_.T[BUCKETS:] * MEANING_WEIGHT
    scale = np.abs(words).max(axis=0) / 127
    return Weights(
        labels=tuple(model.classes_),
        idf=idf,
        matrix=np.round(words / scale).astype(np.int8),
        scale=scale.astype(np.float32),
        bias=model.intercept_.astype(np.float32),
        meaning=meaning.astype(np.float16).astype(np.float32) if with_meaning else None,
    )


def save(weights: Weights, path: Path) -> None:
    parts = {
        "labels": np.array(weights.labels),
        "idf": weights.idf.astype(np.float16),
        "matrix": weights.matrix,
        "scale": weights.scale,
        "bias": weights.bias,
    }
    if weights.meaning is not None:
        parts["meaning"] = weights.meaning.astype(np.float16)
    np.savez_compressed(path, **parts)


def evaluate(allowed: list[Row], everything: list[Row], *, with_meaning: bool) -> None:
    """Five folds over `everything`; what is nearly the same is in one fold."""
    may_learn = {id(row) for row in allowed}
    labels = [row["intent"] for row in everything]
    pairs: list[tuple[str, str]] = []
    folds = StratifiedGroupKFold(5, shuffle=True, random_state=0)
    alike = groups([row["text"] for row in everything])
    for train_at, test_at in folds.split(labels, labels, alike):
        chosen = [everything[at] for at in train_at if id(everything[at]) in may_learn]
        weights = train(chosen + own_rows(), with_meaning=with_meaning)
        for at in test_at:
            pairs.append((labels[at], find_intent(hear(everything[at]["text"]), weights).label))
    report(pairs)


def report(pairs: list[tuple[str, str]]) -> None:
    right = sum(gold == found for gold, found in pairs)
    print(f"accuracy {right / len(pairs):.3f} of {len(pairs)}")
    print("out of scope", of_label(OUT_OF_SCOPE, pairs))
    for label in sorted({gold for gold, _ in pairs}):
        wrong = Counter(found for gold, found in pairs if gold == label != found)
        print(f"  {label:14}", of_label(label, pairs), wrong.most_common(3))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--all-sources", action="store_true")
    parser.add_argument("--evaluate", action="store_true")
    options = parser.parse_args()
    use_embedder(MiniLm())
    everything = read(options.data)
    allowed = [
        row
        for row in everything
        if options.all_sources or not row["licence"].startswith(SHARE_ALIKE)
    ]
    for path, with_meaning in ((ALONE, False), (TOGETHER, True)):
        if options.evaluate:
            evaluate(allowed, everything, with_meaning=with_meaning)
        save(train(allowed + own_rows(), with_meaning=with_meaning), path)
        print(f"{path}: {path.stat().st_size / 1e6:.2f} MB from {len(allowed)} rows")


if __name__ == "__main__":
    main()
