"""Answers from what the business has said of itself, and from nothing else."""

from datetime import date, datetime

from domain.appointments.times import hours_on
from domain.business.profile import ServiceInfo
from domain.money import Money
from domain.receptionist import speaking
from domain.receptionist.briefing import Briefing
from domain.receptionist.moves import Heard, Quote, Utter
from domain.receptionist.nlu import Understanding

SURE = 0.45


def answer(heard: Understanding, said: Heard, briefing: Briefing) -> Utter | Quote | None:
    """The answer to a caller's question, or None if the business has not said."""
    intent = heard.intent.label if heard.intent.probability >= SURE else "unclear"
    if intent == "hours":
        return _hours(heard, said, briefing)
    if intent == "price":
        return _price(heard, briefing) or _known(heard, briefing)
    if intent in ("book", "cancel", "reschedule", "check_booking", "message", "human"):
        return None
    return _known(heard, briefing)


def own_words(text: str, source: str) -> Quote:
    """Something of the business's own, word for word."""
    return Quote(text, source)


def _known(heard: Understanding, briefing: Briefing) -> Quote | None:
    match = briefing.knowledge.answer(heard.text)
    return own_words(match.entry.answer, f"knowledge:{match.entry.id}") if match else None


def _hours(heard: Understanding, said: Heard, briefing: Briefing) -> Utter | None:
    place = briefing.profile.location
    if not place.hours:
        return None
    day = next((moment.day for moment in heard.moments if moment.day), None)
    if day is None:
        return Utter("hours", {"hours": speaking.week(place.hours)})
    today = _today(said.at, briefing)
    named = speaking.day(day.first, today)
    spans = [
        span
        for span in hours_on(day.first, place, briefing.profile.closures)
        if span.weekday == day.first.weekday()
    ]
    if not spans:
        return Utter("closed_on", {"day": named})
    return Utter("open_on", {"day": named, "hours": speaking.spans(spans)})


def _price(heard: Understanding, briefing: Briefing) -> Utter | None:
    service = _service(heard, briefing)
    if service is None:
        return None
    if service.price_minor is None:
        return Utter("price_unknown", {"service": speaking.a(service.name)})
    amount = Money(service.price_minor, briefing.profile.currency)
    named = speaking.a(service.name)
    said = {"service": named[0].upper() + named[1:], "price": speaking.price(amount)}
    return Utter("price", said)


def _service(heard: Understanding, briefing: Briefing) -> ServiceInfo | None:
    named = heard.service.only if heard.service else None
    return next((s for s in briefing.profile.services if s.name == named), None)


def _today(at: datetime, briefing: Briefing) -> date:
    return briefing.local(at).date()
