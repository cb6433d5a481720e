"""A dental practice in New York, and somebody who calls it on a Monday at ten."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from domain import appointments
from domain.appointments.models import Appointment
from domain.business import versions
from domain.scope import Scope
from domain.work import UnitsOfWork
from tests.conftest import NOW
from tests.factories.business import Practice, open_practice
from tests.factories.callers import Caller, ring

TUESDAY_TEN = NOW + timedelta(days=1)


@dataclass(frozen=True)
class Desk:
    """Books visits at the practice, each in a unit of work of its own."""

    unit_of_work: UnitsOfWork
    scope: Scope
    practice: Practice

    async def book(
        self, caller: Caller, starts_at: datetime = TUESDAY_TEN, **values: Any
    ) -> Appointment:
        """Book an exam with Dr. Lee, unless `values` say otherwise, as the caller."""
        wanted = {"contact_id": caller.contact_id, "service_id": self.practice.exam_id, **values}
        return await self.do(
            appointments.book, appointments.Booking(starts_at=starts_at, **wanted), caller.scope
        )

    async def reschedule(
        self, id: UUID, starts_at: datetime, scope: Scope | None = None
    ) -> Appointment:
        """Move a visit, as a member of staff unless somebody else is named."""
        return await self.do(appointments.reschedule, id, scope, starts_at)

    async def cancel(self, id: UUID, scope: Scope | None = None) -> Appointment:
        """Call a visit off."""
        return await self.do(appointments.cancel, id, scope)

    async def do(
        self,
        deed: Callable[..., Awaitable[Appointment]],
        what: Any,
        scope: Scope | None = None,
        *more: Any,
    ) -> Appointment:
        """Run a service with the profile as it stands."""
        async with self.unit_of_work(scope or self.scope) as uow:
            return await deed(uow, await versions.profile(uow), what, *more)


@pytest.fixture
async def practice(unit_of_work: UnitsOfWork, scope: Scope) -> Practice:
    return await open_practice(unit_of_work, scope)


@pytest.fixture
async def desk(unit_of_work: UnitsOfWork, scope: Scope, practice: Practice) -> Desk:
    return Desk(unit_of_work, scope, practice)


@pytest.fixture
async def caller(unit_of_work: UnitsOfWork, scope: Scope, practice: Practice) -> Caller:
    return await ring(unit_of_work, scope)


@pytest.fixture
async def another(unit_of_work: UnitsOfWork, scope: Scope, practice: Practice) -> Caller:
    return await ring(unit_of_work, scope, name="Ben Ode")
