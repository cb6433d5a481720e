"""Roles that a business makes itself."""

from collections.abc import Iterable
from uuid import UUID

from domain.errors import FieldProblem, InvalidInput
from domain.words import fitting
from domain.work import UnitOfWork
from tenants.members.errors import RoleInUse, RoleNameTaken
from tenants.members.events import RoleAdded, RoleDeleted, RoleUpdated
from tenants.members.repository import Invitations
from tenants.members.rights import within_own
from tenants.models import CustomRole, Role
from tenants.repository import CustomRoles, Memberships
from tenants.roles import ALWAYS, known

LONGEST_NAME = 60


async def add(uow: UnitOfWork, name: str, permissions: Iterable[str]) -> CustomRole:
    """Make a role. Raises `InvalidInput`, `BeyondOwnRights` and `RoleNameTaken`."""
    uow.require("members:write")
    allowed = checked(permissions)
    within_own(uow, allowed)
    name = _named(name)
    roles = CustomRoles(uow)
    async with roles.refusing(custom_role_name_key=RoleNameTaken(name)):
        role = await roles.add(name=name, permissions=sorted(allowed), created_at=uow.now)
    uow.record(RoleAdded(role_id=role.id))
    return role


async def update(
    uow: UnitOfWork, id: UUID, name: str | None = None, permissions: Iterable[str] | None = None
) -> CustomRole:
    """Rename a role, or change what it allows; None leaves it as it is.

    Whoever changes a role holds all that it allowed and all that it will allow. Raises
    `InvalidInput`, `BeyondOwnRights` and `RoleNameTaken`.
    """
    uow.require("members:write")
    roles = CustomRoles(uow)
    role = await roles.lock(id)
    allowed = known(role.permissions) if permissions is None else checked(permissions)
    within_own(uow, known(role.permissions) | allowed)
    name = role.name if name is None else _named(name)
    async with roles.refusing(custom_role_name_key=RoleNameTaken(name)):
        await roles.save(role, name=name, permissions=sorted(allowed))
    uow.record(RoleUpdated(role_id=role.id))
    return role


async def delete(uow: UnitOfWork, id: UUID) -> None:
    """Delete a role that nobody has, is invited to or would be given. Raises `RoleInUse`."""
    uow.require("members:write")
    roles = CustomRoles(uow)
    role = await roles.lock(id)
    within_own(uow, known(role.permissions))
    members = await Memberships(uow).all().filter(custom_role_id=id).count()
    invitations = await Invitations(uow).open().filter(custom_role_id=id).count()
    if members or invitations:
        raise RoleInUse(members, invitations)
    # What newcomers by single sign-on become refers to it too.
    async with roles.refusing(sso_connection_custom_role_id_fkey=RoleInUse(0, 0)):
        await roles.remove(role)
    uow.record(RoleDeleted(role_id=id))


def checked(permissions: Iterable[str]) -> frozenset[str]:
    """Permissions that a role can hold, and those that every role holds. Raises `InvalidInput`."""
    given = frozenset(map(str, permissions))
    unknown = sorted(given - known(given))
    if unknown:
        problems = [FieldProblem("permissions", each, "UNKNOWN_PERMISSION") for each in unknown]
        raise InvalidInput(f"There is no permission {', '.join(unknown)}", *problems)
    return given | frozenset(map(str, ALWAYS))


def _named(name: str) -> str:
    name = fitting("name", name, LONGEST_NAME)
    if name.lower() in set(Role):
        raise InvalidInput.at("name", f"{name!r} is the name of a built-in role")
    return name
