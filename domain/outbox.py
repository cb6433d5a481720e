"""What has yet to happen because of what was committed: events to deliver, timers to fire.

Rows are written in the transaction of the change itself, so neither can exist without the other.
"""

import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from tortoise import fields
from tortoise.backends.base.client import BaseDBAsyncClient

from domain.events import Event
from domain.personal import DataClass, labelled
from domain.tenancy import TenantModel


class EntryKind(StrEnum):
    """Whether something happened, or is to happen."""

    EVENT = "event"
    TIMER = "timer"


class OutboxEntry(TenantModel):
    """One event or timer, due until it has been handed to every handler that wants it."""

    kind = labelled(fields.CharEnumField(EntryKind, max_length=8), DataClass.NONE)
    key = labelled(fields.CharField(max_length=120), DataClass.NONE)
    sequence = labelled(fields.BigIntField(default=0), DataClass.NONE)
    name = labelled(fields.CharField(max_length=80), DataClass.NONE)
    version = labelled(fields.IntField(default=1), DataClass.NONE)
    payload: dict[str, Any] = labelled(fields.JSONField(), DataClass.NONE)
    recorded_at = labelled(fields.DatetimeField(), DataClass.NONE)
    due_at = labelled(fields.DatetimeField(), DataClass.NONE)
    attempts = labelled(fields.IntField(default=0), DataClass.NONE)
    done_at = labelled(fields.DatetimeField(null=True), DataClass.NONE)

    outlives = "what was told to whom; it holds ids, and goes within thirty days"

    class Meta:
        table = "outbox"


class EventSequence(TenantModel):
    """The number of the last event of one aggregate; its row lock orders concurrent changes."""

    number = labelled(fields.BigIntField(), DataClass.NONE)

    outlives = "counts events; it holds ids"

    class Meta:
        table = "event_sequence"


@dataclass(frozen=True)
class Timer:
    """A job to run later; one timer per key."""

    job: str
    at: datetime
    key: str
    payload: dict[str, Any] = field(default_factory=dict)


# Numbered and written in one round trip: this is on the way of everything that changes.
ADD_EVENT = """
WITH next AS (
    INSERT INTO event_sequence (tenant_id, id, number) VALUES ($1, $3, 1)
    ON CONFLICT (tenant_id, id) DO UPDATE SET number = event_sequence.number + 1
    RETURNING number)
INSERT INTO outbox (tenant_id, id, kind, key, sequence, name, version, payload, recorded_at, due_at,
                    attempts)
SELECT $1, $2, 'event', $4, number, $5, $6, $7::jsonb, $8, $9, 0 FROM next
"""
# A timer with the same key that has not fired yet is replaced.
SET_TIMER = """
INSERT INTO outbox (tenant_id, id, kind, key, sequence, name, version, payload, recorded_at, due_at,
                    attempts)
VALUES ($1, $2, 'timer', $3, 0, $4, 1, $5, $6, $7, 0)
ON CONFLICT (tenant_id, key) WHERE kind = 'timer' AND done_at IS NULL
DO UPDATE SET id = excluded.id, name = excluded.name, payload = excluded.payload,
              recorded_at = excluded.recorded_at, due_at = excluded.due_at, attempts = 0
"""
CANCEL_TIMER = """
DELETE FROM outbox WHERE tenant_id = $1 AND key = $2 AND kind = 'timer' AND done_at IS NULL
"""


class Outbox:
    """The outbox as one unit of work writes it."""

    def __init__(
        self,
        connection: BaseDBAsyncClient,
        tenant_id: UUID,
        ahead: timedelta = timedelta(0),  # it cannot be changed
    ) -> None:
        self._connection = connection
        self._tenant_id = tenant_id
        # What is due is so in the time of the relay, by so much behind the tenant's.
        self._ahead = ahead

    async def add(self, event: Event, id: UUID, now: datetime) -> None:
        """Record an event, numbered after the last one of its aggregate."""
        await self._connection.execute_query(
            ADD_EVENT,
            [
                self._tenant_id,
                id,
                event.key,
                str(event.key),
                event.name,
                event.version,
                json.dumps(event.payload()),
                now,
                now - self._ahead,
            ],
        )

    async def set_timer(self, timer: Timer, id: UUID, now: datetime) -> None:
        """Set or replace the timer of that key."""
        payload, due_at = json.dumps(timer.payload), timer.at - self._ahead
        await self._connection.execute_query(
            SET_TIMER, [self._tenant_id, id, timer.key, timer.job, payload, now, due_at]
        )

    async def cancel_timer(self, key: str) -> None:
        """Forget the timer of that key, if it has not fired."""
        await self._connection.execute_query(CANCEL_TIMER, [self._tenant_id, key])
