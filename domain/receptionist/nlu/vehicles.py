"""The car a caller speaks of: make, model and year, as they were said and as they are written."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from domain.receptionist.nlu.heard import fold
from domain.receptionist.nlu.matching import slips
from domain.receptionist.nlu.vehicle_names import MAKES, MODELS
from domain.receptionist.nlu.vocabulary import is_given_name, is_ordinary

# By their first letter, which mishearings keep.
_LONG_MAKES: dict[str, list[str]] = defaultdict(list)
for _name in MAKES:
    if len(_name) >= 6:
        _LONG_MAKES[_name[0]].append(_name)
_TOKEN = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_YEAR = re.compile(r"(?:19[4-9]\d|20[0-4]\d)")
_CAR = re.compile(
    r"\b(?:car|cars|vehicle|vehicles|truck|van|suv|model|make|brand|year|manufactur\w+|my \d{4}"
    r"|drive|auto|automobile|motorcycle|bike)\b"
)
_NOT_A_YEAR = frozenset({"ssn", "social", "digits", "pin", "policy", "claim", "number", "no"})
# Between a make and its model, and words that end a model.
_BESIDE = frozenset({"car", "model", "is", "the", "a", "name", "called", "type", "brand", "its"})
_ENDS = frozenset(
    """
    model year make brand manufacture manufactured manufacturing and in from of car cars vehicle my
    i it its the with for is was color colour just cc please that this which thanks thank sorry
    """.split()  # noqa: SIM905
)
# First words of models that have two.
_BEGIN = frozenset(
    """
    crown el grand la land le model monte pt range santa super swift town wagon
    """.split()  # noqa: SIM905
)
_NAMED_MODEL = re.compile(
    r"\bmodel (?:name |no |number )?(?:is |of (?:the|my) (?:car|vehicle) is )?(?:an? )?"
    r"(?P<model>[^\W_]+(?: \d{1,3}\b(?!\d))?)"
)
_NO_MODEL = frozenset({"is", "year", "and", "of", "make", "the", "my", "wrongly", "wrong", "for"})


@dataclass(frozen=True)
class VehicleMention:
    """What was said of a car; each part is None where it was not said."""

    make: str | None = None
    """As it was said: "chevy"."""
    model: str | None = None
    year: str | None = None
    known_make: str | None = None
    """As the maker writes it: "Chevrolet"."""

    def with_more(self, other: "VehicleMention") -> "VehicleMention":
        """This car as it is after more was said; another make is another car."""
        said = {name: value for name, value in vars(other).items() if value is not None}
        if other.make and self.make and other.make != self.make and other.model is None:
            said["model"] = None
        return replace(self, **said)


NO_VEHICLE = VehicleMention()


def find_vehicle(text: str) -> VehicleMention:
    """Make, model and year of the car in an utterance."""
    words = [match.group() for match in _TOKEN.finditer(fold(text))]
    found = VehicleMention(year=_year(words, fold(text)))
    for at, word in enumerate(words):
        if known := _make(word):
            end = _whole_make(words, at, known)
            model = _named_model(fold(text)) or _model(words, end) or _before(words, at)
            begin = at - 1 if word == "rover" and words[at - 1] in {"land", "range"} else at
            return replace(found, make=" ".join(words[begin:end]), model=model, known_make=known)
    for word in words:
        if (model := _known_model(word)) and _is_about_cars(text, found):
            return replace(found, model=word, known_make=model)
    return replace(found, model=_named_model(fold(text)))


def _is_about_cars(text: str, found: VehicleMention) -> bool:
    return found.year is not None or bool(_CAR.search(fold(text)))


@lru_cache(maxsize=4096)
def _make(word: str) -> str | None:
    """The make that a word names, with a slip in a longer one."""
    if word in MAKES:
        return MAKES[word]
    if len(word) < 6 or is_ordinary(word) or is_given_name(word):
        return None
    near = (name for name in _LONG_MAKES.get(word[0], ()) if slips(word, name, 1) <= 1)
    return next((MAKES[name] for name in near), None)


@lru_cache(maxsize=4096)
def _known_model(word: str) -> str | None:
    return MODELS.get(word)


def _whole_make(words: Sequence[str], at: int, known: str) -> int:
    """Where a make of two words ends: "land rover", "maruti suzuki"."""
    following = words[at + 1] if at + 1 < len(words) else ""
    joins = _make(following) == known or following in re.split("[ -]", known.lower())
    return at + 2 if joins else at + 1


def _model(words: Sequence[str], at: int) -> str | None:
    """The words after a make: "fiesta", "a 7", "i 20", "alto 800", "800"."""
    while at < len(words) and words[at] in _BESIDE and not _letter_and_number(words, at):
        at += 1
    if at >= len(words) or words[at] in _ENDS or _YEAR.fullmatch(words[at]):
        return None
    following = words[at + 1] if at + 1 < len(words) else ""
    numbered = re.fullmatch(r"\d{1,3}", following) and not words[at].isdigit()
    of_two = words[at] in _BEGIN and following.isalpha() and following not in _ENDS
    of_two = of_two or (len(words[at]) == 1 and following in {"class", "series"})
    return f"{words[at]} {following}" if numbered or of_two else words[at]


def _letter_and_number(words: Sequence[str], at: int) -> bool:
    following = words[at + 1] if at + 1 < len(words) else ""
    return len(words[at]) == 1 and bool(re.fullmatch(r"\d{1,3}", following))


def _named_model(text: str) -> str | None:
    match = _NAMED_MODEL.search(text)
    if match is None:
        return None
    model = match["model"]
    first = model.split()[0]
    if first in _NO_MODEL or _make(first) or _YEAR.fullmatch(first):
        return None
    return model


def _before(words: Sequence[str], at: int) -> str | None:
    """What stands before a make: "485 Tata", "a Civic, Honda"."""
    before = words[at - 1] if at else ""
    return before if re.fullmatch(r"\d{2,3}", before) or _known_model(before) else None


def _year(words: Sequence[str], text: str) -> str | None:
    """A year of make, alone or in a sentence about a car; never the digits of something else."""
    alone = len(words) <= 2
    about = alone or bool(_CAR.search(text)) or any(_make(word) for word in words)
    for at, word in enumerate(words):
        if about and _YEAR.fullmatch(word) and not _NOT_A_YEAR & set(words[max(0, at - 3) : at]):
            return word
    return None
