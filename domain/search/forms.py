"""What of a text is indexed: stems, beginnings of words, pairs of neighbours. No I/O here.

A form begins with a letter that says what it is, so that no stem is taken for a beginning.
"""

from collections.abc import Iterable, Iterator

from domain.encryption import DataKey
from domain.search.words import Text

# A letter alone is in nearly every text.
SHORTEST = 2
# Beginnings of these lengths only: each one more would tell more of how words are related.
BEGINNINGS = (4, 6)
FINGERPRINT_BYTES = 8


def stem_form(stem: str) -> str:
    """The form of a stem."""
    return f"s{stem}"


def pair_form(first: str, second: str) -> str:
    """The form of two words, one behind the other."""
    return f"n{first} {second}"


def beginning_form(word: str) -> str:
    """The form of the longest beginning that is indexed of what a word begins with."""
    length = max(each for each in BEGINNINGS if each <= len(word))
    return f"b{length}{word[:length]}"


def forms(text: Text) -> set[str]:
    """Everything by which a text may be found."""
    return {*_stems(text), *_beginnings(text), *_pairs(text)}


def _stems(text: Text) -> Iterator[str]:
    for word, stem in zip(text.words, text.stems, strict=True):
        if len(word.plain) >= SHORTEST:
            yield stem_form(stem)


def _beginnings(text: Text) -> Iterator[str]:
    for word in text.words:
        # Numbers have few beginnings, and each says much.
        if word.plain.isalpha():
            yield from (f"b{n}{word.plain[:n]}" for n in BEGINNINGS if n <= len(word.plain))


def _pairs(text: Text) -> Iterator[str]:
    for first, second in zip(text.words, text.words[1:], strict=False):
        yield pair_form(first.plain, second.plain)


class Fingerprints:
    """Makes the fingerprints of one kind of text: those of another kind cannot be compared."""

    def __init__(self, key: DataKey, kind: str) -> None:
        self._key, self._kind = key, kind.encode()
        self._made: dict[str, int] = {}

    def of(self, form: str) -> int:
        """The fingerprint of a form, as PostgreSQL keeps a whole number of eight bytes."""
        made = self._made.get(form)
        if made is None:
            digest = self._key.digest(self._kind + b"\0" + form.encode())
            made = int.from_bytes(digest[:FINGERPRINT_BYTES], signed=True)
            self._made[form] = made
        return made

    def all(self, found: Iterable[str]) -> list[int]:
        """Those of many forms, sorted: their order says nothing of that of the words."""
        return sorted({self.of(form) for form in found})
