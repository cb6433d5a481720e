"""Editions are announced in time, and who accepted which is on record."""

from datetime import timedelta
from uuid import UUID

import pytest

from domain.errors import Forbidden
from domain.privacy.periods import Period
from domain.privacy.presets import CUSTOMERS, DEFAULT
from tenants import sessions
from tenants.devices import Origin
from tenants.events import UserSignedIn
from tenants.records import policies
from tenants.records.policies.errors import NoticeTooShort, VersionTaken
from tenants.records.policies.models import Document, Manner
from tenants.records.policies.repository import PolicyAcceptances
from tests.conftest import as_system
from tests.tenants.records.conftest import staff_of_operator

PROFILE = CUSTOMERS[DEFAULT]


@pytest.fixture
async def fresh(database, unit_of_work, scope):
    """No edition of an earlier test."""
    async with as_system(database), unit_of_work(scope) as uow:
        await uow.connection.execute_query("DELETE FROM policy_edition")


@pytest.fixture
def publishing(database, unit_of_work, scope, clock, fresh):
    async def publish(version, after=timedelta(0), profile=PROFILE):
        new = policies.NewEdition(
            Document.PRIVACY_POLICY, version, "Shorter", "All of it", clock.now() + after
        )
        async with as_system(database), unit_of_work(scope) as uow:
            return await policies.publish(uow, new, profile)

    return publish


@pytest.mark.promise("P125", "P126")
async def test_a_change_is_announced_before_it_applies(publishing, clock):
    first = await publishing("1")
    assert first.applies_from == clock.now()
    with pytest.raises(NoticeTooShort) as refused:
        await publishing("2", timedelta(days=29))
    assert refused.value.earliest == clock.now() + timedelta(days=30)
    later = await publishing("2", timedelta(days=30))
    assert later.summary == "Shorter"


async def test_the_operator_decides_how_long_before(publishing):
    await publishing("1")
    soon = PROFILE.model_copy(update={"notice_of_change": Period(days=7)})
    assert await publishing("2", timedelta(days=7), soon)


async def test_a_version_is_published_once(publishing):
    await publishing("1")
    with pytest.raises(VersionTaken):
        await publishing("1", timedelta(days=40))


@pytest.mark.promise("P097")
async def test_a_person_accepts_for_themselves_once(publishing, unit_of_work, scope):
    edition = await publishing("1")
    async with unit_of_work(scope) as uow:
        first = await policies.accept(uow, edition.id)
        again = await policies.accept(uow, edition.id)
    assert first.id == again.id
    assert (str(first.user_id), first.manner) == (scope.actor.id, Manner.EXPRESS)


@pytest.mark.promise("P097")
async def test_nobody_accepts_for_somebody_else(publishing, unit_of_work, scope):
    edition = await publishing("1")
    with pytest.raises(Forbidden):
        async with unit_of_work(staff_of_operator(scope)) as uow:
            await policies.accept(uow, edition.id)


@pytest.mark.promise("P097")
async def test_going_on_after_it_applies_is_on_record(publishing, road, clock):
    first, second = await publishing("1"), await publishing("2", timedelta(days=30))

    async def signs_in():
        async with road.unit_of_work(road.scope) as uow:
            user_id = UUID(road.scope.actor.id)
            _, session = await sessions.add(
                uow,
                user_id,
                Origin("Firefox", "192.0.2.0/24"),
                expires_at=uow.now + timedelta(days=1),
            )
            told = {"user_id": user_id, "session_id": session.id, "new_device": False}
            uow.record(UserSignedIn(**told))
        while await road.travel():
            pass
        async with road.unit_of_work(road.scope, read_only=True) as uow:
            rows = await PolicyAcceptances(uow).page(PolicyAcceptances(uow).all().order_by("id"))
        return [(row.edition_id, row.manner) for row in rows]

    assert await signs_in() == [(first.id, Manner.CONTINUED_USE)]
    clock.advance(timedelta(days=30))
    assert (await signs_in())[1:] == [(second.id, Manner.CONTINUED_USE)]
