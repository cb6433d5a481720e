"""Partial answers, as Google has them: `items(id,start),nextPageToken` and `a/b`."""

from typing import Any


def masked(said: Any, mask: str) -> Any:
    """Only what a mask names."""
    return _kept(said, _parts(mask))


def _kept(said: Any, wanted: dict[str, Any]) -> Any:
    if not wanted:
        return said
    if isinstance(said, list):
        return [_kept(each, wanted) for each in said]
    return {name: _kept(said[name], inner) for name, inner in wanted.items() if name in said}


def _parts(mask: str) -> dict[str, Any]:
    """The names of a mask, each with what is wanted of it; nothing for all of it."""
    parts: dict[str, Any] = {}
    for word in _split(mask):
        name, _, inner = word.partition("/") if "/" in word.partition("(")[0] else (word, "", "")
        if name.endswith(")"):
            name, _, inner = name[:-1].partition("(")
        parts[name] = _parts(inner) if inner else {}
    return parts


def _split(mask: str) -> list[str]:
    words, depth = [""], 0
    for letter in mask:
        depth += (letter == "(") - (letter == ")")
        if letter == "," and depth == 0:
            words.append("")
        else:
            words[-1] += letter
    return words
