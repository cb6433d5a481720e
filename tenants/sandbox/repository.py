"""A sandbox's letters and rows, and the look-up that leads to it."""

from typing import Any
from uuid import UUID

from tortoise.connection import get_connection

from domain.business.repository import (
    Closures,
    Intakes,
    Locations,
    Resources,
    Rulebook,
    ServiceResources,
    Services,
)
from domain.database import MAIN
from domain.knowledge.repository import KnowledgeItems
from domain.repository import Repository
from domain.tables import children_first, tables_of_tenants
from domain.work import UnitOfWork
from tenants.sandbox.models import CapturedLetter

FORGET_TIMERS = """
DELETE FROM outbox WHERE tenant_id = $1 AND kind = 'timer' AND done_at IS NULL
"""
BRING_FORWARD = """
UPDATE outbox SET due_at = due_at - make_interval(secs => $2)
WHERE tenant_id = $1 AND kind = 'timer' AND done_at IS NULL
"""
DELETABLE = """
SELECT relname AS name FROM pg_class
WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
  AND has_table_privilege(oid, 'DELETE')
"""
# In an order in which everything that a row refers to is there before it.
PROFILE: tuple[type[Repository[Any]], ...] = (
    Locations,
    Services,
    Resources,
    ServiceResources,
    Closures,
    Intakes,
    Rulebook,
    KnowledgeItems,
)
# Who may come in, what they switched on, and what was done: a reset leaves it.
STAYS = {
    "access_grant",
    "account_letter",
    "api_key",
    "app",
    "connected_app",
    "custom_role",
    "custom_tool",
    "custom_tool_secret",
    "idempotency_record",
    "invitation",
    "membership",
    "plugin_installation",
    "session",
    "webhook_endpoint",
    "webhook_exchange",
    "webhook_key",
}
# Nobody takes anything out of these: what was done stays on record, deliveries go in time.
PERMANENT = {
    "audit_checkpoint",
    "audit_entry",
    "audit_seal",
    "delivery",
    "delivery_attempt",
    "event_sequence",
    "incident_step",
    "outbox",
    "receptionist_version",
    "security_alert",
    "security_incident",
    "tombstone",
}


class CapturedLetters(Repository[CapturedLetter]):
    """Letters that would have been sent."""

    model = CapturedLetter
    noun = "letter"


async def sandbox_of(parent_id: UUID) -> UUID | None:
    """The sandbox beside a business, before there is a scope in it."""
    question = "SELECT sandbox_id FROM sandbox_of_tenant($1)"
    rows = await get_connection(MAIN).execute_query_dict(question, [parent_id])
    return rows[0]["sandbox_id"] if rows else None


async def profile_rows(uow: UnitOfWork) -> list[tuple[type[Repository[Any]], list[dict[str, Any]]]]:
    """The business profile, table by table, in an order in which it can be written again."""
    return [(kind, list(await kind(uow).all().order_by("id").values())) for kind in PROFILE]


async def wipe(uow: UnitOfWork, *, everything: bool) -> None:
    """Delete what was tried out; with `everything` also who could come in."""
    await uow.connection.execute_query(FORGET_TIMERS, [uow.tenant_id])
    kept = PERMANENT if everything else PERMANENT | STAYS
    held, deletable = tables_of_tenants(), await _deletable(uow) - kept
    for table in children_first(held):
        if table in deletable:
            rows = held[table].filter(tenant_id=uow.tenant_id)
            await rows.using_db(uow.connection).delete()


async def bring_forward(uow: UnitOfWork, seconds: float) -> None:
    """Let every timer be due so much earlier."""
    await uow.connection.execute_query(BRING_FORWARD, [uow.tenant_id, seconds])


async def _deletable(uow: UnitOfWork) -> set[str]:
    """The tables from which anybody may delete at all: proof of what was done stays."""
    rows = await uow.connection.execute_query_dict(DELETABLE)
    return {row["name"] for row in rows}
