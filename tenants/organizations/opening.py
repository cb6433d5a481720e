"""An organisation opens a business, and decides whether those that it opened are served.

Each of the two tenants has a transaction of its own: first that of the business, which holds the
change and says who made it, then that of the house, which has it on record too.
"""

from dataclasses import dataclass, replace
from uuid import UUID

from domain.scope import Scope, TenantKind, TenantStatus
from domain.work import UnitOfWork, UnitsOfWork
from tenants.grants.above import carry_out, from_above
from tenants.grants.models import AccessGrant
from tenants.grants.repository import Grants
from tenants.grants.rules import USUAL
from tenants.grants.service import NewGrant, give, of_a_house
from tenants.members import invitations
from tenants.members.rights import Assigned
from tenants.models import Role
from tenants.organizations.errors import NotOpenedHere
from tenants.organizations.events import TenantOpened
from tenants.organizations.repository import Templates
from tenants.organizations.setting_up import PluginSetter, set_up
from tenants.organizations.setup import Setup, read
from tenants.roles import EVERYTHING, meaningful
from tenants.service import NewTenant, open_empty, opening_scope


@dataclass(frozen=True)
class Wish:
    """A business to be opened, for whom, and how it is set up."""

    business: NewTenant
    owner_email: str
    template_id: UUID | None = None


async def open_tenant(
    work: UnitsOfWork, home: Scope, wish: Wish, plugins: PluginSetter
) -> AccessGrant:
    """Open a business, set it up, invite its owner, and hold a grant of it.

    Raises `InvalidInput`, `SlugTaken`, and `NotFound` for the template.
    """
    async with work(home, read_only=True) as uow:
        uow.require("organization:write")
        of_a_house(uow, TenantKind.ORGANIZATION)
        setup = await _setup(uow, wish.template_id)
    business = wish.business
    opening = _opening(work, home, business)
    async with work(opening) as uow:
        await open_empty(uow, business)
        grant = await give(uow, NewGrant(home.tenant_id, home.tenant.kind, frozenset(USUAL)))
        await invitations.invite(uow, wish.owner_email, Assigned(Role.OWNER))
        await set_up(uow, setup, plugins)
    async with work(home) as uow:
        uow.record(TenantOpened(tenant_id=opening.tenant_id))
    return grant


async def decide(
    work: UnitsOfWork, home: Scope, slug: str, status: TenantStatus, reason: str
) -> AccessGrant:
    """Serve a business that the organisation opened, or no longer.

    Raises `NotFound`, `NotOpenedHere`, `DecidedAbove` and `InvalidInput`.
    """
    async with work(home, read_only=True) as uow:
        uow.require("tenants:write")
        of_a_house(uow, TenantKind.ORGANIZATION)
        grant = await Grants(uow).held_of(slug)
        if grant.invitation_id is not None:
            raise NotOpenedHere
    await carry_out(work, home, grant.tenant_id, status, reason)
    return grant


def _opening(work: UnitsOfWork, home: Scope, business: NewTenant) -> Scope:
    """Whoever opens a business may do everything in it, for as long as that takes."""
    new = opening_scope(work.ids.new(work.clock.now()), business, home.actor.id)
    may = meaningful(EVERYTHING, business.kind)
    return replace(from_above(home, new.tenant_id, new.tenant), permissions=may)


async def _setup(uow: UnitOfWork, template_id: UUID | None) -> Setup:
    if template_id is None:
        return Setup()
    return read((await Templates(uow).get(template_id)).content)
