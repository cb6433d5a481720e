"""Changing the words in a JSON value, wherever they stand."""

from collections.abc import Callable
from typing import Any


def change_words(
    value: Any, change: Callable[[str], str], but: frozenset[str] = frozenset()
) -> Any:
    """The value with each text changed, except for what stands under some names."""
    match value:
        case str():
            return change(value)
        case list() | tuple():
            return [change_words(each, change, but) for each in value]
        case dict():
            return {
                name: each if name in but else change_words(each, change, but)
                for name, each in value.items()
            }
    return value
