"""When to write to the owner."""

from uuid import UUID

from domain.calls.events import CallFinalized
from domain.conversations.events import ConversationSummarised
from domain.errors import Conflict, NotFound
from domain.keyring.errors import KeyDestroyed
from domain.messages.ports import Mail, message_id_of
from plugins.capability import CheckContext
from plugins.context import PluginContext
from plugins.letter import letter, notice
from plugins.notify.settings import Settings
from plugins.report import Topic, report
from tenants.agreements import service as agreements
from tenants.brand import dressed, inherited
from tenants.service import owner_addresses


class NobodyToTell(Conflict):
    """Letters would go to nobody."""

    code = "NOBODY_TO_TELL"


async def after_call(event: CallFinalized, context: PluginContext) -> None:
    """Write about a call, once everything about it is there."""
    await _tell(event.conversation_id, Topic.CALLS, context)


async def after_chat(event: ConversationSummarised, context: PluginContext) -> None:
    """Write about a conversation in writing; a call is told of when it is final."""
    await _tell(event.conversation_id, Topic.CHATS, context)


async def anybody_reads(context: CheckContext) -> None:
    """Raise `NobodyToTell` unless a letter would go to somebody."""
    settings = context.settings
    assert isinstance(settings, Settings)
    async with context.unit_of_work() as uow:
        if not (settings.to or await owner_addresses(uow)):
            raise NobodyToTell("No owner has an address, and no other is set")


async def _tell(conversation_id: UUID, topic: Topic, context: PluginContext) -> None:
    settings = context.settings
    assert isinstance(settings, Settings)
    if topic not in settings.about:
        return
    try:
        async with context.unit_of_work() as uow:
            found = await report(uow, conversation_id)
            to = tuple(settings.to) or await owner_addresses(uow)
            brand = await inherited(uow)
            cleared = await agreements.clearance(uow, agreements.MAIL)
            wanted = bool(to) and found.topic is topic
            if wanted:
                agreements.account(uow, cleared, "conversation", conversation_id)
    except (NotFound, KeyDestroyed):
        context.log.info("The conversation has been erased; there is nothing to tell")
        return
    if wanted:
        words = letter(found) if cleared.full else notice(found)
        id, about = message_id_of(context.delivery_id), str(conversation_id)
        await context.mailer.send(dressed(Mail(to, *words, id, about=about), brand))
