"""One change for many tenants: chosen, looked at, made, or called off."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from domain.errors import NotFound
from domain.scope import TenantKind
from domain.work import UnitOfWork
from tenants.grants.repository import Grants
from tenants.grants.service import of_a_house
from tenants.organizations.errors import TooManyTenants, WrongStage
from tenants.organizations.events import BulkChangeApplied, BulkChangeBegun, BulkChangeCancelled
from tenants.organizations.models import BulkChange, BulkStatus, ResultStatus
from tenants.organizations.repository import BulkChanges, BulkResults, Templates
from tenants.organizations.setup import Setup, read, stored

MOST = 5_000
JOB = "organizations.work"
# Tenants about which something was found out, and that may be made so.
FOUND_OUT = (ResultStatus.PREVIEWED, ResultStatus.UNCHANGED)


async def template_setup(uow: UnitOfWork, template_id: UUID) -> Setup:
    """What a template says."""
    return read((await Templates(uow).get(template_id)).content)


async def begin(uow: UnitOfWork, setup: Setup, slugs: Sequence[str] | None) -> BulkChange:
    """Look at what a change would do at these tenants, or at all that let the house in.

    Raises `NotFound` if one of them did not, and `TooManyTenants`.
    """
    uow.require("organization:write")
    uow.require("tenants:reach")
    of_a_house(uow, TenantKind.ORGANIZATION)
    targets = await _targets(uow, slugs)
    change = await BulkChanges(uow).add(
        content=stored(setup),
        status=BulkStatus.PREVIEWING,
        created_by=str(uow.scope.actor),
        created_at=uow.now,
    )
    await BulkResults(uow).await_all(change.id, targets)
    uow.record(BulkChangeBegun(bulk_change_id=change.id, tenants=len(targets)))
    go_on(uow, change.id)
    return change


async def apply(uow: UnitOfWork, id: UUID) -> BulkChange:
    """Make the change where it was found that it can be made. Raises `WrongStage`."""
    uow.require("organization:write")
    uow.require("tenants:reach")
    change = await _at(uow, id, BulkStatus.PREVIEWED)
    # Whoever applies it answers for it: their rights are what it is made with.
    values: dict[str, Any] = {"created_by": str(uow.scope.actor)}
    await BulkChanges(uow).save(change, status=BulkStatus.APPLYING, **values)
    ready = BulkResults(uow).of(id).filter(status__in=FOUND_OUT)
    await ready.update(status=ResultStatus.WAITING, finished_at=None)
    uow.record(BulkChangeApplied(bulk_change_id=id))
    go_on(uow, id)
    return change


async def cancel(uow: UnitOfWork, id: UUID) -> BulkChange:
    """Go no further; what was made stays. Raises `WrongStage`."""
    uow.require("organization:write")
    going = (BulkStatus.PREVIEWING, BulkStatus.PREVIEWED, BulkStatus.APPLYING)
    change = await _at(uow, id, *going)
    await BulkChanges(uow).save(change, status=BulkStatus.CANCELLED, finished_at=uow.now)
    uow.cancel(_key(id))
    uow.record(BulkChangeCancelled(bulk_change_id=id))
    return change


def go_on(uow: UnitOfWork, id: UUID) -> None:
    """Have the next tenants of a change taken up."""
    uow.schedule(JOB, at=uow.now, key=_key(id), payload={"change_id": str(id)})


def _key(id: UUID) -> str:
    return f"bulk:{id}"


async def _at(uow: UnitOfWork, id: UUID, *stages: BulkStatus) -> BulkChange:
    change = await BulkChanges(uow).lock(id)
    if change.status not in stages:
        raise WrongStage(change.status)
    return change


async def _targets(uow: UnitOfWork, slugs: Sequence[str] | None) -> list[UUID]:
    grants = Grants(uow)
    held = await grants.page(grants.held().order_by("created_at", "id"))
    ids = list(dict.fromkeys(grant.tenant_id for grant in held))
    if slugs is not None:
        by_slug = {each.slug: id for id, each in (await grants.tenants(ids)).items()}
        if not set(slugs) <= by_slug.keys():
            raise NotFound("There is no such tenant")
        ids = [by_slug[slug] for slug in dict.fromkeys(slugs)]
    if len(ids) > MOST:
        raise TooManyTenants(limit=MOST, used=len(ids))
    return ids
