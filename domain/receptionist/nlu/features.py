"""Utterances as sparse numbers: hashed TF-IDF of words (1-2) and of characters (2-5)."""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from zlib import crc32

import numpy as np
import numpy.typing as npt

from domain.receptionist.nlu.confirmation import find_confirmation
from domain.receptionist.nlu.heard import Heard

# A power of two large enough that the n-grams of a few thousand utterances seldom collide.
BUCKETS = 2**15

Indices = npt.NDArray[np.int64]
Values = npt.NDArray[np.float32]


def features(heard: Heard) -> tuple[Counter[int], Counter[int]]:
    """Counts per bucket, of word n-grams and of character n-grams."""
    words = [_plain(word.text) for word in heard.words]
    answer = find_confirmation(heard)
    signs = [f"answer={answer.answer}"] if answer else []
    signs.append(f"length={min(len(words), 12) // 3}")
    return Counter(_buckets(_word_grams(words), "w")) + Counter(_buckets(signs, "s")), Counter(
        _buckets(_character_grams(words), "c")
    )


def weighted(
    counts: tuple[Counter[int], Counter[int]], idf: npt.NDArray[np.float32]
) -> tuple[Indices, Values]:
    """Sublinear TF-IDF; words and characters each have length one. Returns (buckets, values)."""
    parts = [_unit(part, idf) for part in counts if part]
    if not parts:
        return np.zeros(0, np.int64), np.zeros(0, np.float32)
    return np.concatenate([part[0] for part in parts]), np.concatenate([part[1] for part in parts])


def _unit(counts: Counter[int], idf: npt.NDArray[np.float32]) -> tuple[Indices, Values]:
    buckets = np.fromiter(counts.keys(), np.int64, len(counts))
    values = np.fromiter(counts.values(), np.float32, len(counts))
    values = (1 + np.log(values)) * idf[buckets]
    return buckets, values / max(float(np.linalg.norm(values)), 1e-9)


def _plain(word: str) -> str:
    """One sign for every number: which hour was asked for says nothing about the intent."""
    return "#" if word[0].isdigit() else word


def _word_grams(words: list[str]) -> Iterator[str]:
    yield from words
    padded = ["^", *words, "$"]
    yield from (f"{first} {second}" for first, second in pairwise(padded))


def _character_grams(words: list[str]) -> Iterator[str]:
    for word in words:
        padded = f" {word} "
        for size in range(2, 6):
            yield from (padded[at : at + size] for at in range(len(padded) - size + 1))


def _buckets(grams: Iterable[str], family: str) -> Iterator[int]:
    return (crc32(f"{family}{gram}".encode()) % BUCKETS for gram in grams)
