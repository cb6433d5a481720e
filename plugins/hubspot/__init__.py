"""HubSpot: who calls is found there, and calls, leads and messages stand there."""

from domain.calls.events import CallFinalized
from domain.contacts.events import ContactChanged
from domain.crm.ports import CrmProvider
from domain.leads.events import LeadCaptured
from domain.messages.events import MessageLeft
from domain.personal import DataClass
from domain.privacy.purposes import Purpose
from domain.privacy.recipients import Recipient, Standing, TransferBasis
from plugins.hubspot.handlers import (
    NAME,
    OnFileThere,
    check,
    note_call,
    note_correction,
    note_lead,
    note_message,
    provider,
)
from plugins.hubspot.settings import Settings
from plugins.manifest import Category, Manifest, OAuth
from plugins.spec import Answering, Checking, Provide, Subscribe, hookimpl

DATA = frozenset(
    {
        DataClass.CALLER_IDENTITY,
        DataClass.CALL_METADATA,
        DataClass.INQUIRY,
        DataClass.LEAD,
        DataClass.TRANSCRIPT,
    }
)
# Seconds: several requests, one after the other.
PATIENCE = 60.0


@hookimpl
def plugin_manifest() -> Manifest:
    """Say who this is and what can be set."""
    return Manifest(
        name=NAME,
        title="HubSpot",
        summary="Callers are known from HubSpot; calls, leads and messages stand there.",
        version="1",
        category=Category.CRM,
        settings=Settings,
        permissions=frozenset({"calls:read", "contacts:read", "leads:read", "messages:read"}),
        data=DATA,
        purpose=Purpose.CALL_DELIVERY,
        recipients=(
            Recipient(
                "HubSpot, Inc.",
                "customer files",
                DATA,
                Purpose.CALL_DELIVERY,
                country="US",
                transfer=TransferBasis.STANDARD_CLAUSES,
                standing=Standing.CHOSEN,
            ),
        ),
        oauth=OAuth(NAME),
        stores_personal_data=True,
    )


@hookimpl
def register_event_handlers(subscribe: Subscribe) -> None:
    """What happened is told once it is final."""
    subscribe(CallFinalized, note_call, timeout=PATIENCE)
    subscribe(LeadCaptured, note_lead, timeout=PATIENCE)
    subscribe(MessageLeft, note_message, timeout=PATIENCE)
    subscribe(ContactChanged, note_correction, timeout=PATIENCE)


@hookimpl
def register_personal_data(answering: Answering) -> None:
    """Whoever is erased here is deleted there."""
    answering(OnFileThere(), timeout=PATIENCE)


@hookimpl
def register_providers(provide: Provide) -> None:
    """Callers can be looked up while somebody is on the telephone."""
    provide(CrmProvider, provider)  # type: ignore[type-abstract]  # the port itself


@hookimpl
def register_checks(checking: Checking) -> None:
    """It works if the account lets us search."""
    checking(check)
