"""Ordinary words: a word that is none of them may well be a name, however it is written."""

from functools import cache
from pathlib import Path

from domain.receptionist.nlu.given_names import GIVEN_NAMES
from domain.receptionist.nlu.name_words import NOT_NAMES

_LIST = Path(__file__).with_name("ordinary_words.txt")
_VOWELS = frozenset("aeiouy")
# Parts of addresses that were written without their marks.
_MAIL = ("gmail", "mailcom", "yahoo", "hotmail", "outlook", "dotcom")
_SHORTEST = 3


@cache
def _ordinary() -> frozenset[str]:
    return frozenset(_LIST.read_text().split()) | NOT_NAMES


def is_ordinary(word: str) -> bool:
    """Whether a word, in small letters, is one of the language rather than somebody's name."""
    return word in _ordinary() and word not in GIVEN_NAMES


def is_given_name(word: str) -> bool:
    """Whether many people are called so."""
    return word in GIVEN_NAMES


def may_be_name(word: str) -> bool:
    """Whether a word that stands alone may be a name: no ordinary word, no code, no address."""
    if is_given_name(word):
        return True
    if len(word) < _SHORTEST or not _VOWELS & set(word) or any(part in word for part in _MAIL):
        return False
    return not is_ordinary(word)


def is_code(word: str) -> bool:
    """Whether a word is letters of a code rather than a word: "kgb", "dq"."""
    return len(word) > 1 and not _VOWELS & set(word) and word not in {"mr", "mrs", "ms", "dr", "ng"}
