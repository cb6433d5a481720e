"""Destroying keys that seal nothing any more: every copy of what they sealed is noise from then on.

Nobody keeps a list of keys to destroy, so none can be forgotten: each run looks at all that are
not young. A key lives for as long as a row holds something sealed by it.
"""

from datetime import timedelta
from uuid import UUID

from domain.disposal.repository import needed
from domain.work import UnitOfWork

# A key is made before what it seals is committed.
YOUNG = timedelta(days=2)
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
    living = await needed(uow, ids)
    return ids[-1], await uow.keys.destroy([id for id in ids if id not in living])
