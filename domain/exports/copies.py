"""Files that hold a person among others: they are let go of as a whole."""

from collections.abc import Mapping
from uuid import UUID

from domain.exports import service
from domain.sync.models import SyncKind
from domain.work import UnitOfWork

# Kinds of things in which nobody is mentioned.
NOBODY = frozenset({SyncKind.KNOWLEDGE_ITEM})


async def forget(uow: UnitOfWork, contact_id: UUID) -> Mapping[str, int]:
    """Let go of every export that may hold somebody: without its secret it is noise."""
    recalled = [
        await service.recall(uow, export.id)
        for export in await service.standing(uow)
        if set(export.kinds) - NOBODY
    ]
    return {"exports": sum(recalled)}


COPIES = (forget,)
