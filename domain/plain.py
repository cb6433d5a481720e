"""What somebody said as plain words: no accents, no marks, no contractions, nothing said twice.

The nets for dangers, opt-outs and children read this, so that "Can't  breathe!!" and "cant breathe"
are one. Sentences end with a full stop; every word knows where in the original it stands.
"""

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate

Place = tuple[int, int]

# Nobody says more than this in one turn; what is longer is read up to here.
LONGEST = 4000
_TOKEN = re.compile(r"[^\W_]+(?:['’‘`´][^\W_]+)*|[.?!;…\n]+")
_QUOTE = re.compile(r"['’‘`´]")
FILLERS = frozenset(["um", "uh", "erm", "uhm", "mm", "hmm", "ehm", "ah", "oh"])
# "nine one one" is no stammering.
NUMBERS = frozenset(
    ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "zero"]
)
_NOT = ["is", "are", "was", "were", "do", "does", "did", "has", "have", "had", "could", "would"]
_NOT += ["should", "must", "need"]
_SPECIAL = {
    "can't": "cannot",
    "cant": "cannot",
    "won't": "will not",
    "wont": "will not",
    "shan't": "shall not",
    "ain't": "is not",
    "aint": "is not",
    "let's": "let us",
    "gonna": "going to",
    "wanna": "want to",
    "gotta": "got to",
    "gimme": "give me",
    "lemme": "let me",
    "im": "i am",
    "ive": "i have",
    "hes": "he is",
    "shes": "she is",
    "theyre": "they are",
    "youre": "you are",
    "theres": "there is",
    "thats": "that is",
    "ur": "your",
    "u": "you",
    "pls": "please",
    "plz": "please",
    "mum": "mom",
    "mommy": "mom",
    "mama": "mom",
    "daddy": "dad",
}
_CONTRACTED = (
    {f"{word}n't": f"{word} not" for word in _NOT}
    | {f"{word}nt": f"{word} not" for word in _NOT}
    | _SPECIAL
)
_ENDINGS = {"'m": " am", "'re": " are", "'ve": " have", "'ll": " will", "'d": " would", "'s": " is"}


@dataclass(frozen=True)
class Plain:
    """The plain words with one space between them, and the way back to the original."""

    text: str
    offsets: tuple[int, ...]
    places: tuple[Place, ...]

    @cached_property
    def words(self) -> frozenset[str]:
        """Which words there are."""
        return frozenset(self.text.split())

    def span(self, start: int, end: int) -> Place:
        """Turn a range of `text` into the range of the original it was made from."""
        first = bisect_right(self.offsets, start) - 1
        last = bisect_right(self.offsets, max(start, end - 1)) - 1
        return self.places[first][0], self.places[last][1]

    def of(self, match: re.Match[str]) -> Place:
        """Where in the original a match of `text` lies."""
        return self.span(match.start(), match.end())


@lru_cache(maxsize=256)
def plain(original: str) -> Plain:
    """The plain words of an utterance."""
    words: list[str] = []
    places: list[Place] = []
    for match in _TOKEN.finditer(original[:LONGEST]):
        for word in _words(match.group()):
            if word == "." and (not words or words[-1] == "."):
                continue
            if words and word == words[-1] and word not in NUMBERS:
                # Said twice, in haste: one word, as long as both.
                places[-1] = (places[-1][0], match.end())
                continue
            words.append(word)
            places.append((match.start(), match.end()))
    lengths = (len(word) + 1 for word in words)
    offsets = (0, *accumulate(lengths))[: len(words)]
    return Plain(" ".join(words), offsets, tuple(places))


def words_of(text: str) -> frozenset[str]:
    """A list of words, written as one text."""
    return frozenset(text.split())


def bare(text: str) -> str:
    """Lower case, without accents: "Está" is "esta"."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.lower().replace("ß", "ss"))
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def _words(token: str) -> list[str]:
    if not token[0].isalnum():
        return ["."]
    word = _QUOTE.sub("'", bare(token))
    if word in FILLERS:
        return []
    if word in _CONTRACTED:
        return _CONTRACTED[word].split()
    for ending, full in _ENDINGS.items():
        if word.endswith(ending):
            return (word[: -len(ending)] + full).split()
    return word.split("'")
