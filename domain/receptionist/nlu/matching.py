"""Which of the business's own names a caller means: staff, services, places, people on file.

Whole names, parts of names, plurals, nicknames and slips of one or two letters are recognised; when
several fit equally well, all are returned, and the receptionist asks.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from domain.receptionist.nlu.heard import fold
from domain.receptionist.nlu.spans import Span, Word

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
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


def find_named(
    text: str, names: Sequence[str], aliases: Mapping[str, Sequence[str]] | None = None
) -> Candidates | None:
    """The best match among `names`; `aliases` maps a name to other ways of saying it."""
    said = [Word(_plain(m.group()), *m.span()) for m in _WORD.finditer(fold(text))]
    scores = [
        score
        for name in names
        for form in (name, *(aliases or {}).get(name, ()))
        if (score := _score(said, name, form))
    ]
    if not scores:
        return None
    best = max(score.value for score in scores)
    kept = {score.name: score.span for score in scores if score.value == best}
    return Candidates(next(iter(kept.values())), tuple(kept))


def _score(said: list[Word], name: str, form: str) -> _Score | None:
    """How much of `form` was said: letters matched, less for slips, more for the whole of it."""
    wanted = _words_of(form)
    strong = [word for word in wanted if word not in _WEAK] or list(wanted)
    matched = [(word, near) for word in strong if (near := _nearest(said, word))]
    if not matched:
        return None
    whole = len(matched) == len(strong)
    letters = sum(len(word) / (1 + slips) for word, (_, slips) in matched)
    # One short common word out of a long name is chance; a surname or a first name is not.
    if not whole and letters < 3:
        return None
    spans = [Span(found.start, found.end) for _, (found, _) in matched]
    return _Score(name, letters + 2 * whole, min(spans).to(max(spans)))


def _nearest(said: list[Word], wanted: str) -> tuple[Word, int] | None:
    allowed = _slips_allowed(wanted)
    found = [(word, slips(word.text, wanted, allowed)) for word in said]
    near = [(word, count) for word, count in found if count <= allowed]
    return min(near, key=lambda item: item[1]) if near else None


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
