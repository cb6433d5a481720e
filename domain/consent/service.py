"""Keeping the proof of consent."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from domain.consent.events import ConsentRecorded
from domain.consent.models import ConsentRecord, Party
from domain.consent.repository import ConsentRecords
from domain.consent.terms import Decision, Manner, Outcome
from domain.work import UnitOfWork


@dataclass(frozen=True)
class Evidence:
    """What somebody answered: to which decision, when, and so far into the conversation."""

    decision: Decision
    outcome: Outcome
    manner: Manner
    language: str
    texts_version: str
    """The version of the catalogue in whose words they were told."""
    offset_ms: int
    at: datetime
    party: Party = Party.CALLER

    @property
    def takes_words_back(self) -> bool:
        """Whether what was written down until now has to go."""
        return not self.decision.after(self.outcome).transcribe

    @property
    def texts(self) -> tuple[str, ...]:
        """The keys of what they were told and asked."""
        said = self.decision
        return (said.announcement, said.question) if said.question else (said.announcement,)


async def record(uow: UnitOfWork, conversation_id: UUID, evidence: Evidence) -> ConsentRecord:
    """Keep a proof for good; it is never changed."""
    uow.require("conversations:write")
    decision = evidence.decision
    allowed = decision.after(evidence.outcome)
    kept = await ConsentRecords(uow).add(
        conversation_id=conversation_id,
        party=evidence.party,
        outcome=evidence.outcome,
        manner=evidence.manner,
        method=decision.method,
        texts=list(evidence.texts),
        texts_version=evidence.texts_version,
        language=evidence.language,
        rules=list(decision.rules),
        needs_counsel=decision.needs_counsel,
        may_record=allowed.record,
        may_transcribe=allowed.transcribe,
        may_train=allowed.train,
        offset_ms=evidence.offset_ms,
        at=evidence.at,
    )
    uow.record(
        ConsentRecorded(
            conversation_id=conversation_id,
            record_id=kept.id,
            party=evidence.party.value,
            outcome=evidence.outcome.value,
            method=decision.method.value,
        )
    )
    return kept
