"""Beginning, recording and ending conversations."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from domain.conversations.acts import Disposition
from domain.conversations.events import (
    ConversationEnded,
    ConversationStalled,
    ConversationStarted,
    ConversationSummarised,
)
from domain.conversations.models import Channel, Conversation, Outcome, Speaker, Turn
from domain.conversations.repository import Conversations, IntakeAnswers, Turns
from domain.errors import Forbidden, NotFound
from domain.personal import DataClass
from domain.privacy.identity import record_without_identity, without_identity
from domain.scope import ActorKind
from domain.sealed import Sealed
from domain.work import UnitOfWork


@dataclass(frozen=True)
class Opening:
    """How a conversation begins: its channel, language and the versions that decide it."""

    channel: Channel
    language: str
    receptionist_version_id: UUID
    engine_version: str
    policy_version: str
    contact_id: UUID | None = None
    verified: bool = False
    """Whether the contact is proven, and not only claimed."""


@dataclass(frozen=True)
class Said:
    """One turn as it was said; `evidence` is what is needed to decide it again."""

    position: int
    speaker: Speaker
    text: str
    said_at: datetime
    offset_ms: int
    latency_ms: int | None = None
    interrupted: bool = False
    evidence: dict[str, Any] | None = None


@dataclass(frozen=True)
class Findings:
    """What a conversation came to."""

    summary: str
    outcome: Outcome
    success: bool
    extracted: dict[str, Any]


async def start(uow: UnitOfWork, opening: Opening, *, id: UUID | None = None) -> Conversation:
    """Begin a conversation."""
    uow.require("conversations:write")
    conversation = await Conversations(uow).add(
        id=id or uow.new_id(),
        channel=opening.channel,
        contact_id=opening.contact_id,
        verified=opening.verified,
        language=opening.language,
        receptionist_version_id=opening.receptionist_version_id,
        engine_version=opening.engine_version,
        policy_version=opening.policy_version,
        started_at=uow.now,
    )
    uow.record(ConversationStarted(conversation_id=conversation.id, channel=opening.channel.value))
    return conversation


async def add_turns(uow: UnitOfWork, conversation_id: UUID, said: Sequence[Said]) -> list[Turn]:
    """Store what was said, in order; nothing where no words are kept."""
    _require_own(uow, conversation_id)
    if not uow.keeps(DataClass.TRANSCRIPT):
        return []
    return await Turns(uow).add_all(
        {
            "conversation_id": conversation_id,
            "position": one.position,
            "speaker": one.speaker,
            "text": Sealed.text(one.text),
            "evidence": Sealed.json(one.evidence) if one.evidence is not None else None,
            "offset_ms": one.offset_ms,
            "latency_ms": one.latency_ms,
            "interrupted": one.interrupted,
            "said_at": one.said_at,
        }
        for one in said
    )


async def forget_turns(uow: UnitOfWork, conversation_id: UUID) -> None:
    """Remove for good what was said: the other side does not want it to be written down."""
    _require_own(uow, conversation_id)
    await Turns(uow).remove_all(conversation_id)


async def identify(uow: UnitOfWork, conversation_id: UUID, contact_id: UUID) -> Conversation:
    """Say who the other party claims to be; who is proven already stays so."""
    _require_own(uow, conversation_id)
    conversations = Conversations(uow)
    conversation = await conversations.lock(conversation_id)
    if conversation.verified:
        return conversation
    return await conversations.save(conversation, contact_id=contact_id)


async def stalled(uow: UnitOfWork, conversation_id: UUID, attempt: int) -> None:
    """Say that the caller waited too long for an answer."""
    _require_own(uow, conversation_id)
    uow.record(ConversationStalled(conversation_id=conversation_id, attempt=attempt))


async def end(
    uow: UnitOfWork,
    conversation_id: UUID,
    disposition: Disposition,
    *,
    at: datetime | None = None,
) -> Conversation:
    """Close a conversation, now or as of a moment that has passed; once closed it stays so."""
    _require_own(uow, conversation_id)
    conversations = Conversations(uow)
    conversation = await conversations.lock(conversation_id)
    if conversation.ended_at is not None:
        return conversation
    await conversations.save(
        conversation, ended_at=at or uow.now, disposition=disposition, **_unnamed(uow)
    )
    uow.record(
        ConversationEnded(
            conversation_id=conversation_id,
            channel=conversation.channel.value,
            disposition=disposition.value,
        )
    )
    return conversation


async def note_outcome(uow: UnitOfWork, conversation_id: UUID, outcome: Outcome) -> None:
    """Note what a conversation led to, while its words are there to tell."""
    _require_own(uow, conversation_id)
    conversations = Conversations(uow)
    conversation = await conversations.lock(conversation_id)
    await conversations.save(conversation, outcome=outcome, success=outcome is not Outcome.NOTHING)


async def keep_findings(uow: UnitOfWork, conversation_id: UUID, findings: Findings) -> None:
    """Store the summary and what was extracted, as far as the business keeps such things."""
    _require_own(uow, conversation_id)
    conversations = Conversations(uow)
    conversation = await conversations.lock(conversation_id)
    await conversations.save(
        conversation,
        **_words_of(uow, findings),
        outcome=findings.outcome,
        success=findings.success,
    )
    uow.record(
        ConversationSummarised(conversation_id=conversation_id, outcome=findings.outcome.value)
    )


async def keep_answer(
    uow: UnitOfWork, conversation_id: UUID, intake_id: UUID, question: str, answer: str
) -> None:
    """Store one answer as soon as it is given, so that a hang-up loses nothing."""
    _require_own(uow, conversation_id)
    if not uow.keeps(DataClass.INQUIRY):
        return
    if not uow.keeps(DataClass.CALLER_IDENTITY):
        answer = without_identity(answer)
    answers = IntakeAnswers(uow)
    found = answers.all().filter(
        conversation_id=conversation_id, intake_id=intake_id, question=question
    )
    earlier = await answers.maybe(found)
    if earlier is not None:
        await answers.save(earlier, answer=Sealed.text(answer), answered_at=uow.now)
        return
    await answers.add(
        conversation_id=conversation_id,
        intake_id=intake_id,
        question=question,
        answer=Sealed.text(answer),
        answered_at=uow.now,
    )


async def of_caller(uow: UnitOfWork) -> Conversation:
    """The conversation behind a caller's scope."""
    if uow.scope.actor.kind is not ActorKind.CALLER:
        raise Forbidden("Only a caller's scope has a conversation")
    return await Conversations(uow).get(UUID(uow.scope.actor.id))


