"""Digits as people write and say them: "4111-1111", "double four oh", "forty-one eleven"."""

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

_SMALL_WORDS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
)
_TENS_WORDS = "twenty thirty forty fifty sixty seventy eighty ninety"
SMALL = {word: value for value, word in enumerate(_SMALL_WORDS.split())}
TENS = {word: 10 * value for value, word in enumerate(_TENS_WORDS.split(), start=2)}
ZEROS = {"oh": 0, "o": 0, "nought": 0, "naught": 0}
REPEATS = {"double": 2, "triple": 3, "treble": 3, "quadruple": 4}
SCALES = {"hundred": "00", "thousand": "000"}

NUMBER_WORDS = frozenset((*SMALL, *TENS, *ZEROS, *REPEATS, *SCALES))

_BEGIN, _END = r"(?<![^\W\d_])", r"(?![^\W\d_])"


def _any(*words: str) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_GROUP = re.compile(
    rf"""(?:{_BEGIN}(?P<repeat>{_any(*REPEATS)})[\s-]+)?
    (?: (?P<written>\d+)
      | {_BEGIN}(?P<tens>{_any(*TENS)})(?:[\s-]*(?P<unit>{_any(*list(SMALL)[1:10])}){_END})?{_END}
      | {_BEGIN}(?P<small>{_any(*SMALL, *ZEROS)}){_END} )
    (?:[\s-]+(?P<scale>{_any(*SCALES)}){_END})?""",
    re.VERBOSE | re.IGNORECASE,
)
# "…, and the last four are": a count of digits is no digit.
_COUNTED = re.compile(
    r"\b(?:last|next|first)\s+(?:four|six|4|6)(?=\s+(?:digits|numbers|ones|are|is)\b|\s*[:,])",
    re.IGNORECASE,
)
_FILLERS = (
    "ah and are comma dash digits dot er erm hmm hyphen is it it's its mm next numbers ok "
    "okay ones point right slash so space that's the then uh um well yeah yes"
)
# A colon belongs to a time; a plus sign begins a telephone number, other signs an amount.
_FILLER = rf"(?:{_BEGIN}(?:{_any(*_FILLERS.split())}){_END}|_|[^\w:+$€£%=?!])"
_BETWEEN = re.compile(_FILLER + "*+", re.IGNORECASE)
_DATE = re.compile(
    r"""(?<![\d/.-])(?: (?:19|20)\d\d([/.-])\d\d?\1\d\d?
                      | \d\d?([/.-])\d\d?\2(?:(?:19|20)\d\d|\d\d) )(?![\d/.-]*\d)""",
    re.VERBOSE,
)
# Characters before a number among which its plus sign is looked for.
_LOOK_BACK = 8
_PLUS = re.compile(r"(?:\+|\bplus)\s*$", re.IGNORECASE)


@dataclass(frozen=True)
class Group:
    """Digits said in one breath, and where in the text."""

    digits: str
    start: int
    end: int


@dataclass(frozen=True)
class Run:
    """Groups of digits with nothing but fillers between them."""

    groups: tuple[Group, ...]
    plus: bool = False
    """Whether a plus sign stands before it."""

    @property
    def start(self) -> int:
        """Where it begins in the text."""
        return self.groups[0].start

    @property
    def end(self) -> int:
        """Where it ends in the text, exclusive."""
        return self.groups[-1].end

    @cached_property
    def digits(self) -> str:
        """All of its digits."""
        return "".join(group.digits for group in self.groups)

    @property
    def breaths(self) -> list[int]:
        """How many digits have been said at the beginning and after each group."""
        return [0, *accumulate(len(group.digits) for group in self.groups)]


def runs(text: str) -> list[Run]:
    """Every run of digits in a text; dates, times and amounts are none."""
    plain = _DATE.sub(lambda date: ":" * len(date[0]), text)
    plain = _COUNTED.sub(lambda count: "," * len(count[0]), plain)
    found: list[list[Group]] = []
    for match in _GROUP.finditer(plain):
        group = Group(_value(match), match.start(), match.end())
        if found and only_fillers(plain[found[-1][-1].end : group.start]):
            found[-1].append(group)
        else:
            found.append([group])
    return [Run(tuple(groups), _plus_before(plain, groups[0].start)) for groups in found]


def says_number(word: str) -> bool:
    """Whether one word tells digits."""
    return word.lower() in NUMBER_WORDS or any(char.isdigit() for char in word)


def only_fillers(text: str) -> bool:
    """Whether a text says nothing: marks, "and", "um", "then the next four are"."""
    return _BETWEEN.fullmatch(text) is not None


def _plus_before(text: str, at: int) -> bool:
    return _PLUS.search(text[max(0, at - _LOOK_BACK) : at]) is not None


def _value(match: re.Match[str]) -> str:
    digits = _number(match) + SCALES.get((match["scale"] or "").lower(), "")
    times = REPEATS.get((match["repeat"] or "").lower(), 1)
    return digits[0] * (times - 1) + digits


def _number(match: re.Match[str]) -> str:
    if match["written"]:
        # Every script has its own digits; all of them are the same number.
        return "".join(str(int(digit)) for digit in match["written"])
    if match["tens"]:
        return str(TENS[match["tens"].lower()] + SMALL.get((match["unit"] or "").lower(), 0))
    return str((SMALL | ZEROS)[match["small"].lower()])
