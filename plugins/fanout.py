"""From an event to one delivery for every handler that wants it.

Runs as the system, which sees every tenant. The row locks are the lease: a relay that dies leaves
everything as it was, and two relays never take the same event.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from tortoise.backends.base.client import TransactionalDBClient
from tortoise.transactions import in_transaction

from domain.database import MAIN
from domain.ids import Ids
from domain.outbox import EntryKind
from plugins.parts import job_handler
from plugins.recipients import Addressed
from plugins.registry import Registry

CLAIM = """
SELECT tenant_id, id, kind, key, sequence, name FROM outbox
WHERE done_at IS NULL AND due_at <= $1
ORDER BY due_at, id LIMIT $2 FOR UPDATE SKIP LOCKED
"""
ENABLED = """
SELECT tenant_id, plugin FROM plugin_installation WHERE enabled AND tenant_id = ANY($1::uuid[])
"""
ADD_DELIVERIES = """
INSERT INTO delivery (tenant_id, id, event_id, handler, key, sequence, status, attempts, due_at,
                      created_at)
SELECT tenant_id, id, event_id, handler, key, sequence, 'waiting', 0, $7, $7
FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::bigint[])
     AS wanted (tenant_id, id, event_id, handler, key, sequence)
ON CONFLICT (tenant_id, event_id, handler) DO NOTHING
"""
MARK_DONE = """
UPDATE outbox SET done_at = $3, attempts = attempts + 1
FROM unnest($1::uuid[], $2::uuid[]) AS handed (tenant_id, id)
WHERE outbox.tenant_id = handed.tenant_id AND outbox.id = handed.id
"""


@dataclass(frozen=True)
class Entry:
    """What must be known of an outbox row to hand it on."""

    tenant_id: UUID
    id: UUID
    kind: str
    key: str
    sequence: int
    name: str


async def fan_out(registry: Registry, ids: Ids, now: datetime, most: int) -> int:
    """Hand on what is due, at most so many events; returns how many there were."""
    async with in_transaction(MAIN) as connection:
        rows = await connection.execute_query_dict(CLAIM, [now, most])
        entries = [Entry(**row) for row in rows]
        if entries:
            await _add_deliveries(connection, registry, entries, ids, now)
            handed = [[entry.tenant_id for entry in entries], [entry.id for entry in entries]]
            await connection.execute_query(MARK_DONE, [*handed, now])
    return len(entries)


async def _add_deliveries(
    connection: TransactionalDBClient,
    registry: Registry,
    entries: list[Entry],
    ids: Ids,
    now: datetime,
) -> None:
    tenants = list({entry.tenant_id for entry in entries})
    found = await connection.execute_query_dict(ENABLED, [tenants])
    enabled = {(row["tenant_id"], row["plugin"]) for row in found}
    addressed = await _addressed(connection, registry, enabled)
    wanted = [
        (entry.tenant_id, ids.new(now), entry.id, handler, entry.key, entry.sequence)
        for entry in entries
        for handler in _handlers(registry, entry, enabled) + _recipients(entry, addressed)
    ]
    if wanted:
        columns: list[Any] = [list(column) for column in zip(*wanted, strict=True)]
        await connection.execute_query(ADD_DELIVERIES, [*columns, now])


async def _addressed(
    connection: TransactionalDBClient, registry: Registry, enabled: set[tuple[UUID, str]]
) -> list[Addressed]:
    """Everybody who may want to be told, at the tenants that have the plugin switched on."""
    found = []
    for audience in registry.audiences:
        tenants = [tenant for tenant, plugin in enabled if plugin == audience.plugin]
        if tenants:
            recipients = await audience.find(connection, tenants)
            found += [Addressed(audience.handler.name, one) for one in recipients]
    return found


def _recipients(entry: Entry, addressed: list[Addressed]) -> list[str]:
    if entry.kind == EntryKind.TIMER:
        return []
    return [
        one.delivery_name
        for one in addressed
        if one.recipient.tenant_id == entry.tenant_id and one.recipient.wants(entry.name, entry.key)
    ]


def _handlers(registry: Registry, entry: Entry, enabled: set[tuple[UUID, str]]) -> list[str]:
    if entry.kind == EntryKind.TIMER:
        return [job_handler(entry.name)]
    return [
        handler.name
        for handler in registry.subscribers(entry.name)
        if handler.plugin is None or (entry.tenant_id, handler.plugin) in enabled
    ]
