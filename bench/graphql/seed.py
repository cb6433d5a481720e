"""A month of a small practice, made once by the same services that live calls use."""

from datetime import timedelta
from uuid import UUID

from bench.graphql.operations import EMAIL, PASSWORD, WORDING
from bench.house import House, Step
from deskbell.cli.tenant import open_tenant
from domain import business, calls, contacts, conversations, leads, messages, usage
from domain.calls.repository import Calls
from domain.conversations import Findings, Opening, Said
from domain.conversations.acts import Disposition
from domain.conversations.models import Channel, Outcome, Speaker
from domain.knowledge.repository import KnowledgeItems
from domain.leads import NewLead
from domain.messages import NewMessage
from domain.personal import Source
from domain.scope import Scope
from domain.usage import Use
from domain.work import UnitOfWork
from tenants.service import NewOwner, NewTenant, job_scope, tenant_of_slug

PRACTICE = NewTenant("Bench Dental", "bench-dental", "America/New_York")
CALLS = 120
TURNS = 30
FINDINGS = Findings("The caller booked a cleaning for Tuesday.", Outcome.BOOKED, True, {})


async def seeded(house: House, step: Step) -> UUID:
    """Fill the practice if it is empty; returns its newest call."""
    if await tenant_of_slug(PRACTICE.slug) is None:
        await open_tenant(house.wiring, PRACTICE, NewOwner(EMAIL, "Olive Owner", PASSWORD))
    tenant_id = await tenant_of_slug(PRACTICE.slug)
    assert tenant_id is not None
    scope = await job_scope(tenant_id, "bench")
    async with house.wiring.unit_of_work(scope, read_only=True) as uow:
        known = await Calls(uow).all().count()
    for number in range(known, CALLS):
        step(f"seeding call {number + 1} of {CALLS}")
        async with house.wiring.unit_of_work(scope) as uow:
            await _call(uow, number)
    return await _newest(house, scope)


async def forget_added(house: House) -> None:
    """Remove what the mutation wrote: thousands of answers to one question."""
    tenant_id = await tenant_of_slug(PRACTICE.slug)
    assert tenant_id is not None
    scope = await job_scope(tenant_id, "bench")
    async with house.wiring.unit_of_work(scope) as uow:
        await KnowledgeItems(uow).all().filter(question=WORDING["question"]).delete()


async def _newest(house: House, scope: Scope) -> UUID:
    async with house.wiring.unit_of_work(scope, read_only=True) as uow:
        newest = Calls(uow).all().order_by("-ringing_at", "-id").only("id")
        return (await newest.limit(1))[0].id


async def _call(uow: UnitOfWork, number: int) -> None:
    phone = f"+1212556{number:04}"
    details = contacts.Details(name=f"Caller {number}", phone=phone)
    contact = await contacts.add(uow, details, source=Source.CALLER)
    version, _ = await business.pin(uow)
    opening = Opening(Channel.VOICE, "en-US", version.id, "1", "1", contact.id)
    talk = await conversations.start(uow, opening)
    call = await calls.ring(uow, calls.Ringing(talk.id, "bench", str(uow.new_id()), phone))
    await calls.answer(uow, call.id)
    await conversations.add_turns(uow, talk.id, [_said(uow, at) for at in range(TURNS)])
    await conversations.keep_findings(uow, talk.id, FINDINGS)
    await conversations.end(uow, talk.id, Disposition.COMPLETED)
    await calls.end(uow, call.id, Disposition.COMPLETED)
    await usage.record(uow, Use("voice.seconds", 5 * TURNS, "second", conversation_id=talk.id))
    if number % 3 == 0:
        await messages.leave(uow, NewMessage(talk.id, "Please call me back about the invoice."))
        await leads.capture(uow, NewLead(contact.id, "A cleaning for two", conversation_id=talk.id))


def _said(uow: UnitOfWork, at: int) -> Said:
    speaker = Speaker.RECEPTIONIST if at % 2 else Speaker.CALLER
    text = "Do you have anything on Tuesday morning, before ten o'clock if possible?"
    return Said(at, speaker, text, uow.now + timedelta(seconds=5 * at), 5000 * at)
