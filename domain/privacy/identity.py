"""Who somebody is, taken out of words: names that are known, telephone numbers, e-mail addresses.

For businesses that keep what was said without who said it. What may be meant either way is taken
out; a name that nobody has understood as one stays.
"""

import re
from collections.abc import Iterable
from typing import Any

from domain.privacy.digits import runs
from domain.privacy.records import change_words

NAME, NUMBER, EMAIL = "[name]", "[number]", "[e-mail]"
# Fewer digits than this are a price, a time, a house or the last digits of something.
SHORTEST_NUMBER = 7
_WORD = re.compile(r"[^\W\d_]+")
_NAMES = re.compile(r"\[name\](?:[\s-]+\[name\])+")
_WRITTEN = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_SPOKEN = re.compile(
    r"\w+(?:\s+(?:dot|underscore|dash|hyphen)\s+\w+)*\s+at\s+\w+(?:\s+dot\s+\w+)+", re.IGNORECASE
)
# Ids and moments hold many digits and name nobody.
_NO_WORDS = re.compile(
    r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?=[\w=-]*[A-Za-z])[\w=-]{22,}|\d{4}-\d\d-\d\d(?:T[\d:.]+(?:Z|[+-]\d\d:\d\d)?)?"
)
# What our own code says in records of decisions: these are never words of a caller.
OURS = frozenset(
    {"asked", "effects", "error", "events", "goal", "key", "kind", "priority", "tool", "tried"}
)


def is_no_words(text: str) -> bool:
    """Whether a text is an id or a moment, and nothing that anybody said."""
    return _NO_WORDS.fullmatch(text) is not None


def without_identity(text: str, names: Iterable[str] = ()) -> str:
    """A text in which nobody can be called, written to or addressed by name."""
    if is_no_words(text):
        return text
    for pattern in (_WRITTEN, _SPOKEN):
        text = pattern.sub(EMAIL, text)
    for run in reversed(runs(text)):
        if len(run.digits) >= SHORTEST_NUMBER:
            text = text[: run.start] + NUMBER + text[run.end :]
    known = {part.casefold() for name in names for part in _WORD.findall(name) if len(part) > 1}
    found = _WORD.sub(lambda word: NAME if word[0].casefold() in known else word[0], text)
    # First and last name are one name.
    return _NAMES.sub(NAME, found)


def record_without_identity(value: Any, names: Iterable[str] = ()) -> Any:
    """The same for everything in a JSON value, but for what our own code calls things."""
    known = tuple(names)
    return change_words(value, lambda text: without_identity(text, known), OURS)
