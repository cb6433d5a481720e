"""What the operator publishes, and who of the business has accepted which version of it."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import strawberry

from api.graphql.context import Info
from api.graphql.enums import AcceptanceManner, PolicyDocument
from domain.scope import ActorKind
from plugins.graphql_kit import InUnitOfWork, Needs
from tenants.records import policies
from tenants.records.policies import models
from tenants.records.policies.repository import PolicyAcceptances, PolicyEditions

OWN, READ, WRITE = "account:read", "privacy:read", "account:write"


@strawberry.type
class PolicyAcceptance:
    """That somebody who works for the business accepted a version, and how."""

    user_id: strawberry.Private[UUID]
    manner: AcceptanceManner
    at: datetime

    @classmethod
    def of(cls, row: models.PolicyAcceptance) -> "PolicyAcceptance":
        """The acceptance of a row."""
        return cls(user_id=row.user_id, manner=row.manner, at=row.at)

    @strawberry.field(extensions=[Needs("members:read")])
    async def person(self, info: Info) -> str | None:
        """Who; null once they work here no more."""
        user = await info.context.loaders.users.load(self.user_id)
        return user.name if user else None


@strawberry.type
class PolicyEdition:
    """One version of a document of the operator."""

    key: strawberry.Private[UUID]
    document: PolicyDocument
    version: str
    summary: str = strawberry.field(description="What is different from the version before.")
    text: str
    published_at: datetime
    applies_from: datetime

    @classmethod
    def of(cls, row: models.PolicyEdition) -> "PolicyEdition":
        """The edition of a row."""
        same = ("document", "version", "summary", "text", "published_at", "applies_from")
        return cls(key=row.id, **{name: getattr(row, name) for name in same})

    @strawberry.field(extensions=[Needs(READ)])
    async def acceptances(self, info: Info) -> list[PolicyAcceptance]:
        """Everybody of the business who has accepted it, the first in front."""
        rows = await info.context.loaders.rows(PolicyAcceptances, READ, "edition_id", self.key)
        return [PolicyAcceptance.of(row) for row in rows]

    @strawberry.field(extensions=[Needs(OWN)])
    async def accepted(self, info: Info) -> PolicyAcceptance | None:
        """Whether one has accepted it oneself, and how."""
        actor = info.context.scope.actor
        if actor.kind is not ActorKind.MEMBER:
            return None
        mine, id = info.context.loaders.rows, UUID(actor.id)
        rows = await mine(PolicyAcceptances, OWN, "user_id", id)
        own = [row for row in rows if row.edition_id == self.key]
        return PolicyAcceptance.of(own[0]) if own else None


@strawberry.type
class EditionFields:
    """What a tenant accepts."""

    @strawberry.field(extensions=[Needs(OWN)])
    async def policy_editions(
        self, info: Info, document: PolicyDocument | None = None
    ) -> list[PolicyEdition]:
        """Every version that the operator has published, the one that applies last in front."""
        editions = PolicyEditions(await info.context.read(OWN))
        rows = await editions.page(editions.newest(document))
        return [PolicyEdition.of(row) for row in rows]


@strawberry.input
class PolicyAcceptInput:
    """The version that one has read."""

    document: PolicyDocument
    version: str


@strawberry.type
class PolicyAcceptPayload:
    """The version, accepted."""

    edition: PolicyEdition


PolicyAcceptResult = Annotated[PolicyAcceptPayload, strawberry.union("PolicyAcceptResult")]


@strawberry.type
class EditionMutations:
    """Deeds around what the operator publishes."""

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs(WRITE)])
    async def policy_accept(self, info: Info, input: PolicyAcceptInput) -> PolicyAcceptResult:
        """Accept a version of a document, for oneself; also one that is yet to apply."""
        uow = info.context.uow
        edition = await policies.accept_version(uow, input.document, input.version)
        return PolicyAcceptPayload(edition=PolicyEdition.of(edition))
