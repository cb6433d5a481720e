"""Which utterances are nearly the same: no two folds may share them, or a model is flattered."""

import re

# Of all words of two utterances, those that both have.
ALIKE = 0.75
_WORD = re.compile(r"[a-z']+")


def groups(texts: list[str]) -> list[int]:
    """A number for each text; those that are alike, directly or by others, share it."""
    said = [frozenset(_WORD.findall(text.lower())) for text in texts]
    group = list(range(len(texts)))
    for at, words in enumerate(said):
        for before in range(at):
            if words and len(words & said[before]) >= ALIKE * len(words | said[before]):
                old, new = group[at], group[before]
                group = [new if each == old else each for each in group] if old != new else group
    return group
