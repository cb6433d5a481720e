"""The operator, seen from inside: its people's ways into tenants, and what it decides over them."""

import datetime
from typing import Annotated

import strawberry

from api.graphql.context import Context, Info
from api.graphql.enums import Permission, TenantStatus
from api.graphql.errors import IdempotencyKeyReusedError, InvalidInputError, RequestInProgressError
from api.graphql.house_errors import RequestOverError, SamePersonError
from api.graphql.ids import Node, read_id, write_id
from api.graphql.insights import Insight
from api.graphql.members import permissions_of
from api.graphql.pagination import Connection, Listing, Order, Paged
from api.graphql.records import LegalProcess
from domain.scope import TenantKind
from plugins.graphql_kit import Needs, once
from tenants.insights import service as insights
from tenants.operators import demands, models, service
from tenants.operators.repository import BreakGlasses
from tenants.operators.service import Wish

OPEN, DECIDE = "breakglass:open", "tenants:write"


@strawberry.type
class BreakGlass(Node):
    """That somebody of the operator wanted to come in at a tenant, and did once it was opened."""

    reason: str
    permissions: list[Permission]
    hours: int
    requested_by: str = strawberry.field(description="Who, as `member:…`.")
    requested_at: datetime.datetime
    approved_by: str = strawberry.field(description="Empty if nobody had to.")
    opened_at: datetime.datetime | None

    @classmethod
    def of(cls, row: models.BreakGlass) -> "BreakGlass":
        """The request of a row."""
        return cls(
            id=write_id("BreakGlass", row.id),
            reason=row.reason,
            permissions=permissions_of(row.permissions),
            hours=row.hours,
            requested_by=row.requested_by,
            requested_at=row.requested_at,
            approved_by=row.approved_by,
            opened_at=row.opened_at,
        )


@strawberry.type
class Operator:
    """The house of those who run the deployment."""

    @strawberry.field(graphql_type=Connection[BreakGlass], extensions=[Paged(), Needs(OPEN)])
    async def break_glass(self, info: Info) -> Listing:
        """Who wanted to come in where, the newest in front."""
        rows = BreakGlasses(await info.context.read(OPEN))
        return Listing(rows, rows.all(), Order("requested_at"), BreakGlass.of)

    @strawberry.field(extensions=[Needs(demands.WRITE)])
    async def demands(self, info: Info, slug: str) -> list[LegalProcess]:
        """What authorities demanded of a tenant, told to it or not, the newest in front."""
        desk = demands.DemandDesk(info.context.unit_of_work, info.context.scope, slug)
        return [LegalProcess.of(row) for row in await desk.seen()]

    @strawberry.field(extensions=[Needs(insights.READ)])
    async def insights(
        self, info: Info, first: datetime.date, last: datetime.date
    ) -> list[Insight]:
        """What businesses did together in the months that begin in a span of days."""
        uow = await info.context.read(insights.READ)
        return [Insight.of(each) for each in await insights.between(uow, first, last)]


@strawberry.type
class OperatorFields:
    """What a tenant is to the deployment."""

    @strawberry.field(extensions=[Needs("tenant:read")])
    def operator(self, info: Info) -> Operator | None:
        """The operator that this tenant is; null if it is none."""
        return Operator() if info.context.scope.tenant.kind is TenantKind.OPERATOR else None


@strawberry.input
class BreakGlassOpenInput:
    """Where to come in, why, what for, and for how many hours (at most 8).

    Without permissions, to look at how the tenant is set up. What callers said, and how it
    sounded, is opened only if it is named, and its owners are told so.
    """

    tenant: str
    reason: str
    hours: int
    permissions: list[Permission] | None = None
    idempotency_key: str | None = None


@strawberry.type
class BreakGlassOpenPayload:
    """The request; opened already, unless a colleague has to agree."""

    break_glass: BreakGlass


BreakGlassOpenResult = Annotated[
    BreakGlassOpenPayload | InvalidInputError | IdempotencyKeyReusedError | RequestInProgressError,
    strawberry.union("BreakGlassOpenResult"),
]


