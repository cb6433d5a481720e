"""Whether a name is one of those whom the office acts for or against: by rules, never by a model.

It is quick to find a conflict: a person decides afterwards, and nothing is told to the caller.
"""

import re
from collections.abc import Iterable

from domain.plain import bare, words_of

# What companies and people are called besides their names.
_TITLES = words_of(
    "mr mrs ms miss dr the and of inc llc ltd co corp corporation company gmbh llp pc"
)
_WORD = re.compile(r"[^\W_]+")


def conflict(names: Iterable[str], parties: Iterable[str]) -> str | None:
    """The first party that one of the names may be, or None."""
    said = [words for name in names if (words := _words(name))]
    for party in parties:
        known = _words(party)
        if known and any(_same(known, each) for each in said):
            return party
    return None


def _same(party: frozenset[str], said: frozenset[str]) -> bool:
    """Whether all of the party was said, or all that was said is of the party."""
    return party <= said or (len(said) > 1 and said <= party)


def _words(name: str) -> frozenset[str]:
    return frozenset(_WORD.findall(bare(name))) - _TITLES
