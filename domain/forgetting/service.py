"""Leaving of a conversation only what its caller asked to be kept: a message, a visit, a lead."""

from uuid import UUID

from domain.appointments.repository import Appointments
from domain.calls.repository import Calls
from domain.conversations.repository import Conversations, IntakeAnswers, Turns
from domain.errors import NotFound
from domain.forgetting.events import ConversationForgotten
from domain.leads.repository import Leads
from domain.messages.repository import Messages
from domain.personal import DataClass
from domain.scope import ActorKind
from domain.work import UnitOfWork

FORGET = "forgetting.forget"


def forgets(uow: UnitOfWork) -> bool:
    """Whether the business keeps less than everything."""
    return not uow.keeps(DataClass.CALLER_IDENTITY)


def timer(conversation_id: UUID) -> str:
    """The timer after which a conversation is forgotten."""
    return f"conversation:{conversation_id}:forget"


async def forget(uow: UnitOfWork, conversation_id: UUID) -> None:
    """Forget what is not kept of a conversation that is over; a second time changes nothing."""
    uow.require("conversations:write")
    if not forgets(uow):
        return
    try:
        conversation = await Conversations(uow).lock(conversation_id)
    except NotFound:
        return
    call = await Calls(uow).of_conversation(conversation_id)
    if conversation.ended_at is None or (call and call.finalized_at is None):
        return
    await _let_go(uow, conversation_id)
    if not uow.keeps(DataClass.CALL_METADATA):
        await _leave_nothing(uow, conversation_id)
    storage = uow.scope.tenant.privacy.storage
    uow.record(ConversationForgotten(conversation_id=conversation_id, storage=storage.value))


async def _let_go(uow: UnitOfWork, conversation_id: UUID) -> None:
    """Nothing that was asked for leads from a person back to what they said."""
    appointments, leads = Appointments(uow), Leads(uow)
    held = {"conversation_id": conversation_id}
    for visit in await appointments.page(appointments.all().filter(**held)):
        await appointments.save(visit, conversation_id=None, booked_by=ActorKind.CALLER.value)
    for lead in await leads.page(leads.all().filter(**held)):
        await leads.save(lead, conversation_id=None)
    if not uow.keeps(DataClass.INQUIRY):
        # Written before the business decided to keep less.
        await Turns(uow).all().filter(**held).delete()
        await IntakeAnswers(uow).all().filter(**held).delete()


async def _leave_nothing(uow: UnitOfWork, conversation_id: UUID) -> None:
    """Remove the call, and the conversation; a message stays in the shell of its own."""
    calls, conversations, messages = Calls(uow), Conversations(uow), Messages(uow)
    call = await calls.of_conversation(conversation_id)
    if call is not None:
        await calls.remove(call)
    conversation = await conversations.get(conversation_id)
    if await messages.maybe(messages.all().filter(conversation_id=conversation_id)):
        await conversations.save(conversation, disposition=None, outcome=None, success=None)
    else:
        await conversations.remove(conversation)
        await uow.keys.destroy([conversation_id])
