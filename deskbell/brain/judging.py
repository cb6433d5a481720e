"""Whether what is known at the end is what the dialogue was labelled with."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from deskbell.brain.reading import Line
from deskbell.brain.setting import CLOSES, OPENS, now_of, source_of
from domain.receptionist.nlu.dates import find_dates
from domain.receptionist.nlu.day_arithmetic import WEEKDAYS
from domain.receptionist.nlu.heard import hear
from domain.receptionist.nlu.times import find_times, resolve

CORE = {
    "sgd": ("provider", "date", "time"),
    "star": ("name", "day", "time"),
    "multidogo": ("name", "phone", "vehicle_make", "vehicle_model", "vehicle_year"),
}
# In dialogues of a corpus that is not known, whatever of these they are labelled with.
ANY_CORE = ("provider", "property", "date", "day", "time", "name", "phone")
UNSCORED = frozenset({"address", "email", "note"})
_WEEKDAY = re.compile(rf"\b({'|'.join(sorted(WEEKDAYS, key=len, reverse=True))})\b")
_LONG_WORD = re.compile(r"[a-z]{4,}")
# Of the words of a reason, so many have to be there.
_ENOUGH = 0.4
# A name this short within a longer one is chance.
_SHORTEST = 2

Known = dict[str, Any]


def core_of(line: Line) -> tuple[str, ...]:
    """The labelled slots without which the booking would be wrong."""
    core = CORE.get(source_of(line), ANY_CORE)
    return tuple(slot for slot in core if slot in line["gold"])


def scored_of(line: Line) -> tuple[str, ...]:
    """The labelled slots that are scored."""
    return tuple(slot for slot in line["gold"] if slot not in UNSCORED)


def is_right(line: Line, known: Known, slots: tuple[str, ...]) -> bool:
    """Whether all of these slots are right."""
    return all(slot_is_right(line, known, slot) for slot in slots)


def slot_is_right(line: Line, known: Known, slot: str) -> bool:
    """Whether one slot is right."""
    value, gold = known.get("date" if slot == "day" else slot), line["gold"][slot]
    if value is None or value == "":
        return False
    if slot in _COMPARED:
        return _COMPARED[slot](value, gold, line)
    accepted = [gold, *(line.get("accept") or {}).get(slot, ())]
    return _letters(value) in {_letters(each) for each in accepted}


def _is_date(value: object, gold: str, line: Line) -> bool:
    return isinstance(value, date) and value.isoformat() == gold


def _is_day(value: object, gold: str, line: Line) -> bool:
    if not isinstance(value, date):
        return False
    named = _WEEKDAY.search(gold.lower())
    if named:
        return value.weekday() == WEEKDAYS[named[1]]
    found = find_dates(hear(gold), now_of(line).date())
    return bool(found) and found[0].first == value


def _is_time(value: object, gold: str, line: Line) -> bool:
    """Whether it is the labelled time; people who wrote one by hand left out half of the day."""
    found = find_times(hear(gold), now_of(line), asked=True)
    if not found:
        return False
    wanted = resolve(found[0], OPENS, CLOSES) if source_of(line) == "star" else found[0].at
    return value == wanted


def _is_phone(value: object, gold: str, line: Line) -> bool:
    return re.sub(r"\D", "", gold) == re.sub(r"\D", "", str(value))


def _is_answer(value: object, gold: str, line: Line) -> bool:
    return _letters(gold)[:1] == _letters(value)[:1]


def _letters(value: object) -> str:
    return re.sub(r"[^a-z0-9]", "", str(value).lower())


def _is_named(value: object, gold: str, line: Line) -> bool:
    """Whether one name is the other, or a part of it: people leave out titles and surnames."""
    said, wanted = _letters(value), _letters(gold)
    if min(len(said), len(wanted)) < _SHORTEST:
        return said == wanted
    return said in wanted or wanted in said


def _shares_words(value: object, gold: str, line: Line) -> bool:
    wanted = set(_LONG_WORD.findall(gold.lower()))
    said = set(_LONG_WORD.findall(str(value).lower()))
    return len(wanted & said) >= max(1, _ENOUGH * len(wanted))


_COMPARED: dict[str, Callable[[object, str, Line], bool]] = {
    "application_fee_paid": _is_answer,
    "date": _is_date,
    "day": _is_day,
    "name": _is_named,
    "phone": _is_phone,
    "property": _is_named,
    "provider": _is_named,
    "reason": _shares_words,
    "time": _is_time,
}
