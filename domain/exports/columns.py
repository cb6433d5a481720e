"""What is written of each kind, under the names that the API gives it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from typing import Any
from uuid import UUID

from domain.appointments.repository import Appointments
from domain.calls.repository import Calls
from domain.contacts.repository import Contacts
from domain.conversations.repository import Conversations
from domain.ids import global_id
from domain.knowledge.repository import KnowledgeItems
from domain.leads.repository import Leads
from domain.messages.repository import Messages
from domain.repository import Repository
from domain.sealed import Sealed
from domain.sync.models import SyncKind

Value = str | int | bool | None
Read = Callable[[Any], Any]
TRANSCRIPTS = "transcripts:read"


@dataclass(frozen=True)
class Column:
    """A column under its name; `permission` is asked for beside that of the kind."""

    name: str
    read: Read
    permission: str | None = None


@dataclass(frozen=True)
class Written:
    """How rows of one kind are found and written, and who may read them."""

    node: str
    repository: type[Repository[Any]]
    permission: str
    columns: tuple[Column, ...]

    def allowed(self, permissions: frozenset[str]) -> list[Column]:
        """The columns that somebody may read."""
        return [each for each in self.columns if each.permission in {None, *permissions}]


def value(found: Any) -> Value:
    """A value as files hold it."""
    if isinstance(found, Sealed):
        return found.read() if found.is_open else None
    if isinstance(found, Enum):
        return str(found.name)
    if isinstance(found, datetime):
        return found.astimezone(UTC).isoformat()
    known: Value = found
    return known


def _column(name: str, attribute: str, permission: str | None = None) -> Column:
    return Column(name, lambda row: getattr(row, attribute), permission)


def _refers(name: str, attribute: str, node: str) -> Column:
    def read(row: Any) -> str | None:
        id: UUID | None = getattr(row, attribute)
        return global_id(node, id) if id else None

    return Column(name, read)


def _columns(node: str, own: str, **references: str) -> tuple[Column, ...]:
    """The id, references to nodes, and columns that are called what the API calls them."""
    return (
        _refers("id", "id", node),
        *(_refers(_camel(each), each, kind) for each, kind in references.items()),
        *(_column(_camel(each), each) for each in own.split()),
    )


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.title() for word in rest)


WRITTEN: Mapping[SyncKind, Written] = {
    SyncKind.APPOINTMENT: Written(
        "Appointment",
        Appointments,
        "appointments:read",
        (
            *_columns(
                "Appointment",
                "status starts_at ends_at notes created_at updated_at cancelled_at",
                contact_id="Contact",
                conversation_id="Conversation",
                location_id="Location",
                service_id="Service",
            ),
            _column("timeZone", "timezone"),
        ),
    ),
    SyncKind.CALL: Written(
        "Call",
        Calls,
        "calls:read",
        _columns(
            "Call",
            "state direction caller ringing_at answered_at ended_at duration_ms updated_at",
            conversation_id="Conversation",
        ),
    ),
    SyncKind.CONTACT: Written(
        "Contact",
        Contacts,
        "contacts:read",
        _columns(
            "Contact",
            "name phone email notes language source created_at last_seen_at updated_at",
        ),
    ),
    SyncKind.CONVERSATION: Written(
        "Conversation",
        Conversations,
        "conversations:read",
        (
            *_columns(
                "Conversation",
                "channel language started_at ended_at disposition outcome success updated_at",
                contact_id="Contact",
            ),
            _column("summary", "summary", TRANSCRIPTS),
        ),
    ),
    SyncKind.KNOWLEDGE_ITEM: Written(
        "KnowledgeItem",
        KnowledgeItems,
        "knowledge:read",
        _columns(
            "KnowledgeItem",
            "question answer status version created_at updated_at",
            location_id="Location",
        ),
    ),
    SyncKind.LEAD: Written(
        "Lead",
        Leads,
        "leads:read",
        _columns(
            "Lead",
            "need source qualification status created_at updated_at",
            contact_id="Contact",
            conversation_id="Conversation",
        ),
    ),
    SyncKind.MESSAGE: Written(
        "Message",
        Messages,
        "messages:read",
        _columns(
            "Message",
            "body callback_number priority status left_at resolved_at updated_at",
            contact_id="Contact",
            conversation_id="Conversation",
        ),
    ),
}
