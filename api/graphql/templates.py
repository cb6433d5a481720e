"""How an organisation sets its tenants up: templates, and changes of many at once."""

from datetime import datetime
from uuid import UUID

import strawberry
from strawberry.scalars import JSON

from api.graphql.context import Info
from api.graphql.enums import BulkStatus, ResultStatus
from api.graphql.ids import Node, write_id
from api.graphql.organizations import READ, OrganizationBusiness, business_of
from api.graphql.pagination import Connection, Listing, Order, Paged
from plugins.graphql_kit import Needs
from tenants.organizations import models
from tenants.organizations.repository import BulkChanges, BulkResults, Templates


@strawberry.type
class TenantTemplate(Node):
    """One version of how a business is to be set up."""

    name: str
    version: int
    content: JSON
    created_at: datetime

    @classmethod
    def of(cls, row: models.TenantTemplate) -> "TenantTemplate":
        """The template of a row."""
        return cls(
            id=write_id("TenantTemplate", row.id),
            name=row.name,
            version=row.version,
            content=JSON(row.content),
            created_at=row.created_at,
        )


@strawberry.type
class BulkResult:
    """What a change would do, or has done, at one tenant."""

    tenant_key: strawberry.Private[UUID]
    status: ResultStatus
    changes: list[str] = strawberry.field(description="Such as `service Cleaning: added`.")
    problems: list[str]
    finished_at: datetime | None

    @classmethod
    def of(cls, row: models.BulkResult) -> "BulkResult":
        """The result of a row."""
        return cls(
            tenant_key=row.target_id,
            status=row.status,
            changes=row.changes,
            problems=row.problems,
            finished_at=row.finished_at,
        )

    @strawberry.field(extensions=[Needs(READ)])
    async def business(self, info: Info) -> OrganizationBusiness | None:
        """The tenant; null if it has taken its grant back."""
        return await business_of(info, self.tenant_key)


@strawberry.type
class BulkCount:
    """How many tenants of a change stand so."""

    status: ResultStatus
    tenants: int


@strawberry.type
class BulkChange(Node):
    """One change for many tenants."""

    key: strawberry.Private[UUID]
    content: JSON
    status: BulkStatus
    created_at: datetime
    finished_at: datetime | None

    @classmethod
    def of(cls, row: models.BulkChange) -> "BulkChange":
        """The change of a row."""
        return cls(
            id=write_id("BulkChange", row.id),
            key=row.id,
            content=JSON(row.content),
            status=row.status,
            created_at=row.created_at,
            finished_at=row.finished_at,
        )

    @strawberry.field(extensions=[Needs(READ)])
    async def progress(self, info: Info) -> list[BulkCount]:
        """How far it has come."""
        rows = BulkResults(await info.context.read(READ))
        tally = await rows.tally(rows.of(self.key), "status")
        counted = {ResultStatus(status): tenants for status, tenants in tally.items()}
        return [
            BulkCount(status=status, tenants=counted[status])
            for status in ResultStatus
            if status in counted
        ]

    @strawberry.field(graphql_type=Connection[BulkResult], extensions=[Paged(), Needs(READ)])
    async def results(self, info: Info, status: ResultStatus | None = None) -> Listing:
        """What comes of it, tenant by tenant."""
        results = BulkResults(await info.context.read(READ))
        rows = results.of(self.key)
        rows = rows if status is None else rows.filter(status=status)
        return Listing(results, rows, Order("created_at", descending=False), BulkResult.of)


@strawberry.type
class TemplateFields:
    """How an organisation sets its tenants up."""

    @strawberry.field(graphql_type=Connection[TenantTemplate], extensions=[Paged(), Needs(READ)])
    async def templates(self, info: Info) -> Listing:
        """Every version of every template, the newest in front."""
        templates = Templates(await info.context.read(READ))
        return Listing(templates, templates.all(), Order("created_at"), TenantTemplate.of)

    @strawberry.field(graphql_type=Connection[BulkChange], extensions=[Paged(), Needs(READ)])
    async def bulk_changes(self, info: Info) -> Listing:
        """Changes of many tenants, the newest in front."""
        changes = BulkChanges(await info.context.read(READ))
        return Listing(changes, changes.all(), Order("created_at"), BulkChange.of)
