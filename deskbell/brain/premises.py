"""The business of a recorded dialogue as the receptionist is briefed about it."""

from datetime import UTC, datetime, time, timedelta
from uuid import UUID

from deskbell.brain.reading import Line
from deskbell.brain.setting import CLOSES, OPENS, names_of
from domain.appointments.openings import Occupied
from domain.appointments.times import Interval
from domain.business.profile import (
    BookingRules,
    LocationInfo,
    Profile,
    Question,
    ResourceInfo,
    ResourceKind,
    Rules,
    ServiceInfo,
)
from domain.hours import OpenHours
from domain.receptionist.briefing import Briefing, Caller
from domain.receptionist.house_rules import Hears, HouseRules, Inquiry, Screening

SCREENING = "brain.whom"
MINUTES = 30
VISITS = {"apartment viewing": ("viewing", ("tour", "apartment viewing", "apartment"))}
CALLER = "+12125550142"
_PLACE, _SERVICE, _PERSON = UUID(int=100), UUID(int=300), 200


def briefing_of(line: Line) -> Briefing:
    """One kind of visit, with anybody of the directory; whom to see is asked as salons ask it."""
    name, aliases = VISITS.get(str(line.get("domain")), ("appointment", ("visit", "booking")))
    people = people_of(line)
    visit = ServiceInfo(
        id=_SERVICE,
        name=name,
        duration_minutes=MINUTES,
        aliases=aliases,
        resource_ids=tuple(each.id for each in people),
    )
    profile = Profile(
        name="The front desk",
        region="US",
        currency="USD",
        locale="en-US",
        locations=(_place(),),
        resources=people,
        services=(visit,),
        rules=Rules(booking=BookingRules(minimum_notice_minutes=0, horizon_days=365)),
    )
    known = None if "name" in line["gold"] else "Alex Morgan"
    return Briefing(profile, Caller(CALLER, known), house=HouseRules(screenings=(_whom(),)))


def people_of(line: Line) -> tuple[ResourceInfo, ...]:
    """Whom one can ask for."""
    return tuple(
        ResourceInfo(
            id=UUID(int=_PERSON + at), kind=ResourceKind.STAFF, name=name, location_id=_PLACE
        )
        for at, name in enumerate(names_of(line, "providers"))
    )


def _place() -> LocationInfo:
    hours = tuple(OpenHours(weekday=day, opens=OPENS, closes=CLOSES) for day in range(7))
    return LocationInfo(
        id=_PLACE, name="The front desk", timezone="UTC", hours=hours, is_default=True
    )


def _whom() -> Screening:
    ask = "Whom would you like to see?"
    return Screening(SCREENING, (Inquiry(Question(key="whom", ask=ask), Hears.STAFF),))


def taken_in(line: Line, briefing: Briefing) -> tuple[Occupied, ...]:
    """The times that turned out to be taken, in a recording whose acts are labelled."""
    by_name = {each.name: each.id for each in briefing.staff}
    taken, asked_for = [], {}
    for turn in line["turns"]:
        acts = turn.get("acts") or []
        for act, slot, values in acts:
            if values and act in ("CONFIRM", "INFORM"):
                asked_for[slot_of(slot)] = str(values[0])
        if any(act == "NOTIFY_FAILURE" for act, _, _ in acts):
            at = _moment(asked_for)
            who = by_name.get(asked_for.get("provider", ""))
            if at and who and not _is_gold(line, asked_for):
                during = Interval(at, at + timedelta(minutes=MINUTES))
                taken.append(Occupied(who, 1, during))
    return tuple(taken)


def slot_of(slot: str) -> str:
    """A slot by the name it has in labels: `appointment_date` is a date, a `dentist_name` whom."""
    for kind in ("date", "time"):
        if slot.endswith(kind):
            return kind
    return "provider" if slot.endswith("_name") else slot


def _moment(asked_for: dict[str, str]) -> datetime | None:
    try:
        day = datetime.fromisoformat(asked_for["date"]).date()
        return datetime.combine(day, time.fromisoformat(asked_for["time"]), tzinfo=UTC)
    except (KeyError, ValueError):
        return None


def _is_gold(line: Line, asked_for: dict[str, str]) -> bool:
    """What was booked in the end cannot have been taken."""
    gold = line["gold"]
    return all(asked_for.get(slot) == gold.get(slot) for slot in ("provider", "date", "time"))
