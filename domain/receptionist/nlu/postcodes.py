"""Postcodes read out letter by letter: "m 3 U 8 p zed"; ZIP codes by their five digits."""

import re
from dataclasses import dataclass
from itertools import product

from domain.receptionist.nlu.heard import Heard
from domain.receptionist.nlu.spans import Span, Word
from domain.receptionist.nlu.spelling import letter_of

# How recognisers write single letters.
_HEARD_AS = {
    "are": "r",
    "you": "u",
    "tea": "t",
    "tee": "t",
    "pea": "p",
    "pee": "p",
    "bee": "b",
    "sea": "c",
    "see": "c",
    "in": "n",
    "and": "n",
    "day": "d",
    "jay": "j",
    "kay": "k",
    "queue": "q",
    "eye": "i",
    "ex": "x",
}
# Roman numerals, and the letter that looks like a nought.
_DIGITS = {"I": "1", "O": "0", "V": "5"}
_BRITISH = re.compile(r"[A-Z]{1,2}\d[A-Z\d]?\d[A-Z]{2}")
# Digits said one by one are written "1-1-2-1-5", and all at once "10,001".
_ZIP = re.compile(r"(?<![\d-])(?P<code>\d(?:(?: ?[,.\-])? ?\d){4})(?: ?- ?(?P<plus>\d{4}))?(?!\d)")
_LONGEST = 8


@dataclass(frozen=True)
class PostcodeMention:
    """A postcode in capitals without spaces, where it was said."""

    span: Span
    code: str

    @property
    def whole(self) -> bool:
        """Whether it has the shape of a British or an American one."""
        return bool(_BRITISH.fullmatch(self.code) or _ZIP.fullmatch(self.code))


def find_postcode(heard: Heard, region: str, *, asked: bool = False) -> PostcodeMention | None:
    """The postcode of an utterance; `asked` accepts shapes that are not the country's usual."""
    if region == "US":
        return _zip(heard, asked)
    pieces = [
        (_characters(_as_said(heard, word)), Span(word.start, word.end)) for word in heard.words
    ]
    return _british(pieces) or (_joined(pieces) if asked else None)


def _zip(heard: Heard, asked: bool) -> PostcodeMention | None:
    match = _ZIP.search(heard.text)
    if not match or not (asked or re.search(r"\bzip|post(?:al)? ?code", heard.text)):
        return None
    code = re.sub(r"\D", "", match["code"]) + (f"-{match['plus']}" if match["plus"] else "")
    return PostcodeMention(heard.of(match), code)


def _as_said(heard: Heard, word: Word) -> str:
    """Undo the reading of the P in "8p" as an afternoon."""
    half_of_day = word.text in {"am", "pm"}
    return heard.original[word.start : word.end].strip(" .").lower() if half_of_day else word.text


def _characters(word: str) -> str:
    if word.isdigit() or letter_of(word):
        return letter_of(word) or word
    if word in _HEARD_AS:
        return _HEARD_AS[word]
    return word if word.isalnum() and len(word) <= 3 else ""


def _british(pieces: list[tuple[str, Span]]) -> PostcodeMention | None:
    for start in range(len(pieces)):
        code = ""
        for piece, span in pieces[start:]:
            code += piece.upper()
            if not piece or len(code) > _LONGEST:
                break
            if meant := _as_british(code):
                return PostcodeMention(pieces[start][1].to(span), meant)
    return None


def _as_british(code: str) -> str | None:
    """The code, if it is one once V, O and I are the digits for which recognisers take them."""
    if _BRITISH.fullmatch(code):
        return code
    choices = [(char, _DIGITS[char]) if char in _DIGITS else (char,) for char in code]
    spelled = ("".join(chars) for chars in product(*choices))
    return next((each for each in spelled if _BRITISH.fullmatch(each)), None)


def _joined(pieces: list[tuple[str, Span]]) -> PostcodeMention | None:
    kept = [(piece, span) for piece, span in pieces if piece]
    code = "".join(piece for piece, _ in kept).upper()
    if not 2 <= len(code) <= _LONGEST or not any(char.isdigit() for char in code):
        return None
    return PostcodeMention(kept[0][1].to(kept[-1][1]), code)
