"""Somebody who has called, and a gate before them."""

from dataclasses import dataclass, field
from uuid import UUID

import pytest

from domain.outreach import agreements
from domain.outreach.agreements.models import Form, Route
from domain.outreach.gate import Attempt, Gate, Permit
from domain.privacy.purposes import Purpose
from domain.scope import Scope
from domain.work import UnitsOfWork
from tests.factories import callers

DISCLOSURE = "May we text you reminders at this number? Reply STOP at any time."


@dataclass
class Stopped:
    """Whoever said stop, as a test has it."""

    contacts: set[UUID] = field(default_factory=set)

    async def stand(self, uow, contact, attempt) -> bool:
        return contact.id in self.contacts


@dataclass
class Door:
    """A gate, and somebody behind it."""

    work: UnitsOfWork
    scope: Scope
    caller: callers.Caller
    stopped: Stopped

    async def agree(
        self,
        route: Route = Route.TEXT,
        purpose: Purpose = Purpose.SCHEDULING,
        form: Form = Form.EXPRESS,
    ):
        answer = agreements.Answer(
            self.caller.contact_id, route, purpose, form, DISCLOSURE, "2026-11-01"
        )
        async with self.work(self.scope) as uow:
            return await agreements.agree(uow, answer)

    async def permit(
        self,
        route: Route = Route.TEXT,
        purpose: Purpose = Purpose.SCHEDULING,
        *,
        answers: UUID | None = None,
        registered: bool = True,
    ) -> Permit:
        wanted = Attempt(self.caller.contact_id, route, purpose, answers, registered)
        async with self.work(self.scope) as uow:
            return await Gate(self.stopped).permit(uow, wanted)


@pytest.fixture
async def door(unit_of_work, scope):
    caller = await callers.ring(unit_of_work, scope)
    return Door(unit_of_work, scope, caller, Stopped())
