"""The proof that those on a conversation agreed to its being kept, or did not."""

from datetime import datetime
from uuid import UUID

import strawberry

from api.graphql.context import Info
from api.graphql.enums import ConsentManner, ConsentMethod, ConsentOutcome, ConsentParty
from api.graphql.ids import Node, write_id
from domain.consent.models import ConsentRecord as Row
from domain.consent.repository import ConsentRecords

READ = "conversations:read"


@strawberry.type
class ConsentRecord(Node):
    """What somebody was told or asked, and how they answered; it is never changed."""

    party: ConsentParty
    outcome: ConsentOutcome
    manner: ConsentManner
    method: ConsentMethod
    texts: list[str] = strawberry.field(description="Keys of what was said, in the catalogue.")
    texts_version: str
    language: str
    rules: list[str] = strawberry.field(
        description="The rows of law that decided: rule/jurisdiction@version."
    )
    needs_counsel: bool
    may_record: bool
    may_transcribe: bool
    may_train: bool
    offset_ms: int = strawberry.field(description="Milliseconds since the conversation began.")
    at: datetime

    @classmethod
    def of(cls, row: Row) -> "ConsentRecord":
        """The proof of a row."""
        return cls(
            id=write_id("ConsentRecord", row.id),
            party=row.party,
            outcome=row.outcome,
            manner=row.manner,
            method=row.method,
            texts=row.texts,
            texts_version=row.texts_version,
            language=row.language,
            rules=row.rules,
            needs_counsel=row.needs_counsel,
            may_record=row.may_record,
            may_transcribe=row.may_transcribe,
            may_train=row.may_train,
            offset_ms=row.offset_ms,
            at=row.at,
        )


async def consents_of(info: Info, conversation_id: UUID) -> list[ConsentRecord]:
    """Everything that was answered in a conversation, the first in front."""
    loaders = info.context.loaders
    rows = await loaders.rows(ConsentRecords, READ, "conversation_id", conversation_id)
    return [ConsentRecord.of(row) for row in rows]