def only_own(uow: UnitOfWork, conversation_id: UUID | None) -> None:
    """A caller acts in the conversation they hold, and in no other. Raises `NotFound`."""
    actor = uow.scope.actor
    if actor.kind is ActorKind.CALLER and actor.id != str(conversation_id):
        raise NotFound("There is no such conversation")


async def only_oneself(
    uow: UnitOfWork, contact_id: UUID, noun: str, *, proven: bool = False
) -> None:
    """A caller acts for whoever they say they are; what was there before is theirs once `proven`.

    Raises `NotFound`, as if there were no such thing as the `noun` names.
    """
    if uow.scope.actor.kind is not ActorKind.CALLER:
        return
    if uow.scope.contact_id is not None:
        # What they came by was sent to them, and to nobody else.
        if uow.scope.contact_id != contact_id:
            raise NotFound(f"There is no such {noun}")
        return
    conversation = await of_caller(uow)
    if conversation.contact_id != contact_id or (proven and not conversation.verified):
        raise NotFound(f"There is no such {noun}")


def _unnamed(uow: UnitOfWork) -> dict[str, Any]:
    """What is forgotten at the end where it is not kept who called."""
    if uow.keeps(DataClass.CALLER_IDENTITY):
        return {}
    return {"contact_id": None, "verified": False}


def _words_of(uow: UnitOfWork, findings: Findings) -> dict[str, Sealed | None]:
    summary, extracted = findings.summary, findings.extracted
    if not uow.keeps(DataClass.CALLER_IDENTITY):
        summary = without_identity(summary)
        extracted = record_without_identity({**extracted, "name": None, "phone": None})
    return {
        "summary": Sealed.text(summary) if uow.keeps(DataClass.TRANSCRIPT) else None,
        "extracted": Sealed.json(extracted) if uow.keeps(DataClass.INQUIRY) else None,
    }


def _require_own(uow: UnitOfWork, conversation_id: UUID) -> None:
    uow.require("conversations:write")
    only_own(uow, conversation_id)
