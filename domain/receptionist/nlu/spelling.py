"""Letters said one by one: "D as in dog, E N I S", "S for sugar", "double L", "bravo"."""

import re
from dataclasses import dataclass

from domain.receptionist.nlu.heard import fold
from domain.receptionist.nlu.spans import Span, Word

_NATO = (
    "alpha bravo charlie delta echo foxtrot golf hotel india juliet kilo lima mike november "
    "oscar papa quebec romeo sierra tango uniform victor whiskey xray yankee zulu"
)
NATO = {word: word[0] for word in _NATO.split()}
_SOUNDS = {"zed": "z", "zee": "z", "zedd": "z", "aitch": "h", "why": "y", "double-u": "w"}
_WORD = re.compile(r"[^\W\d_]+(?:['\-][^\W\d_]+)*")
_FILLERS = frozenset({"capital", "then", "and", "next", "letter", "um", "uh"})
# Recognisers glue letters: "d e n is a k h t AR". Longer pieces are words again.
_LONGEST_PIECE = 3


@dataclass(frozen=True)
class SpelledWord:
    """A word put together from letters."""

    span: Span
    letters: str


def letter_of(word: str) -> str:
    """The letter that "zed" or a single letter stands for; empty for other words."""
    if len(word) == 1 and word.isalpha():
        return word
    return _SOUNDS.get(word, "")


def as_in(texts: list[str], at: int) -> tuple[str, int]:
    """Read "d as in dog" or "s for sugar" at `at`; returns the letter and the words it took."""
    letter, rest = letter_of(texts[at]), texts[at + 1 : at + 4]
    if letter and rest[:2] in (["as", "in"], ["like", "in"]) and len(rest) == 3:
        return letter, 4
    if letter and rest[:1] in (["for"], ["like"]) and len(rest) > 1 and rest[1][0] == letter:
        return letter, 3
    return "", 0


def find_spelled(text: str) -> tuple[SpelledWord, ...]:
    """Every run of at least three spoken letters."""
    words = [Word(m.group(), *m.span()) for m in _WORD.finditer(fold(text))]
    found, at = [], 0
    while at < len(words):
        spelled, after = _run(words, at)
        if spelled:
            found.append(spelled)
        at = max(after, at + 1)
    return tuple(found)


def _run(words: list[Word], at: int) -> tuple[SpelledWord | None, int]:
    """Collect letters from `at` until a word that is none; returns the index after them."""
    texts = [word.text for word in words]
    letters, singles, start, last = "", 0, at, at
    while at < len(words):
        piece, length = _piece(texts, at, bool(letters))
        if not length:
            break
        letters += piece
        singles += len(piece) == 1
        at += length
        last = at if piece else last
    # "I am" are letters too: only a run with three letters said singly is spelling.
    if singles < 3 or len(letters) < 3:
        return None, at
    return SpelledWord(Span(words[start].start, words[last - 1].end), letters), at


def _piece(texts: list[str], at: int, inside: bool) -> tuple[str, int]:
    letter, length = as_in(texts, at)
    if length:
        return letter, length
    word = texts[at]
    if word == "double" and at + 1 < len(texts) and letter_of(texts[at + 1]):
        return letter_of(texts[at + 1]) * 2, 2
    single = letter_of(word) or (NATO.get(word, "") if _in_alphabet(texts, at) else "")
    if single:
        return single, 1
    if inside and word in _FILLERS:
        return "", 1
    glued = inside and len(word) <= _LONGEST_PIECE and _before_letter(texts, at)
    return (word, 1) if glued else ("", 0)


def _in_alphabet(texts: list[str], at: int) -> bool:
    """ "Mike" is a name alone, and an M between other code words."""
    beside = texts[max(at - 1, 0) : at] + texts[at + 1 : at + 2]
    return any(word in NATO or len(word) == 1 for word in beside)


def _before_letter(texts: list[str], at: int) -> bool:
    following = texts[at + 1 : at + 2]
    return not following or len(following[0]) <= _LONGEST_PIECE
