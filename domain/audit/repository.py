"""The audit trail as one unit of work reads it."""

from collections import defaultdict
from uuid import UUID

from tortoise.expressions import Q, Subquery
from tortoise.queryset import QuerySet

from domain.repository import Repository
from domain.scope import ActorKind
from domain.trail import AuditEntry

# Everything that is about a person leads to them through a conversation they held.
DISCLOSURES = """
WITH held AS (SELECT id FROM conversation WHERE tenant_id = $1 AND contact_id = $2),
theirs (noun, id) AS (
    SELECT 'contact', $2::uuid
    UNION ALL SELECT 'conversation', id FROM held
    UNION ALL SELECT 'recording', id FROM recording
              WHERE tenant_id = $1 AND conversation_id IN (SELECT id FROM held)
    UNION ALL SELECT 'call', id FROM call
              WHERE tenant_id = $1 AND conversation_id IN (SELECT id FROM held))
SELECT id FROM audit_entry
WHERE tenant_id = $1 AND discloses
AND (object_id IN (SELECT id FROM theirs)
     OR others ?| (SELECT array_agg(noun || ':' || id) FROM theirs))
"""
# A file of an export names nobody in the trail: there may be a hundred thousand. Rows are written
# in the order of their ids, which is that of their making, so what came later is not in it. Whether
# a row had changed since a moment that the export names is told by its last change.
DOWNLOADS = """
WITH held AS (SELECT id, updated_at FROM conversation WHERE tenant_id = $1 AND contact_id = $2),
theirs (kind, id, updated_at) AS (
    SELECT 'contact', id, updated_at FROM contact WHERE tenant_id = $1 AND id = $2
    UNION ALL SELECT 'conversation', id, updated_at FROM held
    UNION ALL SELECT 'call', id, updated_at FROM call
              WHERE tenant_id = $1 AND conversation_id IN (SELECT id FROM held)
    UNION ALL SELECT 'appointment', id, updated_at FROM appointment
              WHERE tenant_id = $1 AND contact_id = $2
    UNION ALL SELECT 'lead', id, updated_at FROM lead WHERE tenant_id = $1 AND contact_id = $2
    UNION ALL SELECT 'message', id, updated_at FROM message
              WHERE tenant_id = $1 AND contact_id = $2)
SELECT DISTINCT entry.id, theirs.kind FROM audit_entry AS entry
JOIN bulk_export AS export ON export.tenant_id = $1 AND export.id = entry.object_id
JOIN theirs ON theirs.id <= (export.written -> theirs.kind ->> 'last')::uuid
     AND (export.since IS NULL OR theirs.updated_at >= export.since)
WHERE entry.tenant_id = $1 AND entry.discloses AND entry.object_type = 'export'
"""


# What an authority forbids to tell of its demand is silent here too, until the business is told.
SECRET, TOLD = "legal_process.", "legal_process.disclosed"
KNOW_SECRETS = frozenset({ActorKind.JOB, ActorKind.OPERATOR})


class AuditEntries(Repository[AuditEntry]):
    """Who did and saw what."""

    model = AuditEntry
    noun = "audit entry"

    def all(self) -> QuerySet[AuditEntry]:
        """What whoever asks may know of."""
        rows = super().all()
        if self.uow.scope.actor.kind in KNOW_SECRETS:
            return rows
        told = rows.filter(action=TOLD).values("object_id")
        return rows.filter(~Q(action__startswith=SECRET) | Q(object_id__in=Subquery(told)))

    async def page(self, query: QuerySet[AuditEntry]) -> list[AuditEntry]:
        """The rows of a query; details whose key is destroyed stay sealed."""
        rows = await query
        await self.uow.keys.open_remaining(rows)
        return rows

    async def disclosures(self, contact_id: UUID) -> QuerySet[AuditEntry]:
        """Every entry that tells who saw or received what is known of a person."""
        values = [self.uow.tenant_id, contact_id]
        rows = await self.uow.connection.execute_query_dict(DISCLOSURES, values)
        ids = [row["id"] for row in rows] + await self._downloads(contact_id)
        return self.all().filter(id__in=ids)

    async def _downloads(self, contact_id: UUID) -> list[UUID]:
        """Whoever took along a file of an export in which the person is."""
        values = [self.uow.tenant_id, contact_id]
        kinds: dict[UUID, set[str]] = defaultdict(set)
        for row in await self.uow.connection.execute_query_dict(DOWNLOADS, values):
            kinds[row["id"]].add(row["kind"])
        if not kinds:
            return []
        entries = await self.page(self.all().filter(id__in=list(kinds)))
        return [entry.id for entry in entries if _may_be_of(entry, kinds[entry.id])]


def _may_be_of(entry: AuditEntry, kinds: set[str]) -> bool:
    """Whether a file of one of these kinds was taken; which it was may have been erased."""
    told = entry.details
    return told is None or not told.is_open or told.load().get("kind") in kinds
