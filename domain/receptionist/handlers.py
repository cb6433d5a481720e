"""What the receptionist does after a conversation."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from domain import conversations, leads, messages, usage, waitlist
from domain.appointments.repository import Appointments
from domain.business.repository import Locations, Services
from domain.contacts.repository import Contacts
from domain.conversations.events import ConversationEnded
from domain.conversations.models import Conversation, Speaker, Turn
from domain.conversations.repository import Conversations, Turns
from domain.forgetting import children as forgetting
from domain.handlers import HandlerContext, serves
from domain.messages.models import Priority
from domain.messages.repository import Messages
from domain.outreach import outbound
from domain.outreach.agreements.models import Route
from domain.outreach.outbound.events import OutboundRefused
from domain.privacy.purposes import Purpose
from domain.receptionist import findings
from domain.receptionist.findings import Booked, Material
from domain.receptionist.nlu.children import Role, find_child
from domain.receptionist.speaking import a, clock, when
from domain.receptionist.state import State
from domain.texts import catalogue
from domain.waitlist.events import WaitlistOffered
from domain.waitlist.models import Wait, WaitState
from domain.waitlist.repository import Waits
from domain.work import UnitOfWork

CHILD_KEPT, CHILD_GOES = "note_child_kept", "note_child_goes"


@serves(Purpose.CALL_DELIVERY)
async def summarise(event: ConversationEnded, context: HandlerContext) -> None:
    """Store what the conversation came to, and keep the lead that would be lost."""
    async with context.settle() as uow:
        conversation = await Conversations(uow).get(event.conversation_id)
        turns = await Turns(uow).of(conversation.id)
        material = await _material(uow, conversation, turns)
        found = findings.find(material, catalogue(conversation.language))
        if conversation.outcome is not None:
            # It was noted at the end, for its words are not kept.
            success = bool(conversation.success)
            found = replace(found, outcome=conversation.outcome, success=success)
        await conversations.keep_findings(uow, conversation.id, found)
        if findings.is_lead(material) and conversation.contact_id is not None:
            new = leads.NewLead(
                conversation.contact_id,
                need=found.summary,
                conversation_id=conversation.id,
                intent_key="conversation",
            )
            await leads.capture(uow, new)
        await _tell_of_child(uow, conversation, turns)
        await _count(uow, conversation)


async def _material(uow: UnitOfWork, conversation: Conversation, turns: list[Turn]) -> Material:
    assert conversation.disposition is not None
    steps = [step for turn in turns if turn.evidence for step in turn.evidence.load()["steps"]]
    return Material(
        state=State.read(steps[-1]["state"]) if steps else State(),
        disposition=conversation.disposition,
        caller=await _caller(uow, conversation),
        questions=_questions(turns),
        visits=await _visits(uow, conversation),
        messages=await _messages(uow, conversation),
    )


async def _tell_of_child(uow: UnitOfWork, conversation: Conversation, turns: list[Turn]) -> None:
    """Leave a task where words of a child are kept, and have them erased if that is promised."""
    profile = uow.scope.tenant.privacy
    said = (turn.text.read() for turn in turns if turn.speaker is Speaker.CALLER)
    found = (find_child(words, profile.minimum_age) for words in said)
    if any(child is not None and child.role is Role.SPEAKS for child in found):
        words = CHILD_GOES if profile.forgets_children else CHILD_KEPT
        body = catalogue(conversation.language).say(words)
        task = messages.NewMessage(
            conversation.id, body, priority=Priority.HIGH, intent_key=CHILD_KEPT
        )
        await messages.leave(uow, task)
        if profile.forgets_children:
            forgetting.soon(uow, conversation.id)


def _questions(turns: list[Turn]) -> list[str]:
    """What the caller asked and was answered from the business's own words."""
    asked, said = [], ""
    for turn in turns:
        if turn.speaker is Speaker.CALLER:
            said = turn.text.read()
        elif turn.evidence and findings.answers(turn.evidence.load()["steps"]):
            asked.append(said)
    return asked


