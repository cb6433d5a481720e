"""What a recogniser might have heard: no capitals or marks, small words lost, sound-alikes."""

import re
from random import Random

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
_MARKS = re.compile(r"(?<!\d)[.,!?;:](?!\d)|[.,!?;](?=\s|$)")


def heard_badly(text: str, rate: float, seed: str) -> str:
    """The text as it is heard when this share of the words goes wrong; the same for a seed."""
    random = Random(f"{seed}:{text}")  # noqa: S311
    words = _MARKS.sub(" ", text.lower()).split()
    return " ".join(_word(word, random) if random.random() < rate else word for word in words)


def _word(word: str, random: Random) -> str:
    """One word that goes wrong: another of the same sound, nothing, or a letter less."""
    if word in _SOUNDS:
        return random.choice(_SOUNDS[word])
    if word in _SMALL:
        return ""
    if len(word) < 5 or not word.isalpha():
        return word
    at = random.randrange(1, len(word))
    return word[:at] + word[at + 1 :]
