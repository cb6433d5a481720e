"""Who works for the business, in which role, and who is asked to join."""

from datetime import datetime
from uuid import UUID

import strawberry

from api.graphql.context import Info
from api.graphql.enums import Permission, Role
from api.graphql.ids import Node, write_id
from api.graphql.pagination import Connection, Listing, Order, Paged
from api.graphql.scalars import EmailAddress
from plugins.graphql_kit import Needs
from tenants import models
from tenants.members.models import Invitation as InvitationRow
from tenants.members.repository import Invitations
from tenants.repository import CustomRoles, Memberships
from tenants.roles import OF_ROLE

READ = "members:read"


@strawberry.type
class Person:
    """Somebody with an account."""

    name: str
    email: EmailAddress


@strawberry.type
class CustomRole(Node):
    """A role that the business made itself."""

    name: str
    permissions: list[Permission]
    created_at: datetime

    @classmethod
    def of(cls, row: models.CustomRole) -> "CustomRole":
        """The role of a row."""
        return cls(
            id=write_id("CustomRole", row.id),
            name=row.name,
            permissions=permissions_of(row.permissions),
            created_at=row.created_at,
        )


@strawberry.type
class BuiltInRole:
    """A role that is there from the start."""

    role: Role
    permissions: list[Permission]


@strawberry.type
class Member(Node):
    """That somebody works for the business."""

    user_key: strawberry.Private[UUID]
    custom_role_key: strawberry.Private[UUID | None]
    role: Role
    created_at: datetime
    frozen_at: datetime | None = strawberry.field(description="Since when they are shut out.")

    @classmethod
    def of(cls, row: models.Membership) -> "Member":
        """The member of a row."""
        return cls(
            id=write_id("Member", row.id),
            user_key=row.user_id,
            custom_role_key=row.custom_role_id,
            role=row.role,
            created_at=row.created_at,
            frozen_at=row.frozen_at,
        )

    @strawberry.field(extensions=[Needs(READ)])
    async def person(self, info: Info) -> Person | None:
        """Who it is."""
        user = await info.context.loaders.users.load(self.user_key)
        return Person(name=user.name, email=EmailAddress(user.email)) if user else None

    @strawberry.field(extensions=[Needs(READ)])
    async def custom_role(self, info: Info) -> CustomRole | None:
        """Their role, if it is one of the business's own."""
        return await custom_role_of(info, self.custom_role_key)


@strawberry.type
class Invitation(Node):
    """That somebody is asked to join."""

    custom_role_key: strawberry.Private[UUID | None]
    email: EmailAddress
    role: Role
    created_at: datetime
    expires_at: datetime
    accepted_at: datetime | None
    revoked_at: datetime | None

    @classmethod
    def of(cls, row: InvitationRow) -> "Invitation":
        """The invitation of a row."""
        return cls(
            id=write_id("Invitation", row.id),
            custom_role_key=row.custom_role_id,
            email=EmailAddress(row.email),
            role=row.role,
            created_at=row.created_at,
            expires_at=row.expires_at,
            accepted_at=row.accepted_at,
            revoked_at=row.revoked_at,
        )

    @strawberry.field(extensions=[Needs(READ)])
    async def custom_role(self, info: Info) -> CustomRole | None:
        """The role they are to have, if it is one of the business's own."""
        return await custom_role_of(info, self.custom_role_key)


@strawberry.type
class MemberFields:
    """The people of a tenant."""

    @strawberry.field(graphql_type=Connection[Member], extensions=[Paged(), Needs(READ)])
    async def members(self, info: Info) -> Listing:
        """Who works for the business, the longest in front."""
        repository = Memberships(await info.context.read(READ))
        order = Order("created_at", descending=False)
        return Listing(repository, repository.all(), order, Member.of)

    @strawberry.field(graphql_type=Connection[Invitation], extensions=[Paged(), Needs(READ)])
    async def invitations(self, info: Info, open: bool = False) -> Listing:
        """Who was asked to join, the newest in front; or who still may, expired ones among them."""
        repository = Invitations(await info.context.read(READ))
        rows = repository.open() if open else repository.all()
        return Listing(repository, rows, Order("created_at"), Invitation.of)

    @strawberry.field(graphql_type=Connection[CustomRole], extensions=[Paged(), Needs(READ)])
    async def custom_roles(self, info: Info) -> Listing:
        """The roles that the business made itself, the newest in front."""
        repository = CustomRoles(await info.context.read(READ))
        return Listing(repository, repository.all(), Order("created_at"), CustomRole.of)

    @strawberry.field(extensions=[Needs(READ)])
    def built_in_roles(self, info: Info) -> list[BuiltInRole]:
        """The roles that are there from the start, and what each allows."""
        info.context.scope.require(READ)
        return [
            BuiltInRole(role=role, permissions=permissions_of(allowed))
            for role, allowed in OF_ROLE.items()
        ]


async def custom_role_of(info: Info, id: UUID | None) -> CustomRole | None:
    """A role of the business's own, if it is one."""
    row = await info.context.row(CustomRoles, READ, id) if id else None
    return CustomRole.of(row) if row else None


def permissions_of(stored: frozenset[str] | list[str]) -> list[Permission]:
    """Permissions in their order; those that no longer exist are left out."""
    return [permission for permission in Permission if permission in stored]
