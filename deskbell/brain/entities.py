"""How many dates, times, names and numbers are read as they were meant."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from deskbell.brain.reading import Line
from domain.receptionist.nlu import Context, Slot, Understanding, understand
from domain.receptionist.nlu.choosing import understand_best
from domain.receptionist.nlu.times import TimeMention, resolve
from domain.receptionist.nlu.when import Moment

# Where a line does not say when it was said.
_NOW = "2022-01-01T09:00"
# Corpora of people who talk about what they want; the others are lists of hard phrases.
CONVERSATIONS = ("nlupp", "sgd", "nemo")
MOMENTS = frozenset({"date", "time", "datetime"})
_ASKED = {
    "email": Slot.EMAIL,
    "name": Slot.NAME,
    "number": Slot.PARTY,
    "postcode": Slot.POSTCODE,
    "time": Slot.TIME,
}


@dataclass(frozen=True)
class Entities:
    """Shares of lines whose value was found, by kind; None where there is no such line."""

    date: float | None
    time: float | None
    datetime: float | None
    date_time: float | None
    """Dates, times and both together."""
    date_time_conversational: float | None
    phone: float | None
    name: float | None
    email: float | None
    number: float | None
    postcode: float | None
    lines: dict[str, int]
    right: dict[str, int]


def measure(lines: list[Line]) -> Entities:
    """Read every line as the receptionist would, and compare."""
    all_, right = Counter[str](), Counter[str]()
    for line in lines:
        found = is_found(line)
        for group in _groups(line):
            all_[group] += 1
            right[group] += found
    shares = {name: right[name] / all_[name] for name in all_}
    kinds = (*_ASKED, "date", "datetime", "phone", "date_time", "date_time_conversational")
    told = {kind: round(shares[kind], 4) if kind in shares else None for kind in kinds}
    return Entities(**told, lines=dict(all_), right={name: right[name] for name in all_})


def is_found(line: Line) -> bool:
    """Whether what was understood holds the value of a line."""
    heard = _understood(line)
    return _READERS[line["type"]](line, heard)


def _groups(line: Line) -> Iterator[str]:
    kind = line["type"]
    yield kind
    if kind in MOMENTS:
        yield "date_time"
        if line["id"].split("/")[0] in CONVERSATIONS:
            yield "date_time_conversational"


def _understood(line: Line) -> Understanding:
    now = datetime.fromisoformat(line.get("ref_datetime") or _NOW).replace(tzinfo=None)
    british = str(line.get("source", "")).startswith("EVI")
    context = Context(now=now, region="GB" if british else "US", asked=_asked(line))
    if line.get("nbest"):
        return understand_best(line["nbest"], context)
    return understand(line["text"], context)


def _asked(line: Line) -> Slot | None:
    """A text with a span in it is a sentence; one without is the answer to a question."""
    if line.get("context_slot") == "date_of_birth":
        return Slot.BIRTH_DATE
    kind = line["type"]
    if kind == "name" and "span" in line:
        return None
    return _ASKED.get(kind)


def _date(line: Line, heard: Understanding) -> bool:
    mentions = [heard.birth_date, *(moment.day for moment in heard.moments)]
    days = {
        day
        for mention in mentions
        if mention
        for day in (mention.first, mention.last, mention.alternative)
        if day
    }
    return line["value"] in {day.isoformat() for day in days}


def _time(line: Line, heard: Understanding) -> bool:
    wanted = {line["value"], *(line.get("alternatives") or [])}
    clocks = {at for mention in _times(heard.moments) for at in _readings(mention)}
    if line.get("ambiguous_ampm"):
        clocks |= {_other_half(at) for at in clocks}
    return bool(wanted & {at.strftime("%H:%M") for at in clocks})


def _times(moments: tuple[Moment, ...]) -> Iterator[TimeMention]:
    for moment in moments:
        yield from (each for each in (moment.at, moment.earliest, moment.latest) if each)


def _readings(mention: TimeMention) -> set[time]:
    """The time as it was said, and as it is taken within usual hours."""
    return {mention.at, resolve(mention)}


def _other_half(at: time) -> time:
    return at.replace(hour=(at.hour + 12) % 24)


def _datetime(line: Line, heard: Understanding) -> bool:
    wanted = line["value"][:16]
    days = {day for moment in heard.moments if moment.day for day in _days(moment)}
    found = {
        datetime.combine(day, at).isoformat()[:16]
        for mention in _times(heard.moments)
        for day in ({mention.day} if mention.day else days)
        for at in _readings(mention)
    }
    return wanted in found


def _days(moment: Moment) -> set[date]:
    assert moment.day is not None
    return {moment.day.first, moment.day.last}


def _name(line: Line, heard: Understanding) -> bool:
    return heard.name is not None and heard.name.name.lower() == str(line["value"]).lower()


def _phone(line: Line, heard: Understanding) -> bool:
    return heard.phone is not None and heard.phone.digits == line["value"]


def _email(line: Line, heard: Understanding) -> bool:
    return heard.email is not None and heard.email.address == line["value"]


def _number(line: Line, heard: Understanding) -> bool:
    return heard.party is not None and str(heard.party.count) == str(line["value"])


def _postcode(line: Line, heard: Understanding) -> bool:
    return heard.postcode is not None and heard.postcode.code == line["value"]


_READERS: dict[str, Callable[[Line, Understanding], bool]] = {
    "date": _date,
    "datetime": _datetime,
    "email": _email,
    "name": _name,
    "number": _number,
    "phone": _phone,
    "postcode": _postcode,
    "time": _time,
}
