"""When the channel is told."""

from domain.calls.events import CallFinalized
from domain.conversations.events import ConversationSummarised
from plugins.capability import CheckContext
from plugins.context import PluginContext
from plugins.report import Topic
from plugins.slack.message import drawn
from plugins.slack.settings import Settings
from plugins.team_chat import Channel, tell, try_out

NAME = "slack"


async def after_call(event: CallFinalized, context: PluginContext) -> None:
    """Tell of a call, once everything about it is there."""
    await tell(context, _channel(context), event.conversation_id, Topic.CALLS)


async def after_chat(event: ConversationSummarised, context: PluginContext) -> None:
    """Tell of a conversation in writing; a call is told of when it is final."""
    await tell(context, _channel(context), event.conversation_id, Topic.CHATS)


async def connected(context: CheckContext) -> None:
    """Say in the channel that it is connected."""
    await try_out(context, _channel(context))


def _channel(context: PluginContext | CheckContext) -> Channel:
    settings = context.settings
    assert isinstance(settings, Settings)
    url = settings.webhook_url.get_secret_value()
    return Channel(NAME, url, frozenset(settings.about), drawn)
