"""One vendor's customer files as a plugin: when they are told and asked, and who answers for them.

A plugin of this kind is a `CustomerFile` with the vendor's requests; all else is here.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from domain.calls.events import CallFinalized
from domain.contacts.events import ContactChanged
from domain.crm.filing import Filing, Vendor
from domain.crm.ports import CrmProvider
from domain.crm.repository import CrmRecords
from domain.entrance import Access, Entrance
from domain.leads.events import LeadCaptured
from domain.messages.events import MessageLeft
from domain.outgoing import Http
from domain.personal import DataClass
from domain.privacy.ports import Receipt
from domain.privacy.purposes import Purpose
from domain.privacy.recipients import Recipient, Standing, TransferBasis
from plugins import crm_changes, crm_filling, crm_hints
from plugins.capability import Capability
from plugins.context import PluginContext
from plugins.crm_sync import Desk, Wishes
from plugins.entering import Entering
from plugins.erased import unless_erased
from plugins.manifest import Category, Manifest, OAuth
from plugins.spec import Answering, Checking, Later, Provide, Subscribe, hookimpl
from plugins.way_out import CUSTOMER_FILE, WayOut

TOLD = frozenset(
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
# How often a customer file is looked at.
EVERY = timedelta(minutes=5)
# Nobody has it: whoever answers has let us in.
NOBODY = "nobody@deskbell.invalid"

Context = Capability | PluginContext
OurField = Literal["full_name", "language", "source", "phone", "email"]
TheirField = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_]{0,99}$")]


class FileSettings(BaseModel):
    """Which account, what is told there, and into which fields; vendors add where deals begin."""

    model_config = ConfigDict(extra="forbid")

    account: UUID | None = None
    """Which of several connected accounts; the oldest, if none is named."""
    calls: bool = True
    leads: bool = True
    tasks: bool = True
    """Whether a task is made for each message."""
    changes: bool = False
    """Whether what is changed there about people we know is taken over here."""
    link: Annotated[str, Field(pattern=r"^(https://.*\{call_id\}.*)?$", max_length=300)] = ""
    """Where you look at a call, such as https://portal.example/calls/{call_id}."""
    fields: dict[OurField, TheirField] = {}
    """What else of a contact goes into which field there."""


