"""Train the intent weights: `python -m bench.nlu.train_intents DATA.jsonl OUT.npz [--evaluate]`.

DATA has one JSON object per line with `text`, `intent`, `source`, `licence`. Needs scikit-learn,
which Deskbell itself does not. Share-alike sources are left out unless `--all-sources` is given.
"""

import argparse
import json
from collections import Counter
from pathlib import Path

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold

from domain.receptionist.nlu.features import BUCKETS, features, weighted
from domain.receptionist.nlu.heard import hear
from domain.receptionist.nlu.intents import OUT_OF_SCOPE, Weights, find_intent

OWN = Path(__file__).with_name("own_utterances.tsv")
SHARE_ALIKE = "CC-BY-SA"
# Chosen by five-fold cross-validation among 5, 10, 20 and 40.
INVERSE_REGULARISATION = 20.0


def read(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in path.read_text().splitlines()]


def own_rows() -> list[dict[str, str]]:
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


def train(rows: list[dict[str, str]]) -> Weights:
    counts = [features(hear(row["text"])) for row in rows]
    idf = inverse_frequencies(counts).astype(np.float16).astype(np.float32)
    model = LogisticRegression(C=INVERSE_REGULARISATION, max_iter=1000)
    model.fit(matrix(counts, idf), [row["intent"] for row in rows])
    coefficients = model.coef_.T
    scale = np.abs(coefficients).max(axis=0) / 127
    return Weights(
        labels=tuple(model.classes_),
        idf=idf,
        matrix=np.round(coefficients / scale).astype(np.int8),
        scale=scale.astype(np.float32),
        bias=model.intercept_.astype(np.float32),
    )


def save(weights: Weights, path: Path) -> None:
    np.savez_compressed(
        path,
        labels=np.array(weights.labels),
        idf=weights.idf.astype(np.float16),
        matrix=weights.matrix,
        scale=weights.scale,
        bias=weights.bias,
    )


def evaluate(rows: list[dict[str, str]], everything: list[dict[str, str]]) -> None:
    """Five folds over `everything`, training on our own and on those whose licence allows."""
    allowed = {id(row) for row in rows}
    labels = [row["intent"] for row in everything]
    pairs: list[tuple[str, str]] = []
    folds = StratifiedKFold(5, shuffle=True, random_state=0).split(labels, labels)
    for train_at, test_at in folds:
        chosen = [everything[at] for at in train_at if id(everything[at]) in allowed]
        weights = train(chosen + own_rows())
        for at in test_at:
            found = find_intent(hear(everything[at]["text"]), weights)
            pairs.append((labels[at], found.label))
    report(pairs)


def report(pairs: list[tuple[str, str]]) -> None:
    right = sum(gold == found for gold, found in pairs)
    both = sum(gold == found == OUT_OF_SCOPE for gold, found in pairs)
    recall = both / sum(gold == OUT_OF_SCOPE for gold, _ in pairs)
    precision = both / max(1, sum(found == OUT_OF_SCOPE for _, found in pairs))
    print(f"accuracy {right / len(pairs):.3f} of {len(pairs)}")
    f1 = 2 * precision * recall / (precision + recall)
    print(f"out of scope: precision {precision:.3f} recall {recall:.3f} F1 {f1:.3f}")
    for label in sorted({gold for gold, _ in pairs}):
        of_label = [found for gold, found in pairs if gold == label]
        print(f"  {label:14} {of_label.count(label) / len(of_label):.2f}", end=" ")
        print(Counter(found for found in of_label if found != label).most_common(3))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--all-sources", action="store_true")
    parser.add_argument("--evaluate", action="store_true")
    options = parser.parse_args()
    everything = read(options.data)
    allowed = [
        row
        for row in everything
        if options.all_sources or not row["licence"].startswith(SHARE_ALIKE)
    ]
    if options.evaluate:
        evaluate(allowed, everything)
    weights = train(allowed + own_rows())
    save(weights, options.out)
    print(f"{options.out}: {options.out.stat().st_size / 1e6:.2f} MB from {len(allowed)} rows")


if __name__ == "__main__":
    main()
