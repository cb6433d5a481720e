"""The audit trail as one unit of work reads it."""

from uuid import UUID

from tortoise.queryset import QuerySet

from domain.repository import Repository
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


class AuditEntries(Repository[AuditEntry]):
    """Who did and saw what."""

    model = AuditEntry
    noun = "audit entry"

    async def page(self, query: QuerySet[AuditEntry]) -> list[AuditEntry]:
        """The rows of a query; details whose key is destroyed stay sealed."""
        rows = await query
        await self.uow.keys.open_remaining(rows)
        return rows

    async def disclosures(self, contact_id: UUID) -> QuerySet[AuditEntry]:
        """Every entry that tells who saw or received what is known of a person."""
        values = [self.uow.tenant_id, contact_id]
        rows = await self.uow.connection.execute_query_dict(DISCLOSURES, values)
        return self.all().filter(id__in=[row["id"] for row in rows])
