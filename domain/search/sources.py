"""Which rows have words, what these are, and who may read them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from domain.contacts.models import Contact
from domain.contacts.repository import Contacts
from domain.conversations.repository import Conversations, Turns
from domain.leads.repository import Leads
from domain.messages.repository import Messages
from domain.repository import Repository
from domain.sealed import Sealed
from domain.search.models import (
    ContactWords,
    Indexed,
    LeadWords,
    MessageWords,
    SearchKind,
    SummaryWords,
    TurnWords,
)
from domain.work import UnitOfWork

LONGEST_LANGUAGE = 12


@dataclass(frozen=True)
class Source:
    """One kind of row with words."""

    kind: SearchKind
    permission: str
    repository: type[Repository[Any]]
    words: type[Indexed]
    text: Callable[[Any], str]
    at: Callable[[Any], datetime]

    @property
    def table(self) -> str:
        """Where its fingerprints are."""
        return str(self.words._meta.db_table)


def _read(value: Sealed | None) -> str:
    return value.read() if value else ""


def _of_contact(row: Contact) -> str:
    return "\n".join(part for part in (_read(row.name), _read(row.notes)) if part)


SOURCES = {
    source.kind: source
    for source in (
        Source(
            SearchKind.TURN,
            "transcripts:read",
            Turns,
            TurnWords,
            lambda row: _read(row.text),
            lambda row: row.said_at,
        ),
        Source(
            SearchKind.SUMMARY,
            "transcripts:read",
            Conversations,
            SummaryWords,
            lambda row: _read(row.summary),
            lambda row: row.started_at,
        ),
        Source(
            SearchKind.MESSAGE,
            "messages:read",
            Messages,
            MessageWords,
            lambda row: _read(row.body),
            lambda row: row.left_at,
        ),
        Source(
            SearchKind.CONTACT,
            "contacts:read",
            Contacts,
            ContactWords,
            _of_contact,
            lambda row: row.last_seen_at,
        ),
        Source(
            SearchKind.LEAD,
            "leads:read",
            Leads,
            LeadWords,
            lambda row: _read(row.need),
            lambda row: row.created_at,
        ),
    )
}


async def languages(uow: UnitOfWork, rows: Sequence[Any]) -> dict[UUID, str]:
    """The language of each row: its own, that of its conversation, or that of the business."""
    about = {id for row in rows if (id := getattr(row, "conversation_id", None))}
    spoken: dict[UUID, str] = {}
    if about:
        found = Conversations(uow).all().filter(id__in=list(about))
        spoken = dict(await found.values_list("id", "language"))
    usual = uow.scope.tenant.locale
    return {row.id: _language(row, spoken, usual)[:LONGEST_LANGUAGE] for row in rows}


def _language(row: Any, spoken: dict[UUID, str], usual: str) -> str:
    own: str | None = getattr(row, "language", None)
    return own or spoken.get(getattr(row, "conversation_id", None), usual)  # type: ignore[arg-type]
