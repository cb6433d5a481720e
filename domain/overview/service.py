"""Adding up what happened in some days: one grouped query for each kind of thing.

Every number is about what came in during those days, and each asks for its own permission.
"""

from collections import Counter
from dataclasses import dataclass

from domain.appointments.models import AppointmentStatus
from domain.appointments.repository import Appointments
from domain.appointments.times import Interval
from domain.calls.repository import Calls, Ended
from domain.leads.models import LeadStatus
from domain.leads.repository import Leads
from domain.messages.models import MessageStatus
from domain.messages.repository import Messages
from domain.work import UnitOfWork


@dataclass(frozen=True)
class CallNumbers:
    """Calls that rang: those the receptionist took, those nobody took, and how they ended."""

    answered: int
    missed: int
    seconds: int
    ended: tuple[Ended, ...]


@dataclass(frozen=True)
class MessageNumbers:
    """Messages that were left, and those of them about which something is still to be done."""

    left: int
    open: int


@dataclass(frozen=True)
class LeadNumbers:
    """Leads that were captured, and those of them that nobody has contacted."""

    captured: int
    new: int


@dataclass(frozen=True)
class AppointmentNumbers:
    """Appointments that were made, whenever they are, and those of them that were cancelled."""

    booked: int
    cancelled: int


async def calls(uow: UnitOfWork, during: Interval) -> CallNumbers:
    """What became of the calls that rang."""
    uow.require("calls:read")
    groups = await Calls(uow).endings(during.start, during.end)
    return CallNumbers(
        answered=sum(group.answered for group in groups),
        missed=sum(group.missed for group in groups),
        seconds=sum(group.milliseconds for group in groups) // 1000,
        ended=tuple(group for group in groups if group.disposition is not None),
    )


async def messages(uow: UnitOfWork, during: Interval) -> MessageNumbers:
    """What was left, and waits."""
    uow.require("messages:read")
    found = Counter(await Messages(uow).statuses(during.start, during.end))
    return MessageNumbers(found.total(), found.total() - found[MessageStatus.RESOLVED])


async def leads(uow: UnitOfWork, during: Interval) -> LeadNumbers:
    """Who showed interest."""
    uow.require("leads:read")
    found = Counter(await Leads(uow).statuses(during.start, during.end))
    return LeadNumbers(found.total(), found[LeadStatus.NEW])


async def appointments(uow: UnitOfWork, during: Interval) -> AppointmentNumbers:
    """What was booked."""
    uow.require("appointments:read")
    found = Counter(await Appointments(uow).statuses(during.start, during.end))
    return AppointmentNumbers(found.total(), found[AppointmentStatus.CANCELLED])
