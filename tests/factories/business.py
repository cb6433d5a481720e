"""A dental practice: the business that most tests are about."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from domain.business.models import CallingRules
from domain.business.profile import ResourceKind
from domain.business.repository import (
    Locations,
    Resources,
    Rulebook,
    ServiceResources,
    Services,
)
from domain.knowledge.models import KnowledgeStatus
from domain.knowledge.repository import KnowledgeItems
from domain.scope import Scope
from domain.work import UnitOfWork, UnitsOfWork

WEEK = [{"weekday": day, "opens": "09:00:00", "closes": "17:00:00"} for day in range(5)]
FAQS = (
    ("Do you take insurance?", "We take Delta Dental and Cigna."),
    ("Where can I park?", "There is free parking behind the building."),
)


@dataclass(frozen=True)
class Practice:
    """What a test needs to know of the practice."""

    location_id: UUID
    cleaning_id: UUID
    exam_id: UUID
    dr_lee_id: UUID
    dr_patel_id: UUID


async def open_practice(unit_of_work: UnitsOfWork, scope: Scope, **rules: Any) -> Practice:
    """Set a tenant up as a dental practice; `rules` are booking rules."""
    async with unit_of_work(scope) as uow:
        location = await Locations(uow).add(
            name="Main Street",
            address="12 Main Street, Springfield",
            timezone=scope.tenant.timezone,
            hours=WEEK,
            is_default=True,
            created_at=uow.now,
        )
        lee = await _dentist(uow, "Dr. Maya Lee", location.id)
        patel = await _dentist(uow, "Dr. Arun Patel", location.id)
        cleaning = await _service(uow, "Cleaning", 30, 12000, lee.id, patel.id)
        exam = await _service(uow, "Exam", 60, 9500, lee.id)
        await _rules(uow, rules, uow.now)
        for question, answer in FAQS:
            await KnowledgeItems(uow).add(
                question=question,
                answer=answer,
                status=KnowledgeStatus.PUBLISHED,
                created_at=uow.now,
            )
    return Practice(location.id, cleaning.id, exam.id, lee.id, patel.id)


async def _dentist(uow: UnitOfWork, name: str, location_id: UUID) -> Any:
    return await Resources(uow).add(
        kind=ResourceKind.STAFF, name=name, location_id=location_id, created_at=uow.now
    )


async def _service(uow: UnitOfWork, name: str, minutes: int, price: int, *resources: UUID) -> Any:
    service = await Services(uow).add(
        name=name, duration_minutes=minutes, price_minor=price, created_at=uow.now
    )
    for resource in resources:
        await ServiceResources(uow).add(service_id=service.id, resource_id=resource)
    return service


async def _rules(uow: UnitOfWork, booking: dict[str, Any], now: datetime) -> CallingRules:
    return await Rulebook(uow).add(id=uow.tenant_id, rules={"booking": booking}, updated_at=now)
