"""Who is told of a visit, where that is guarded: whoever proves that it is theirs."""

from collections.abc import Mapping
from typing import Any

from domain.appointments.models import Appointment
from domain.contacts.models import Contact
from domain.receptionist.briefing import Briefing

# A first and a last name.
FULL_NAME = 2
# Of one conversation: after so many wrong answers nothing is looked up any more.
MOST_WRONG = 3


def may_hear(
    briefing: Briefing, said: Mapping[str, Any], contact: Contact, visit: Appointment
) -> bool:
    """Whether a caller may be told of a visit.

    Who calls from somebody's telephone need not be that somebody. The name is that of whoever
    booked, or of whoever comes; a date of birth is always that of whoever comes.
    """
    if not briefing.guarded:
        return True
    names = [sealed.read() for sealed in (contact.name, visit.visitor) if sealed]
    if not any(is_same_name(said["name"], known) for known in names):
        return False
    if not briefing.house.birth_dates:
        return True
    # Where none is on file nobody can prove it here; the team can look.
    born = visit.visitor_born.read() if visit.visitor_born else None
    return born is not None and born == said["birth_date"]


def is_same_name(said: str, known: str) -> bool:
    """Whether somebody says a full name, in whatever order and case."""
    told, written = set(said.casefold().split()), set(known.casefold().split())
    whole = min(len(told), len(written)) >= FULL_NAME
    return whole and (told <= written or written <= told)
