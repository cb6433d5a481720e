"""The practice's own system: its diaries count, and visits and new patients stand there."""

from datetime import date

import pytest

from domain import appointments, business, contacts, conversations, erasure
from domain.appointments.repository import Appointments
from domain.appointments.visitors import Visitor
from domain.audit.repository import AuditEntries
from domain.business import versions
from domain.business.profile import BookingRules, Rules
from domain.calendars.events import CalendarDrifted
from domain.conversations.acts import Disposition
from domain.disposal.sweeper import Sweeper
from domain.erasure.certificates import read
from domain.erasure.repository import ErasureCertificates
from domain.erasure.worker import Eraser
from domain.handlers import event_handlers, jobs
from plugins.delivery import Deliverer
from plugins.fhir.personal import REMAINS
from plugins.fhir.visitors import NAME
from plugins.personal import Holders
from plugins.registry import Registry
from tenants.policy.repository import kept_in_backups
from tenants.service import job_scope
from tests.factories.erasures import SIGNER
from tests.factories.exports import store_in
from tests.factories.outbox import payloads
from tests.factories.policies import agree, promise
from tests.fakes.mailer import Postbox
from tests.fakes.npm import needs_node
from tests.plugins.conftest import PACE, Road
from tests.plugins.fhir.conftest import HOUR, LOOPBACK, TEN

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


async def standing(office, visit):
    async with office.open() as uow:
        row = await Appointments(uow).get(visit.id)
    return row.status.value, row.starts_at


async def test_what_the_practice_does_with_a_visit_is_done_here(office):
    server = office.practice.server
    await office.link()
    visit = await office.book()
    await office.poll()
    # Half past six: whoever keeps the diary knows their own hours.
    late = ("2026-11-17T23:30:00Z", "2026-11-18T00:30:00Z")
    await server.edit("Appointment", start=late[0], end=late[1])
    await office.poll()
    assert await standing(office, visit) == ("confirmed", TEN + 8.5 * HOUR)
    assert TEN in await office.free_times()
    await server.edit("Appointment", status="arrived")
    await office.poll()
    assert (await standing(office, visit))[0] == "arrived"
    await server.edit("Appointment", status="fulfilled")
    await office.poll()
    assert (await standing(office, visit))[0] == "completed"
    [there] = await server.all("Appointment")
    assert (there["status"], there["start"]) == ("fulfilled", late[0])
    assert await drifts(office) == []


@pytest.mark.parametrize("status", ["cancelled", "entered-in-error", "noshow"])
async def test_a_visit_that_the_practice_calls_off_is_off_here(office, status):
    server = office.practice.server
    await office.link()
    visit = await office.book()
    await office.poll()
    await server.edit("Appointment", status=status)
    await office.poll()
    expected = "no_show" if status == "noshow" else "cancelled"
    assert (await standing(office, visit))[0] == expected
    [there] = await server.all("Appointment")
    assert there["status"] == status
    assert await drifts(office) == []


async def test_a_visit_that_is_booked_again_there_takes_its_time(office):
    server = office.practice.server
    await office.link()
    visit = await office.book()
    await office.do(appointments.cancel, visit.id)
    await office.poll()
    assert TEN in await office.free_times()
    await server.edit("Appointment", status="booked")
    await office.poll()
    assert TEN not in await office.free_times()


async def test_a_visit_is_approved_by_the_practice(office, unit_of_work, scope):
    async with unit_of_work(scope) as uow:
        await business.set_rules(uow, Rules(booking=BookingRules(instant=False)))
    await office.link()
    visit = await office.book()
    [there] = await office.practice.server.all("Appointment")
    assert there["status"] == "pending"
    await office.practice.server.edit("Appointment", status="booked")
    await office.poll()
    assert (await standing(office, visit))[0] == "confirmed"


async def test_a_move_to_where_somebody_is_taken_is_put_right(office):
    server = office.practice.server
    await office.link()
    visit = await office.book()
    await office.poll()
    await office.book(TEN + HOUR)
    [first, _] = await server.all("Appointment")
    await server.control(update=[first | {"start": AT_TEN[1], "end": "2026-11-17T17:00:00Z"}])
    await office.poll()
    assert await standing(office, visit) == ("confirmed", TEN)
    [first, _] = await server.all("Appointment")
    assert first["start"] == AT_TEN[0]
    assert [each["appointment_id"] for each in await drifts(office)] == [str(visit.id)]


async def test_what_was_changed_here_meanwhile_counts(office):
    server = office.practice.server
    await office.link()
    visit = await office.book()
    await office.poll()
    await server.edit("Appointment", status="cancelled")
    async with office.open() as uow:
        profile = await versions.profile(uow)
        await appointments.reschedule(uow, profile, visit.id, TEN + HOUR)
    await office.poll()
    assert await standing(office, visit) == ("confirmed", TEN + HOUR)
    [there] = await server.all("Appointment")
    assert (there["status"], there["start"]) == ("booked", AT_TEN[1])


