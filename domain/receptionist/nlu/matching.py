"""Which of the business's own names a caller means: staff, services, places, people on file.

Whole names, parts of names, plurals, nicknames and slips of one or two letters are recognised; when
several fit equally well, all are returned, and the receptionist asks.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from domain.receptionist.nlu.heard import fold
from domain.receptionist.nlu.spans import Span, Word
from domain.receptionist.nlu.vocabulary import is_ordinary

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
# People have fewer words in their names than firms.
_OF_A_FIRM = 3
_NUMBERED = re.compile(
    r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|first|second|third)\b", re.IGNORECASE
)
# What half of a trade calls itself.
_TRADE = frozenset(
    """
    advanced apartment associate barber beauty boutique braiding care center clinic community
    complete cosmetic counseling creative dental dentist dentistry design eye family general gentle
    group hair health implant institute lab laser medical medicine modern office oral orthodontic
    physician practice private professional psychiatry psychology salon service signature skin smile
    spa specialist stylist studio surgery therapy therapist total wellness women
    """.split()  # noqa: SIM905
)
# Titles, company words and the small words of any sentence do not name anything by themselves.
_WEAK = frozenset(
    """
    dr doctor mr mrs ms miss md dds do od dmd phd lcsw lmft rn np pa facs mph inc llc ltd co pc the
    and of at in a an for with on s room shop center centre clinic service
    i me my we our you your it this that is are am do to what how
    """.split()  # noqa: SIM905
)


@dataclass(frozen=True)
class Candidates:
    """What a piece of an utterance may mean; one name is certain, several must be asked about."""

    span: Span
    names: tuple[str, ...]

    @property
    def only(self) -> str | None:
        """The name, when there is no doubt."""
        return self.names[0] if len(self.names) == 1 else None


@dataclass(frozen=True)
class _Score:
    name: str
    value: float
    span: Span
    whole: bool
    words: tuple[str, ...]


class Said:
    """The words of an utterance, found by how they begin: mishearings keep the first letter."""

    def __init__(self, text: str) -> None:
        self.words = [Word(_plain(m.group()), *m.span()) for m in _WORD.finditer(fold(text))]
        self._begun: dict[str, list[Word]] = defaultdict(list)
        for word in self.words:
            self._begun[word.text[0]].append(word)

    def nearest(self, wanted: str) -> tuple[Word, int] | None:
        """The word that is this one, or a slip of it, with the number of slips."""
        allowed = _slips_allowed(wanted)
        best: tuple[Word, int] | None = None
        for word in self._begun.get(wanted[0], ()):
            count = slips(word.text, wanted, allowed)
            if count <= allowed and (best is None or count < best[1]):
                best = (word, count)
        return best

    def says_in_order(self, wanted: Sequence[str]) -> bool:
        """Whether these words stand side by side."""
        texts = [word.text for word in self.words]
        length = len(wanted)
        return any(texts[at : at + length] == list(wanted) for at in range(len(texts)))


def find_named(
    text: str, names: Sequence[str], aliases: Mapping[str, Sequence[str]] | None = None
) -> Candidates | None:
    """The best match among `names`; `aliases` maps a name to other ways of saying it."""
    return _best(Said(text), names, aliases or {}, None)


def find_person(
    text: str,
    names: Sequence[str],
    aliases: Mapping[str, Sequence[str]] | None = None,
    beside: Sequence[str] = (),
) -> Candidates | None:
    """Whom of `names` a caller means: what many are called does not name one of them.

    Ordinary words, and words of the names `beside` (of places), name nobody unless the whole name
    is said, or its beginning: "cosmetic" is no "Cosmetic Dentistry Inc", and "Red Hill" may be.
    """
    common = frozenset(word for name in beside for word in _words_of(name))
    return _best(Said(text), names, aliases or {}, common)


def without_names(text: str, found: Candidates | None) -> str:
    """The text with a name blanked out, letter by letter: "1512 Barber Shop" is no time of day."""
    if found is None or (not any(char.isdigit() for char in text) and not _NUMBERED.search(text)):
        return text
    start, end = found.span
    longest = max(map(len, found.names))
    # A name whose parts stand far apart is not one stretch of the text.
    if end - start > longest + 3:
        return text
    blank = "".join("x" if char.isalnum() else char for char in text[start:end])
    return text[:start] + blank + text[end:]


def _best(
    said: Said,
    names: Sequence[str],
    aliases: Mapping[str, Sequence[str]],
    common: frozenset[str] | None,
) -> Candidates | None:
    scores = [
        score
        for name in names
        for form in (name, *aliases.get(name, ()))
        if (score := _score(said, name, form)) and _is_telling(said, form, score, common)
    ]
    if not scores:
        return None
    best = max(score.value for score in scores)
    kept = {score.name: score.span for score in scores if score.value == best}
    return Candidates(next(iter(kept.values())), tuple(kept))


def _score(said: Said, name: str, form: str) -> _Score | None:
    """How much of `form` was said: letters matched, less for slips, more for the whole of it."""
    strong = _strong_words(form)
    matched = [(word, near) for word in strong if (near := said.nearest(word))]
    if not matched:
        return None
    whole = len(matched) == len(strong)
    letters = sum(len(word) / (1 + slips) for word, (_, slips) in matched)
    # One short common word out of a long name is chance; a surname or a first name is not.
    if not whole and letters < 3:
        return None
    spans = [Span(found.start, found.end) for _, (found, _) in matched]
    words = tuple(word for word, _ in matched)
    return _Score(name, letters + 2 * whole, min(spans).to(max(spans)), whole, words)


def _is_telling(said: Said, form: str, score: _Score, common: frozenset[str] | None) -> bool:
    """Whether what was said of a name tells it from ordinary talk."""
    if common is None or score.whole:
        return True
    strong = _strong_words(form)
    if len([word for word in strong if len(word) > 1]) < _OF_A_FIRM and not _TRADE & set(strong):
        return True
    usual = common | _TRADE
    if any(not is_ordinary(word) and word not in usual for word in score.words):
        return True
    beginning = strong[:2]
    return len(beginning) == 2 and said.says_in_order(beginning)


@lru_cache(maxsize=4096)
def _strong_words(form: str) -> tuple[str, ...]:
    words = _words_of(form)
    return tuple(word for word in words if word not in _WEAK) or words


def _slips_allowed(word: str) -> int:
    """Short words must be exact: "Ann" is not "and"."""
    return 0 if len(word) < 5 else 1 if len(word) < 8 else 2


@lru_cache(maxsize=4096)
def _words_of(form: str) -> tuple[str, ...]:
    return tuple(_plain(match.group()) for match in _WORD.finditer(fold(form)))


def _plain(word: str) -> str:
    """Without possessive and plural: "Miller's" and "haircuts" are Miller and haircut."""
    word = word.removesuffix("'s")
    return word[:-1] if len(word) > 4 and word.endswith("s") and not word.endswith("ss") else word


@lru_cache(maxsize=16384)
def slips(said: str, wanted: str, most: int) -> int:
    """Edit distance of two words, swapped neighbours counting one; `most + 1` when above."""
    if said == wanted:
        return 0
    # Mishearings keep the first letter far more often than not; this spares most comparisons.
    if most == 0 or abs(len(said) - len(wanted)) > most or said[0] != wanted[0]:
        return most + 1
    before, row = [0] * (len(wanted) + 1), list(range(len(wanted) + 1))
    for at, char in enumerate(said, start=1):
        older, before, row = before, row, [at]
        for to, other in enumerate(wanted, start=1):
            cost = min(before[to] + 1, row[-1] + 1, before[to - 1] + (char != other))
            if at > 1 and to > 1 and char == wanted[to - 2] and other == said[at - 2]:
                cost = min(cost, older[to - 2] + 1)
            row.append(cost)
    return min(row[-1], most + 1)
