"""When to write to the members."""

from typing import Any
from uuid import UUID

from domain.calls.events import CallFinalized
from domain.conversations.events import ConversationSummarised
from domain.errors import Conflict, NotFound
from domain.keyring.errors import KeyDestroyed
from domain.messages.ports import Mail, message_id_of
from domain.reminders.events import ReminderAnswered
from domain.reminders.models import Reply
from domain.reminders.repository import Reminders
from domain.texts import catalogue
from domain.work import UnitOfWork
from plugins.capability import CheckContext
from plugins.context import PluginContext
from plugins.letter import letter, notice
from plugins.notify.settings import Settings
from plugins.replies import answered
from plugins.report import Report, Topic, report
from tenants.agreements import service as agreements
from tenants.brand import Brand, dressed, inherited
from tenants.notifications.models import News, NewsPace
from tenants.notifications.service import audience, readers

LATER = "notify.tell_later"
# What the news are about.
ABOUT = {
    News.CALLS: "conversation_id",
    News.CHATS: "conversation_id",
    News.REPLIES: "reminder_id",
}
Words = tuple[str, str]


class NobodyToTell(Conflict):
    """Letters would go to nobody."""

    code = "NOBODY_TO_TELL"


async def after_call(event: CallFinalized, context: PluginContext) -> None:
    """Write about a call, once everything about it is there."""
    await _tell(event.conversation_id, Topic.CALLS, context)


async def after_chat(event: ConversationSummarised, context: PluginContext) -> None:
    """Write about a conversation in writing; a call is told of when it is final."""
    await _tell(event.conversation_id, Topic.CHATS, context)


async def after_reply(event: ReminderAnswered, context: PluginContext) -> None:
    """Write about an answer that changes something; who comes as agreed is no news."""
    if event.reply is Reply.CONFIRMED:
        return
    try:
        async with context.unit_of_work() as uow:
            words = await _about_reply(uow, event.reminder_id)
            to = await _addresses(uow, context, News.REPLIES, event.reminder_id, urgent=False)
            brand = await inherited(uow)
    except (NotFound, KeyDestroyed):
        context.log.info("The visit has been erased; there is nothing to tell")
        return
    await _send(context, to, words, brand)


async def tell_later(payload: dict[str, Any], context: PluginContext) -> None:
    """Write to one member whose quiet hours are over, if they still want it."""
    user_id, news = UUID(payload["user_id"]), News(payload["news"])
    id = UUID(payload[ABOUT[news]])
    try:
        async with context.unit_of_work() as uow:
            known = {reader.user.id: reader for reader in await readers(uow)}
            reader = known.get(user_id)
            if reader is None or reader.choices.email[news] is not NewsPace.IMMEDIATE:
                return
            if news is News.REPLIES:
                words = await _about_reply(uow, id)
            else:
                words = await _about(uow, id, await report(uow, id))
            brand = await inherited(uow)
    except (NotFound, KeyDestroyed):
        context.log.info("It has been erased; there is nothing to tell")
        return
    await _send(context, (reader.user.email,), words, brand)


async def anybody_reads(context: CheckContext) -> None:
    """Raise `NobodyToTell` unless a letter would go to somebody."""
    settings = context.settings
    assert isinstance(settings, Settings)
    async with context.unit_of_work() as uow:
        paces = {pace for reader in await readers(uow) for pace in reader.choices.email.values()}
        if not (settings.to or NewsPace.IMMEDIATE in paces):
            raise NobodyToTell("No member wants letters, and no address is set")


async def _tell(conversation_id: UUID, topic: Topic, context: PluginContext) -> None:
    settings = context.settings
    assert isinstance(settings, Settings)
    if topic not in settings.about:
        return
    try:
        async with context.unit_of_work() as uow:
            found = await report(uow, conversation_id)
            if found.topic is not topic:
                return
            news, urgent = News(topic.value), found.is_urgent
            to = await _addresses(uow, context, news, conversation_id, urgent=urgent)
            if not to:
                return
            words = await _about(uow, conversation_id, found)
            brand = await inherited(uow)
    except (NotFound, KeyDestroyed):
        context.log.info("The conversation has been erased; there is nothing to tell")
        return
    await _send(context, to, words, brand, about=str(conversation_id))


async def _addresses(
    uow: UnitOfWork, context: PluginContext, news: News, about_id: UUID, *, urgent: bool
) -> tuple[str, ...]:
    """Who has a letter now; those in their quiet hours have theirs when these are over."""
    settings = context.settings
    assert isinstance(settings, Settings)
    if settings.to:
        return tuple(settings.to)
    heard = await audience(uow, news, urgent=urgent)
    for reader, at in heard.later:
        told = {"user_id": str(reader.user.id), "news": news.value, ABOUT[news]: str(about_id)}
        uow.schedule(LATER, at=at, key=f"{LATER}:{about_id}:{reader.user.id}", payload=told)
    return tuple(sorted(reader.user.email for reader in heard.now))


async def _about(uow: UnitOfWork, conversation_id: UUID, found: Report) -> Words:
    """What is written of a conversation; what leaves is accounted for before it does."""
    cleared = await agreements.clearance(uow, agreements.MAIL)
    agreements.account(uow, cleared, "conversation", conversation_id)
    return letter(found) if cleared.full else notice(found)


async def _about_reply(uow: UnitOfWork, reminder_id: UUID) -> Words:
    """What is written of an answer to a letter or text."""
    row = await Reminders(uow).get(reminder_id)
    told = await answered(uow, row)
    cleared = await agreements.clearance(uow, agreements.MAIL)
    agreements.account(uow, cleared, "appointment", row.appointment_id)
    if not cleared.full:
        say = catalogue(uow.scope.tenant.locale).say
        business = uow.scope.tenant.name
        return say("reply_told_notice_subject"), say("reply_told_notice", business=business)
    return told.words(uow.scope.tenant)


async def _send(
    context: PluginContext,
    to: tuple[str, ...],
    words: Words,
    brand: Brand | None,
    *,
    about: str = "",
) -> None:
    if to:
        mail = Mail(to, *words, message_id_of(context.delivery_id), about=about)
        await context.mailer.send(dressed(mail, brand))
