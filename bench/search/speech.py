"""Made-up speech, the same in every run: words as rare and as common as in a language."""

from bisect import bisect
from dataclasses import dataclass, field
from itertools import accumulate
from random import Random

VOCABULARY = 20_000
SHORTEST, LONGEST = 4, 20
SYLLABLES = [a + b for a in "bdfgklmnprstvz" for b in ("a", "e", "i", "o", "u", "an", "er", "in")]


@dataclass
class Speech:
    """A language in which the word of rank n is said 1/n as often as the first (Zipf's law)."""

    words: list[str] = field(default_factory=list)
    _sums: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        chance = Random("the vocabulary")
        made: dict[str, None] = {}
        while len(made) < VOCABULARY:
            made["".join(chance.choices(SYLLABLES, k=chance.randint(1, 4)))] = None
        self.words = list(made)
        self._sums = list(accumulate(1 / rank for rank in range(1, VOCABULARY + 1)))

    def turns(self, name: str, count: int) -> list[str]:
        """What is said in the conversation of a name."""
        chance = Random(name)
        return [" ".join(self._turn(chance)) for _ in range(count)]

    def _turn(self, chance: Random) -> list[str]:
        total = self._sums[-1]
        length = chance.randint(SHORTEST, LONGEST)
        return [self.words[bisect(self._sums, chance.random() * total)] for _ in range(length)]
