"""Erasing what a child said: its words, its sound, and what was made of them.

What the team needs stays: that there was a call, a message, a visit. Nothing goes that is held.
"""

from datetime import timedelta
from uuid import UUID

from domain import recordings
from domain.calls.models import Call
from domain.calls.repository import Calls
from domain.conversations.repository import Conversations, IntakeAnswers, Turns
from domain.disposal.held import held
from domain.errors import NotFound
from domain.forgetting.events import ChildErased
from domain.recordings.repository import Recordings
from domain.work import UnitOfWork

FORGET_CHILD = "forgetting.forget_child"
REASON = "A child spoke"
# Letters of the end have left by then, and recordings are settled.
SOON, LOOK_AGAIN = timedelta(minutes=15), timedelta(minutes=15)


def soon(uow: UnitOfWork, conversation_id: UUID, after: timedelta = SOON) -> None:
    """Erase it when the conversation is settled."""
    payload = {"conversation_id": str(conversation_id)}
    key = f"conversation:{conversation_id}:child"
    uow.schedule(FORGET_CHILD, at=uow.now + after, key=key, payload=payload)


async def forget(uow: UnitOfWork, conversation_id: UUID) -> None:
    """Erase it now, unless something is held; a second time changes nothing."""
    uow.require("conversations:write")
    try:
        conversation = await Conversations(uow).lock(conversation_id)
    except NotFound:
        return
    call = await Calls(uow).of_conversation(conversation_id)
    if call is not None and call.finalized_at is None:
        soon(uow, conversation_id, LOOK_AGAIN)
        return
    if await held(uow, conversation.contact_id):
        return
    if call is not None:
        await _silence(uow, call)
    await Turns(uow).remove_all(conversation_id)
    await IntakeAnswers(uow).all().filter(conversation_id=conversation_id).delete()
    await Conversations(uow).save(conversation, summary=None, extracted=None)
    uow.record(ChildErased(conversation_id=conversation_id))


async def _silence(uow: UnitOfWork, call: Call) -> None:
    recording = await Recordings(uow).of_call(call.id)
    if recording is not None:
        await recordings.delete(uow, recording.id, REASON)
