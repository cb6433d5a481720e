"""What a language has to say about danger; regular expressions over plain words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    """The phrases of one language, and what makes them harmless."""

    language: str
    knows: frozenset[str]
    """Its small words: by these one tells in which language somebody speaks."""
    phrases: Mapping[str, tuple[str, ...]]
    """By kind of danger."""
    idioms: tuple[str, ...]
    """Turns of speech that only sound like it; they are blanked before anything else is read."""
    negated: str
    """What, directly before a phrase, denies it."""
    negates: tuple[str, ...]
    """A phrase with one of these holds its own negation ("cannot breathe")."""
    past: tuple[str, ...]
    """A sentence with one of these tells of something long over…"""
    talk: tuple[str, ...]
    """…or talks about it: news, films, classes, insurance."""
    present: tuple[str, ...]
    """…unless it says that it goes on."""


def together(language: str, *many: Words) -> Words:
    """Several languages as one, for whoever cannot tell which of them is spoken."""
    kinds = dict.fromkeys(kind for words in many for kind in words.phrases)
    return Words(
        language=language,
        knows=frozenset().union(*(words.knows for words in many)),
        phrases={kind: _all(words.phrases.get(kind, ()) for words in many) for kind in kinds},
        idioms=_all(words.idioms for words in many),
        negated="|".join(words.negated for words in many),
        negates=_all(words.negates for words in many),
        past=_all(words.past for words in many),
        talk=_all(words.talk for words in many),
        present=_all(words.present for words in many),
    )


def _all(many: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(phrase for phrases in many for phrase in phrases)
