"""Editions and acceptances as one unit of work sees them."""

from datetime import datetime
from uuid import UUID

from tortoise.queryset import QuerySet

from domain.repository import Collection, Repository
from tenants.records.policies.models import Document, PolicyAcceptance, PolicyEdition

# A few a year, of two documents.
MOST = 100


class PolicyEditions(Collection[PolicyEdition]):
    """What was published."""

    model = PolicyEdition
    noun = "edition"

    async def in_force(self, document: Document, at: datetime) -> PolicyEdition | None:
        """The edition of a document that governs at a moment."""
        rows = self.all().filter(document=document, applies_from__lte=at)
        return await self.maybe(rows.order_by("-applies_from", "-id"))

    def newest(self, document: Document | None = None) -> QuerySet[PolicyEdition]:
        """What was published, of one document or of all, the one that applies last in front."""
        rows = self.all().filter(document=document) if document else self.all()
        return rows.order_by("-applies_from", "-id").limit(MOST)

    async def named(self, document: Document, version: str) -> PolicyEdition:
        """One version of a document. Raises `NotFound`."""
        return await self.one(self.all().filter(document=document, version=version))


class PolicyAcceptances(Repository[PolicyAcceptance]):
    """Who accepted what."""

    model = PolicyAcceptance
    noun = "acceptance"

    async def of(self, edition_id: UUID, user_id: UUID) -> PolicyAcceptance | None:
        """Somebody's acceptance of one edition."""
        return await self.maybe(self.all().filter(edition_id=edition_id, user_id=user_id))
