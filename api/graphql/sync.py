"""Keeping a copy elsewhere: up to when it is complete, and what is gone."""

from datetime import datetime
from typing import Annotated

import strawberry

from api.graphql.context import Info
from api.graphql.enums import SyncKind
from api.graphql.ids import write_id
from api.graphql.pagination import Connection, Listing, Order, Paged
from domain import sync
from domain.sync import models
from domain.sync.repository import Tombstones
from plugins.graphql_kit import Needs

# What a kind is called as a node, and who may know that one of them is gone.
KINDS = {
    SyncKind.APPOINTMENT: ("Appointment", "appointments:read"),
    SyncKind.CALL: ("Call", "calls:read"),
    SyncKind.CONTACT: ("Contact", "contacts:read"),
    SyncKind.CONVERSATION: ("Conversation", "conversations:read"),
    SyncKind.KNOWLEDGE_ITEM: ("KnowledgeItem", "knowledge:read"),
    SyncKind.LEAD: ("Lead", "leads:read"),
    SyncKind.MESSAGE: ("Message", "messages:read"),
}

Since = Annotated[
    datetime,
    strawberry.argument(description="The `syncedUntil` of the last round; 90 days at most."),
]


@strawberry.type
class Tombstone:
    """That something is gone. Nothing is left of it but its id."""

    kind: SyncKind
    deleted_id: strawberry.ID = strawberry.field(description="The id by which it was known.")
    at: datetime

    @classmethod
    def of(cls, row: models.Tombstone) -> "Tombstone":
        """The tombstone of a row."""
        kind = SyncKind(row.kind)
        return cls(kind=kind, deleted_id=write_id(KINDS[kind][0], row.id), at=row.at)


@strawberry.type
class SyncFields:
    """What a copy of the tenant's data needs beside the lists themselves."""

    @strawberry.field(extensions=[Needs("tenant:read")])
    async def synced_until(self, info: Info) -> datetime:
        """The moment before which every change is there; the next round begins with it."""
        return await info.context.complete_until()

    @strawberry.field(
        graphql_type=Connection[Tombstone], extensions=[Paged(), Needs("tenant:read")]
    )
    async def tombstones(
        self, info: Info, since: Since, kinds: list[SyncKind] | None = None
    ) -> Listing:
        """What is gone since a moment, in the order in which it went; of all that one may read."""
        uow = await info.context.read("tenant:read")
        if kinds is None:
            kinds = [kind for kind in KINDS if KINDS[kind][1] in uow.scope.permissions]
        for kind in kinds:
            uow.require(KINDS[kind][1])
        until = await info.context.complete_until()
        rows = sync.gone_since(uow, kinds, since, until)
        return Listing(Tombstones(uow), rows, Order("at", descending=False), Tombstone.of)
