"""From what a caller said, and what is known of them, to what is sent."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from domain.business.profile import QuestionKind
from domain.contacts.models import Contact
from domain.receptionist.nlu.heard import hear
from domain.receptionist.nlu.spelling import NATO, letter_of
from plugins.custom_tools import schemas
from plugins.custom_tools.definition import Definition, InputSource

WORD = re.compile(r"\S+")
AROUND = ".,;:!?\"'()"
Values = dict[str, Any]


def told(made: Definition, answers: Mapping[str, str]) -> Values:
    """What callers answered, in the types of the schema; what they left open is left out."""
    known = made.input_schema["properties"]
    asked = (each.key for each in made.inputs if each.source is InputSource.ASKED)
    given = ((key, answers.get(key, "")) for key in asked)
    return {key: typed(known[key], words) for key, words in given if words}


def known_of(made: Definition, contact: Contact | None) -> Values:
    """What is known of the caller, as far as the tool is told."""
    if contact is None:
        return {}
    by_source = {
        InputSource.CALLER_EMAIL: contact.email,
        InputSource.CALLER_NAME: contact.name,
        InputSource.CALLER_PHONE: contact.phone,
    }
    found = ((each.key, by_source.get(each.source)) for each in made.inputs)
    return {key: sealed.read() for key, sealed in found if sealed is not None}


def typed(given: schemas.Property, words: str) -> Any:
    """An answer as the property wants it; as it was said, where it cannot be."""
    kind = schemas.kind_of(given)
    if kind is QuestionKind.YES_NO:
        return {"yes": True, "no": False}.get(words, words)
    if kind is QuestionKind.NUMBER:
        return _number(words)
    if kind is QuestionKind.TEXT and "pattern" in given:
        return next((each for each in readings(words) if schemas.fits(given, each)), words)
    return words


def readings(words: str) -> Iterator[str]:
    """The ways in which a code may have been meant: `it's a b one two` may be `AB12`."""
    yield words.strip()
    for match in WORD.finditer(words):
        bare = match.group().strip(AROUND)
        yield bare
        yield bare.upper()
    tokens = [each for each in hear(words).text.split() if each.isalnum()]
    for run in (*_runs(tokens), *_neighbours(tokens)):
        yield from (run.upper(), run)


def _neighbours(tokens: list[str]) -> Iterator[str]:
    """What stands side by side, put together: `AB 1234`, `AB 12 34`."""
    for length in (2, 3):
        yield from ("".join(tokens[at : at + length]) for at in range(len(tokens) - length + 1))


def _runs(tokens: list[str]) -> Iterator[str]:
    """Letters and digits said one after the other, put together; the longest runs in front."""
    found, run = [], ""
    for word in [*tokens, ""]:
        piece = word if word.isdigit() else letter_of(word) or NATO.get(word, "")
        if piece:
            run += piece
        elif run:
            found.append(run)
            run = ""
    return iter(sorted(found, key=len, reverse=True))


def _number(words: str) -> Any:
    try:
        number = Decimal(words)
    except InvalidOperation:
        return words
    return int(number) if number == number.to_integral_value() else float(number)
