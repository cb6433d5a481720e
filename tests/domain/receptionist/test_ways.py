"""Callers of those who come to them: where to is taken along from the search to the visit."""

from dataclasses import asdict
from datetime import datetime, timedelta

import pytest

from domain import appointments, business
from domain.appointments.repository import Appointments, site_of
from domain.appointments.sites import Site
from domain.business import versions
from domain.business.profile import BookingRules, Rules, TravelRules
from domain.receptionist.briefing import Briefing, Caller
from domain.receptionist.moves import UseTool
from domain.receptionist.tools import Toolbox
from domain.spots import Spot
from tests.conftest import NOW
from tests.factories.business import open_practice
from tests.factories.callers import ring

TEN = NOW + timedelta(days=1)
HERE = Site("10001", Spot(40.75, -73.997))
FAR = Site("10950", Spot(41.334, -74.187))


@pytest.fixture
async def practice(unit_of_work, scope):
    """People who come to their customers; one of them is taken at ten."""
    practice = await open_practice(unit_of_work, scope)
    first = await ring(unit_of_work, scope)
    async with unit_of_work(scope) as uow:
        await business.set_rules(uow, Rules(booking=BookingRules(travel=TravelRules())))
        wanted = appointments.Booking(first.contact_id, practice.exam_id, TEN, site=HERE)
        await appointments.book(uow, await versions.profile(uow), wanted)
    return practice


@pytest.fixture
async def caller(unit_of_work, scope, practice):
    return await ring(unit_of_work, scope)


@pytest.fixture
async def box(unit_of_work, scope, caller):
    async with unit_of_work(scope) as uow:
        briefing = Briefing(await versions.profile(uow), Caller(caller.phone, "Anna Lee"))
    return Toolbox(unit_of_work, caller.scope, caller.conversation_id, briefing)


async def offered(box, practice, **more):
    """The first time in the late morning, and by which offer it is."""
    day = TEN.date().isoformat()
    search = dict.fromkeys(("staff_id", "at", "latest")) | {"earliest": "10:30:00", **more}
    search |= {"service_id": str(practice.exam_id), "first": day, "last": day}
    answer = await box.use(UseTool("find_slots", search))
    assert answer.error is None
    first = answer.result["slots"][0]
    return datetime.fromisoformat(first["starts_at"]) - TEN, first["offer_id"]


async def test_where_to_counts_from_the_search_to_the_move(box, practice, caller, unit_of_work):
    near, _ = await offered(box, practice, site=asdict(HERE))
    far, offer_id = await offered(box, practice, site=asdict(FAR))
    assert (near, far) == (timedelta(minutes=75), timedelta(minutes=210))
    taken = {"offer_id": offer_id, "name": "Anna Lee", "phone": caller.phone, "site": asdict(FAR)}
    booked = await box.use(UseTool("book", taken))
    id = booked.result["appointment_id"]
    async with unit_of_work(caller.scope) as uow:
        assert site_of(await Appointments(uow).get(id)) == FAR
    again, _ = await offered(box, practice, appointment_id=id)
    # Its own time is free to itself, and the other job as far away as before.
    assert again == far


async def test_nobody_looks_where_somebody_elses_visit_is(box, practice, scope, unit_of_work):
    async with unit_of_work(scope) as uow:
        [other] = await Appointments(uow).page(Appointments(uow).all())
    search = dict.fromkeys(("staff_id", "at", "earliest", "latest"))
    search |= {"service_id": str(practice.exam_id), "appointment_id": str(other.id)}
    search |= {"first": "2026-11-17", "last": "2026-11-17"}
    assert (await box.use(UseTool("find_slots", search))).error == "NOT_FOUND"
