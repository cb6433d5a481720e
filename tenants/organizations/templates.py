"""Templates: how an organisation sets its businesses up. Each save makes a version."""

from typing import Any
from uuid import UUID

from domain.scope import Scope, TenantKind
from domain.words import fitting
from domain.work import UnitOfWork, UnitsOfWork
from tenants.grants.repository import Grants
from tenants.grants.service import VISIT, guest_scope, of_a_house
from tenants.organizations.errors import SavedMeanwhile
from tenants.organizations.events import TemplateSaved
from tenants.organizations.models import TenantTemplate
from tenants.organizations.repository import Templates
from tenants.organizations.setting_up import PluginSetter, set_up
from tenants.organizations.setup import read, stored

LONGEST_NAME = 60


async def save(uow: UnitOfWork, name: str, content: Any) -> TenantTemplate:
    """Keep a setup under a name, as its next version. Raises `InvalidInput`, `SavedMeanwhile`."""
    uow.require("organization:write")
    of_a_house(uow, TenantKind.ORGANIZATION)
    setup, templates = read(content), Templates(uow)
    name = fitting("name", name, LONGEST_NAME)
    newest = await templates.newest(name)
    async with templates.refusing(tenant_template_version_key=SavedMeanwhile()):
        template = await templates.add(
            name=newest.name if newest else name,
            version=newest.version + 1 if newest else 1,
            content=stored(setup),
            created_by=str(uow.scope.actor),
            created_at=uow.now,
        )
    uow.record(TemplateSaved(template_id=template.id, template_version=template.version))
    return template


async def apply(
    work: UnitsOfWork, home: Scope, id: UUID, slug: str, plugins: PluginSetter
) -> list[str]:
    """Set one tenant up by a template; returns what had to be done.

    Raises `NotFound`, `InvalidInput`, and `Forbidden` for what the tenant does not lend.
    """
    async with work(home, read_only=True) as uow:
        uow.require("tenants:reach")
        setup = read((await Templates(uow).get(id)).content)
        grant = await Grants(uow).held_of(slug)
    there = await guest_scope(grant, home, VISIT)
    async with work(there) as uow:
        return await set_up(uow, setup, plugins)
