"""Tells members by e-mail what came of each conversation, and what people answer."""

from domain.calls.events import CallFinalized
from domain.conversations.events import ConversationSummarised
from domain.personal import DataClass
from domain.privacy.purposes import Purpose
from domain.reminders.events import ReminderAnswered
from plugins.manifest import Category, Manifest
from plugins.notify.handlers import (
    after_call,
    after_chat,
    after_reply,
    anybody_reads,
    tell_later,
)
from plugins.notify.settings import Settings
from plugins.spec import Checking, Later, Subscribe, hookimpl

# Seconds. A mail server that looks for spam answers slowly.
PATIENCE = 60.0


@hookimpl
def plugin_manifest() -> Manifest:
    """Say who this is and what can be set."""
    return Manifest(
        name="notify",
        title="E-mail notifications",
        summary="An e-mail after every call and chat: what it was about and what to do next.",
        version="1",
        category=Category.CHANNEL,
        settings=Settings,
        permissions=frozenset({"members:read"}),
        data=frozenset(
            {
                DataClass.APPOINTMENT,
                DataClass.CALLER_IDENTITY,
                DataClass.CALL_METADATA,
                DataClass.INQUIRY,
                DataClass.TRANSCRIPT,
            }
        ),
        purpose=Purpose.CALL_DELIVERY,
        # Under HIPAA its letters say no more than that there is something.
        asks_agreements=True,
    )


@hookimpl
def register_checks(checking: Checking) -> None:
    """It works where somebody gets the letters."""
    checking(anybody_reads)


@hookimpl
def register_event_handlers(subscribe: Subscribe) -> None:
    """A call is told of when it is final, a chat when it is summarised: once each."""
    subscribe(CallFinalized, after_call, timeout=PATIENCE)
    subscribe(ConversationSummarised, after_chat, timeout=PATIENCE)
    subscribe(ReminderAnswered, after_reply, timeout=PATIENCE)


@hookimpl
def register_jobs(later: Later) -> None:
    """Whoever sleeps is written to in the morning."""
    later(tell_later, timeout=PATIENCE)
