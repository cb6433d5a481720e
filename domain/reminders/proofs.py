"""Who holds the link of a letter: proved by what only they know, and not by guessing."""

from dataclasses import dataclass, field
from hmac import compare_digest

from domain.appointments.models import Appointment
from domain.contacts.repository import Contacts
from domain.outreach.agreements.models import Route
from domain.reminders.errors import ProofWanted
from domain.reminders.models import Reminder
from domain.reminders.repository import Reminders
from domain.work import UnitOfWork

PROOF_DIGITS = 4
# Of one visit, by whichever of its letters: then the team has to be called.
MOST_WRONG = 5


@dataclass(frozen=True)
class Proof:
    """What somebody says of whoever a letter is for."""

    digits: str = field(default="", repr=False)
    """How their telephone number ends."""
    born: str = field(default="", repr=False)
    """When whoever comes was born: year, month and day."""
    asks_born: bool = False
    """Whether that is asked here, too."""

    @property
    def is_said(self) -> bool:
        """Whether anything was said."""
        return bool(self.digits or self.born)


NOTHING = Proof()


async def check(uow: UnitOfWork, row: Reminder, visit: Appointment, proof: Proof) -> None:
    """Raise `ProofWanted` unless whoever holds a letter may be told of its visit.

    Whatever is wrong, missing on file or tried too often: the answer is the same. A text came from
    the very number, so that nothing is asked of it.
    """
    asked = uow.scope.tenant.privacy.hipaa and row.route is Route.EMAIL
    if asked and not await _is_right(uow, row, visit, proof):
        raise ProofWanted(wrong=proof.is_said)


async def count(uow: UnitOfWork, row: Reminder, visit: Appointment, proof: Proof) -> bool:
    """Whether somebody says it rightly; a wrong try is counted. Whoever calls holds the letter."""
    right = await _is_right(uow, row, visit, proof)
    if not right and row.wrong_proofs < MOST_WRONG:
        await Reminders(uow).save(row, wrong_proofs=row.wrong_proofs + 1)
    return right


async def _is_right(uow: UnitOfWork, row: Reminder, visit: Appointment, proof: Proof) -> bool:
    contact = await Contacts(uow).get(row.contact_id)
    number = contact.phone.read() if contact.phone else ""
    right = len(proof.digits) == PROOF_DIGITS and _same(proof.digits, number[-PROOF_DIGITS:])
    if proof.asks_born:
        # Where none is on file nobody can prove it here, as on the telephone; the team can look.
        born = visit.visitor_born.read() if visit.visitor_born else ""
        right &= bool(born) and _same(proof.born, born)
    return right and await Reminders(uow).wrong_proofs(visit.id) < MOST_WRONG


def _same(said: str, known: str) -> bool:
    return compare_digest(said.encode(), known.encode())
