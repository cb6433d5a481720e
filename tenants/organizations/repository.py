"""What an organisation keeps, as one unit of work sees it."""

from collections.abc import Iterable
from uuid import UUID

from tortoise.queryset import QuerySet

from domain.repository import Repository
from tenants.organizations.models import (
    Branding,
    BulkChange,
    BulkResult,
    ResultStatus,
    TenantTemplate,
)

TODO = (ResultStatus.WAITING, ResultStatus.APPLYING)


class Brands(Repository[Branding]):
    """The one row of branding."""

    model = Branding
    noun = "branding"


class Templates(Repository[TenantTemplate]):
    """How businesses are to be set up."""

    model = TenantTemplate
    noun = "template"

    async def newest(self, name: str) -> TenantTemplate | None:
        """The last version of a template."""
        return await self.maybe(self.all().filter(name__iexact=name).order_by("-version"))


class BulkChanges(Repository[BulkChange]):
    """Changes of many tenants."""

    model = BulkChange
    noun = "change"


class BulkResults(Repository[BulkResult]):
    """What comes of a change, tenant by tenant."""

    model = BulkResult
    noun = "result"

    def of(self, change_id: UUID) -> QuerySet[BulkResult]:
        """Every tenant of a change."""
        return self.all().filter(change_id=change_id)

    def todo(self, change_id: UUID) -> QuerySet[BulkResult]:
        """Those that are still to be looked at or made, the begun ones among them."""
        return self.of(change_id).filter(status__in=TODO).order_by("id")

    async def await_all(self, change_id: UUID, targets: Iterable[UUID]) -> None:
        """Insert a row for each tenant, whose turn is to come."""
        waiting = {"status": ResultStatus.WAITING, "created_at": self.uow.now}
        await self.add_all(
            {"change_id": change_id, "target_id": target, **waiting} for target in targets
        )
