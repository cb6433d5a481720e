"""Words by what they are about, in every language at once: what the nets learn from."""

from dataclasses import dataclass

# "what do i do if" is as much as belongs together.
LONGEST = 4
SHORTEST_STEM = 3


@dataclass(frozen=True)
class Lexicon:
    """Words, beginnings of words and short phrases, each with the concepts it stands for."""

    words: dict[str, tuple[str, ...]]
    stems: dict[str, tuple[str, ...]]

    @classmethod
    def of(cls, **concepts: str) -> "Lexicon":
        """Read lists of words; `_` joins a phrase, a `*` at the end begins a word."""
        words: dict[str, tuple[str, ...]] = {}
        stems: dict[str, tuple[str, ...]] = {}
        for concept, listed in concepts.items():
            for entry in listed.split():
                place, key = (stems, entry[:-1]) if entry.endswith("*") else (words, entry)
                phrase = key.replace("_", " ")
                place[phrase] = tuple(dict.fromkeys((*place.get(phrase, ()), concept)))
        return cls(words, stems)

    def read(self, words: list[str]) -> list[str]:
        """The concepts of a sentence, in its order; the longest phrase at a place wins."""
        found: list[str] = []
        at = 0
        while at < len(words):
            for size in range(min(LONGEST, len(words) - at), 0, -1):
                meant = self._meant(" ".join(words[at : at + size]), size)
                if meant:
                    found += meant
                    break
            at += max(size, 1) if meant else 1
        return found

    def _meant(self, phrase: str, size: int) -> tuple[str, ...]:
        if size > 1:
            return self.words.get(phrase, ())
        return self._word(phrase)

    def _word(self, word: str) -> tuple[str, ...]:
        exact = self.words.get(word)
        if exact:
            return exact
        for end in range(len(word), SHORTEST_STEM - 1, -1):
            if stem := self.stems.get(word[:end]):
                return stem
        return ()
