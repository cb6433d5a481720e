"""Pushing to members: who hears of what and when, and one job for each device."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from domain.calls.events import CallFinalized
from domain.conversations.events import ConversationSummarised
from domain.events import Event
from domain.handlers import HandlerFunction, serves
from domain.privacy.purposes import Purpose
from domain.reminders.events import ReminderAnswered
from domain.reminders.models import Reply
from domain.work import UnitOfWork
from integrations.web_push import Device, PushClient, PushGone, PushLater, PushRefused
from plugins.context import PluginContext
from plugins.erased import unless_erased
from plugins.errors import Hopeless, PutOff
from plugins.push.devices import forget
from plugins.push.message import Told, told_of
from plugins.push.way_out import ToPushServices
from plugins.report import Topic, report
from tenants.members.events import MemberRemoved
from tenants.notifications.models import News, NewsPace, PushDevice
from tenants.notifications.pushing import TRY, push_news
from tenants.notifications.repository import PushDevices
from tenants.notifications.service import Reader, audience, by_push, readers


@dataclass(frozen=True)
class PushWorker:
    """Tells the devices of members; made once by the wiring."""

    client: PushClient

    @property
    def handlers(self) -> tuple[tuple[type[Event], HandlerFunction], ...]:
        """What it does about events."""
        return (
            (CallFinalized, self.after_call),
            (ConversationSummarised, self.after_chat),
            (MemberRemoved, self.after_leaving),
            (ReminderAnswered, self.after_reply),
        )

    @property
    def jobs(self) -> tuple[HandlerFunction, ...]:
        """What it can be asked to do later."""
        return (self.send,)

    @serves(Purpose.CALL_DELIVERY)
    async def after_call(self, event: CallFinalized, context: PluginContext) -> None:
        """Tell of a call, once everything about it is there."""
        await _after_conversation(event.conversation_id, Topic.CALLS, context)

    @serves(Purpose.CALL_DELIVERY)
    async def after_chat(self, event: ConversationSummarised, context: PluginContext) -> None:
        """Tell of a conversation in writing; a call is told of when it is final."""
        await _after_conversation(event.conversation_id, Topic.CHATS, context)

    @serves(Purpose.SCHEDULING)
    async def after_reply(self, event: ReminderAnswered, context: PluginContext) -> None:
        """Tell of an answer that changes something; who comes as agreed is no news."""
        if event.reply is not Reply.CONFIRMED:
            async with context.settle() as uow:
                await _tell(uow, News.REPLIES, event.reminder_id, urgent=False)

    @serves(Purpose.SERVICE)
    async def after_leaving(self, event: MemberRemoved, context: PluginContext) -> None:
        """Push nothing more to whoever no longer works here."""
        async with context.settle() as uow:
            for row in await PushDevices(uow).of(event.user_id):
                await forget(uow, row, "left")

    @serves(Purpose.CALL_DELIVERY)
    async def send(self, payload: dict[str, Any], context: PluginContext) -> None:
        """Push to one device. Raises `PutOff`, `Hopeless` and `Unavailable`."""
        id = UUID(payload["push_device_id"])
        found = None
        async with unless_erased(context), context.unit_of_work() as uow:
            found = await _wanted(uow, id, payload)
        if found is not None:
            await self._push(context, *found)

    async def _push(self, context: PluginContext, row: PushDevice, told: Told) -> None:
        device, now = Device(**row.subscription.load()), context.clock.now()
        try:
            out = ToPushServices(context.http)
            await self.client.push(out, device, told.push(row.opens), now)
        except PushGone:
            async with context.settle() as uow:
                await _forget(uow, row)
        except PushLater as later:
            raise PutOff(now + later.pause) from later
        except PushRefused as refused:
            async with context.unit_of_work() as uow:
                await _note(uow, row.id, problem=refused.why)
            raise Hopeless(str(refused)) from refused
        else:
            async with context.settle() as uow:
                await _note(uow, row.id, problem="", told_at=uow.now)


async def _after_conversation(conversation_id: UUID, topic: Topic, context: PluginContext) -> None:
    async with unless_erased(context), context.settle() as uow:
        found = await report(uow, conversation_id)
        if found.topic is topic:
            news = News(topic.value)
            await _tell(uow, news, conversation_id, urgent=found.is_urgent)


async def _tell(uow: UnitOfWork, news: News, about: UUID, *, urgent: bool) -> None:
    heard = await audience(uow, news, urgent=urgent, by=by_push)
    for reader, at in (*((reader, uow.now) for reader in heard.now), *heard.later):
        await push_news(uow, news, reader.user.id, about, at, urgent=urgent)


async def _wanted(
    uow: UnitOfWork, id: UUID, payload: dict[str, Any]
) -> tuple[PushDevice, Told] | None:
    """The device and what to tell it, if that is still wanted."""
    row = await PushDevices(uow).with_id(id)
    if row is None:
        return None
    told, about = payload["told"], UUID(payload["about"])
    reader = next((each for each in await readers(uow) if each.user.id == row.user_id), None)
    if told == TRY:
        return row, await told_of(uow, told, about, urgent=False, details=False)
    if reader is None or not _still_wants(reader, told):
        return None
    details = reader.choices.push_details
    return row, await told_of(uow, told, about, urgent=payload["urgent"], details=details)


def _still_wants(reader: Reader, told: str) -> bool:
    if told not in set(News):
        return NewsPace.DIGEST in reader.choices.push.values()
    return reader.choices.push[News(told)] is NewsPace.IMMEDIATE


async def _forget(uow: UnitOfWork, row: PushDevice) -> None:
    """Remove a device that is gone, unless its browser has subscribed anew meanwhile."""
    there = await PushDevices(uow).with_id(row.id)
    if there is not None and there.subscription.load() == row.subscription.load():
        await forget(uow, there, "gone")


async def _note(uow: UnitOfWork, id: UUID, **values: Any) -> None:
    row = await PushDevices(uow).with_id(id)
    if row is not None:
        await PushDevices(uow).save(row, **values)
