"""What members are told of an answer to a letter or text about a visit."""

from dataclasses import dataclass

from domain.appointments.repository import Appointments
from domain.reminders.models import Reminder, Reply
from domain.reminders.wording import facts_of
from domain.scope import TenantFacts
from domain.texts import catalogue
from domain.work import UnitOfWork

DONE = {
    Reply.CANCELLED: "reply_done_cancelled",
    Reply.CONFIRMED: "reply_done_confirmed",
    Reply.MOVED: "reply_done_moved",
    Reply.MOVE_ASKED: "reply_done_move_asked",
}


@dataclass(frozen=True)
class Answered:
    """Who answered what, about which visit."""

    who: str
    done: str
    service: str
    when: str

    def words(self, tenant: TenantFacts) -> tuple[str, str]:
        """A headline and a text."""
        say = catalogue(tenant.locale).say
        headline = say("reply_told_subject", who=self.who, done=self.done, service=self.service)
        return headline, say("reply_told", **vars(self)) + "\n"


async def answered(uow: UnitOfWork, row: Reminder) -> Answered:
    """Read an answer that was given. Raises `NotFound` and `KeyDestroyed`."""
    assert row.reply is not None
    visit = await Appointments(uow).get(row.appointment_id)
    facts = await facts_of(uow, visit)
    done = catalogue(uow.scope.tenant.locale).say(DONE[row.reply])
    return Answered(facts.name or "Somebody", done, facts.service, facts.when)
