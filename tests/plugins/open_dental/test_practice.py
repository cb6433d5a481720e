"""A practice's own book: it counts, and visits stand there with patients who are proven."""

from datetime import timedelta

import pytest

from domain import appointments, conversations, erasure
from domain.audit.repository import AuditEntries
from domain.calendars.events import CalendarDrifted
from domain.conversations.acts import Disposition
from domain.erasure.certificates import read
from domain.erasure.repository import ErasureCertificates
from plugins.admission import Equipment
from plugins.health import Trier
from plugins.open_dental.personal import REMAINS, RESTRICTED, Records
from plugins.open_dental.visitors import NAME
from tenants.service import job_scope
from tests.factories.erasures import SIGNER, erasing
from tests.factories.exports import store_in
from tests.factories.policies import agree, promise
from tests.fakes.open_dental import local
from tests.plugins.open_dental.conftest import HOUR, LOOPBACK, TEN


async def test_a_time_that_is_taken_at_the_practice_is_not_offered(office, practice):
    office.there.appointment(local(TEN), Op=practice.room, Pattern="X" * 12)
    assert TEN in await office.free_times()
    await office.link()
    free = await office.free_times()
    assert TEN not in free
    assert TEN + HOUR in free


async def test_a_visit_stands_at_the_practice_and_follows(office):
    await office.link()
    known = office.there.patient("Leo", "Schmidt", "1990-01-02")
    visit = await office.booked_for("Leo Schmidt")
    assert (office.only["PatNum"], office.only["AptDateTime"]) == (known, "2026-11-17 10:00:00")
    await office.do(appointments.reschedule, visit.id, TEN + HOUR)
    await office.travel()
    assert office.only["AptDateTime"] == "2026-11-17 11:00:00"
    await office.do(appointments.cancel, visit.id)
    await office.travel()
    assert office.only["AptStatus"] == "UnschedList"


async def test_a_visit_that_was_broken_or_moved_there_is_put_right(office):
    await office.link()
    await office.booked_for("Anna Schmidt")
    await office.poll()
    for change in ({"AptStatus": "Broken"}, {"AptDateTime": "2026-11-18 09:00:00"}):
        office.there.change(office.only["AptNum"], **change)
        await office.poll()
        assert office.only["AptStatus"] == "Scheduled"
        assert office.only["AptDateTime"] == "2026-11-17 10:00:00"
    assert [each["gone"] for each in await office.happened(CalendarDrifted)] == [True, False]


async def test_a_practice_that_is_away_flags_its_diary_and_loses_nothing(office):
    await office.link()
    office.there.failures = [400]
    await office.booked_for("Anna Schmidt")
    assert office.there.appointments == {}
    await office.poll()
    assert office.only["AptStatus"] == "Scheduled"
    for answers, failure in (([400], "status_400"), ([], "")):
        office.there.failures = answers
        await office.poll()
        assert (await office.row()).failure == failure


async def test_health_data_goes_nowhere_without_an_agreement(office, unit_of_work, scope):
    await promise(unit_of_work, scope, preset="healthcare")
    office.road.scope = await job_scope(scope.tenant_id, "tests")
    await office.link()
    await office.booked_for("Anna Schmidt")
    assert office.there.asked == []
    async with unit_of_work(scope) as uow:
        await agree(uow, f"plugin:{NAME}")
    visit = await office.booked_for("Anna Schmidt", at=TEN + HOUR)
    assert len(office.there.appointments) == len(office.there.patients) == 1
    async with unit_of_work(scope) as uow:
        entries = AuditEntries(uow)
        told = await entries.page(entries.all().filter(action="phi.disclosed"))
    assert [each.object_id for each in told] == [visit.id]


@pytest.mark.law("L27")
async def test_whoever_is_erased_comes_no_more_and_their_record_is_the_practices(office, tmp_path):
    await office.link()
    await office.booked_for("Anna Schmidt")
    office.road = erasing(office.road, store_in(tmp_path))
    # Nobody is erased in the middle of a call.
    async with office.road.unit_of_work(office.caller.scope) as uow:
        await conversations.end(uow, office.caller.conversation_id, Disposition.COMPLETED)
    async with office.open() as uow:
        new = erasure.NewErasure(office.contact_id, cancel_visits=True)
        await erasure.erase_contact(uow, new)
    for _ in range(4):
        await office.poll(timedelta(minutes=1))
    assert office.only["AptStatus"] == "UnschedList"
    assert len(office.there.patients) == 1
    async with office.open() as uow:
        [certificate] = await ErasureCertificates(uow).page(ErasureCertificates(uow).all())
    statement = read(certificate.file, SIGNER.public_key).statement
    [answer] = [each for each in statement["recipients"] if each["holder"] == NAME]
    assert (answer["state"], answer["note"]) == ("partial", REMAINS)


async def test_an_export_names_where_visits_stand(office):
    await office.link()
    await office.booked_for("Anna Schmidt")
    equipment = Equipment(office.road.unit_of_work, LOOPBACK)
    async with office.open() as uow:
        context = await Trier(office.road.registry, equipment).prepare(uow, NAME)
    told = await Records().export(office.contact_id, context)
    assert told == {"appointments": [f"appointments/{office.only['AptNum']}"]}
    assert not (await Records().rectify(office.contact_id, context)).complete
    assert (await Records().restrict(office.contact_id, context)).note == RESTRICTED
