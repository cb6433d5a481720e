"""Beginning a conversation, whatever the channel: who calls, for whom, under which version."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from uuid import UUID

from api.live import Herald
from domain import consent, contacts, conversations
from domain.business import versions
from domain.business.profile import Profile
from domain.calendars.ports import BusyTimes
from domain.consent.rules import leg_of_business
from domain.consent.terms import Decision, Leg, Situation
from domain.contacts.models import Contact, NumberList
from domain.conversations.models import Channel
from domain.conversations.repository import Conversations
from domain.crm.ports import CustomerFiles, OnFile
from domain.payments import PaymentLinks
from domain.receptionist.briefing import Briefing, Caller
from domain.receptionist.conversation import Conversation
from domain.receptionist.core import ENGINE_VERSION
from domain.receptionist.house_rules import HouseRules
from domain.receptionist.journal import Journal, OnWritten, nobody
from domain.receptionist.offers import Abilities
from domain.receptionist.tools import Toolbox
from domain.scope import Access, Scope
from domain.work import UnitOfWork, UnitsOfWork
from plugins.abilities import Tools
from tenants.service import caller_scope

POLICY_VERSION = "policy-1"


@dataclass(frozen=True)
class Arrival:
    """Somebody who calls or writes; `phone` is what the carrier says, not what they say.

    `line` is the number they called.
    """

    tenant_id: UUID
    channel: Channel
    phone: str | None = None
    line: str | None = None


@dataclass(frozen=True)
class Welcome:
    """A conversation about to begin, and what its channel must know."""

    conversation: Conversation
    scope: Scope
    treatment: NumberList | None
    language: str
    hints: Sequence[str]


@dataclass(frozen=True)
class Opened:
    """What is known when a conversation begins."""

    profile: Profile
    contact: Contact | None
    treatment: NumberList | None
    abilities: Abilities | None = None
    """What plugins can do for the caller."""
    on_file: OnFile | None = None
    """What a customer file elsewhere knows of them."""


@dataclass(frozen=True)
class Reception:
    """Where conversations begin."""

    unit_of_work: UnitsOfWork
    herald: Herald | None = None
    payment_links: PaymentLinks | None = None
    tools: Tools | None = None
    times: BusyTimes | None = None
    """Whoever looks again at calendars elsewhere while a caller waits."""
    files: CustomerFiles | None = None
    """Whoever looks up in customer files elsewhere who calls."""

    async def welcome(self, arrival: Arrival) -> Welcome:
        """Pin the receptionist's version, recognise the caller, open the conversation."""
        scope = await self.scope(arrival)
        async with self.unit_of_work(scope) as uow:
            opened = await self.open(uow, arrival)
        return self._welcome(arrival, scope, await self._looked_up(arrival, scope, opened))

    async def scope(self, arrival: Arrival) -> Scope:
        """The scope of a caller whose conversation is about to be opened."""
        work = self.unit_of_work
        return await _scope_of(arrival, work.ids.new(work.clock.now()))

    async def open(self, uow: UnitOfWork, arrival: Arrival) -> Opened:
        """Open the conversation of the caller in whose scope this is done."""
        version, profile = await versions.pin(uow)
        contact = await self._recognise(uow, arrival)
        treatment = await contacts.treatment(uow, arrival.phone) if arrival.phone else None
        opening = conversations.Opening(
            channel=arrival.channel,
            language=uow.scope.tenant.locale,
            receptionist_version_id=version.id,
            engine_version=ENGINE_VERSION,
            policy_version=POLICY_VERSION,
            contact_id=contact.id if contact else None,
            verified=contact is not None,
        )
        await conversations.start(uow, opening, id=_conversation_of(uow.scope))
        return Opened(profile, contact, treatment, await self._abilities(uow))

    async def resume(self, arrival: Arrival, conversation_id: UUID) -> Welcome:
        """Go on with a conversation that was opened before, under the version it is pinned to."""
        scope = await _scope_of(arrival, conversation_id)
        async with self.unit_of_work(scope) as uow:
            conversation = await Conversations(uow).get(conversation_id)
            assert conversation.receptionist_version_id is not None
            profile = await versions.version(uow, conversation.receptionist_version_id)
            contact = await self._recognise(uow, arrival)
            treatment = await contacts.treatment(uow, arrival.phone) if arrival.phone else None
            opened = Opened(profile, contact, treatment, await self._abilities(uow))
        return self._welcome(arrival, scope, await self._looked_up(arrival, scope, opened))

    async def _looked_up(self, arrival: Arrival, scope: Scope, opened: Opened) -> Opened:
        """With what customer files elsewhere know of the caller, where we know no name."""
        known = opened.contact
        asked = known is None or (known.name is None and known.restricted_at is None)
        if self.files is None or arrival.phone is None or not asked:
            return opened
        if scope.tenant.privacy.hipaa:
            # Nobody is greeted by a name there: nothing is asked for what is not used.
            return opened
        return replace(opened, on_file=await self.files.who_calls(scope, arrival.phone))

    async def _abilities(self, uow: UnitOfWork) -> Abilities | None:
        return await self.tools.of(uow) if self.tools else None

    def _welcome(self, arrival: Arrival, scope: Scope, opened: Opened) -> Welcome:
        id = _conversation_of(scope)
        written = arrival.channel is not Channel.VOICE
        guarded = scope.tenant.privacy.hipaa
        # Whoever picks up somebody's telephone is not told whose it is.
        known = None if guarded else opened.contact
        briefing = Briefing(
            opened.profile,
            _caller(arrival, known, opened.on_file),
            consent=self._consent(arrival, scope, opened.profile),
            written=written,
            minimum_age=scope.tenant.privacy.minimum_age,
            guarded=guarded,
            # A link has to be read: nobody spells it out, and nothing carries texts yet.
            pays_by_link=written and self._takes(scope.tenant.slug),
            abilities=tuple(opened.abilities.abilities) if opened.abilities else (),
            house=opened.abilities.house if opened.abilities else HouseRules(),
        )
        # Beside the greeting; nobody waits for it.
        asyncio.get_running_loop().run_in_executor(None, briefing.prepare)
        toolbox = Toolbox(
            self.unit_of_work,
            scope,
            id,
            briefing,
            self.payment_links,
            opened.abilities,
            self.times,
        )
        journal = Journal(self.unit_of_work, scope, id, self._on_written(arrival.tenant_id))
        conversation = Conversation(id, toolbox, journal)
        hints = hints_of(briefing)
        return Welcome(conversation, scope, opened.treatment, scope.tenant.locale, hints)

    def _takes(self, business: str) -> bool:
        return self.payment_links is not None and self.payment_links.takes(business)

    def _consent(self, arrival: Arrival, scope: Scope, profile: Profile) -> Decision:
        """What the law of both sides, and the business, ask for today."""
        legs = (Leg(arrival.phone), leg_of_business(profile.region, arrival.line))
        situation = Situation(legs, written=arrival.channel is not Channel.VOICE)
        now = self.unit_of_work.clock.now() + scope.tenant.clock_ahead
        return consent.decide(situation, consent.choices_of(scope.tenant.privacy), now.date())

    def _on_written(self, tenant_id: UUID) -> OnWritten:
        return partial(self.herald.turns_added, tenant_id) if self.herald else nobody

    @staticmethod
    async def _recognise(uow: UnitOfWork, arrival: Arrival) -> Contact | None:
        return await contacts.greet(uow, arrival.phone) if arrival.phone else None


async def _scope_of(arrival: Arrival, conversation_id: UUID) -> Scope:
    scope = await caller_scope(arrival.tenant_id, conversation_id)
    return replace(scope, access=Access(via=arrival.channel.value))


def _conversation_of(scope: Scope) -> UUID:
    return UUID(scope.actor.id)


def _caller(arrival: Arrival, contact: Contact | None, on_file: OnFile | None) -> Caller:
    # Of whoever wants their data kept and not used, the receptionist knows nothing.
    known = contact is not None and contact.restricted_at is None
    name = contact.name.read() if contact and known and contact.name else None
    if on_file is not None:
        return Caller(arrival.phone, name or on_file.name, on_file.company or None)
    return Caller(arrival.phone, name)


def hints_of(briefing: Briefing) -> list[str]:
    """Names a recogniser would not expect."""
    profile = briefing.profile
    people = [resource.name for resource in briefing.staff]
    people += filter(None, (briefing.caller.name, briefing.caller.company))
    return [profile.name, *people, *(service.name for service in profile.services)]
