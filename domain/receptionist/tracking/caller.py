"""What the caller says: offers taken up, wishes changed, names and numbers given."""

import re
from dataclasses import replace

from domain.receptionist.nlu.confirmation import Answer
from domain.receptionist.nlu.times import resolve
from domain.receptionist.nlu.understanding import Context, Understanding, understand
from domain.receptionist.tracking.meaning import (
    assents,
    changes_mind,
    day_meant,
    take_up,
    time_meant,
    wants_other,
)
from domain.receptionist.tracking.people import with_people
from domain.receptionist.tracking.wants import Proposal, Wants

_BOOKS = re.compile(
    r"\b(?:book|make|schedule|reserve|get|set up|have|arrange|want|need)\b[^.?!]*"
    r"\b(?:appointment|there|it|with (?:him|her|them)|visit|viewing|reservation|slot)\b",
    re.IGNORECASE,
)
_AGAIN = re.compile(
    r"\b(?:book|schedule|reschedule|appointment|change|move|instead|make it)\b", re.IGNORECASE
)
_REASON_ASKED = re.compile(
    r"\b(?:symptoms?|reason|what (?:seems|brings|is wrong|'s wrong)|describe)\b", re.IGNORECASE
)
_UNWELL = re.compile(
    r"\b(?:cough\w*|sneez\w*|sore|throat|fever|headaches?|vaccin\w*|runny|nausea|pain\w*|dizz\w*"
    r"|aches?|rash|swollen|tired)\b",
    re.IGNORECASE,
)


def said_by_caller(wants: Wants, text: str, context: Context) -> Wants:
    """What is known after the caller said something."""
    heard = understand(text, replace(context, asked=wants.asked))
    if wants.settled and not _reopens(heard):
        return wants
    reopened = wants.to(settled=False, agreed=False) if wants.settled else wants
    taken = _decided(reopened, heard, context)
    taken = _timed(_named(taken, heard), heard, context)
    return _told(with_people(taken, heard), heard)


def _reopens(heard: Understanding) -> bool:
    """Whether something is wanted after all, when everything was done."""
    return bool(_AGAIN.search(heard.text)) and (bool(heard.moments) or changes_mind(heard))


def _decided(wants: Wants, heard: Understanding, context: Context) -> Wants:
    """Take up what was put forward, or leave it."""
    if wants_other(heard) or changes_mind(heard):
        return wants.to(proposal=_left(wants, heard), agreed=False)
    if not wants.proposal.is_empty and (assents(heard) or _books_there(wants, heard)):
        agreed = wants.read_back and not heard.moments and _is_as_wanted(wants)
        return take_up(wants, wants.proposal, context).to(agreed=agreed)
    if wants.last_staff and wants.staff is None and assents(heard):
        return wants.to(staff=wants.last_staff)
    return wants


def _is_as_wanted(wants: Wants) -> bool:
    """Whether what was read back is what the caller asked for; else it has to be asked again."""
    wanted = vars(wants.visit)
    read_back = {name: value for name, value in vars(wants.proposal).items() if value is not None}
    return all(wanted[name] in (None, value) for name, value in read_back.items())


def _left(wants: Wants, heard: Understanding) -> Proposal:
    """What stands of a proposal that was refused: the rest, where only one part is changed."""
    if heard.moments and not wants_other(heard):
        return wants.proposal
    return Proposal()


def _books_there(wants: Wants, heard: Understanding) -> bool:
    """ "I'd like to make an appointment": with whom the business has just named."""
    return wants.proposal.staff is not None and bool(_BOOKS.search(heard.text))


def _named(wants: Wants, heard: Understanding) -> Wants:
    """With whom, what for and where."""
    if heard.staff is not None and heard.staff.only:
        wants = wants.to(staff=heard.staff.only)
    if heard.service is not None and heard.service.only:
        wants = wants.to(service=heard.service.only)
    if heard.location is not None and heard.location.only:
        wants = wants.to(location=heard.location.only)
    return wants


def _timed(wants: Wants, heard: Understanding, context: Context) -> Wants:
    day, time = day_meant(heard), time_meant(heard)
    if time is not None and time.day is not None and day is None:
        day = time.day
    if day is not None:
        wants = wants.to(day=day, proposal=replace(wants.proposal, day=None), agreed=False)
    if time is not None:
        at = resolve(time, context.opens, context.closes)
        wants = wants.to(at=at, proposal=replace(wants.proposal, at=None), agreed=False)
    return wants


def _told(wants: Wants, heard: Understanding) -> Wants:
    """Numbers, the car, the reason, and a plain yes or no."""
    if heard.phone is not None and len(heard.phone.digits) >= 7:
        extension = f" x {heard.phone.extension}" if heard.phone.extension else ""
        wants = wants.to(phone=f"{heard.phone.digits}{extension}")
    wants = wants.to(vehicle=wants.vehicle.with_more(heard.vehicle))
    asked_why = bool(_REASON_ASKED.search(wants.question))
    if asked_why or (wants.reason is None and _UNWELL.search(heard.text)):
        wants = wants.to(reason=heard.text)
    return _replied(wants, heard)


def _replied(wants: Wants, heard: Understanding) -> Wants:
    answer = heard.confirmation.answer if heard.confirmation else None
    if answer not in (Answer.YES, Answer.NO, Answer.UNSURE) or not wants.question.endswith("?"):
        return wants
    return wants.to(replies=(*wants.replies, (wants.question, answer)))


def agreed_to(wants: Wants) -> Proposal | None:
    """What may be booked: everything of it was read back, and agreed to afterwards."""
    if not (wants.agreed and wants.settled):
        return None
    return wants.visit if wants.visit.is_whole else None
