"""What happens to members, their roles and invitations."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from domain.events import Event


@dataclass(frozen=True, kw_only=True)
class MemberJoined(Event):
    """Somebody works for the business from now on."""

    name: ClassVar[str] = "member.joined"
    aggregate: ClassVar[str] = "member_id"
    member_id: UUID
    user_id: UUID
    role: str


@dataclass(frozen=True, kw_only=True)
class MemberRoleChanged(Event):
    """A member may do other things than before."""

    name: ClassVar[str] = "member.role_changed"
    aggregate: ClassVar[str] = "member_id"
    member_id: UUID
    user_id: UUID
    role: str
    custom_role_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class MemberRemoved(Event):
    """Somebody no longer works for the business; `left` says that they went by themselves."""

    name: ClassVar[str] = "member.removed"
    aggregate: ClassVar[str] = "member_id"
    member_id: UUID
    user_id: UUID
    left: bool


@dataclass(frozen=True, kw_only=True)
class OwnershipTransferred(Event):
    """An owner made somebody else the owner, and is an administrator now."""

    name: ClassVar[str] = "ownership.transferred"
    aggregate: ClassVar[str] = "tenant_id"
    tenant_id: UUID
    from_user_id: UUID
    to_user_id: UUID


@dataclass(frozen=True, kw_only=True)
class InvitationIssued(Event):
    """Somebody is asked to join; `letter` counts how often."""

    name: ClassVar[str] = "invitation.issued"
    aggregate: ClassVar[str] = "invitation_id"
    invitation_id: UUID
    letter: int


@dataclass(frozen=True, kw_only=True)
class InvitationRevoked(Event):
    """Somebody is no longer asked to join."""

    name: ClassVar[str] = "invitation.revoked"
    aggregate: ClassVar[str] = "invitation_id"
    invitation_id: UUID


@dataclass(frozen=True, kw_only=True)
class InvitationAccepted(Event):
    """Somebody who was asked has joined."""

    name: ClassVar[str] = "invitation.accepted"
    aggregate: ClassVar[str] = "invitation_id"
    invitation_id: UUID
    member_id: UUID


@dataclass(frozen=True, kw_only=True)
class RoleAdded(Event):
    """The business has a role of its own."""

    name: ClassVar[str] = "role.added"
    aggregate: ClassVar[str] = "role_id"
    role_id: UUID


@dataclass(frozen=True, kw_only=True)
class RoleUpdated(Event):
    """A role of the business allows other things, or is called otherwise."""

    name: ClassVar[str] = "role.updated"
    aggregate: ClassVar[str] = "role_id"
    role_id: UUID


@dataclass(frozen=True, kw_only=True)
class RoleDeleted(Event):
    """A role of the business is gone."""

    name: ClassVar[str] = "role.deleted"
    aggregate: ClassVar[str] = "role_id"
    role_id: UUID
