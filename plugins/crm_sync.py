"""What every plugin of customer files (CRMs) does: telling calls, leads and messages there.

Whoever is erased here is deleted there; whoever is restricted is told of no more. Whoever calls
gives the provider; no unit of work is open while it is asked.
"""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from domain.calls.models import Call, Direction
from domain.calls.repository import Calls
from domain.contacts.models import Contact
from domain.contacts.repository import Contacts
from domain.conversations.models import Conversation
from domain.conversations.repository import Conversations
from domain.crm import service
from domain.crm.ports import (
    CallNote,
    CrmBusy,
    CrmProvider,
    FieldGone,
    Kind,
    NewDeal,
    NewTask,
    Person,
)
from domain.crm.repository import CrmRecords
from domain.crm.service import Standing
from domain.leads.repository import Leads
from domain.messages.models import Priority
from domain.messages.repository import Messages
from domain.privacy.policy import Destination
from domain.privacy.sensitive import redact_for
from domain.sealed import Sealed
from domain.work import UnitOfWork
from plugins.connections.errors import NeedsConsent, NotConnected
from plugins.context import PluginContext
from plugins.errors import Hopeless, PutOff

# Until somebody has connected the account again, what is to be written waits.
WAITING = timedelta(minutes=15)
LONGEST_TITLE = 120


class FieldMissing(Hopeless):
    """A field that was mapped is not there any more: the mapping has to be mended, then replay."""


@dataclass(frozen=True)
class Wishes:
    """What a tenant wants to stand there, beside the usual."""

    plugin: str
    link: str = ""
    """The address of a call, with `{call_id}` in it."""
    fields: Mapping[str, str] = field(default_factory=dict)
    """Our field names, and the fields there into which they go."""