@dataclass(frozen=True)
class CustomerFile:
    """One vendor: the name of its plugin, and how one of its accounts is spoken to."""

    plugin: str
    speak: Callable[[Http, Access[Entrance], Any], Vendor]
    remains: str = ""
    """What stays there of whoever is deleted, and for how long."""

    def manifest(self, title: str, company: str, settings: type[FileSettings]) -> Manifest:
        """Say who this is and what can be set."""
        words = f"Callers are known from {title}; calls, leads and messages stand there."
        recipient = Recipient(
            company,
            "customer files",
            TOLD,
            Purpose.CALL_DELIVERY,
            country="US",
            transfer=TransferBasis.STANDARD_CLAUSES,
            standing=Standing.CHOSEN,
        )
        return Manifest(
            name=self.plugin,
            title=title,
            summary=words,
            version="1",
            category=Category.CRM,
            settings=settings,
            permissions=frozenset(
                {"calls:read", "contacts:read", "contacts:write", "leads:read", "messages:read"}
            ),
            data=TOLD,
            purpose=Purpose.CALL_DELIVERY,
            recipients=(recipient,),
            oauth=OAuth(self.plugin),
            stores_personal_data=True,
        )

    def provider(self, context: Context) -> Filing:
        """The account that a tenant has connected."""
        http = WayOut.to(CUSTOMER_FILE, context.http)
        access = Entering(context, self.plugin, settings_of(context).account)
        return Filing(self.speak(http, access, context.settings), context.tenant.region)

    def desk(self, context: PluginContext) -> Desk:
        """The work of one delivery."""
        set = settings_of(context)
        fields = {str(ours): there for ours, there in set.fields.items()}
        return Desk(context, self.provider(context), Wishes(self.plugin, set.link, fields))

    async def note_call(self, event: CallFinalized, context: PluginContext) -> None:
        """Everything about a call is there: it stands at its caller's record."""
        if settings_of(context).calls:
            async with unless_erased(context):
                await self.desk(context).call_over(event.call_id)

    async def note_lead(self, event: LeadCaptured, context: PluginContext) -> None:
        """Somebody showed interest: there is a deal."""
        if settings_of(context).leads:
            async with unless_erased(context):
                await self.desk(context).lead_captured(event.lead_id)

    async def note_message(self, event: MessageLeft, context: PluginContext) -> None:
        """Somebody left a message: there is something to be done."""
        if settings_of(context).tasks:
            async with unless_erased(context):
                await self.desk(context).message_left(event.message_id)

    async def note_correction(self, event: ContactChanged, context: PluginContext) -> None:
        """Something about a person was corrected: it is right there, too."""
        async with unless_erased(context):
            await self.desk(context).correct(event.contact_id, context.occurrence.at)

    async def check(self, context: Capability) -> None:
        """Ask for somebody who is not there. Raises whatever stands in the way."""
        await self.provider(context).find("", NOBODY)

    async def export(self, contact_id: UUID, context: PluginContext) -> Mapping[str, Any]:
        """Where somebody stands there; what it says is to be had there."""
        async with context.unit_of_work() as uow:
            rows = await CrmRecords(uow).about(self.plugin, contact_id)
        return {"records": [{"kind": row.kind.value, "record": row.record} for row in rows]}

    async def rectify(self, contact_id: UUID, context: PluginContext) -> Receipt:
        """Write what is right now."""
        return Receipt(rows=await self.desk(context).correct(contact_id))

    async def restrict(self, contact_id: UUID, context: PluginContext) -> Receipt:
        """Nothing more is told; what stands there is the business's to lock."""
        return Receipt(note="nothing more is told; records there stay as they are")

    async def erase(self, contact_id: UUID, context: PluginContext) -> Receipt:
        """Delete everything there, as completely as the vendor lets us."""
        async with context.unit_of_work() as uow:
            if not await CrmRecords(uow).about(self.plugin, contact_id):
                return Receipt()
        rows = await self.desk(context).erase(contact_id)
        return Receipt(rows=rows, note=self.remains, complete=not self.remains)

    @hookimpl
    def register_event_handlers(self, subscribe: Subscribe) -> None:
        """What happened is told once it is final."""
        subscribe(CallFinalized, self.note_call, timeout=PATIENCE)
        subscribe(LeadCaptured, self.note_lead, timeout=PATIENCE)
        subscribe(MessageLeft, self.note_message, timeout=PATIENCE)
        subscribe(ContactChanged, self.note_correction, timeout=PATIENCE)

    @hookimpl
    def register_personal_data(self, answering: Answering) -> None:
        """Whoever is erased here is deleted there."""
        answering(self, timeout=PATIENCE)

    @hookimpl
    def register_providers(self, provide: Provide) -> None:
        """Callers can be looked up while somebody is on the telephone."""
        provide(CrmProvider, self.provider)  # type: ignore[type-abstract]  # the port itself

    async def fill(self, payload: Mapping[str, Any], context: PluginContext) -> None:
        """Put some more of those who are known here on file there."""
        calls = settings_of(context).calls
        await crm_filling.turn(context, self.desk(context), calls=calls)

    async def look(self, payload: Mapping[str, Any], context: PluginContext) -> None:
        """See whether the mapped fields are there, and what was changed."""
        await crm_changes.look(context, self.desk(context), takes_over=settings_of(context).changes)

    async def read_one(self, payload: Mapping[str, Any], context: PluginContext) -> None:
        """See how somebody stands there, of whom it was told that they were changed."""
        if settings_of(context).changes:
            record = UUID(payload["crm_record_id"])
            await crm_hints.read_one(context, self.desk(context), record)

    @hookimpl
    def register_jobs(self, later: Later) -> None:
        """It is filled when somebody asks for that, and looked at all the time."""
        later(self.fill, timeout=PATIENCE)
        later(self.read_one, timeout=PATIENCE)
        later(self.look, every=EVERY, timeout=PATIENCE)

    @hookimpl
    def register_checks(self, checking: Checking) -> None:
        """It works if the account lets us search."""
        checking(self.check)


def settings_of(context: Context) -> FileSettings:
    """What the tenant has set."""
    assert isinstance(context.settings, FileSettings)
    return context.settings
