"""Which digits are a payment card's number, and which are its security code."""

import re
from collections.abc import Iterator

import phonenumbers

from domain.privacy.digits import Run, only_fillers, runs

SHORTEST, LONGEST = 13, 19
ISSUED_LENGTHS = (14, 15, 16)
# What the card schemes issue today: prefix and length.
_ISSUED = re.compile(
    r"""4\d{15}
      | (?:5[0-8]|6\d|35)\d{14}
      | 2(?:2[2-9]|[3-6]\d|7[0-2])\d{13}
      | 3[47]\d{13}
      | 3(?:0[0-5]|[689]\d)\d{11}""",
    re.VERBOSE,
)
_BEGINS = re.compile(r"4|6|5(?:[0-8]|$)|3(?:[04-9]|$)|2(?:[2-7]|$)")
_INTERNATIONAL = re.compile(r"00|011")

_CODE_NAME = re.compile(
    r"""(?<!\w)(?: c[\s.]*v[\s.]*[vc](?:\s*2(?!\s*\d))? | c\.?s\.?c
      | (?:card\s+)?security\s+code
      | card\s+verification\s+(?:code|number|value)
      | (?:code|number|numbers|digits)\s+(?:is\s+)?on\s+the\s+back )(?!\w)""",
    re.VERBOSE | re.IGNORECASE,
)
_NAMES_IT = re.compile(
    r"(?:\W|(?:a|are|be|card|code|for|here|is|it's|its|it|my|number|of|on|so|that's|that|the|this|"
    r"um|uh|was|would|back|three|digits)(?!\w))*+",
    re.IGNORECASE,
)
_NAMED_AFTER = re.compile(r"\W*(?:(?:as|for|is|was)\s+)?(?:(?:my|the)\s+)?", re.IGNORECASE)
CODE_LENGTHS = (3, 4)


def is_card_number(digits: str) -> bool:
    """Whether 13 to 19 digits pass the Luhn check (ISO/IEC 7812-1)."""
    return SHORTEST <= len(digits) <= LONGEST and _luhn(digits)


def is_issued(digits: str) -> bool:
    """The same, for a prefix and a length that a card scheme issues."""
    return _ISSUED.fullmatch(digits) is not None and _luhn(digits)


def may_become_card(digits: str) -> bool:
    """Whether more digits could make these a card's number."""
    return len(digits) < ISSUED_LENGTHS[-1] and _BEGINS.match(digits) is not None


def holds_card(run: Run) -> bool:
    """Whether a run is a card number, or has one in it from breath to breath."""
    if is_card_number(run.digits):
        return not _is_phone(run)
    if len(run.digits) < SHORTEST or _said_twice(run.digits):
        return False
    return any(is_issued(part) for part in _parts(run))


def begins_with_rest_of_card(before: str, run: Run) -> bool:
    """Whether digits said before become a card number with the first breaths of a run."""
    return any(is_issued(before + run.digits[:end]) for end in run.breaths[1:])


def codes(text: str, found: list[Run]) -> list[tuple[int, int]]:
    """Where security codes stand that are named as such."""
    spans = []
    for name in _CODE_NAME.finditer(text):
        spans += [_code(run) for run in found if _belongs(text, name, run)]
    return spans


def awaits_code(text: str) -> bool:
    """Whether a text ends by naming a security code that it does not tell."""
    *_, last = [None, *_CODE_NAME.finditer(text)]
    return last is not None and _NAMES_IT.fullmatch(text[last.end() :]) is not None


def leading_code(text: str) -> tuple[int, int] | None:
    """Where the code stands in an answer that is nothing else at its beginning."""
    found = runs(text)
    if not found or not only_fillers(text[: found[0].start]):
        return None
    return _code(found[0]) if len(found[0].digits) in CODE_LENGTHS else None


def _parts(run: Run) -> Iterator[str]:
    """What is as long as a card number and lies between two breaths."""
    breaths = set(run.breaths)
    if any(len(group.digits) > ISSUED_LENGTHS[-1] for group in run.groups):
        # Keys are pressed, and digits are typed, without a breath between card and code.
        breaths = set(range(len(run.digits) + 1))
    for start in breaths:
        for length in ISSUED_LENGTHS:
            if start + length in breaths:
                yield run.digits[start : start + length]


def _belongs(text: str, name: re.Match[str], run: Run) -> bool:
    if not _begins_with_code(run):
        return False
    if name.end() <= run.start:
        return _NAMES_IT.fullmatch(text[name.end() : run.start]) is not None
    between = text[run.end : name.start()]
    return len(run.digits) in CODE_LENGTHS and _NAMED_AFTER.fullmatch(between) is not None


def _begins_with_code(run: Run) -> bool:
    """Three or four digits alone, or in the first breath of what is too short for a telephone."""
    first = len(run.groups[0].digits)
    return len(run.digits) in CODE_LENGTHS or (first in CODE_LENGTHS and len(run.digits) < 10)


def _code(run: Run) -> tuple[int, int]:
    alone = len(run.digits) in CODE_LENGTHS
    return run.start, run.end if alone else run.groups[0].end


def _luhn(digits: str) -> bool:
    odd = sum(map(int, digits[-1::-2]))
    even = sum(sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2])
    return (odd + even) % 10 == 0


def _said_twice(digits: str) -> bool:
    """A telephone number and its repetition."""
    half = len(digits) // 2
    return half in (10, 11) and digits[:half] == digits[half:]


def _is_phone(run: Run) -> bool:
    dialled = _INTERNATIONAL.match(run.digits)
    if not run.plus and dialled is None:
        return False
    number = run.digits[dialled.end() :] if dialled else run.digits
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(f"+{number}"))
    except phonenumbers.NumberParseException:
        return False
