"""Who comes to a visit, for the system of the practice to know its patient."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID, uuid5

from domain.appointments.models import Appointment
from domain.appointments.repository import Appointments
from domain.business.repository import Services
from domain.contacts.models import Contact
from domain.contacts.repository import Contacts
from domain.receptionist.identity import is_same_name
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
            contact = await visitor(uow, visit.contact_id)
            found = await _coming(uow, visit, contact) if contact is not None else None
            if found is not None:
                # Without an agreement the plugin is off where health data is protected.
                cleared = await agreements.clearance(uow, f"plugin:{NAME}")
                agreements.account(uow, cleared, "appointment", visit_id)
            return found


async def _coming(uow: UnitOfWork, visit: Appointment, contact: Visitor) -> Visitor:
    """Who comes: the contact, or for whom they have booked, and for what."""
    reason = (await Services(uow).get(visit.service_id)).name
    if visit.visitor is None or visit.visitor_born is None:
        return replace(contact, reason=reason)
    name, born = visit.visitor.read(), date.fromisoformat(visit.visitor_born.read())
    if is_same_name(name, contact.name):
        return replace(contact, born=born, reason=reason)
    person = uuid5(contact.contact_id, f"{' '.join(name.casefold().split())}|{born}")
    return replace(contact, name=name, born=born, reason=reason, person=person)


async def visitor(uow: UnitOfWork, contact_id: UUID) -> Visitor | None:
    """Somebody, if there they may be told of."""
    contacts = Contacts(uow)
    contact: Contact | None = await contacts.maybe(contacts.all().filter(id=contact_id))
    if contact is None or contact.restricted_at is not None:
        return None
    return Visitor(contact_id, _read(contact.name), _read(contact.phone))


def _read(sealed: Sealed | None) -> str:
    return sealed.read() if sealed is not None else ""
