"""Attempts to put a caller through to a person."""

from datetime import datetime
from uuid import UUID

import strawberry

from api.graphql.business import READ as BUSINESS_READ
from api.graphql.business import TransferTarget
from api.graphql.context import Info
from api.graphql.enums import TransferState
from api.graphql.inputs import opened
from domain.transfers import models
from domain.transfers.repository import TransferTargets
from plugins.graphql_kit import Needs


@strawberry.type
class Transfer:
    """One attempt to put the caller of a call through."""

    target_key: strawberry.Private[UUID | None]
    state: TransferState
    reason: str | None = strawberry.field(
        description="What the caller wanted; null if staff was rung unasked."
    )
    requested_at: datetime
    settled_at: datetime | None = strawberry.field(
        description="When it was known whether somebody would take the call."
    )
    bridged_at: datetime | None = strawberry.field(
        description="When somebody took the call; null if nobody did."
    )
    ended_at: datetime | None

    @classmethod
    def of(cls, row: models.Transfer) -> "Transfer":
        """The transfer of a row."""
        return cls(
            target_key=row.target_id,
            state=row.state,
            reason=opened(row.reason),
            requested_at=row.requested_at,
            settled_at=row.settled_at,
            bridged_at=row.bridged_at,
            ended_at=row.ended_at,
        )

    @strawberry.field(extensions=[Needs("business:read")])
    async def target(self, info: Info) -> TransferTarget | None:
        """Whose telephone was rung; null once that target was removed."""
        if self.target_key is None:
            return None
        row = await info.context.loaders.row(TransferTargets, BUSINESS_READ, self.target_key)
        return TransferTarget.of(row) if row else None
