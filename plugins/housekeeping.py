"""Clearing away what was delivered, or answered, long ago. Runs as the system."""

from datetime import datetime, timedelta

from tortoise.transactions import in_transaction

from domain.database import MAIN
from domain.idempotency import KEPT
from domain.sync import HORIZON

# Long enough to look into last week's deliveries, or to replay what died over a long holiday.
KEEP_DONE = timedelta(days=7)
KEEP_DEAD = timedelta(days=30)
# A small batch holds its locks for milliseconds.
BATCH = 1000

# Deliveries and attempts go with their event.
CLEAR = """
WITH old AS (
    SELECT tenant_id, id FROM outbox
    WHERE done_at < $1
      AND NOT EXISTS (
          SELECT FROM delivery
          WHERE delivery.tenant_id = outbox.tenant_id AND delivery.event_id = outbox.id
            AND (delivery.status = 'waiting'
                 OR delivery.status = 'dead' AND delivery.settled_at >= $2))
    LIMIT $3 FOR UPDATE SKIP LOCKED)
DELETE FROM outbox USING old WHERE outbox.tenant_id = old.tenant_id AND outbox.id = old.id
RETURNING outbox.id
"""

FORGET = """
WITH old AS (
    SELECT tenant_id, id FROM idempotency_record WHERE created_at < $1
    LIMIT $2 FOR UPDATE SKIP LOCKED)
DELETE FROM idempotency_record USING old
WHERE idempotency_record.tenant_id = old.tenant_id AND idempotency_record.id = old.id
RETURNING idempotency_record.id
"""

BURY = """
WITH old AS (
    SELECT tenant_id, id FROM tombstone WHERE at < $1
    LIMIT $2 FOR UPDATE SKIP LOCKED)
DELETE FROM tombstone USING old WHERE tombstone.tenant_id = old.tenant_id AND tombstone.id = old.id
RETURNING tombstone.id
"""


async def clear_delivered(now: datetime) -> int:
    """Delete old events that owe nobody anything; returns how many there were."""
    return await _in_batches(CLEAR, now - KEEP_DONE, now - KEEP_DEAD)


async def forget_answers(now: datetime) -> int:
    """Delete the answers whose requests are repeated no more; returns how many there were."""
    return await _in_batches(FORGET, now - KEPT)


async def forget_tombstones(now: datetime) -> int:
    """Delete the tombstones that nobody may ask for any more; returns how many there were."""
    # A day more than promised: who asks at the last moment still pages through them.
    return await _in_batches(BURY, now - HORIZON - timedelta(days=1))


async def _in_batches(statement: str, *limits: datetime) -> int:
    cleared = 0
    while True:
        async with in_transaction(MAIN) as connection:
            batch = len(await connection.execute_query_dict(statement, [*limits, BATCH]))
        cleared += batch
        if batch < BATCH:
            return cleared
