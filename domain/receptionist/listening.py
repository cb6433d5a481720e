"""What an utterance adds to what the receptionist has in mind."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from uuid import UUID

from domain.business.profile import Profile, QuestionKind
from domain.receptionist.briefing import Briefing
from domain.receptionist.house_rules import Hears
from domain.receptionist.nlu import Context, Slot, Understanding, understand
from domain.receptionist.nlu.choosing import best_guess
from domain.receptionist.nlu.confirmation import Answer
from domain.receptionist.nlu.times import TimeMention, resolve
from domain.receptionist.nlu.when import Moment
from domain.receptionist.questions import screening_question
from domain.receptionist.state import Asked, Offered, State, Visit, Wanted
from domain.receptionist.tracking.meaning import moment_meant
from domain.receptionist.tracking.people import names_caller

# A time without a day is looked for in the days ahead.
DAYS_AHEAD = 6

# What the grammar should expect, by the question that was asked.
EXPECTED = {
    Asked.ADULT: Slot.CONFIRMATION,
    Asked.BIRTH_DATE: Slot.BIRTH_DATE,
    Asked.CANCEL: Slot.CONFIRMATION,
    Asked.COMMIT: Slot.CONFIRMATION,
    Asked.NAME: Slot.NAME,
    Asked.OFFER_MESSAGE: Slot.CONFIRMATION,
    Asked.OFFER_WAIT: Slot.TIME,
    Asked.PHONE: Slot.PHONE,
    Asked.SLOT: Slot.TIME,
    Asked.WAIT: Slot.CONFIRMATION,
    Asked.WHEN: Slot.TIME,
}
# The same, by what a question before a booking listens for.
HEARD_AS = {
    Hears.BIRTH_DATE: Slot.BIRTH_DATE,
    Hears.NAME: Slot.NAME,
    Hears.PARTY: Slot.PARTY,
    Hears.PERSON: Slot.NAME,
    Hears.POSTCODE: Slot.POSTCODE,
}
NAMING = (Asked.COMMIT, Asked.NAME, Asked.WAIT)
ORDINALS = {"first": 0, "1st": 0, "second": 1, "2nd": 1, "third": 2, "3rd": 2, "last": -1}
ANY = {"any", "either", "whichever", "whatever"}


def listen(text: str, state: State, briefing: Briefing, now: datetime) -> Understanding:
    """Understand an utterance in the light of what was asked; `now` is an instant."""
    return understand(text, context_of(state, briefing, now))


def likeliest(guesses: Sequence[str], state: State, briefing: Briefing, now: datetime) -> str:
    """Which of a recogniser's guesses to believe, in the light of what was asked."""
    return best_guess(guesses, context_of(state, briefing, now))


def context_of(state: State, briefing: Briefing, now: datetime) -> Context:
    """What an utterance depends on besides its words."""
    hours = briefing.profile.location.hours
    return Context(
        now=briefing.local(now).replace(tzinfo=None),
        region=briefing.profile.region,
        asked=EXPECTED.get(state.asked) or _expected_before_booking(state, briefing),
        opens=min((span.opens for span in hours), default=None),
        closes=max((span.closes for span in hours), default=None),
        staff=[person.name for person in briefing.staff],
        services=[service.name for service in briefing.profile.services],
        locations=[place.name for place in briefing.profile.locations],
        aliases=briefing.aliases,
    )


def _expected_before_booking(state: State, briefing: Briefing) -> Slot | None:
    if state.asked is not Asked.SCREENING:
        return None
    inquiry = screening_question(state, briefing)
    if inquiry is None:
        return None
    if inquiry.question.kind is QuestionKind.YES_NO:
        return Slot.CONFIRMATION
    return HEARD_AS.get(inquiry.hears)


def take_in(state: State, heard: Understanding, briefing: Briefing, now: datetime) -> State:
    """Fill what the caller mentioned, asked for or not."""
    state = _services_and_staff(state, heard, briefing)
    # Once a name is known, only the question for it, or the read-back, can change it.
    if names_caller(heard) and (state.name is None or state.asked in NAMING):
        assert heard.name is not None
        state = state.to(name=heard.name.name)
    if heard.phone is not None and heard.phone.e164:
        state = state.to(phone=heard.phone.e164)
    wanted = wanted_in(heard, state, briefing, now)
    return state.framed(wanted=wanted, chosen=None) if wanted else state


def wanted_in(
    heard: Understanding, state: State, briefing: Briefing, now: datetime
) -> Wanted | None:
    """When the caller wants to come, if they said anything about it."""
    moment = moment_meant(heard)
    if moment is None:
        return None
    today = briefing.local(now).date()
    horizon = today + timedelta(days=briefing.profile.rules.booking.horizon_days)
    wanted = _days(moment, state.frame.wanted, today, horizon)
    return _hours(wanted, moment, briefing.profile)


