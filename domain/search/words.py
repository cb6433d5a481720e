"""Words as they are compared: without case and accents, cut down to their stems."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

import Stemmer

# Letters and digits; an accent may stand behind its letter as a character of its own.
WORD = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f])*")
# What callers speak. A question is stemmed in all of them, so each one more finds more by chance.
STEMMED = {
    "de": "german",
    "en": "english",
    "es": "spanish",
    "fr": "french",
    "it": "italian",
    "nl": "dutch",
    "pt": "portuguese",
}
# Without a cache: it would keep what people said in the memory of the process.
_STEMMERS = {language: Stemmer.Stemmer(name, 0) for language, name in STEMMED.items()}
SHORTEST_STEMMED = 3


@dataclass(frozen=True)
class Word:
    """A word of a text in its plain form, and where it stands there."""

    plain: str
    start: int
    end: int


@dataclass(frozen=True)
class Text:
    """A text in a language, such as `en-US`."""

    words: tuple[Word, ...]
    language: str

    @classmethod
    def of(cls, text: str, language: str) -> "Text":
        """Take a text apart."""
        return cls(tuple(words_of(text)), language.partition("-")[0].casefold())

    @cached_property
    def stems(self) -> tuple[str, ...]:
        """The stem of each word."""
        return tuple(stem(word.plain, self.language) for word in self.words)


def words_of(text: str) -> list[Word]:
    """The words of a text, in order."""
    found = (
        Word(plain(match.group()), match.start(), match.end()) for match in WORD.finditer(text)
    )
    return [word for word in found if word.plain]


def plain(word: str) -> str:
    """A word without case and accents: `Straße` is `strasse`, `Señor` is `senor`."""
    if word.isascii():
        return word.lower()
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in decomposed if letter.isalnum())


def stem(word: str, language: str) -> str:
    """What the forms of a word share; the word itself where its language is not stemmed."""
    stemmer = _STEMMERS.get(language)
    if stemmer is None or len(word) < SHORTEST_STEMMED or not word.isalpha():
        return word
    found: str = stemmer.stemWord(word)
    return found


def stems(word: str) -> frozenset[str]:
    """The stems that a word has in any language, and the word itself."""
    return frozenset({word, *(stem(word, language) for language in STEMMED)})