async def test_a_visit_that_was_deleted_there_is_written_again(office):
    server = office.practice.server
    await office.link()
    visit = await office.book()
    await office.poll()
    [there] = await server.all("Appointment")
    await server.control(delete=[["Appointment", there["id"]]])
    await office.practice.wait(HOUR)
    await office.poll()
    # Absence decides nothing: a server that was restored has lost everybody's visits.
    assert (await standing(office, visit))[0] == "confirmed"
    assert len(await server.all("Appointment")) == 1
    assert [each["gone"] for each in await drifts(office)] == [True]


async def test_a_slot_that_is_taken_there_and_freed_again_is_followed(office):
    await office.link()
    times = {"start": AT_TEN[0], "end": AT_TEN[1], "status": "free"}
    of = {"resourceType": "Slot", "schedule": {"reference": office.practice.diary}}
    await office.practice.server.add(of | times)
    for status, is_offered in (("busy-unavailable", False), ("free", True)):
        await office.practice.server.edit("Slot", status=status)
        await office.poll()
        assert (TEN in await office.free_times()) is is_offered


async def test_a_date_of_birth_goes_with_whoever_comes(office):
    await office.link()
    child = Visitor("Leo Schmidt", date(2018, 4, 3))
    herself = Visitor("Anna Schmidt", date(1985, 4, 1))
    await office.book(TEN, child)
    await office.book(TEN + HOUR, herself)
    patients = await office.practice.server.all("Patient")
    told = [(each["name"][0]["text"], each["birthDate"]) for each in patients]
    assert told == [("Leo Schmidt", "2018-04-03"), ("Anna Schmidt", "1985-04-01")]


async def test_a_name_that_is_corrected_is_right_there_too(office):
    await office.link()
    await office.book()
    details = contacts.Details(name="Anna Maria Schmidt")
    async with office.open() as uow:
        await contacts.update(uow, office.caller.contact_id, details)
    await office.road.travel()
    [patient] = await office.practice.server.all("Patient")
    assert patient["name"][0]["text"] == "Anna Maria Schmidt"


async def test_health_data_goes_nowhere_without_an_agreement(office, unit_of_work, scope):
    server = office.practice.server
    await promise(unit_of_work, scope, preset="healthcare")
    office.road.scope = await job_scope(scope.tenant_id, "tests")
    await office.link()
    await office.book()
    assert await server.all("Appointment") == await server.all("Patient") == []
    async with unit_of_work(scope) as uow:
        await agree(uow, f"plugin:{NAME}")
    visit = await office.book(TEN + HOUR)
    assert len(await server.all("Appointment")) == len(await server.all("Patient")) == 1
    async with unit_of_work(scope) as uow:
        entries = AuditEntries(uow)
        told = await entries.page(entries.all().filter(action="phi.disclosed"))
    assert [each.object_id for each in told] == [visit.id]


@pytest.fixture
async def erasing(office, tmp_path):
    """The office, with workers who carry out erasures."""
    registry = None
    eraser = Eraser(SIGNER, kept_in_backups, Holders(lambda: registry.personal), rows_at_once=100)
    sweeper = Sweeper(store_in(tmp_path), None)
    registry = Registry(
        (*event_handlers(), *eraser.handlers), (*jobs(), *eraser.jobs, *sweeper.jobs)
    )
    road = office.road
    carrier = Deliverer(registry, road.unit_of_work, Postbox(), PACE, http=LOOPBACK)
    office.road = Road(registry, road.unit_of_work, road.scope, road.urls, carrier)
    await office.link()
    await office.book()
    return office


async def forget(office):
    """Erase the caller; what their certificate says."""
    # Nobody is erased in the middle of a call.
    async with office.road.unit_of_work(office.caller.scope) as uow:
        await conversations.end(uow, office.caller.conversation_id, Disposition.COMPLETED)
    new = erasure.NewErasure(office.caller.contact_id, cancel_visits=True)
    async with office.open() as uow:
        await erasure.erase_contact(uow, new)
    for _ in range(3):
        await office.road.travel()
        await office.practice.wait(HOUR)
    async with office.open() as uow:
        found = ErasureCertificates(uow)
        [certificate] = await found.page(found.all())
    return str(read(certificate.file, SIGNER.public_key).statement)


@pytest.mark.law("L27")
async def test_whoever_is_erased_is_deleted_there(erasing):
    statement = await forget(erasing)
    assert await erasing.practice.server.all("Appointment") == []
    assert await erasing.practice.server.all("Patient") == []
    assert NAME in statement
    assert REMAINS not in statement


@pytest.mark.law("L27")
async def test_a_visit_that_took_place_is_the_practices_to_keep(erasing):
    await erasing.practice.server.edit("Appointment", status="fulfilled")
    statement = await forget(erasing)
    assert len(await erasing.practice.server.all("Appointment")) == 1
    assert len(await erasing.practice.server.all("Patient")) == 1
    assert REMAINS in statement
