"""Capturing leads, and following them up."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from domain import conversations
from domain.errors import NotFound
from domain.leads.errors import AlreadyCaptured
from domain.leads.events import LeadCaptured, LeadQualified, LeadStatusChanged
from domain.leads.models import Lead, LeadStatus, Qualification
from domain.leads.repository import Leads
from domain.personal import Source
from domain.sealed import Sealed
from domain.words import fitting
from domain.work import UnitOfWork

LONGEST_NEED = 5_000


@dataclass(frozen=True)
class NewLead:
    """Somebody's interest.

    The same `intent_key` in the same conversation makes one lead, however often it is captured.
    """

    contact_id: UUID
    need: str
    source: Source = Source.CALLER
    conversation_id: UUID | None = None
    intent_key: str | None = None


async def capture(uow: UnitOfWork, new: NewLead) -> Lead:
    """Keep somebody's interest. Raises `InvalidInput` and `NotFound`."""
    uow.require("leads:write")
    conversations.only_own(uow, new.conversation_id)
    await conversations.only_oneself(uow, new.contact_id, "contact")
    leads = Leads(uow)
    if earlier := await leads.by_intent(new.conversation_id, new.intent_key):
        return earlier
    try:
        async with leads.refusing(
            lead_intent_key=AlreadyCaptured(),
            lead_contact_id_fkey=NotFound("There is no such contact"),
            lead_conversation_id_fkey=NotFound("There is no such conversation"),
        ):
            lead = await leads.add(**_values(uow, new))
    except AlreadyCaptured:
        # The same step ran twice at once, and the other one has just captured it.
        return await leads.one(
            leads.all().filter(conversation_id=new.conversation_id, intent_key=new.intent_key)
        )
    uow.record(LeadCaptured(**_about(lead), source=lead.source.value))
    return lead


async def qualify(uow: UnitOfWork, id: UUID, qualification: Qualification) -> Lead:
    """Say how likely a lead is."""
    uow.require("leads:write")
    leads = Leads(uow)
    lead = await leads.lock(id)
    conversations.only_own(uow, lead.conversation_id)
    if lead.qualification is qualification:
        return lead
    await leads.save(lead, qualification=qualification)
    uow.record(LeadQualified(**_about(lead), qualification=qualification.value))
    return lead


async def change_status(uow: UnitOfWork, id: UUID, status: LeadStatus) -> Lead:
    """Say where a lead stands with the business; a lost one may come back."""
    # Callers may become leads, but what becomes of them is for the business to say.
    uow.require("leads:read")
    uow.require("leads:write")
    leads = Leads(uow)
    lead = await leads.lock(id)
    if lead.status is status:
        return lead
    await leads.save(lead, status=status)
    uow.record(LeadStatusChanged(**_about(lead), status=status.value))
    return lead


def _values(uow: UnitOfWork, new: NewLead) -> dict[str, Any]:
    return {
        "contact_id": new.contact_id,
        "conversation_id": new.conversation_id,
        "need": Sealed.text(fitting("need", new.need, LONGEST_NEED)),
        "source": new.source,
        "qualification": Qualification.UNKNOWN,
        "status": LeadStatus.NEW,
        "intent_key": new.intent_key,
        "created_at": uow.now,
    }


def _about(lead: Lead) -> dict[str, Any]:
    return {
        "lead_id": lead.id,
        "contact_id": lead.contact_id,
        "conversation_id": lead.conversation_id,
    }
