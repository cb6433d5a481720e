"""Who comes to a visit, for the practice to know its patient by name and date of birth."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.appointments.models import Appointment
from domain.appointments.repository import Appointments
from domain.business.repository import Services
from domain.contacts.models import Contact
from domain.contacts.repository import Contacts
from domain.sealed import Sealed
from domain.work import UnitOfWork
from integrations.open_dental import Visitor
from plugins.capability import Capability
from plugins.context import PluginContext
from tenants.agreements import service as agreements

NAME = "open_dental"


@dataclass(frozen=True)
class OfPractice:
    """Implements `Visitors`: whoever is told there is on record as disclosed."""

    context: Capability | PluginContext

    async def of(self, visit_id: UUID) -> Visitor | None:
        """Who it is; nobody, if they are erased, or only kept."""
        async with self.context.unit_of_work() as uow:
            visits = Appointments(uow)
            visit: Appointment | None = await visits.maybe(visits.all().filter(id=visit_id))
            found = await _visitor(uow, visit) if visit is not None else None
            if found is not None:
                # Without an agreement the plugin is off where health data is protected.
                cleared = await agreements.clearance(uow, f"plugin:{NAME}")
                agreements.account(uow, cleared, "appointment", visit_id)
            return found


async def _visitor(uow: UnitOfWork, visit: Appointment) -> Visitor | None:
    """Whoever was named for the visit, or else whoever booked it."""
    contacts = Contacts(uow)
    contact: Contact | None = await contacts.maybe(contacts.all().filter(id=visit.contact_id))
    if contact is None or contact.restricted_at is not None:
        return None
    born = _read(visit.visitor_born)
    return Visitor(
        name=_read(visit.visitor) or _read(contact.name),
        born=date.fromisoformat(born) if born else None,
        phone=_read(contact.phone),
        reason=(await Services(uow).get(visit.service_id)).name,
    )


def _read(sealed: Sealed | None) -> str:
    return sealed.read() if sealed is not None else ""
