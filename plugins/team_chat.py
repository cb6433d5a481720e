"""Telling the chat of a team what came of a conversation: what such chats have in common.

A webhook of theirs is an address that lets whoever knows it write to one channel. Nothing is read
there, and nobody is named who is not named in the owner's letter.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, SecretStr

from domain.calls.events import CallFinalized
from domain.conversations.events import ConversationSummarised
from domain.errors import NotFound, Unavailable
from domain.handlers import HandlerContext
from domain.keyring.errors import KeyDestroyed
from domain.outgoing import seconds_asked
from domain.personal import DataClass
from domain.privacy.ports import Receipt
from domain.reminders.events import ReminderAnswered
from domain.reminders.models import Reply
from domain.reminders.repository import Reminders
from domain.work import UnitOfWork
from integrations.http_out import Answer
from plugins.capability import CheckContext
from plugins.context import PluginContext
from plugins.errors import Hopeless, PutOff
from plugins.letter import letter
from plugins.replies import answered
from plugins.report import Topic, report
from tenants.agreements import service as agreements
from tenants.notifications.models import News
from tenants.notifications.service import named_in_chat

Payload = dict[str, Any]
# What a message may hold.
TOLD = frozenset(
    {
        DataClass.APPOINTMENT,
        DataClass.CALLER_IDENTITY,
        DataClass.CALL_METADATA,
        DataClass.INQUIRY,
        DataClass.TRANSCRIPT,
    }
)
TOO_MANY, NO_SUCH_CHANNEL = 429, frozenset({400, 401, 403, 404, 410})
BY_HAND = "messages in the team's chat are deleted there by hand, or by its own retention"
# Where nobody says how long to wait, and at the most.
USUAL_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=1)


@dataclass(frozen=True)
class Told:
    """What is said in the channel."""

    headline: str
    text: str
    is_urgent: bool

    @property
    def paragraphs(self) -> list[str]:
        """The text, taken apart."""
        return [each for each in self.text.strip().split("\n\n") if each]


class ChannelSettings(BaseModel):
    """Which channel is told, and about what; each chat says which addresses are its own."""

    model_config = ConfigDict(extra="forbid")

    webhook_url: SecretStr = Field(
        title="Webhook URL", description="The address of a webhook that writes to the channel"
    )
    about: set[Topic] = Field(
        default=set(Topic), title="About", description="Which conversations the channel is told of"
    )


@dataclass(frozen=True)
class TeamChat:
    """One chat: the name of its plugin, and how messages look there."""

    plugin: str
    draw: Callable[[Told], Payload]

    async def after_call(self, event: CallFinalized, context: PluginContext) -> None:
        """Tell of a call, once everything about it is there."""
        await self._tell(context, event.conversation_id, Topic.CALLS)

    async def after_chat(self, event: ConversationSummarised, context: PluginContext) -> None:
        """Tell of a conversation in writing; a call is told of when it is final."""
        await self._tell(context, event.conversation_id, Topic.CHATS)

    async def after_reply(self, event: ReminderAnswered, context: PluginContext) -> None:
        """Tell of an answer about a visit those members who want to be named for that."""
        if event.reply is Reply.CONFIRMED:
            return
        try:
            async with context.unit_of_work() as uow:
                told = await _told_of_reply(uow, self.plugin, event.reminder_id)
        except (NotFound, KeyDestroyed):
            context.log.info("The visit has been erased; there is nothing to tell")
            return
        if told is not None:
            await say(context, self.draw(told))

    async def connected(self, context: CheckContext) -> None:
        """Say in the channel that it is connected. Raises as `say`."""
        words = f"{context.tenant.name} tells this channel what comes of its conversations."
        await say(context, self.draw(Told("Connected", words, is_urgent=False)))

    async def _tell(self, context: PluginContext, conversation_id: UUID, topic: Topic) -> None:
        if topic not in settings_of(context).about:
            return
        try:
            async with context.unit_of_work() as uow:
                told = await _told(uow, self.plugin, conversation_id, topic)
        except (NotFound, KeyDestroyed):
            context.log.info("The conversation has been erased; there is nothing to tell")
            return
        if told is not None:
            await say(context, self.draw(told))


class InTheChannel:
    """Answers for messages that stand in a channel: a webhook writes, and takes nothing back."""

    async def export(self, contact_id: UUID, context: HandlerContext) -> Mapping[str, Any]:
        """Nothing that is not in the record: messages are made of it."""
        return {}

    async def rectify(self, contact_id: UUID, context: HandlerContext) -> Receipt:
        """What stands there is put right by the team."""
        return Receipt(note=BY_HAND, complete=False)

    async def restrict(self, contact_id: UUID, context: HandlerContext) -> Receipt:
        """Nothing is used there."""
        return Receipt()

    async def erase(self, contact_id: UUID, context: HandlerContext) -> Receipt:
        """What stands there is deleted by the team: an open item on the certificate."""
        return Receipt(note=BY_HAND, complete=False)


def settings_of(context: PluginContext | CheckContext) -> ChannelSettings:
    """What the tenant has set."""
    settings = context.settings
    assert isinstance(settings, ChannelSettings)
    return settings


async def say(context: PluginContext | CheckContext, payload: Payload) -> None:
    """Write to the channel. Raises `Hopeless`, `PutOff` and `Unavailable`."""
    url = settings_of(context).webhook_url.get_secret_value()
    headers = {"Content-Type": "application/json"}
    answer = await context.http.post(url, headers, json.dumps(payload).encode())
    if answer.is_success:
        return
    if answer.status == TOO_MANY:
        raise PutOff(context.clock.now() + _pause(answer))
    if answer.status in NO_SUCH_CHANNEL:
        raise Hopeless(f"The channel refuses what is written to it ({answer.status})")
    raise Unavailable(f"The chat answers {answer.status}")


async def _told(uow: UnitOfWork, plugin: str, conversation_id: UUID, topic: Topic) -> Told | None:
    found = await report(uow, conversation_id)
    if found.topic is not topic:
        return None
    # Without an agreement the plugin is off where health data is protected.
    cleared = await agreements.clearance(uow, f"plugin:{plugin}")
    agreements.account(uow, cleared, "conversation", conversation_id)
    headline, text = letter(found)
    names = await named_in_chat(uow, News(topic.value))
    return Told(headline, text + _for(names), found.is_urgent)


async def _told_of_reply(uow: UnitOfWork, plugin: str, reminder_id: UUID) -> Told | None:
    row = await Reminders(uow).get(reminder_id)
    names = await named_in_chat(uow, News.REPLIES)
    if not names:
        return None
    headline, text = (await answered(uow, row)).words(uow.scope.tenant)
    cleared = await agreements.clearance(uow, f"plugin:{plugin}")
    agreements.account(uow, cleared, "appointment", row.appointment_id)
    return Told(headline, text + _for(names), is_urgent=False)


def _for(names: Sequence[str]) -> str:
    return f"\n\nFor {', '.join(names)}." if names else ""


def _pause(answer: Answer) -> timedelta:
    seconds = seconds_asked(answer.headers, LONGEST_PAUSE.total_seconds())
    return USUAL_PAUSE if seconds is None else timedelta(seconds=seconds)
