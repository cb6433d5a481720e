"""Whether what is known at the end is what the dialogue was labelled with."""

import re
from datetime import date, datetime, time
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
    match slot:
        case "date":
            return isinstance(value, date) and value.isoformat() == gold
        case "day":
            return isinstance(value, date) and _is_day(value, gold, now_of(line))
        case "time":
            return isinstance(value, time) and value == _clock(gold, source_of(line))
        case "phone":
            return re.sub(r"\D", "", gold) == re.sub(r"\D", "", str(value))
        case "reason":
            return _shares_words(str(value), gold)
        case "application_fee_paid":
            return _letters(gold)[:1] == _letters(value)[:1]
        case "provider" | "property" | "name":
            return _is_named(_letters(value), _letters(gold))
    accepted = [gold, *(line.get("accept") or {}).get(slot, ())]
    return _letters(value) in {_letters(each) for each in accepted}


def _is_day(value: date, gold: str, now: datetime) -> bool:
    named = _WEEKDAY.search(gold.lower())
    if named:
        return value.weekday() == WEEKDAYS[named[1]]
    found = find_dates(hear(gold), now.date())
    return bool(found) and found[0].first == value


def _clock(gold: str, source: str) -> time | None:
    """The labelled time; people who wrote it by hand left out the half of the day."""
    now = datetime(2024, 1, 1)
    found = find_times(hear(gold), now, asked=True)
    if not found:
        return None
    return resolve(found[0], OPENS, CLOSES) if source == "star" else found[0].at


def _letters(value: object) -> str:
    return re.sub(r"[^a-z0-9]", "", str(value).lower())


def _is_named(value: str, gold: str) -> bool:
    """Whether one name is the other, or a part of it: people leave out titles and surnames."""
    if min(len(value), len(gold)) < _SHORTEST:
        return value == gold
    return value in gold or gold in value


def _shares_words(value: str, gold: str) -> bool:
    wanted = set(_LONG_WORD.findall(gold.lower()))
    return len(wanted & set(_LONG_WORD.findall(value.lower()))) >= max(1, _ENOUGH * len(wanted))
