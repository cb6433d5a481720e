"""What a recogniser might have heard: no capitals or marks, small words lost, sound-alikes."""

import hashlib
import re
from collections.abc import Iterator

# Of a word that sounds like others, one of them; each way.
_ALIKE = (
    ("two", "to", "too"), ("four", "for"), ("eight", "ate"), ("one", "won"), ("right", "write"),
    ("their", "there"), ("hour", "our"), ("know", "no"), ("meet", "meat"), ("week", "weak"),
    ("by", "buy"), ("here", "hear"), ("would", "wood"), ("see", "sea"), ("need", "knead"),
    ("i'd", "aid"), ("appointment", "a pointment"), ("dentist", "dentists"), ("salon", "saloon"),
    ("book", "brook"), ("time", "dime"), ("please", "pleas"), ("day", "they"), ("then", "than"),
)  # fmt: skip
_SOUNDS = {word: tuple(w for w in words if w != word) for words in _ALIKE for word in words}
_SMALL = frozenset(
    [
        "a",
        "an",
        "the",
        "to",
        "of",
        "and",
        "at",
        "on",
        "in",
        "it",
        "is",
        "i",
        "that",
        "for",
        "me",
        "my",
    ]
)
_MOST = 2**32
# Shorter words keep their letters.
_SHORTEST = 5
_MARKS = re.compile(r"(?<!\d)[.,!?;:](?!\d)|[.,!?;](?=\s|$)")


def heard_badly(text: str, rate: float, seed: str) -> str:
    """The text as it is heard when this share of the words goes wrong; the same for a seed."""
    words = _MARKS.sub(" ", text.lower()).split()
    heard = (
        _wrong(word, drawn) if drawn < rate * _MOST else word
        for word, drawn in zip(words, _drawn(f"{seed}:{text}", len(words)), strict=True)
    )
    return " ".join(filter(None, heard))


def _drawn(seed: str, count: int) -> Iterator[int]:
    """Numbers below `_MOST` that are the same for a seed: nothing secret hangs on them."""
    for at in range(count):
        digest = hashlib.blake2b(f"{seed}:{at}".encode(), digest_size=4).digest()
        yield int.from_bytes(digest)


def _wrong(word: str, drawn: int) -> str:
    """One word that goes wrong: another of the same sound, nothing, or a letter less."""
    if word in _SOUNDS:
        return _SOUNDS[word][drawn % len(_SOUNDS[word])]
    if word in _SMALL:
        return ""
    if len(word) < _SHORTEST or not word.isalpha():
        return word
    at = 1 + drawn % (len(word) - 1)
    return word[:at] + word[at + 1 :]
