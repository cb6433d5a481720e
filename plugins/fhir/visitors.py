"""Who comes to a visit, for the system of the practice to know its patient."""

from dataclasses import dataclass
from uuid import UUID

from domain.appointments.models import Appointment
from domain.appointments.repository import Appointments
from domain.business.repository import Services
from domain.contacts.models import Contact
from domain.contacts.repository import Contacts
from domain.sealed import Sealed
from domain.work import UnitOfWork
from integrations.fhir import Visitor
from plugins.capability import Capability
from plugins.context import PluginContext
from tenants.agreements import service as agreements

NAME = "fhir"


@dataclass(frozen=True)
class OfBusiness:
    """Implements `Visitors`: whoever is told there is on record as disclosed."""

    context: Capability | PluginContext

    async def of(self, visit_id: UUID) -> Visitor | None:
        """Who it is; nobody, if they are erased, or only kept."""
        async with self.context.unit_of_work() as uow:
            visits = Appointments(uow)
            visit: Appointment | None = await visits.maybe(visits.all().filter(id=visit_id))
            if visit is None:
                return None
            reason = (await Services(uow).get(visit.service_id)).name
            found = await visitor(uow, visit.contact_id, reason)
            if found is not None:
                # Without an agreement the plugin is off where health data is protected.
                cleared = await agreements.clearance(uow, f"plugin:{NAME}")
                agreements.account(uow, cleared, "appointment", visit_id)
            return found


async def visitor(uow: UnitOfWork, contact_id: UUID, reason: str = "") -> Visitor | None:
    """Somebody, if there they may be told of."""
    contacts = Contacts(uow)
    contact: Contact | None = await contacts.maybe(contacts.all().filter(id=contact_id))
    if contact is None or contact.restricted_at is not None:
        return None
    return Visitor(contact_id, _read(contact.name), _read(contact.phone), reason=reason)


def _read(sealed: Sealed | None) -> str:
    return sealed.read() if sealed is not None else ""
