"""Beginning a conversation, whatever the channel: who calls, for whom, under which version."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from api.live import Herald
from domain import contacts, conversations
from domain.business import versions
from domain.contacts.models import Contact, NumberList
from domain.conversations.models import Channel
from domain.receptionist.briefing import Briefing, Caller
from domain.receptionist.conversation import Conversation
from domain.receptionist.core import ENGINE_VERSION
from domain.receptionist.journal import Journal, OnWritten, nobody
from domain.receptionist.tools import Toolbox
from domain.scope import Scope
from domain.work import UnitOfWork, UnitsOfWork
from tenants.service import caller_scope

POLICY_VERSION = "policy-1"


@dataclass(frozen=True)
class Arrival:
    """Somebody who calls or writes; `phone` is what the carrier says, not what they say."""

    tenant_id: UUID
    channel: Channel
    phone: str | None = None


@dataclass(frozen=True)
class Welcome:
    """A conversation about to begin, and what its channel must know."""

    conversation: Conversation
    scope: Scope
    treatment: NumberList | None
    language: str
    hints: Sequence[str]


@dataclass(frozen=True)
class Reception:
    """Where conversations begin."""

    unit_of_work: UnitsOfWork
    herald: Herald | None = None

    async def welcome(self, arrival: Arrival) -> Welcome:
        """Pin the receptionist's version, recognise the caller, open the conversation."""
        work = self.unit_of_work
        id = work.ids.new(work.clock.now())
        scope = await caller_scope(arrival.tenant_id, id)
        async with work(scope) as uow:
            version, profile = await versions.pin(uow)
            contact = await self._recognise(uow, arrival)
            treatment = await contacts.treatment(uow, arrival.phone) if arrival.phone else None
            opening = conversations.Opening(
                channel=arrival.channel,
                language=scope.tenant.locale,
                receptionist_version_id=version.id,
                engine_version=ENGINE_VERSION,
                policy_version=POLICY_VERSION,
                contact_id=contact.id if contact else None,
                verified=contact is not None,
            )
            await conversations.start(uow, opening, id=id)
        written = arrival.channel is not Channel.VOICE
        briefing = Briefing(profile, _caller(arrival, contact), written=written)
        toolbox = Toolbox(work, scope, id, briefing)
        journal = Journal(work, scope, id, self._on_written(arrival.tenant_id))
        conversation = Conversation(id, toolbox, journal)
        return Welcome(conversation, scope, treatment, scope.tenant.locale, _hints(briefing))

    def _on_written(self, tenant_id: UUID) -> OnWritten:
        return partial(self.herald.turns_added, tenant_id) if self.herald else nobody

    @staticmethod
    async def _recognise(uow: UnitOfWork, arrival: Arrival) -> Contact | None:
        return await contacts.recognise(uow, arrival.phone) if arrival.phone else None


def _caller(arrival: Arrival, contact: Contact | None) -> Caller:
    name = contact.name.read() if contact and contact.name else None
    return Caller(arrival.phone, name)


def _hints(briefing: Briefing) -> list[str]:
    """Names a recogniser would not expect."""
    profile = briefing.profile
    people = [resource.name for resource in briefing.staff]
    return [profile.name, *people, *(service.name for service in profile.services)]
