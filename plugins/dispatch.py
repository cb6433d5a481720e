"""From a delivery that is due to a place in the queue.

A delivery in the queue is leased, not handed over: it is due again when the lease ends, so a queue
that loses everything only delays.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from tortoise.transactions import in_transaction

from domain.database import MAIN
from plugins.attempts import Dispatch

# A delivery waits for the earlier events of its aggregate: for their deliveries to the same
# handler, and for those that have not been handed on at all. An aggregate's events commit in the
# order of their numbers, so whoever sees one sees all before it.
CLAIM = """
WITH due AS (
    SELECT tenant_id, id FROM delivery
    WHERE status = 'waiting' AND due_at <= $1
      AND NOT EXISTS (
          SELECT FROM delivery AS earlier
          WHERE earlier.tenant_id = delivery.tenant_id AND earlier.handler = delivery.handler
            AND earlier.key = delivery.key AND earlier.sequence < delivery.sequence
            AND earlier.status = 'waiting')
      AND NOT EXISTS (
          SELECT FROM outbox AS earlier
          WHERE earlier.tenant_id = delivery.tenant_id AND earlier.key = delivery.key
            AND earlier.sequence < delivery.sequence AND earlier.kind = 'event'
            AND earlier.done_at IS NULL)
    ORDER BY due_at, id LIMIT $2 FOR UPDATE SKIP LOCKED)
UPDATE delivery SET due_at = $3 FROM due
WHERE delivery.tenant_id = due.tenant_id AND delivery.id = due.id
RETURNING delivery.tenant_id, delivery.id, delivery.attempts
"""


@dataclass(frozen=True)
class Due:
    """A delivery to be put in the queue."""

    tenant_id: UUID
    dispatch: Dispatch


async def claim_due(now: datetime, lease: timedelta, most: int) -> list[Due]:
    """Lease the deliveries that may be made now, at most so many. Runs as the system."""
    async with in_transaction(MAIN) as connection:
        rows = await connection.execute_query_dict(CLAIM, [now, most, now + lease])
    return [Due(row["tenant_id"], Dispatch(row["id"], row["attempts"])) for row in rows]
