"""What somebody looks for: `leak "front door" plumb*` is a word, a phrase and a beginning."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

from domain.errors import InvalidInput
from domain.search.forms import BEGINNINGS, SHORTEST, beginning_form, pair_form, stem_form
from domain.search.words import Text, Word, stem, stems, words_of

LONGEST = 200
MOST_PARTS = 8
MOST_WORDS = 16
PIECE = re.compile(r'"([^"]*)"|(\S+)')

Span = tuple[int, int]
# Each of these must be there, in one of its forms.
Wanted = list[frozenset[str]]


class Part(Protocol):
    """Something that must be in a text."""

    @property
    def words(self) -> int:
        """How many words it has."""

    def wanted(self) -> Wanted:
        """The forms that a text with it is indexed by."""

    def spans(self, text: Text) -> list[Span]:
        """Where it stands in a text; nowhere, if it is not there."""


@dataclass(frozen=True)
class Stem:
    """A word in any of its forms."""

    word: str
    words: int = 1

    def wanted(self) -> Wanted:
        """Its stem, in whichever language."""
        return [frozenset(map(stem_form, stems(self.word)))]

    def spans(self, text: Text) -> list[Span]:
        """Every word with the same stem in the language of the text."""
        looked_for = stem(self.word, text.language)
        pairs = zip(text.words, text.stems, strict=True)
        return [(word.start, word.end) for word, found in pairs if found == looked_for]


@dataclass(frozen=True)
class Beginning:
    """Words that begin like this."""

    letters: str
    words: int = 1

    def wanted(self) -> Wanted:
        """The longest beginning that is indexed."""
        return [frozenset({beginning_form(self.letters)})]

    def spans(self, text: Text) -> list[Span]:
        """Every word that begins with all of the letters."""
        found = (word for word in text.words if word.plain.startswith(self.letters))
        return [(word.start, word.end) for word in found]


@dataclass(frozen=True)
class Phrase:
    """Words one behind the other, just as they are written."""

    written: tuple[str, ...]

    @property
    def words(self) -> int:
        """How many."""
        return len(self.written)

    def wanted(self) -> Wanted:
        """Each pair of neighbours; a word alone by its stem."""
        if len(self.written) == 1:
            return Stem(self.written[0]).wanted()
        return [frozenset({pair_form(*pair)}) for pair in pairwise(self.written)]

    def spans(self, text: Text) -> list[Span]:
        """Every place where the words follow each other."""
        said, length = [word.plain for word in text.words], len(self.written)
        starts = (n for n in range(len(said)) if tuple(said[n : n + length]) == self.written)
        return [(text.words[n].start, text.words[n + length - 1].end) for n in starts]


@dataclass(frozen=True)
class Question:
    """Everything that must be in a text."""

    parts: tuple[Part, ...]

    def wanted(self) -> Wanted:
        """The forms of all parts."""
        return [each for part in self.parts for each in part.wanted()]

    def spans(self, text: Text) -> list[Span]:
        """Where its parts stand, in order; nowhere, unless all of them are there."""
        found = [part.spans(text) for part in self.parts]
        return sorted({span for spans in found for span in spans}) if all(found) else []


def ask(query: str) -> Question:
    """Understand what somebody typed. Raises `InvalidInput`."""
    if len(query) > LONGEST:
        raise InvalidInput.at("query", f"Use at most {LONGEST} characters", "TOO_LONG")
    parts = [part for piece in PIECE.finditer(query) for part in _parts(*piece.groups())]
    if not parts:
        raise InvalidInput.at("query", f"Use a word of at least {SHORTEST} letters", "EMPTY")
    if len(parts) > MOST_PARTS or sum(part.words for part in parts) > MOST_WORDS:
        message = f"Look for at most {MOST_PARTS} things, of {MOST_WORDS} words together"
        raise InvalidInput.at("query", message, "TOO_MANY_WORDS")
    return Question(tuple(dict.fromkeys(parts)))


def _parts(quoted: str | None, bare: str | None) -> list[Part]:
    if quoted is not None:
        return _phrase(words_of(quoted))
    assert bare is not None
    words = words_of(bare)
    if not bare.endswith("*") or not words:
        # `O'Brien` and `555-0142` are several words that belong together.
        return _phrase(words) if len(words) > 1 else _stem(words)
    return [*_phrase(words[:-1]), _beginning(words[-1].plain)]


def _beginning(letters: str) -> Part:
    if len(letters) < BEGINNINGS[0] or not letters.isalpha():
        message = f"Write at least {BEGINNINGS[0]} letters before the *"
        raise InvalidInput.at("query", message, "TOO_SHORT")
    return Beginning(letters)


def _phrase(words: Sequence[Word]) -> list[Part]:
    written = tuple(word.plain for word in words)
    if not written or (written == written[:1] and len(written[0]) < SHORTEST):
        return []
    return [Phrase(written)]


def _stem(words: Sequence[Word]) -> list[Part]:
    return [Stem(word.plain) for word in words if len(word.plain) >= SHORTEST]
