"""The business of a recorded dialogue, as a tenant would have set it up."""

import re
from collections.abc import Iterable
from datetime import datetime, time, timedelta

from deskbell.brain.reading import Line
from domain.receptionist.nlu import Context
from domain.receptionist.nlu.day_arithmetic import WEEKDAYS

OPENS, CLOSES = time(8), time(22, 30)
# A Monday, for dialogues that tell only the day of the week.
_MONDAY = datetime.fromisoformat("2024-01-01T09:00")
_DAY = re.compile(rf"\b({'|'.join(sorted(WEEKDAYS, key=len, reverse=True))})\b")
_HOUR = re.compile(r"\b(\d{1,2}) ?(am|pm)\b")
# What everybody says for some names; a tenant of the place would have them, too.
PLACES = {
    "Los Angeles": ("LA", "L.A."),
    "New York": ("NY", "NYC", "New York City"),
    "Philadelphia": ("Philly",),
    "San Diego": ("SD",),
    "San Francisco": ("SF", "San Fran", "Frisco", "SFO"),
    "San Jose": ("SJ",),
    "South San Francisco": ("South SF",),
    "Washington": ("DC",),
}
KINDS = {
    "Dermatologist": ("skin doctor", "skin specialist", "dermatology"),
    "ENT Specialist": ("ENT", "ear nose and throat", "ENT doctor", "otolaryngologist"),
    "Family Counselor": ("family counselling", "family counseling", "family therapist"),
    "General Practitioner": ("GP", "family doctor", "general doctor", "primary care doctor"),
    "Gynecologist": ("gynaecologist", "gyno", "OBGYN", "gynecology"),
    "Ophthalmologist": ("eye doctor", "eye specialist", "opthalmologist"),
    "Psychiatrist": ("psychiatry",),
    "Psychologist": ("psychology",),
}


def now_of(line: Line) -> datetime:
    """When the dialogue takes place, as far as the line tells."""
    if given := line.get("ref_datetime"):
        return datetime.fromisoformat(given).replace(tzinfo=None)
    told = str(line.get("now_text") or "").lower()
    day, hour = _DAY.search(told), _HOUR.search(told)
    moment = _MONDAY + timedelta(WEEKDAYS[day[1]]) if day else _MONDAY
    if hour:
        moment = moment.replace(hour=int(hour[1]) % 12 + (12 if hour[2] == "pm" else 0))
    return moment


def names_of(line: Line, key: str) -> list[str]:
    """The names that the tenant would have entered."""
    names: Iterable[str] = (line.get("tenant") or {}).get(key) or ()
    return list(names)


def context_of(line: Line) -> Context:
    """What every utterance of the dialogue depends on."""
    return Context(
        now=now_of(line),
        opens=OPENS,
        closes=CLOSES,
        staff=names_of(line, "providers"),
        services=names_of(line, "services"),
        locations=names_of(line, "cities"),
        aliases=PLACES | KINDS,
    )


def source_of(line: Line) -> str:
    """The corpus a dialogue comes from: the first part of its id."""
    return str(line["id"]).split("/")[0]


def has_business(line: Line) -> bool:
    """Whether the dialogue holds what the business said."""
    return any(turn["who"] == "agent" for turn in line["turns"])
