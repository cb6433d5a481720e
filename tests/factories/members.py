"""People in every role, and keys of programs."""

from typing import Any
from uuid import UUID

from domain.scope import Scope
from domain.work import UnitOfWork, UnitsOfWork
from tenants.api_keys import service as api_keys
from tenants.members import custom_roles, invitations
from tenants.members.invitations import Newcomer
from tenants.members.rights import Assigned
from tenants.models import Membership, Role
from tenants.repository import Memberships
from tenants.service import member_scope
from tenants.sso import domains

PASSWORD = "purple monkey dishwasher 7"


async def join(
    unit_of_work: UnitsOfWork, scope: Scope, role: Role, *, custom_role_id: UUID | None = None
) -> Membership:
    """Somebody new who was invited and accepted; their address begins with their role."""
    async with unit_of_work(scope) as uow:
        email = f"{role.value}-{uow.new_id().hex[-12:]}@{scope.tenant.slug}.test"
        row = await invitations.invite(uow, email, Assigned(role, custom_role_id))
        token = await invitations.token_of(uow, row.id, row.letter)
    newcomer = Newcomer(f"{role.value.title()} Person", PASSWORD)
    return await invitations.accept(unit_of_work, token, newcomer)


async def own_people(uow: UnitOfWork, mark: str) -> dict[str, UUID]:
    """A role, an invitation and a key, marked, and the owner who is there already."""
    role = await custom_roles.add(uow, f"Role {mark}", ["calls:read"])
    assigned = Assigned(Role.CUSTOM, role.id)
    invited = await invitations.invite(uow, f"{mark}@invited.test", assigned)
    issued = await api_keys.create(uow, api_keys.NewKey(f"Key {mark}", ("calls:read",)))
    [owner] = await Memberships(uow).page(Memberships(uow).all())
    domain = await domains.add(uow, f"{mark}.example")
    return {
        "ApiKey": issued.key.id,
        "CustomRole": role.id,
        "Invitation": invited.id,
        "Member": owner.id,
        "SsoDomain": domain.id,
    }


async def scope_of(scope: Scope, member: Membership) -> Scope:
    """The scope of a member."""
    return await member_scope(scope.tenant_id, member.user_id, member.role)


async def somebody(unit_of_work: UnitsOfWork, scope: Scope, role: Role) -> Scope:
    """The scope of somebody new in a role."""
    return await scope_of(scope, await join(unit_of_work, scope, role))


async def role_of(unit_of_work: UnitsOfWork, scope: Scope, name: str, *permissions: str) -> UUID:
    """A role of the business's own."""
    async with unit_of_work(scope) as uow:
        return (await custom_roles.add(uow, name, permissions)).id


async def key_of(
    unit_of_work: UnitsOfWork, scope: Scope, *permissions: str, **given: Any
) -> api_keys.Issued:
    """A key with its token."""
    async with unit_of_work(scope) as uow:
        return await api_keys.create(uow, api_keys.NewKey("A program", permissions, **given))
