"""The practice's own system: its diaries count, and visits and new patients stand there."""

from datetime import timedelta

import pytest

from domain import appointments, contacts, conversations, erasure
from domain.calendars.events import CalendarDrifted
from domain.conversations.acts import Disposition
from domain.erasure.worker import Eraser
from domain.handlers import event_handlers, jobs
from plugins.delivery import Deliverer
from plugins.errors import PluginsUncovered
from plugins.fhir.personal import REMAINS
from plugins.fhir.visitors import NAME
from plugins.personal import Holders
from plugins.registry import Registry
from plugins import settings
from tenants.policy.repository import kept_in_backups
from tests.factories.erasures import SIGNER
from tests.factories.outbox import payloads
from tests.factories.policies import agree, promise
from tests.fakes.mailer import Postbox
from tests.fakes.npm import needs_node
from tests.plugins.conftest import PACE, Road
from tests.plugins.fhir.conftest import HOUR, LOOPBACK, TEN, given

pytestmark = needs_node("diaries are not proved against a FHIR server")

AT_TEN = ("2026-11-17T15:00:00Z", "2026-11-17T16:00:00Z")


async def drifts(office):
    return await payloads(office.road.unit_of_work, office.road.scope, CalendarDrifted.name)


async def test_a_time_that_is_taken_at_the_practice_is_not_offered(office):
    await office.practice.server.busy(office.practice.who, *AT_TEN)
    assert TEN in await office.free_times()
    await office.link()
    free = await office.free_times()
    assert TEN not in free
    assert TEN + HOUR in free


async def test_a_visit_stands_at_the_practice_and_follows(office):
    server = office.practice.server
    await office.link()
    visit = await office.book()
    [there] = await server.all("Appointment")
    [patient] = await server.all("Patient")
    assert (there["start"], there["description"]) == (AT_TEN[0], "Exam")
    assert patient["telecom"][0]["value"] == office.caller.phone
    await office.do(appointments.reschedule, visit.id, TEN + HOUR)
    [there] = await server.all("Appointment")
    assert there["start"] == AT_TEN[1]
    await office.do(appointments.cancel, visit.id)
    [there] = await server.all("Appointment")
    assert there["status"] == "cancelled"


async def test_a_visit_that_was_moved_or_called_off_there_is_put_right(office):
    server = office.practice.server
    await office.link()
    await office.book()
    await office.poll()
    for change in ({"status": "cancelled"}, {"start": AT_TEN[1], "end": "2026-11-17T17:00:00Z"}):
        await server.edit("Appointment", **change)
        await office.poll()
        [there] = await server.all("Appointment")
        assert (there["status"], there["start"]) == ("booked", AT_TEN[0])
    await office.poll()
    assert [each["gone"] for each in await drifts(office)] == [True, False]


async def test_a_name_that_is_corrected_is_right_there_too(office):
    await office.link()
    await office.book()
    async with office.open() as uow:
        await contacts.change(uow, office.caller.contact_id, {"name": "Anna Maria Schmidt"})
    await office.road.travel()
    [patient] = await office.practice.server.all("Patient")
    assert patient["name"][0]["text"] == "Anna Maria Schmidt"


async def test_health_data_goes_nowhere_without_an_agreement(office, unit_of_work, scope):
    async with unit_of_work(scope) as uow:
        await settings.disable(uow, office.road.registry, NAME)
    await promise(unit_of_work, scope, preset="healthcare")
    from tenants.service import job_scope

    scope_now = await job_scope(scope.tenant_id, "tests")
    async with unit_of_work(scope_now) as uow:
        with pytest.raises(PluginsUncovered):
            await settings.enable(uow, office.road.registry, NAME)
        await agree(uow, f"plugin:{NAME}")
        await settings.enable(uow, office.road.registry, NAME)
