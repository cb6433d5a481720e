"""Words that people type, cut to size."""

from collections.abc import Sequence

from domain.errors import InvalidInput

# A list that people keep by hand.
MOST_WORDS = 200
LONGEST_WORD = 100


def fitting(path: str, words: str, longest: int) -> str:
    """Words without the blanks around them. Raises `InvalidInput` if none or too many are left."""
    words = words.strip()
    if not 0 < len(words) <= longest:
        raise InvalidInput.at(path, f"Use 1 to {longest} characters")
    return words


def within(path: str, words: str, longest: int) -> str:
    """The same, where there may be none."""
    words = words.strip()
    if len(words) > longest:
        raise InvalidInput.at(path, f"Use at most {longest} characters")
    return words


def listed(path: str, many: Sequence[str]) -> list[str]:
    """A list of short words, without empty ones. Raises `InvalidInput`."""
    if len(many) > MOST_WORDS:
        raise InvalidInput.at(path, f"Use at most {MOST_WORDS}")
    return [word for each in many if (word := within(path, each, LONGEST_WORD))]
