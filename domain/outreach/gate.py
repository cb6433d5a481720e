"""The one gate that every call, text and letter to a caller leaves by (L13, L14, L19, L20).

Whoever can send asks for a `Permit`, and only the gate makes one: nothing goes out without the
right consent, a purpose, the person's own hours, and their silence on the matter of stopping.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Protocol
from uuid import UUID

from domain import law
from domain.appointments.repository import Appointments
from domain.contacts.models import Contact, NumberList
from domain.contacts.repository import Contacts, ListedNumbers
from domain.conversations.repository import Conversations
from domain.outreach.agreements.models import Form, OutreachConsent, Route
from domain.outreach.agreements.repository import OutreachConsents, OutreachPermits
from domain.outreach.refusals import OutreachRefused, Refusal
from domain.outreach.windows import closed, zones_of
from domain.privacy.purposes import Purpose
from domain.work import UnitOfWork

WRITE = "contacts:write"
CONSENT_RULE = "calling.consent"
# Whether a letter about a visit of their own needs a consent besides.
LETTER_RULE = "letters.consent"
NO_OTHER = "none"
# Which kind of consent each purpose needs; for any other a caller is never reached. Advertising
# is not among them: what is known of callers serves no marketing (P052).
REACHED_FOR = {
    Purpose.CALL_DELIVERY: "service",
    Purpose.CALL_ROUTING: "service",
    Purpose.LEGAL: "service",
    Purpose.SCHEDULING: "service",
    # A survey may be taken for advertising, so it needs what advertising does.
    Purpose.SURVEYS: "marketing",
}
ENOUGH = {"express": frozenset(Form), "written": frozenset({Form.WRITTEN})}
# A call is answered by one text, soon, and about nothing else.
ANSWERS = frozenset({Purpose.CALL_DELIVERY, Purpose.CALL_ROUTING})
ANSWERED_WITHIN = timedelta(days=1)
# Where carriers let only registered senders through (A2P 10DLC).
REGISTERED_ONLY = "US"
BY_TELEPHONE = frozenset({Route.CALL, Route.TEXT})


@dataclass(frozen=True)
class Attempt:
    """Somebody to be reached, how, and what for."""

    contact_id: UUID
    route: Route
    purpose: Purpose
    answers: UUID | None = None
    """A conversation of theirs that a text answers: then no other consent is needed, once."""
    sender_registered: bool = False
    """Whether the number that texts come from is registered with the carriers."""
    line: str | None = None
    """The number of the business that it leaves from; unknown, a stop to any of them counts."""
    again: UUID | None = None
    """The permit of an earlier try at the same, which never arrived."""
    visit_id: UUID | None = None
    """A visit of theirs that a letter is about: then it may need no other consent."""


@dataclass(frozen=True)
class Permit:
    """That one attempt may be made now. Made by the gate, and wanted by whoever sends."""

    id: UUID
    contact_id: UUID
    route: Route
    purpose: Purpose
    to: str = field(repr=False)
    """The number or address."""


class OptOuts(Protocol):
    """Whoever knows what people no longer want."""

    async def stand(self, uow: UnitOfWork, contact: Contact, attempt: Attempt) -> bool:
        """Whether they have said stop to what is attempted."""


@dataclass(frozen=True)
class Gate:
    """Lets out what may go; made once by the wiring."""

    opt_outs: OptOuts

    async def permit(self, uow: UnitOfWork, attempt: Attempt) -> Permit:
        """Let one attempt out, and put on record why. Raises `OutreachRefused` and `NotFound`."""
        uow.require(WRITE)
        kind = REACHED_FOR.get(attempt.purpose)
        if kind is None:
            words = f"Callers are not reached for {attempt.purpose}"
            raise OutreachRefused(Refusal.PURPOSE, words)
        contact = await Contacts(uow).lock(attempt.contact_id)
        to = _address(contact, attempt.route)
        await self._refuse_unwanted(uow, contact, attempt)
        place = _place(to, attempt)
        consent, rules = await _agreed(uow, attempt, place, kind)
        rules += _open_now(uow, to, place, attempt)
        permits = OutreachPermits(uow)
        if attempt.again is not None:
            row = await permits.get(attempt.again)
            return Permit(row.id, contact.id, attempt.route, attempt.purpose, to)
        row = await permits.add(
            contact_id=contact.id,
            route=attempt.route,
            purpose=attempt.purpose,
            consent_id=consent.id if consent else None,
            answers_id=None if consent else attempt.answers,
            visit_id=attempt.visit_id,
            rules=rules,
            at=uow.now,
        )
        return Permit(row.id, contact.id, attempt.route, attempt.purpose, to)

    async def _refuse_unwanted(self, uow: UnitOfWork, contact: Contact, attempt: Attempt) -> None:
        if attempt.route in BY_TELEPHONE and contact.phone is not None:
            listed = await ListedNumbers(uow).by_phone(contact.phone.read())
            if listed is not None and listed.kind is NumberList.NO_CALL:
                raise OutreachRefused(Refusal.DO_NOT_CALL, "This number is on the do-not-call list")
        if await self.opt_outs.stand(uow, contact, attempt):
            raise OutreachRefused(Refusal.OPTED_OUT, "They have asked not to be reached like this")


def _address(contact: Contact, route: Route) -> str:
    found = contact.email if route is Route.EMAIL else contact.phone
    if found is None:
        raise OutreachRefused(Refusal.NOT_REACHABLE, f"There is nothing to reach them by {route}")
    return found.read()


def _place(to: str, attempt: Attempt) -> str:
    """Whose law binds: that of the number, as far as it tells."""
    if attempt.route is Route.EMAIL:
        return law.EVERYWHERE
    place = law.place_of_number(to)
    if place is None or not zones_of(to):
        raise OutreachRefused(Refusal.NOT_REACHABLE, "That number is of no place that is known")
    text = attempt.route is Route.TEXT
    if text and law.country_of(place) == REGISTERED_ONLY and not attempt.sender_registered:
        words = "Texts to the United States leave from registered numbers only"
        raise OutreachRefused(Refusal.SENDER_UNREGISTERED, words)
    return place


async def _agreed(
    uow: UnitOfWork, attempt: Attempt, place: str, kind: str
) -> tuple[OutreachConsent | None, list[str]]:
    """The consent behind it, if it needs one, and the rule that says which kind."""
    rows = law.rules(CONSENT_RULE, place, uow.now.date())
    needed = {str(row.value[kind]) for row in rows if isinstance(row.value, dict)}
    forms = frozenset(Form).intersection(*(ENOUGH[form] for form in needed))
    wanted = (attempt.contact_id, attempt.route, attempt.purpose)
    consent = await OutreachConsents(uow).standing(*wanted, forms)
    if consent is None and (letter := await _about_visit(uow, attempt)):
        return None, letter
    if consent is None and not await _is_answer(uow, attempt):
        words = f"They have not agreed to a {attempt.route} for {attempt.purpose}"
        raise OutreachRefused(Refusal.NO_CONSENT, words, rows[0].reference)
    return consent, [row.reference for row in rows]


async def _about_visit(uow: UnitOfWork, attempt: Attempt) -> list[str]:
    """The rules by which a letter about their own visit needs no other consent; none if it does."""
    if attempt.visit_id is None or attempt.route is not Route.EMAIL:
        return []
    visit = await Appointments(uow).get(attempt.visit_id)
    if visit.contact_id != attempt.contact_id or attempt.purpose is not Purpose.SCHEDULING:
        return []
    if await OutreachConsents(uow).taken_back(attempt.contact_id, attempt.route, attempt.purpose):
        raise OutreachRefused(Refusal.OPTED_OUT, "They want no letters about their visits")
    rows = law.rules(LETTER_RULE, uow.scope.tenant.region, uow.now.date())
    free = all(isinstance(row.value, dict) and row.value["visit"] == NO_OTHER for row in rows)
    return [row.reference for row in rows] if free else []


async def _is_answer(uow: UnitOfWork, attempt: Attempt) -> bool:
    """Whether it is the one text that answers a call of theirs from just now."""
    if attempt.answers is None or attempt.route is not Route.TEXT:
        return False
    conversation = await Conversations(uow).get(attempt.answers)
    theirs = conversation.contact_id == attempt.contact_id and conversation.verified
    fresh = uow.now - conversation.started_at <= ANSWERED_WITHIN
    answered = await OutreachPermits(uow).answered(conversation.id, but=attempt.again)
    return theirs and fresh and attempt.purpose in ANSWERS and not answered


def _open_now(uow: UnitOfWork, to: str, place: str, attempt: Attempt) -> list[str]:
    """The rules that leave this hour open, where they are. Raises `OutreachRefused`."""
    if attempt.route is Route.EMAIL:
        return []
    shut = closed(place, zones_of(to), uow.now)
    if shut is not None:
        words = "It is not an hour at which they may be reached where they are"
        raise OutreachRefused(Refusal.OUTSIDE_HOURS, words, shut.rule)
    return [row.reference for row in law.rules("calling.window", place, uow.now.date())]