async def _caller(uow: UnitOfWork, conversation: Conversation) -> str:
    if conversation.contact_id is None:
        return ""
    contact = await Contacts(uow).get(conversation.contact_id)
    known = contact.name or contact.phone
    return known.read() if known else ""


async def _visits(uow: UnitOfWork, conversation: Conversation) -> list[Booked]:
    appointments = Appointments(uow)
    rows = await appointments.page(appointments.standing().filter(conversation_id=conversation.id))
    services = {row.id: row.name for row in await Services(uow).many([r.service_id for r in rows])}
    return [
        Booked(services[row.service_id], row.starts_at.astimezone(ZoneInfo(row.timezone)))
        for row in rows
    ]


async def _messages(uow: UnitOfWork, conversation: Conversation) -> list[str]:
    left = Messages(uow).all().filter(conversation_id=conversation.id).order_by("id")
    return [message.body.read() for message in await Messages(uow).page(left)]


async def _count(uow: UnitOfWork, conversation: Conversation) -> None:
    assert conversation.ended_at is not None
    seconds = round((conversation.ended_at - conversation.started_at).total_seconds())
    name = f"{conversation.channel}.seconds"
    used = usage.Use(name, seconds, "second", conversation_id=conversation.id)
    await usage.record(uow, used)


@serves(Purpose.SCHEDULING)
async def tell_waiter(event: WaitlistOffered, context: HandlerContext) -> None:
    """Text whoever waited that something came free, if the gate lets it out."""
    async with context.settle() as uow:
        wait = next(iter(await Waits(uow).many([event.wait_id])), None)
        if wait is None or wait.state is not WaitState.OFFERED:
            return
        offer = await _offer(uow, wait)
        words = catalogue(context.tenant.locale).say(
            "waitlist_free",
            business=context.tenant.name,
            service=offer["service"],
            when=offer["when"],
        )
        wanted = outbound.Wanted(wait.contact_id, Route.TEXT, Purpose.SCHEDULING, words)
        text = await outbound.ask(uow, wanted)
        await waitlist.told_by(uow, wait.id, text.id)


@serves(Purpose.SCHEDULING)
async def have_waiter_called(event: OutboundRefused, context: HandlerContext) -> None:
    """Ask the team to call whoever waited, where no text goes out: they were told they would be."""
    async with context.settle() as uow:
        wait = await Waits(uow).told_by(event.outbound_id)
        # Without the conversation in which they asked there is nothing to keep words under.
        if wait is None or wait.conversation_id is None:
            return
        contact = await Contacts(uow).get(wait.contact_id)
        known = [each.read() for each in (contact.name, contact.phone) if each]
        body = catalogue(context.tenant.locale).say(
            "note_wait_free", caller=", ".join(known), **await _offer(uow, wait)
        )
        task = messages.NewMessage(
            wait.conversation_id,
            body,
            contact_id=wait.contact_id,
            callback_number=contact.phone.read() if contact.phone else "",
            priority=Priority.HIGH,
            intent_key=f"wait:{event.outbound_id}",
        )
        await messages.leave(uow, task)


async def _offer(uow: UnitOfWork, wait: Wait) -> dict[str, str]:
    """What is on offer to somebody who waits, as it is said: the service, when, until when."""
    assert wait.offered_until is not None
    service = await Services(uow).get(wait.service_id)
    zone = ZoneInfo((await Locations(uow).get(wait.location_id)).timezone)
    today, starts_at = uow.now.astimezone(zone).date(), datetime.fromisoformat(wait.told[-1])
    return {
        "service": a(service.name),
        "when": when(starts_at.astimezone(zone), today),
        "until": clock(wait.offered_until.astimezone(zone).time()),
    }


HANDLERS = (
    (ConversationEnded, summarise),
    (OutboundRefused, have_waiter_called),
    (WaitlistOffered, tell_waiter),
)