@strawberry.input
class BreakGlassApproveInput:
    """What a colleague asked for, within the last hour."""

    id: strawberry.ID


@strawberry.type
class BreakGlassApprovePayload:
    """The request, which is open now to whoever asked."""

    break_glass: BreakGlass


BreakGlassApproveResult = Annotated[
    BreakGlassApprovePayload | SamePersonError | RequestOverError,
    strawberry.union("BreakGlassApproveResult"),
]


@strawberry.input
class BreakGlassCloseInput:
    """What is to be closed before its time."""

    id: strawberry.ID


@strawberry.type
class BreakGlassClosePayload:
    """The request as it was."""

    break_glass: BreakGlass


BreakGlassCloseResult = Annotated[
    BreakGlassClosePayload | RequestOverError, strawberry.union("BreakGlassCloseResult")
]


@strawberry.type
class DecidedTenant:
    """A tenant as the operator knows it."""

    name: str
    slug: str
    status: TenantStatus


@strawberry.input
class OperatorTenantDecideInput:
    """The short name of a tenant, how it is to stand, and why.

    A suspended one can read, and its callers can leave a message; so can one that is closing.
    """

    tenant: str
    status: TenantStatus
    reason: str


@strawberry.type
class OperatorTenantDecidePayload:
    """The tenant as it stands."""

    tenant: DecidedTenant


OperatorTenantDecideResult = Annotated[
    OperatorTenantDecidePayload | InvalidInputError,
    strawberry.union("OperatorTenantDecideResult"),
]


@strawberry.type
class OperatorMutations:
    """Deeds of the operator's people."""

    @strawberry.mutation(extensions=[Needs(OPEN)])
    async def break_glass_open(
        self, info: Info, input: BreakGlassOpenInput
    ) -> BreakGlassOpenResult:
        """Open a tenant to oneself for some hours; its owners are told at once."""
        context = await _closed(info)
        work, home = context.unit_of_work, context.scope
        target_id = await service.target(work, home, OPEN, input.tenant)
        wish = Wish(target_id, input.reason, input.hours, input.permissions)
        row = await context.write(
            lambda: once(info, input, BreakGlasses, lambda: service.ask(context.uow, wish))
        )
        if not context.approval:
            row = await service.open_to(work, home, row)
        return BreakGlassOpenPayload(break_glass=BreakGlass.of(row))

    @strawberry.mutation(extensions=[Needs(OPEN)])
    async def break_glass_approve(
        self, info: Info, input: BreakGlassApproveInput
    ) -> BreakGlassApproveResult:
        """Agree to what a colleague asked for."""
        context = await _closed(info)
        id = read_id("BreakGlass", input.id)
        row = await service.approve(context.unit_of_work, context.scope, id)
        return BreakGlassApprovePayload(break_glass=BreakGlass.of(row))

    @strawberry.mutation(extensions=[Needs(OPEN)])
    async def break_glass_close(
        self, info: Info, input: BreakGlassCloseInput
    ) -> BreakGlassCloseResult:
        """Close a tenant before its time: whoever is there is out at once."""
        context = await _closed(info)
        id = read_id("BreakGlass", input.id)
        row = await service.close(context.unit_of_work, context.scope, id)
        return BreakGlassClosePayload(break_glass=BreakGlass.of(row))

    @strawberry.mutation(extensions=[Needs(DECIDE)])
    async def operator_tenant_decide(
        self, info: Info, input: OperatorTenantDecideInput
    ) -> OperatorTenantDecideResult:
        """Suspend a tenant, serve it again, or close it."""
        context = await _closed(info)
        row = await service.decide(
            context.unit_of_work, context.scope, input.tenant, input.status, input.reason
        )
        tenant = DecidedTenant(name=row.name, slug=row.slug, status=row.status)
        return OperatorTenantDecidePayload(tenant=tenant)


async def _closed(info: Info) -> Context:
    """The context with no transaction open: what follows opens several, one after another."""
    await info.context.close()
    return info.context