def choice(heard: Understanding, offers: tuple[Offered, ...]) -> Offered | None:
    """Which of the offered times the caller means, if it is clear."""
    yes = heard.confirmation is not None and heard.confirmation.answer is Answer.YES
    matching = [offer for offer in offers if _fits(offer.starts_at, heard.moments)]
    if heard.moments:
        return matching[0] if len(matching) == 1 else None
    if yes and len(offers) == 1:
        return offers[0]
    return _by_place(heard.text, offers)


def visit_meant(
    heard: Understanding, visits: tuple[Visit, ...], briefing: Briefing
) -> Visit | None:
    """Which of the caller's appointments is meant, if it is clear."""
    matching = [visit for visit in visits if _fits(visit.starts_at, heard.moments)]
    if heard.moments and len(matching) == 1:
        return matching[0]
    service = _service_id(heard, briefing)
    named = [visit for visit in visits if visit.service_id == service]
    if len(named) == 1:
        return named[0]
    index = _ordinal(heard.text)
    return visits[index] if index is not None and index < len(visits) else None


def _services_and_staff(state: State, heard: Understanding, briefing: Briefing) -> State:
    service = _service_id(heard, briefing)
    if service is not None and service != state.frame.service_id:
        state = state.framed(service_id=service, offers=(), chosen=None, cleared=())
    if heard.staff is not None and heard.staff.only:
        person = next(r for r in briefing.staff if r.name == heard.staff.only)
        if person.id != state.frame.staff_id:
            state = state.framed(staff_id=person.id, offers=(), chosen=None)
    return state


def _service_id(heard: Understanding, briefing: Briefing) -> UUID | None:
    if heard.service is None or heard.service.only is None:
        return None
    named = (s.id for s in briefing.services if s.name == heard.service.only)
    return next(named, None)


def _days(moment: Moment, before: Wanted | None, today: date, horizon: date) -> Wanted:
    if moment.day is not None:
        return Wanted(moment.day.first, moment.day.last, at=_time_kept(moment, before))
    mentioned = moment.at.day if moment.at else None
    if mentioned is not None:
        return Wanted(mentioned, mentioned)
    if moment.soonest:
        return Wanted(today, horizon)
    if before is not None:
        return replace(before, at=None, earliest=None, latest=None)
    return Wanted(today, today + timedelta(days=DAYS_AHEAD))


def _time_kept(moment: Moment, before: Wanted | None) -> time | None:
    """Another day is asked for at the time that was asked for before, unless one is named."""
    names_time = moment.at or moment.earliest or moment.latest or moment.part
    return None if before is None or names_time else before.at


def _hours(wanted: Wanted, moment: Moment, profile: Profile) -> Wanted:
    if moment.part is not None:
        wanted = replace(wanted, earliest=moment.part.earliest, latest=moment.part.latest)
    if moment.earliest is not None:
        wanted = replace(wanted, earliest=_time(moment.earliest, profile))
    if moment.latest is not None:
        wanted = replace(wanted, latest=_time(moment.latest, profile))
    if moment.at is not None:
        wanted = replace(wanted, at=_time(moment.at, profile))
    return wanted


def _time(mention: TimeMention, profile: Profile) -> time:
    hours = profile.location.hours
    opens = min((span.opens for span in hours), default=time(8))
    closes = max((span.closes for span in hours), default=time(18))
    return resolve(mention, opens, closes)


def _fits(starts_at: datetime, moments: tuple[Moment, ...]) -> bool:
    return any(_is_at(starts_at, moment) for moment in moments if not moment.rejected)


def _is_at(starts_at: datetime, moment: Moment) -> bool:
    if moment.day is not None and not moment.day.first <= starts_at.date() <= moment.day.last:
        return False
    if moment.at is not None:
        at = moment.at.at
        same = (at.hour, at.minute) == (starts_at.hour, starts_at.minute)
        other_half = not moment.at.explicit and (at.hour + 12) % 24 == starts_at.hour
        return same or (other_half and at.minute == starts_at.minute)
    if moment.part is not None:
        return moment.part.earliest <= starts_at.time() < moment.part.latest
    return moment.day is not None


def _by_place(text: str, offers: tuple[Offered, ...]) -> Offered | None:
    index = _ordinal(text)
    if index is None and ANY & set(text.lower().split()):
        index = 0
    return offers[index] if index is not None and index < len(offers) else None


def _ordinal(text: str) -> int | None:
    words = text.lower().replace(",", " ").replace(".", " ").split()
    return next((ORDINALS[word] for word in words if word in ORDINALS), None)
