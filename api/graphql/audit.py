"""Who did and saw what."""

import re
from datetime import datetime
from typing import Any
from uuid import UUID

import strawberry
from strawberry.scalars import JSON

from api.graphql.context import Info
from api.graphql.enums import TraceOutcome
from api.graphql.ids import Node, parse_id, write_id
from api.graphql.pagination import Connection, Listing, Order, Paged
from api.graphql.scalars import BigInt
from domain import audit, trail
from domain.audit.repository import AuditEntries
from plugins.graphql_kit import Needs

READ = "audit:read"
# Where a type is not called what its events call it.
NAMES = {
    "alert": "SecurityAlert",
    "export": "BulkExport",
    "incident": "SecurityIncident",
    "item": "KnowledgeItem",
    "phone_number": "AttachedNumber",
    "target": "TransferTarget",
    "ticket": "SupportTicket",
}
NOUNS = {name: noun for noun, name in NAMES.items()}


@strawberry.type
class AuditEntry(Node):
    """One thing that was done or seen, or that somebody was not allowed to."""

    at: datetime
    actor: str = strawberry.field(description="Who, as `member:…`, `caller:…`, `job:…`.")
    via: str = strawberry.field(description="What let them in, such as `session:…`.")
    address: str
    action: str
    objects: list[strawberry.ID] = strawberry.field(
        description="What it was about, the thing itself in front."
    )
    purpose: str
    outcome: TraceOutcome
    discloses: bool = strawberry.field(
        description="Whether somebody saw or received what is known of a person."
    )
    details: JSON | None = strawberry.field(description="Null too when they have been erased.")
    position: BigInt | None = strawberry.field(description="Its place in the chain, once sealed.")
    hash: str | None

    @classmethod
    def of(cls, row: trail.AuditEntry) -> "AuditEntry":
        """The entry of a row."""
        return cls(
            id=write_id("AuditEntry", row.id),
            at=row.at,
            actor=f"{row.actor_kind}:{row.actor_id}",
            via=row.via,
            address=row.address,
            action=row.action,
            objects=_objects(row),
            purpose=row.purpose,
            outcome=row.outcome,
            discloses=row.discloses,
            details=_details(row),
            position=None if row.position is None else BigInt(row.position),
            hash=bytes(row.hash).hex() if row.hash else None,
        )


@strawberry.input
class AuditFilter:
    """Which entries; what is left out does not matter."""

    action: str | None = strawberry.field(
        default=None, description="Such as `recording.listened`, or `recording.*`."
    )
    actor: str | None = strawberry.field(
        default=None, description="Such as `member`, or `member:` and the id of the user."
    )
    object: strawberry.ID | None = None
    since: datetime | None = strawberry.field(default=None, name="from")
    until: datetime | None = strawberry.field(
        default=None, name="to", description="Not included itself."
    )


@strawberry.type
class AuditFields:
    """The trail of a tenant."""

    @strawberry.field(graphql_type=Connection[AuditEntry], extensions=[Paged(), Needs(READ)])
    async def audit(self, info: Info, filter: AuditFilter | None = None) -> Listing:
        """Who did and saw what, the newest in front."""
        uow = await info.context.read(READ)
        rows = audit.find(uow, _search(filter or AuditFilter()))
        return Listing(AuditEntries(uow), rows, Order("at"), AuditEntry.of)


async def disclosures_of(info: Info, contact_id: UUID) -> Listing:
    """Who saw or received what is known of a person, the newest in front."""
    uow = await info.context.read(READ)
    rows = await audit.disclosures(uow, contact_id)
    return Listing(AuditEntries(uow), rows, Order("at"), AuditEntry.of)


def _search(wanted: AuditFilter) -> audit.Search:
    found = None if wanted.object is None else parse_id(wanted.object)
    about = None if found is None else (_noun(found[0]), found[1])
    return audit.Search(wanted.action, wanted.actor, about, wanted.since, wanted.until)


def _objects(row: trail.AuditEntry) -> list[strawberry.ID]:
    others = (other.partition(":") for other in row.others)
    about = [(noun, UUID(id)) for noun, _, id in others]
    if row.object_id is not None:
        about.insert(0, (row.object_type, row.object_id))
    return [write_id(_name(noun), id) for noun, id in about]


def _details(row: trail.AuditEntry) -> Any:
    if row.details is None or not row.details.is_open:
        return None
    return {name: value for name, value in row.details.load().items() if name != "salt"}


def _name(noun: str) -> str:
    """`knowledge_item` is a `KnowledgeItem`."""
    return NAMES.get(noun) or "".join(part.title() for part in noun.split("_"))


def _noun(name: str) -> str:
    return NOUNS.get(name) or re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()
