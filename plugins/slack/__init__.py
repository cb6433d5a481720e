"""Tells a channel in Slack what came of each conversation."""

from domain.calls.events import CallFinalized
from domain.conversations.events import ConversationSummarised
from domain.privacy.purposes import Purpose
from domain.privacy.recipients import Recipient, Standing, TransferBasis
from domain.reminders.events import ReminderAnswered
from plugins.manifest import Category, Manifest
from plugins.slack.message import drawn
from plugins.slack.settings import Settings
from plugins.spec import Answering, Checking, Subscribe, hookimpl
from plugins.team_chat import TOLD, InTheChannel, TeamChat

CHAT = TeamChat("slack", drawn)


@hookimpl
def plugin_manifest() -> Manifest:
    """Say who this is and what can be set."""
    return Manifest(
        name=CHAT.plugin,
        title="Slack",
        summary="A message to a channel after every call and chat: what it was about.",
        version="1",
        category=Category.CHANNEL,
        settings=Settings,
        permissions=frozenset(),
        data=TOLD,
        purpose=Purpose.CALL_DELIVERY,
        recipients=(
            Recipient(
                "Slack Technologies, LLC",
                "the chat of the team",
                TOLD,
                Purpose.CALL_DELIVERY,
                country="US",
                transfer=TransferBasis.STANDARD_CLAUSES,
                standing=Standing.CHOSEN,
            ),
        ),
    )


@hookimpl
def register_event_handlers(subscribe: Subscribe) -> None:
    """A call is told of when it is final, a chat when it is summarised: once each."""
    subscribe(CallFinalized, CHAT.after_call)
    subscribe(ConversationSummarised, CHAT.after_chat)
    subscribe(ReminderAnswered, CHAT.after_reply)


@hookimpl
def register_personal_data(answering: Answering) -> None:
    """What stands in the channel is taken out there."""
    answering(InTheChannel())


@hookimpl
def register_checks(checking: Checking) -> None:
    """It works if the channel takes a message."""
    checking(CHAT.connected)
