"""Policies that businesses decide on."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from domain.privacy.policy import Preset
from domain.privacy.purposes import Purpose
from domain.scope import Scope
from domain.work import UnitOfWork, UnitsOfWork
from tenants.agreements import service as agreements
from tenants.agreements.models import PLATFORM, Agreement
from tenants.policy import service
from tenants.policy.models import PolicyVersion
from tenants.policy.service import Draft

PEOPLE = {
    "privacy_contact": {"name": "Paula Privacy", "email": "privacy@example.com"},
    "data_protection_officer": {"name": "Dora Officer", "email": "dpo@example.com"},
}


async def promise(
    unit_of_work: UnitsOfWork, scope: Scope, *, to_existing: bool = False, **changes: Any
) -> PolicyVersion:
    """Let a business promise something else from now on."""
    async with unit_of_work(scope) as uow:
        if changes.get("hipaa", changes.get("preset") == Preset.HEALTHCARE):
            await agree(uow)
        return await service.adopt(uow, Draft(PEOPLE | changes, to_existing=to_existing))


async def agree(uow: UnitOfWork, destination: str = PLATFORM, **more: Any) -> Agreement:
    """Sign a business associate agreement."""
    if destination != PLATFORM:
        more = {"purpose": Purpose.SERVICE} | more
    given = {"party": "Deskbell Ltd", "scope": "Answering calls", "version": "1"} | more
    signed = given.pop("signed_on", uow.now.date())
    new = agreements.NewAgreement(**given, signed_on=signed, destination=destination)
    return await agreements.record(uow, new)


async def promise_later(uow: UnitOfWork, mark: str) -> UUID:
    """A marked version that does not apply yet."""
    people = PEOPLE | {"privacy_contact": {"name": mark, "email": f"{mark}@example.com"}}
    draft = Draft(people, uow.now + timedelta(days=30), note=mark)
    return (await service.adopt(uow, draft)).id
