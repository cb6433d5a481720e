"""Destroying keys that seal nothing any more: every copy of what they sealed is noise from then on.

Nobody keeps a list of keys to destroy, so none can be forgotten: each run looks at all that are
not young. A key lives for as long as a row holds something sealed by it.
"""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from uuid import UUID

from domain.personal import DataClass, labels
from domain.sealed import sealed_fields
from domain.tables import tables_of_tenants
from domain.work import UnitOfWork

# A key is made before what it seals is committed.
YOUNG = timedelta(days=2)
# What was done, and copies of what was sent, never keep a key: they become unreadable with it.
FOLLOWING = frozenset({DataClass.AUDIT, DataClass.LOG})
# Sound that exists is sealed by the key of its conversation.
SOUND = (
    "SELECT conversation_id FROM recording WHERE tenant_id = $1 AND conversation_id = ANY($2)"
    " AND state IN ('recording', 'ready', 'failed')",
)
# Whoever writes under a key locks its person or conversation first.
OWNERS = ("contact", "conversation")


async def shred(uow: UnitOfWork, after: UUID, most: int) -> tuple[UUID | None, int]:
    """Look at the next keys; says which was the last, and how many were destroyed."""
    ids = await uow.keys.aged(uow.now - YOUNG, after, most)
    if not ids:
        return None, 0
    for owner in OWNERS:
        query = f'SELECT id FROM "{owner}" WHERE tenant_id = $1 AND id = ANY($2) FOR UPDATE'  # noqa: S608
        await uow.connection.execute_query(query, [uow.tenant_id, list(ids)])
    living = await in_use(uow, ids)
    return ids[-1], await uow.keys.destroy([id for id in ids if id not in living])


async def in_use(uow: UnitOfWork, ids: Sequence[UUID]) -> frozenset[UUID]:
    """Those of some keys that still seal something."""
    query = " UNION ALL ".join((*SOUND, *_sealing()))
    rows = await uow.connection.execute_query_dict(query, [uow.tenant_id, list(ids)])
    return frozenset(row["conversation_id"] for row in rows)


def _sealing() -> Iterator[str]:
    """For each table, which keys seal something in it."""
    for table, model in tables_of_tenants().items():
        known, by = labels(model), model.sealed_by
        there = [
            f"{column} IS NOT NULL"
            for column in sealed_fields(model)
            if known[column] not in FOLLOWING
        ]
        if there and by not in {None, "tenant_id"}:
            yield (
                f'SELECT {by} FROM "{table}" WHERE tenant_id = $1'  # noqa: S608
                f" AND {by} = ANY($2) AND ({' OR '.join(there)})"
            )
