"""Plain words as sparse numbers: words, pieces of words, and what they are about."""

from collections.abc import Iterable, Iterator
from itertools import combinations, pairwise
from zlib import crc32

from domain.hunches.concepts import Lexicon
from domain.plain import Plain

# A power of two large enough that the n-grams of some thousand utterances seldom collide.
BUCKETS = 2**16
# How far apart two words may stand that are seen together.
REACH = 4
# Nobody's first words need more, and a rant must not cost more than a sentence.
MOST_WORDS = 60
PIECES = range(3, 6)

Features = list[tuple[int, float]]


def features(said: Plain, lexicon: Lexicon, rules: Iterable[str] = ()) -> Features:
    """(bucket, value) pairs; each family of n-grams has a length of its own."""
    words = [word for word in said.text.split() if word != "."][:MOST_WORDS]
    concepts = lexicon.read(words)
    # Weights of the families, chosen on development lines: what words are about says the most.
    families = (
        (1.0, set(_words(words))),
        (0.7, set(_apart(words))),
        (1.0, set(_pieces(words))),
        (1.3, set(_concepts(concepts))),
        (1.3, {f"P{a}&{b}" for a, b in combinations(sorted(set(concepts)), 2)}),
        (0.6, {f"R{rule}" for rule in rules}),
        (0.3, {f"L{min(len(words), 20) // 3}"}),
    )
    return [
        (crc32(gram.encode()) % BUCKETS, weight / len(grams) ** 0.5)
        for weight, grams in families
        for gram in sorted(grams)
    ]


def _words(words: list[str]) -> Iterator[str]:
    yield from (f"w{word}" for word in words)
    padded = ["^", *words, "$"]
    yield from (f"b{first} {second}" for first, second in pairwise(padded))
    yield from (f"t{' '.join(padded[at : at + 3])}" for at in range(len(padded) - 2))


def _apart(words: list[str]) -> Iterator[str]:
    for at, word in enumerate(words):
        yield from (f"g{word}~{later}" for later in words[at + 2 : at + REACH + 1])


def _pieces(words: list[str]) -> Iterator[str]:
    for word in set(words):
        padded = f" {word} "
        for size in PIECES:
            yield from (f"c{padded[at : at + size]}" for at in range(len(padded) - size + 1))


def _concepts(concepts: list[str]) -> Iterator[str]:
    yield from (f"k{concept}" for concept in concepts)
    yield from (f"K{first} {second}" for first, second in pairwise(["^", *concepts, "$"]))
