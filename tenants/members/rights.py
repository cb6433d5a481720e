"""Who may give what to whom: nobody more than they have, and nothing to those above them."""

from dataclasses import dataclass
from uuid import UUID

from domain.errors import InvalidInput
from domain.work import UnitOfWork
from tenants.members.errors import BeyondOwnRights
from tenants.models import Membership, Role
from tenants.repository import CustomRoles
from tenants.roles import OF_ROLE, known, meaningful


@dataclass(frozen=True)
class Assigned:
    """A role to be given: a built-in one, or `CUSTOM` and which."""

    role: Role
    custom_role_id: UUID | None = None


async def allowed_by(uow: UnitOfWork, assigned: Assigned) -> frozenset[str]:
    """What a role allows. Raises `InvalidInput`, and `NotFound` for a role that is not there."""
    if (assigned.role is Role.CUSTOM) != (assigned.custom_role_id is not None):
        raise InvalidInput.at("custom_role_id", "Name the custom role, or a built-in one instead")
    if assigned.custom_role_id is None:
        return meaningful(OF_ROLE[assigned.role], uow.scope.tenant.kind)
    return known((await CustomRoles(uow).get(assigned.custom_role_id)).permissions)


def within_own(uow: UnitOfWork, permissions: frozenset[str]) -> None:
    """Raise `BeyondOwnRights` unless whoever acts holds all of these."""
    missing = permissions - uow.scope.permissions
    if missing:
        raise BeyondOwnRights(missing)


async def may_give(uow: UnitOfWork, assigned: Assigned) -> None:
    """Raise `BeyondOwnRights` for a role that allows more than the actor's own."""
    within_own(uow, await allowed_by(uow, assigned))


async def may_touch(uow: UnitOfWork, member: Membership) -> None:
    """Raise `BeyondOwnRights` for a member who may do more than the actor."""
    held = Assigned(member.role, member.custom_role_id)
    within_own(uow, await allowed_by(uow, held))