@dataclass(frozen=True)
class Desk:
    """One delivery, and the customer file that it is for."""

    context: PluginContext
    provider: CrmProvider
    wishes: Wishes

    async def call_over(self, call_id: UUID) -> None:
        """Note a call that is over."""
        async with self.context.unit_of_work() as uow:
            call = await Calls(uow).get(call_id)
            talk = await Conversations(uow).get(call.conversation_id)
            person = await self._person(uow, talk.contact_id)
            if person is None:
                return
            note = self._note(uow, call, talk, person)
        async with asking(self.context):
            contact = await self._on_file(person)
            record = await self.provider.log_call(note, contact)
            await self._keep(Kind.CALL, call_id, person, record)

    async def lead_captured(self, lead_id: UUID) -> None:
        """Note somebody's interest."""
        async with self.context.unit_of_work() as uow:
            lead = await Leads(uow).get(lead_id)
            person = await self._person(uow, lead.contact_id)
            if person is None:
                return
            need = _masked(uow, lead.need.read())
            deal = NewDeal(lead_id, lead.created_at, _title(need), need)
        async with asking(self.context):
            contact = await self._on_file(person)
            record = await self.provider.create_lead(deal, contact)
            await self._keep(Kind.LEAD, lead_id, person, record)

    async def message_left(self, message_id: UUID) -> None:
        """Note that somebody has to look at a message."""
        async with self.context.unit_of_work() as uow:
            message = await Messages(uow).get(message_id)
            talk = await Conversations(uow).get(message.conversation_id)
            person = await self._person(uow, talk.contact_id)
            if person is None:
                return
            body = _masked(uow, message.body.read())
            urgent = message.priority is not Priority.NORMAL
            task = NewTask(message_id, message.left_at, f"Message: {_title(body)}", body, urgent)
        async with asking(self.context):
            contact = await self._on_file(person)
            record = await self.provider.create_task(task, contact)
            await self._keep(Kind.TASK, message_id, person, record)

    async def put_on_file(self, contact_id: UUID) -> None:
        """See that somebody is on file; nobody, if they may not be used any more."""
        async with self.context.unit_of_work() as uow:
            person = await self._person(uow, contact_id)
        if person is not None:
            async with asking(self.context):
                await self._on_file(person)

    async def correct(self, contact_id: UUID, at: datetime | None = None) -> int:
        """See that what was corrected here is right there, if they are on file there.

        What was corrected `at` the moment at which it was taken over from there is right there.
        """
        plugin = self.wishes.plugin
        async with self.context.unit_of_work() as uow:
            row = await CrmRecords(uow).of_thing(plugin, Kind.CONTACT, contact_id)
            person = await self._person(uow, contact_id)
            if row is None or person is None or (at is not None and at == row.taken_at):
                return 0
        async with asking(self.context):
            record = await self.provider.upsert_contact(person, row.record, correct=True)
            await self._keep(Kind.CONTACT, contact_id, person, record)
        return 1

    async def erase(self, contact_id: UUID) -> int:
        """Delete everything there that is about somebody; how much that was."""
        plugin = self.wishes.plugin
        async with self.context.unit_of_work() as uow:
            rows = await CrmRecords(uow).about(plugin, contact_id)
        async with asking(self.context):
            for row in rows:
                await self.provider.erase(row.kind, row.record)
        async with self.context.unit_of_work() as uow:
            return await service.forget(uow, plugin, contact_id)

    async def _person(self, uow: UnitOfWork, contact_id: UUID | None) -> Person | None:
        """Who it is; nobody, if that is not known or may not be used."""
        if contact_id is None:
            return None
        contact = await Contacts(uow).maybe(Contacts(uow).all().filter(id=contact_id))
        if contact is None or contact.restricted_at is not None:
            return None
        words = {
            "full_name": _read(contact.name),
            "language": contact.language or "",
            "source": contact.source.value,
            "phone": _read(contact.phone),
            "email": _read(contact.email),
        }
        more = {there: words[ours] for ours, there in self.wishes.fields.items() if words[ours]}
        return Person(contact.id, words["full_name"], words["phone"], words["email"], more)

    async def _on_file(self, person: Person) -> str:
        """The record of a person, made if there is none."""
        plugin, id = self.wishes.plugin, person.contact_id
        async with self.context.unit_of_work() as uow:
            row = await CrmRecords(uow).of_thing(plugin, Kind.CONTACT, id)
            known = row.record if row else ""
        record = await self.provider.upsert_contact(person, known, correct=False)
        if record != known:
            await self._keep(Kind.CONTACT, id, person, record)
        return record

    async def _keep(self, kind: Kind, thing_id: UUID, person: Person, record: str) -> None:
        """Remember where it stands; whoever was erased meanwhile is deleted there at once."""
        standing = Standing(self.wishes.plugin, kind, thing_id, person.contact_id)
        async with self.context.unit_of_work() as uow:
            rows = Contacts(uow).all().filter(id=person.contact_id).select_for_update()
            still_known: Contact | None = await Contacts(uow).maybe(rows)
            if still_known is not None:
                await service.keep(uow, standing, record)
                return
        await self.provider.erase(kind, record)

    def _note(self, uow: UnitOfWork, call: Call, talk: Conversation, person: Person) -> CallNote:
        said = _read(talk.summary) or (talk.outcome.value if talk.outcome else "")
        link = self.wishes.link.replace("{call_id}", str(call.id))
        inbound = call.direction is Direction.INBOUND
        return CallNote(
            call_id=call.id,
            at=call.ringing_at,
            title="Call answered by Deskbell" if inbound else "Call by Deskbell",
            words="\n".join(filter(None, (_masked(uow, said), link))),
            milliseconds=call.duration_ms or 0,
            inbound=inbound,
            phone=person.phone,
        )


@asynccontextmanager
async def asking(context: PluginContext) -> AsyncIterator[None]:
    """The other side's words for waiting and for giving up, as deliveries know them."""
    now = context.clock.now()
    try:
        yield
    except CrmBusy as busy:
        raise PutOff(now + timedelta(seconds=busy.seconds)) from busy
    except (NeedsConsent, NotConnected) as shut:
        raise PutOff(now + WAITING) from shut
    except FieldGone as gone:
        raise FieldMissing(gone.field) from gone


def _read(sealed: Sealed | None) -> str:
    return sealed.read() if sealed is not None else ""


def _masked(uow: UnitOfWork, words: str) -> str:
    """Without what the policy of the business keeps from other systems."""
    return redact_for(words, Destination.WEBHOOK, uow.scope.tenant.privacy).text


def _title(words: str) -> str:
    line = words.strip().partition("\n")[0]
    return line if len(line) <= LONGEST_TITLE else line[: LONGEST_TITLE - 1] + "…"
