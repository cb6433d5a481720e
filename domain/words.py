"""Words that people type, cut to size."""

from domain.errors import InvalidInput


def fitting(path: str, words: str, longest: int) -> str:
    """Words without the blanks around them. Raises `InvalidInput` if none or too many are left."""
    words = words.strip()
    if not 0 < len(words) <= longest:
        raise InvalidInput.at(path, f"Use 1 to {longest} characters")
    return words
