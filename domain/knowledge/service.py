"""Teaching the receptionist what to answer."""

from typing import TypedDict, Unpack
from uuid import UUID

from domain.errors import NotFound
from domain.knowledge.events import (
    KnowledgeAdded,
    KnowledgePublished,
    KnowledgeRetired,
    KnowledgeUpdated,
)
from domain.knowledge.models import KnowledgeItem, KnowledgeStatus
from domain.knowledge.repository import KnowledgeItems
from domain.words import fitting
from domain.work import UnitOfWork

LONGEST_QUESTION = 300
# Half a minute of speech; a caller does not listen for longer.
LONGEST_ANSWER = 1_000


class Wording(TypedDict, total=False):
    """A question and its answer; what is left out stays as it is."""

    question: str
    answer: str


async def add(
    uow: UnitOfWork, question: str, answer: str, *, location_id: UUID | None = None
) -> KnowledgeItem:
    """Answer a question, as a draft. Raises `InvalidInput`, and `NotFound` for the location."""
    uow.require("knowledge:write")
    items = KnowledgeItems(uow)
    wording = _worded({"question": question, "answer": answer})
    nowhere = NotFound("There is no such location")
    async with items.refusing(knowledge_item_location_id_fkey=nowhere):
        item = await items.add(
            **wording,
            location_id=location_id,
            status=KnowledgeStatus.DRAFT,
            version=1,
            created_at=uow.now,
        )
    uow.record(KnowledgeAdded(item_id=item.id, item_version=1))
    return item


async def update(uow: UnitOfWork, id: UUID, **wording: Unpack[Wording]) -> KnowledgeItem:
    """Word a question or its answer anew: the next version. Raises `InvalidInput`."""
    uow.require("knowledge:write")
    items = KnowledgeItems(uow)
    item = await items.lock(id)
    worded = _worded(wording)
    if all(getattr(item, column) == words for column, words in worded.items()):
        return item
    await items.save(item, **worded, version=item.version + 1)
    uow.record(KnowledgeUpdated(item_id=id, item_version=item.version))
    return item


async def publish(uow: UnitOfWork, id: UUID) -> KnowledgeItem:
    """Let callers hear it; a second time changes nothing."""
    item, changed = await _moved(uow, id, KnowledgeStatus.PUBLISHED)
    if changed:
        uow.record(KnowledgePublished(item_id=id, item_version=item.version))
    return item


async def retire(uow: UnitOfWork, id: UUID) -> KnowledgeItem:
    """Let callers hear it no longer; a second time changes nothing."""
    item, changed = await _moved(uow, id, KnowledgeStatus.RETIRED)
    if changed:
        uow.record(KnowledgeRetired(item_id=id, item_version=item.version))
    return item


async def _moved(uow: UnitOfWork, id: UUID, status: KnowledgeStatus) -> tuple[KnowledgeItem, bool]:
    uow.require("knowledge:write")
    items = KnowledgeItems(uow)
    item = await items.lock(id)
    if item.status is status:
        return item, False
    return await items.save(item, status=status), True


def _worded(wording: Wording) -> Wording:
    worded: Wording = {}
    if "question" in wording:
        worded["question"] = fitting("question", wording["question"], LONGEST_QUESTION)
    if "answer" in wording:
        worded["answer"] = fitting("answer", wording["answer"], LONGEST_ANSWER)
    return worded
