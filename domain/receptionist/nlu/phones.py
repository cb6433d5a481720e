"""Telephone numbers as people say them: "five five five, oh one double nine", "+44 twenty ..."."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import phonenumbers

from domain.receptionist.nlu.heard import Heard
from domain.receptionist.nlu.spans import Span, Word

_REPEATS = {"double": 2, "triple": 3, "treble": 3}
_PAUSES = frozenset(
    ["-", ".", "(", ")", ",", "/", "and", "dash", "hyphen", "then", "um", "uh", "er", "that's"]
)
_PLUS = frozenset({"+", "plus"})
_EXTENSION = re.compile(r" ?,? ?(?:extension|ext|x)\b ?\.? ?(?:number )?(\d{1,6})")
# E.164 allows fifteen digits; a local number has at least seven.
_MOST, _LEAST, _LEAST_WHEN_ASKED = 15, 7, 3


@dataclass(frozen=True)
class PhoneMention:
    """A telephone number where it was said; `digits` are as spoken, without any plus sign."""

    span: Span
    digits: str
    e164: str | None
    """Null while the digits cannot be a number of the region (too few, too many)."""
    valid: bool = False
    """Whether the numbering plan knows it; fictional numbers are possible but not valid."""
    extension: str | None = None


@dataclass(frozen=True)
class _Group:
    digits: str
    start: int
    end: int
    plus: bool


def find_phone(heard: Heard, region: str, *, asked: bool = False) -> PhoneMention | None:
    """The most likely telephone number of the utterance; `asked` also accepts a part of one."""
    least = _LEAST_WHEN_ASKED if asked else _LEAST
    windows = [_best_window(run, region) for run in _runs(heard.words)]
    found = [window for window in windows if len(_digits(window)) >= least]
    if not found:
        return None
    # The later of two equally long numbers is the correction of the first.
    chosen = max(reversed(found), key=lambda window: _rank(window, region))
    return _mention(heard, chosen, region)


def _runs(words: Sequence[Word]) -> list[list[_Group]]:
    """Groups of digits with nothing but pauses between them."""
    runs: list[list[_Group]] = [[]]
    repeat, plus, at = 1, False, 0
    for word in words:
        at = word.end
        digits = _spoken_digits(word.text, repeat)
        if digits:
            runs[-1].append(_Group(digits, word.start, at, plus))
            repeat, plus = 1, False
        elif word.text in _REPEATS:
            repeat = _REPEATS[word.text]
        elif word.text in _PLUS:
            plus = True
            runs.append([])
        elif word.text not in _PAUSES:
            runs.append([])
    return [run for run in runs if run]


def _spoken_digits(word: str, repeat: int) -> str:
    if word in {"o", "oh"}:
        return "0" * repeat
    joined = word.replace(".", "")
    if not joined.isdigit():
        return ""
    return joined[0] * (repeat - 1) + joined


def _best_window(run: list[_Group], region: str) -> list[_Group]:
    """The whole run, or where a postcode stands before the number, the part that is a number."""
    # Eleven digits are a whole number nearly everywhere; more need a country code to be believed.
    length = len(_digits(run))
    if length <= 11 or (length <= _MOST and (run[0].plus or _is_valid(run, region))):
        return run
    # A group has at least one digit, so no window is longer than the most digits.
    windows = [
        run[start:end]
        for start in range(len(run))
        for end in range(start + 1, min(start + _MOST, len(run)) + 1)
    ]
    fitting = [window for window in windows if len(_digits(window)) <= _MOST]
    return max(fitting, key=lambda window: _rank(window, region), default=[])


def _rank(window: list[_Group], region: str) -> tuple[bool, bool, int]:
    digits = _digits(window)
    return _is_valid(window, region), len(digits) in {10, 11}, len(digits)


def _digits(groups: list[_Group]) -> str:
    return "".join(group.digits for group in groups)


def _parsed(groups: list[_Group], region: str) -> phonenumbers.PhoneNumber | None:
    prefix = "+" if groups and groups[0].plus else ""
    try:
        return phonenumbers.parse(prefix + _digits(groups), region)
    except phonenumbers.NumberParseException:
        return None


def _is_valid(groups: list[_Group], region: str) -> bool:
    number = _parsed(groups, region)
    return number is not None and phonenumbers.is_valid_number(number)


def _mention(heard: Heard, groups: list[_Group], region: str) -> PhoneMention:
    number = _parsed(groups, region)
    span = Span(groups[0].start, groups[-1].end)
    e164 = None
    if number and phonenumbers.is_possible_number(number):
        e164 = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    extension = _EXTENSION.match(heard.original.lower(), span.end)
    return PhoneMention(
        span, _digits(groups), e164, _is_valid(groups, region), extension and extension[1]
    )
