"""How alike two texts look and sound: for what was misheard or misspelt."""

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from domain.receptionist.nlu.faq_text import words

Pieces = Counter[str]
_SIZES = (3, 4)
# Spellings of one English sound become one letter; what is left of vowels is that there was one.
_SPELLINGS = tuple(
    (re.compile(pattern), letter)
    for pattern, letter in (
        (r"(.)\1+", r"\1"),
        (r"^wr", "r"),
        (r"^kn", "n"),
        (r"ph", "f"),
        (r"ght", "t"),
        (r"sch|ck", "k"),
        (r"sh|ch", "S"),
        (r"th", "T"),
        (r"c(?=[eiy])", "s"),
        (r"g(?=[eiy])", "j"),
    )
)
_ALIKE = str.maketrans("cqzvdbgxm", "kksftpkkn")
_VOWELS = re.compile(r"[aeiouyhw]+")


def sound(word: str) -> str:
    """A rough spelling of how a word sounds: "dogs" and "docks" are the same."""
    for spelling, letter in _SPELLINGS:
        word = spelling.sub(letter, word)
    return _VOWELS.sub("a", word.translate(_ALIKE))


def sounds(text: str) -> Pieces:
    """Pieces of how a text sounds, across its words: recognition cuts them where it likes."""
    return Counter(_cut("|" + "".join(sound(word) for word in words(text)) + "|"))


def letters(text: str) -> Pieces:
    """Pieces of how the words of a text are spelt."""
    return Counter(piece for word in words(text) for piece in _cut(f" {word} "))


def _cut(text: str) -> Iterator[str]:
    for size in _SIZES:
        yield from (text[at : at + size] for at in range(len(text) - size + 1))


class Likeness:
    """Texts that others are compared with; a piece that few of them have counts more."""

    def __init__(self, texts: Sequence[Pieces]) -> None:
        self._texts = texts
        seen = Counter(piece for text in texts for piece in text)
        total = len(texts)
        self._weight = {
            piece: math.log(1 + (total - count + 0.5) / (count + 0.5)) ** 2
            for piece, count in seen.items()
        }
        self._lengths = [math.sqrt(sum(self._weight[piece] for piece in text)) for text in texts]

    def of(self, asked: Pieces) -> list[float]:
        """How alike each text is to what was asked, 0 to 1."""
        length = math.sqrt(sum(self._weight.get(piece, 1.0) for piece in asked))
        return [
            sum(self._weight[piece] for piece in asked if piece in text) / max(own * length, 1e-9)
            for text, own in zip(self._texts, self._lengths, strict=True)
        ]
