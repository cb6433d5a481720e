"""Labelled lines as `docs/brain.md` describes them; whoever reads them learns what is wrong."""

import json
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from deskbell.nets.reading import UnreadableLine
from domain.errors import InvalidInput

Line = dict[str, Any]
ENTITIES = frozenset(
    {"date", "time", "datetime", "name", "phone", "email", "number", "postcode"}
)  # fmt: skip
WHO = frozenset({"caller", "agent"})


class _Unfit(Exception):
    """What a line lacks."""


def read(path: Path, part: str) -> list[Line]:
    """All lines of a file of one part, checked. Raises `UnreadableLine` and `InvalidInput`."""
    check, lines = CHECKS[part], []
    for number, written in _written(path):
        try:
            line = json.loads(written)
        except json.JSONDecodeError as fault:
            raise UnreadableLine(path, number, f"this is not JSON: {fault.msg}") from fault
        try:
            _demand(isinstance(line, dict), "a line is an object")
            check(line)
        except _Unfit as fault:
            raise UnreadableLine(path, number, str(fault)) from fault
        lines.append(line)
    if not lines:
        raise InvalidInput(f"{path} holds no line")
    return lines


def _written(path: Path) -> Iterator[tuple[int, str]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as fault:
        raise InvalidInput(f"{path} cannot be read: {fault}") from fault
    # Not `splitlines`: a text may hold separators of its own.
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield number, line


def _demand(is_so: bool, what: str) -> None:
    if not is_so:
        raise _Unfit(what)


def _words(line: Line, *keys: str) -> None:
    for key in keys:
        _demand(isinstance(line.get(key), str), f"{key} must be text")


def _moment(line: Line) -> None:
    given = line.get("ref_datetime")
    try:
        _demand(given is None or datetime.fromisoformat(given) is not None, "")
    except (TypeError, ValueError):
        raise _Unfit(f"ref_datetime is no moment: {given!r}") from None


def _texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


def _dialogue(line: Line) -> None:
    _words(line, "id")
    _moment(line)
    turns, gold, tenant = line.get("turns"), line.get("gold"), line.get("tenant") or {}
    _demand(isinstance(turns, list) and bool(turns), "turns must be a list of turns")
    for turn in turns or ():
        _demand(isinstance(turn, dict) and turn.get("who") in WHO, "a turn is of caller or agent")
        _words(turn, "text")
        _demand(_acts(turn.get("acts")), "acts must be lists of an act, a slot and values")
    _demand(_is_map(gold), "gold must hold the values of slots")
    _demand(isinstance(tenant, dict), "tenant must be an object")
    for key, names in tenant.items():
        _demand(_texts(names), f"tenant.{key} must be a list of names")
    accept = line.get("accept") or {}
    _demand(isinstance(accept, dict) and all(map(_texts, accept.values())), "accept holds lists")


def _acts(acts: object) -> bool:
    if acts is None:
        return True
    return isinstance(acts, list) and all(
        isinstance(act, list) and len(act) == 3 and isinstance(act[2], list) for act in acts
    )


def _is_map(value: object) -> bool:
    return isinstance(value, dict) and all(isinstance(each, str) for each in value.values())


def _entity(line: Line) -> None:
    _words(line, "id", "text", "type")
    _demand(line["type"] in ENTITIES, f"{line['type']!r} is no kind of entity")
    _demand(isinstance(line.get("value"), str | int), "value must be text or a number")
    _moment(line)
    for key in ("nbest", "alternatives"):
        _demand(_texts(line.get(key) or []), f"{key} must be a list of texts")


def _intent(line: Line) -> None:
    _words(line, "text", "intent")


def _faq(line: Line) -> None:
    _words(line, "question", "gold")
    faqs = line.get("faqs")
    _demand(isinstance(faqs, dict) and bool(faqs), "faqs must hold questions with answers")
    for entry in (faqs or {}).values():
        _demand(isinstance(entry, dict), "an entry is an object with q and a")
        _words(entry, "q", "a")
    _demand(line["gold"] in (faqs or {}), "gold is none of the entries")


CHECKS: dict[str, Callable[[Line], None]] = {
    "dialogues": _dialogue,
    "entities": _entity,
    "intents": _intent,
    "faq": _faq,
}
