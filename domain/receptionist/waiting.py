"""The waiting list: offered where nothing is free, asked for, read back, joined and left."""

import re
from datetime import date, time, timedelta
from enum import StrEnum

from domain.appointments.times import hours_on
from domain.business.profile import ServiceInfo
from domain.hours import OpenHours
from domain.receptionist.briefing import Briefing
from domain.receptionist.moves import Decision, ToolAnswered, UseTool, Utter
from domain.receptionist.nlu import Understanding
from domain.receptionist.nlu.confirmation import Answer
from domain.receptionist.nlu.heard import hear
from domain.receptionist.questions import said_wait, service_named
from domain.receptionist.state import Asked, Goal, State, Wanted
from domain.waitlist.rules import HOURS, part_of

JOIN, LEAVE = "join_waitlist", "leave_waitlist"
JOINED, LEFT = "waitlist.joined", "waitlist.left"
# Days with other hours come again after a fortnight at the latest, or once a year.
LOOKED_AT = 28


class Wish(StrEnum):
    """What somebody wants of the list."""

    JOIN = "join"
    LEAVE = "leave"


_LIST = r"(?:wait(?:ing)?[ -]?list|standby(?: list)?|cancell?ation list)"
_SOMETHING = (
    r"\b(?:(?:some|any)thing|(?:an?|any|the) (?:\w+ ){0,2}(?:appointment|opening|place|slot|spot"
    r"|time|one))\b[\w' ]{0,20}\b(?:opens?|comes?|frees?|free|becomes?|gets?|available|up)\b"
    r"|\b(?:some|any)(?:one|body)\b[\w' ]{0,12}\bcancels?\b"
    r"|\bthere(?:'s| is| are)\b[\w' ]{0,12}\b(?:cancellations?|openings?)\b"
    r"|\bgets? a cancellation\b"
)
_TELL = r"\b(?:call|text|ring|phone|tell|notify|let) me\b"
_IF = r"\b(?:if|when|whenever|as soon as|in case)\b"
_WANTED = re.compile(
    rf"\b{_LIST}\b|{_TELL}[\w' ]{{0,12}}{_IF}[\w' ]{{0,10}}?(?:{_SOMETHING})"
    rf"|{_IF}[\w' ]{{0,10}}?(?:{_SOMETHING})[\w', ]{{0,30}}{_TELL}"
)
_THE_LIST = re.compile(rf"\b{_LIST}\b")
_OFF = re.compile(
    rf"\b(?:take|remove|get|strike|cross|delete|drop)\b[\w' ]{{0,20}}\b(?:off|from)\b[\w' ]{{0,8}}"
    rf"\b{_LIST}|\b(?:leave|come off|get off|no longer)\b[\w' ]{{0,24}}\b{_LIST}"
    rf"|\b(?:don't|do not|needn't)\b[\w' ]{{0,30}}\b{_LIST}\b[\w' ]{{0,4}}\bany ?(?:more|longer)"
)
_UNWANTED = re.compile(
    rf"\b(?:don't|do not|not|no need|rather not|without)\b[\w' ]{{0,30}}\b{_LIST}"
)


def wish(heard: Understanding) -> Wish | None:
    """What was said of the list, if anything was asked of it."""
    text = hear(heard.text).text
    if _OFF.search(text):
        return Wish.LEAVE
    if _UNWANTED.search(text) or not _WANTED.search(text):
        return None
    return Wish.JOIN


def is_answered(heard: Understanding, briefing: Briefing) -> bool:
    """Whether the business has an answer of its own to what was asked about the list."""
    match = briefing.knowledge.answer(heard.text)
    return match is not None and _THE_LIST.search(match.entry.question.lower()) is not None


def can_wait(state: State, briefing: Briefing) -> bool:
    """Whether it is of use to wait for what was wanted: something could come free then."""
    frame = state.frame
    service = service_named(briefing, frame.service_id)
    if service is None or frame.full is None or state.goal is not Goal.BOOK:
        return False
    return briefing.profile.rules.booking.waitlist and _opens(service, frame.full, state, briefing)


def step(state: State, heard: Understanding) -> State | Decision | None:
    """Go on if they agree to the list, or to what was read back; None if they say other things."""
    answer = heard.confirmation.answer if heard.confirmation else None
    if heard.moments:
        return None
    if answer is Answer.YES:
        return _join(state) if state.asked is Asked.WAIT else state.framed(waits=True)
    if heard.name is not None or answer not in (Answer.CHANGE, Answer.NO):
        return None
    if answer is Answer.CHANGE and state.asked is Asked.WAIT:
        return state.framed(full=None)
    return Decision.done(state, Utter("kept"))


def leave(state: State, heard: Understanding, briefing: Briefing) -> Decision:
    """Take the caller off the list: for the service that they name, or altogether."""
    named = heard.service.only if heard.service else None
    service = next((each for each in briefing.profile.services if each.name == named), None)
    arguments = {"service_id": str(service.id) if service else None}
    return Decision(state.to(waiting_for=LEAVE), (UseTool(LEAVE, arguments),))


def answered(state: State, answer: ToolAnswered, briefing: Briefing) -> Decision:
    """Say that they wait, or wait no more, if that is so."""
    if answer.tool == LEAVE and not answer.error and LEFT in answer.events:
        return Decision.done(state, Utter("wait_left"))
    if answer.tool == JOIN and not answer.error:
        said = said_wait(state, briefing, briefing.local(answer.at).date())
        return Decision.done(state, Utter("waiting" if JOINED in answer.events else "waits", said))
    return Decision(state.to(goal=None, asked=Asked.OFFER_MESSAGE), (Utter(_failure(answer)),))


def _failure(answer: ToolAnswered) -> str:
    if answer.tool == LEAVE and not answer.error:
        return "not_waiting"
    return "cannot_book" if answer.error == "NOT_BOOKABLE" else "tool_failed"


def _join(state: State) -> Decision:
    frame = state.frame
    assert frame.full is not None
    arguments = {
        "service_id": str(frame.service_id),
        "staff_id": str(frame.staff_id) if frame.staff_id else None,
        "first": frame.full.first.isoformat(),
        "last": frame.full.last.isoformat(),
        "part": part_of(frame.full.at, frame.full.earliest, frame.full.latest).value,
        "name": state.name,
        "phone": state.phone,
    }
    return Decision(state.to(waiting_for=JOIN), (UseTool(JOIN, arguments),))


def _opens(service: ServiceInfo, full: Wanted, state: State, briefing: Briefing) -> bool:
    """Whether anybody who provides a service is there at all on the days that were wanted."""
    profile = briefing.profile
    staff = state.frame.staff_id
    there = [
        each
        for each in profile.resources
        if each.id in service.resource_ids and staff in (None, each.id)
    ]
    days = min((full.last - full.first).days + 1, LOOKED_AT)
    return any(
        _is_within(span, day, full)
        for day in (full.first + timedelta(days=ahead) for ahead in range(days))
        for each in there
        for span in hours_on(day, profile.location, profile.closures, each)
    )


def _is_within(span: OpenHours, day: date, full: Wanted) -> bool:
    """Whether opening hours of a day lie in the part of it that was wanted."""
    first, end = HOURS[part_of(full.at, full.earliest, full.latest)]
    return span.weekday == day.weekday() and span.opens.hour < end and span.closes > time(first)
