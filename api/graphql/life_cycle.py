"""The life of an account: closing it, taking it up again, and what stays of it."""

from datetime import datetime
from typing import Annotated

import strawberry

from api.graphql.closing_errors import (
    DispositionMissingError,
    GraceOverError,
    HouseStaysError,
    NotClosedError,
)
from api.graphql.context import Info
from api.graphql.enums import DataClass, HealthDataDisposal, LifeStage
from api.graphql.errors import InvalidInputError
from plugins.graphql_kit import InUnitOfWork, Needs
from tenants.life_cycle import models, service

READ, CLOSE = service.READ, service.CLOSE


@strawberry.type
class KeptData:
    """What stays of an account that was erased, why, and until when."""

    data_class: DataClass
    reason: str
    until: datetime


@strawberry.type
class LifeCycle:
    """Where an account stands; until `eraseAt` it can be exported and taken up again."""

    stage: LifeStage
    since: datetime
    alive_at: datetime = strawberry.field(
        description="The last sign-in or call, when somebody last looked."
    )
    erase_at: datetime | None
    kept: list[KeptData]

    @classmethod
    def of(cls, row: models.LifeCycle) -> "LifeCycle":
        """The life of a row."""
        return cls(
            stage=row.stage,
            since=row.since,
            alive_at=row.alive_at,
            erase_at=row.erase_at,
            kept=[_kept(**each) for each in row.kept],
        )


@strawberry.type
class LifeCycleFields:
    """Where an account stands."""

    @strawberry.field(extensions=[Needs(READ)])
    async def life_cycle(self, info: Info) -> LifeCycle | None:
        """Where the account stands in its life; null until somebody has looked."""
        row = await service.state(await info.context.read(READ))
        return LifeCycle.of(row) if row else None


@strawberry.input
class TenantCloseInput:
    """That the business is to be closed: `confirm` is its short name, typed by hand."""

    confirm: str
    reason: str = ""
    health_data: HealthDataDisposal | None = strawberry.field(
        default=None, description="What becomes of health data; needed where there is any."
    )


@strawberry.type
class TenantClosePayload:
    """The account, closed; until `eraseAt`, export what there is with `bulkExportStart`."""

    life_cycle: LifeCycle


TenantCloseResult = Annotated[
    TenantClosePayload | InvalidInputError | HouseStaysError | DispositionMissingError,
    strawberry.union("TenantCloseResult"),
]


@strawberry.input
class TenantReopenInput:
    """That the business is to be taken up again."""

    confirm: str


@strawberry.type
class TenantReopenPayload:
    """The account, open again; what was revoked and let go of stays so."""

    life_cycle: LifeCycle


TenantReopenResult = Annotated[
    TenantReopenPayload | InvalidInputError | NotClosedError | GraceOverError,
    strawberry.union("TenantReopenResult"),
]


@strawberry.type
class LifeCycleMutations:
    """The end of an account, and its second beginning."""

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs(CLOSE)])
    async def tenant_close(self, info: Info, input: TenantCloseInput) -> TenantCloseResult:
        """Close the business: keys, grants, apps, numbers and webhooks end at once."""
        closing = service.Closing(input.confirm, input.reason, input.health_data)
        row = await service.close(info.context.uow, closing)
        return TenantClosePayload(life_cycle=LifeCycle.of(row))

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs(CLOSE)])
    async def tenant_reopen(self, info: Info, input: TenantReopenInput) -> TenantReopenResult:
        """Take the business up again, as long as it is not erased."""
        row = await service.reopen(info.context.uow, input.confirm)
        return TenantReopenPayload(life_cycle=LifeCycle.of(row))


def _kept(data_class: str, reason: str, until: str) -> KeptData:
    day = datetime.fromisoformat(until)
    return KeptData(data_class=DataClass(data_class), reason=reason, until=day)
