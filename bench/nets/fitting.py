"""Fitting the two models of a net, and rounding their weights to signed bytes."""

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression
from sklearn.neural_network import MLPClassifier

from domain.hunches import Features, Layered, Linear
from domain.hunches.grams import BUCKETS

# Between 1 and 20 the lines of a batch that was held made no difference.
INVERSE_REGULARISATION = 10.0
# Chosen by leaving out one author after the other, like what follows.
NETWORKS = 3
HIDDEN = 192
EPOCHS = 16
DECAY = 0.1
RATE = 0.001
BATCH = 256
# How much the meaning counts beside the words.
SHARE = 0.75
# Vectors have length one: their numbers are small.
WIDER = 10.0
BYTE = 127


def linear(rows: list[Features], labels: np.ndarray, some: str) -> Linear:
    """A column for whether there is anything, and one for each kind."""
    grams = matrix(rows)
    columns = {some: fitted(grams, labels != "none")}
    kinds = sorted(set(labels) - {"none", some})
    known = np.isin(labels, kinds)
    for kind in kinds:
        columns[kind] = fitted(grams[known], labels[known] == kind)
    scales = {label: float(np.abs(column).max() / BYTE) for label, (column, _) in columns.items()}
    return Linear(
        scales,
        {label: bias for label, (_, bias) in columns.items()},
        {
            label: memoryview(np.round(column / scales[label]).astype(np.int8))
            for label, (column, _) in columns.items()
        },
    )


def matrix(rows: list[Features]) -> sparse.csr_matrix:
    pointers = np.cumsum([0, *map(len, rows)])
    buckets = [bucket for row in rows for bucket, _ in row]
    values = [value for row in rows for _, value in row]
    return sparse.csr_matrix((values, buckets, pointers), shape=(len(rows), BUCKETS))


def fitted(rows: sparse.csr_matrix, wanted: np.ndarray) -> tuple[np.ndarray, float]:
    model = LogisticRegression(C=INVERSE_REGULARISATION, solver="liblinear", tol=1e-2)
    model.fit(rows, wanted)
    return model.coef_[0], float(model.intercept_[0])


def meaning(vectors: np.ndarray, wanted: np.ndarray, seed: int) -> Layered:
    """Several small networks, of which the mean is one wider network."""
    networks = [network(vectors * WIDER, wanted, seed + at) for at in range(NETWORKS)]
    rows = np.concatenate([each.coefs_[0].T for each in networks]) * WIDER
    scales = np.abs(rows).max(axis=1) / BYTE
    share = SHARE / NETWORKS
    return Layered(
        rows=np.round(rows / scales[:, None]).astype(np.int8),
        scales=scales.astype(np.float32),
        biases=np.concatenate([each.intercepts_[0] for each in networks]).astype(np.float32),
        out=np.concatenate([each.coefs_[1][:, 0] for each in networks]).astype(np.float32) * share,
        bias=share * sum(float(each.intercepts_[1][0]) for each in networks),
    )


def network(vectors: np.ndarray, wanted: np.ndarray, seed: int) -> MLPClassifier:
    model = MLPClassifier(
        (HIDDEN,),
        alpha=DECAY,
        max_iter=EPOCHS,
        batch_size=BATCH,
        learning_rate_init=RATE,
        random_state=seed,
    )
    return model.fit(vectors, wanted)
