"""What a caller said, rewritten with digits, and the way back to the caller's own words.

Rules read `Heard.text` ("the 23th of may at half past 3 pm") and report positions in the original.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from domain.receptionist.nlu.spans import Span, Word
from domain.receptionist.nlu.spoken_numbers import digitise

_TOKEN = re.compile(
    r"""(?P<oclock> (?<![a-z]) o\s?['"]?\s?clock (?![a-z]) )
      | (?P<half> \.?\s? (?<![a-z]) [ap] \s?\.?\s? m (?![a-z]) (?:\s?\.)? | (?<=\d) [ap] (?![a-z]) )
      | (?P<night> (?<![a-z]) mid\s?night (?![a-z]) )
      | (?P<number> \d+ (?: [:.]\d+ )* )
      | (?P<word> [^\W\d_]+ (?: '[^\W\d_]+ )* )
      | (?P<mark> \S )""",
    re.VERBOSE,
)


@dataclass(frozen=True)
class Heard:
    """An utterance: the original, and `text` in lower case, digits for numbers, one space apart."""

    original: str
    text: str
    words: tuple[Word, ...]
    offsets: tuple[int, ...]

    def span(self, start: int, end: int) -> Span:
        """Turn a range of `text` into the range of the original it was made from."""
        first = bisect_right(self.offsets, start) - 1
        last = bisect_right(self.offsets, max(start, end - 1)) - 1
        return Span(self.words[first].start, self.words[last].end)

    def of(self, match: re.Match[str]) -> Span:
        """Where in the original a match of `text` lies."""
        return self.span(match.start(), match.end())


def fold(text: str) -> str:
    """Lower-case `text` and straighten its quotes without moving a character."""
    if text.isascii():
        return text.lower().replace("_", " ")
    lowered = "".join(low if len(low := char.lower()) == 1 else char for char in text)
    return lowered.replace("\u2019", "'").replace("\u2018", "'").replace("_", " ")


@lru_cache(maxsize=256)
def hear(text: str) -> Heard:
    """Tokenise an utterance and write its numbers as digits ("twenty third" becomes "23th")."""
    words = tuple(digitise(tokens(text)))
    lengths = (len(word.text) + 1 for word in words)
    offsets = (0, *accumulate(lengths))[: len(words)]
    return Heard(text, " ".join(word.text for word in words), words, offsets)


def tokens(text: str) -> list[Word]:
    """Split `text` into lower-case words, numbers and marks, as they stand."""
    folded = fold(text)
    found = (_token(match) for match in _TOKEN.finditer(folded))
    return _join_ordinals(list(found))


def _token(match: re.Match[str]) -> Word:
    text = match.group().strip()
    if match["half"]:
        text = "am" if "a" in text else "pm"
    elif match["oclock"]:
        text = "oclock"
    elif match["night"]:
        text = "midnight"
    return Word(text, match.start(), match.end())


def _join_ordinals(words: list[Word]) -> list[Word]:
    joined: list[Word] = []
    for word in words:
        before = joined[-1] if joined else None
        touches = before is not None and before.end == word.start and before.text.isdigit()
        if before and touches and word.text in {"st", "nd", "rd", "th"}:
            joined[-1] = Word(f"{before.text}th", before.start, word.end)
        else:
            joined.append(word)
    return joined
