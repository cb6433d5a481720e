"""What people no longer want, whether they said so to a number or at the rights desk."""

from domain import rights
from domain.contacts.models import Contact
from domain.outreach.agreements.models import Route
from domain.outreach.gate import Attempt, Gate
from domain.outreach.optout import Topic, Way
from domain.outreach.repository import Refusals
from domain.privacy.purposes import Purpose
from domain.work import UnitOfWork

WAYS = {Route.CALL: Way.CALLS, Route.TEXT: Way.TEXTS}
# What a message of a purpose is about, in the words of whoever says stop.
TOPICS = {Purpose.SCHEDULING: Topic.REMINDERS, Purpose.SURVEYS: Topic.MARKETING}
# What the law obliges to is told even to whoever wants nothing else (GDPR, articles 12 and 19).
OBLIGED = frozenset({Purpose.LEGAL})


class Wishes:
    """Implements `OptOuts`: a stop to a number, an objection, a restriction."""

    async def stand(self, uow: UnitOfWork, contact: Contact, attempt: Attempt) -> bool:
        """Whether they have said stop to what is attempted."""
        if await _stopped(uow, contact, attempt):
            return True
        if attempt.purpose in OBLIGED:
            return False
        return await rights.forbids(uow, contact.id, attempt.purpose)


async def _stopped(uow: UnitOfWork, contact: Contact, attempt: Attempt) -> bool:
    way = WAYS.get(attempt.route)
    if way is None or contact.phone is None:
        return False
    topic = TOPICS.get(attempt.purpose, Topic.EVERYTHING)
    return await Refusals(uow).stands(attempt.line, contact.phone.read(), topic, way)


def real_gate() -> Gate:
    """The gate that everything leaves by."""
    return Gate(Wishes())
