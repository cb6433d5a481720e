"""What may be said of an answer: the fields that were named, as plain words, and nothing else.

Whoever answers is a stranger. What they say is quoted to the caller, cut and cleaned; it is never
read as an instruction, and no model sees it.
"""

import json
import re
from datetime import date, datetime
from typing import Any

from domain.privacy.redaction import redact
from domain.receptionist.speaking import date_named
from plugins.custom_tools.checking import named_in
from plugins.custom_tools.definition import AnswerField, AnswerKind, Definition
from plugins.custom_tools.rules import LONGEST_VALUE, MOST_ANSWER

# What no voice can say and no reader should meet: controls, markup, what looks like an address.
UNSAYABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
MARKUP = re.compile(r"<[^<>]{0,200}>|https?://\S{1,500}")
BLANKS = re.compile(r"\s+")


class Unreadable(Exception):
    """The answer is not what was agreed; the word says how, and repeats nothing of it."""

    def __init__(self, error: str) -> None:
        super().__init__(error)
        self.error = error


def spoken(made: Definition, body: bytes) -> str:
    """What to say of an answer. Raises `Unreadable`."""
    document = _document(body)
    wanted = set(named_in(made.says))
    values = {each.name: _value(each, document) for each in made.answers if each.name in wanted}
    return made.says.format_map(values)


def _document(body: bytes) -> Any:
    if len(body) > MOST_ANSWER:
        raise Unreadable("TooLong")
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        raise Unreadable("NotJson") from None


def _value(wanted: AnswerField, document: Any) -> str:
    found = _at(wanted.at, document)
    if found is None or isinstance(found, dict | list):
        raise Unreadable(f"Missing:{wanted.name}")
    if wanted.kind is AnswerKind.NUMBER:
        return _number(wanted, found)
    if wanted.kind is AnswerKind.DATE:
        return _date(wanted, found)
    return _plain(str(found), wanted)


def _at(pointer: str, document: Any) -> Any:
    """What a JSON Pointer leads to; None if it leads nowhere."""
    here = document
    for step in pointer.split("/")[1:]:
        key = step.replace("~1", "/").replace("~0", "~")
        if isinstance(here, dict):
            here = here.get(key)
        elif isinstance(here, list):
            here = here[int(key)] if key.isdecimal() and int(key) < len(here) else None
        else:
            return None
    return here


def _number(wanted: AnswerField, found: Any) -> str:
    if isinstance(found, bool) or not isinstance(found, int | float):
        raise Unreadable(f"NoNumber:{wanted.name}")
    return f"{found:g}" if isinstance(found, float) else str(found)[:LONGEST_VALUE]


def _date(wanted: AnswerField, found: Any) -> str:
    try:
        return date_named(_day(str(found)))
    except ValueError:
        raise Unreadable(f"NoDate:{wanted.name}") from None


def _day(written: str) -> date:
    return datetime.fromisoformat(written).date()


def _plain(words: str, wanted: AnswerField) -> str:
    """Words that can be said, without a card's number; what is left of too many is cut."""
    whole = words[: LONGEST_VALUE * 10]
    said = BLANKS.sub(" ", MARKUP.sub(" ", UNSAYABLE.sub(" ", redact(whole)))).strip()
    if not said:
        raise Unreadable(f"Missing:{wanted.name}")
    return said[:LONGEST_VALUE]
