"""Texts that come in: what they ask of further texts, and what they answer about a visit."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from domain import outreach
from domain.appointments.errors import TooLateToChange
from domain.contacts.repository import Contacts
from domain.outreach import Heard, Incoming, outbound
from domain.outreach.agreements.models import Route
from domain.phone import normalise
from domain.privacy.purposes import Purpose
from domain.reminders import answering
from domain.reminders.errors import VisitLinkSpent
from domain.reminders.models import Reminder
from domain.reminders.repository import Reminders
from domain.scope import Scope
from domain.texts import catalogue
from domain.work import UnitOfWork, UnitsOfWork

_LETTERS = re.compile(r"[^\w]+")
_YES = frozenset({"y", "yes", "yep", "yeah", "ok", "okay", "c", "confirm", "confirmed", "si", "sí"})
_NO = frozenset({"n", "no", "nope"})
_MOVE = frozenset({"r", "reschedule", "move", "change"})


class Meaning(StrEnum):
    """What an answer to a reminder means."""

    CANCEL = "cancel"
    CONFIRM = "confirm"
    MOVE = "move"


@dataclass(frozen=True)
class Understood:
    """What came of a text: about which reminder, if about one."""

    of_texts: Heard | None = None
    """What was done about texts, with the one answer to send, if it asked for stop or help."""
    meaning: Meaning | None = None
    reminder_id: UUID | None = None


def meaning_of(text: str) -> Meaning | None:
    """What a short answer means. `C` is yes: whoever meant no hears that they are expected."""
    word = _LETTERS.sub(" ", text.casefold()).strip()
    if word in _YES:
        return Meaning.CONFIRM
    if word in _NO:
        return Meaning.CANCEL
    return Meaning.MOVE if word in _MOVE else None


@dataclass(frozen=True)
class _Deed:
    """What is done about an answer, and what is said then."""

    do: Callable[[UnitOfWork, UUID], Awaitable[None]]
    says: str


_DEEDS = {
    Meaning.CANCEL: _Deed(answering.cancel, "reminder_reply_cancelled"),
    Meaning.CONFIRM: _Deed(answering.confirm, "reminder_reply_confirmed"),
    Meaning.MOVE: _Deed(answering.ask_to_move, "reminder_reply_move"),
}


async def hear(work: UnitsOfWork, scope: Scope, incoming: Incoming) -> Understood:
    """Do what a text asks; `scope` is that of work for the business to whose number it came.

    What answers no reminder may still be a stop. Raises `InvalidInput` if a number is none.
    """
    meaning = meaning_of(incoming.text)
    async with work(scope) as uow:
        row = await _answered(uow, incoming) if meaning else None
        if meaning is None or row is None:
            heard = await outreach.hear(uow, incoming)
            return Understood(of_texts=heard if heard.understood else None)
    deed = _DEEDS[meaning]
    says = deed.says
    try:
        # It came from the number that the reminder went to: that is who they are.
        async with work(answering.guest_scope(scope, row.contact_id)) as uow:
            await deed.do(uow, row.id)
    except TooLateToChange:
        says = "reminder_reply_late"
    except VisitLinkSpent:
        says = "reminder_reply_over"
    async with work(scope) as uow:
        await _say(uow, row, incoming, says)
    return Understood(meaning=meaning, reminder_id=row.id)


async def _answered(uow: UnitOfWork, incoming: Incoming) -> Reminder | None:
    """The reminder that somebody answers: the last that went to their number."""
    number = normalise(incoming.phone, uow.scope.tenant.region)
    contact = await Contacts(uow).by_phone(number)
    if contact is None:
        return None
    return await Reminders(uow).answerable(contact.id, Route.TEXT, uow.now)


async def _say(uow: UnitOfWork, row: Reminder, incoming: Incoming, key: str) -> None:
    words = catalogue(uow.scope.tenant.locale).say(key, business=uow.scope.tenant.name)
    wanted = outbound.Wanted(row.contact_id, Route.TEXT, Purpose.SCHEDULING, words, incoming.line)
    await outbound.ask(uow, wanted)
