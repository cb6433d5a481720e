"""Deleting a recording through GraphQL, down the whole road to the store."""

from dataclasses import replace
from datetime import timedelta

import httpx
import pytest
from starlette.applications import Starlette

from api import problems
from api.graphql.ids import write_id
from api.recordings import Listening, RecordingLinks, whoever_may
from domain import recordings
from domain.errors import Unavailable
from domain.recordings.keeper import Keeper
from domain.recordings.repository import Recordings
from integrations.storage.settings import StorageSettings
from integrations.storage.store import open_store
from plugins.delivery import Deliverer
from plugins.models import DeliveryStatus
from plugins.registry import Registry
from tests.api.conftest import PUBLIC_URL
from tests.api.deeds import do, refuse
from tests.factories.calls import answered, record, sound
from tests.factories.outbox import events
from tests.fakes.mailer import Postbox
from tests.plugins.conftest import PACE, Road

DELETED = "recording { state reason deletedAt url }"


class Failing:
    """A store that is away for its first calls."""

    def __init__(self, store, failures):
        self.store = store
        self.failures = failures

    async def list(self, prefix):
        if self.failures:
            self.failures -= 1
            raise Unavailable("The store is away")
        return await self.store.list(prefix)

    async def delete(self, keys):
        await self.store.delete(keys)


@pytest.fixture
def store(tmp_path):
    return open_store(StorageSettings(url=(tmp_path / "sound").as_uri()))


@pytest.fixture
async def line(unit_of_work, scope):
    return await answered(unit_of_work, scope)


@pytest.fixture
async def recording_id(unit_of_work, store, line):
    return await record(unit_of_work, store, line, sound(7))


@pytest.fixture
def build(unit_of_work, scope, database):
    """The road from the outbox to the keeper of a store."""

    def built(store):
        registry = Registry(Keeper(store).handlers)
        deliverer = Deliverer(registry, unit_of_work, Postbox(), PACE)
        return Road(registry, unit_of_work, scope, database, deliverer)

    return built


async def delete(owner, id, reason="The caller asked"):
    deleted = await do(
        owner, "recordingDelete", DELETED, id=write_id("Recording", id), reason=reason
    )
    return deleted["recording"]


async def kept(store, scope):
    return await store.list(str(scope.tenant_id))


async def test_a_deleted_recording_leaves_a_row_and_no_sound(
    owner, unit_of_work, scope, store, recording_id, build
):
    assert await kept(store, scope)
    assert await delete(owner, recording_id) == {
        "state": "DELETED",
        "reason": "The caller asked",
        "deletedAt": "2026-11-16T15:00:00Z",
        "url": None,
    }
    # Nothing outside happens before the deed is committed.
    assert await kept(store, scope)
    await build(store).travel()
    assert await kept(store, scope) == []
    async with unit_of_work(scope) as uow:
        row = await Recordings(uow).get(recording_id)
    assert (row.deleted_by, row.duration_ms) == (f"member:{scope.actor.id}", 7000)


async def test_another_recording_is_left_alone(
    owner, unit_of_work, scope, store, recording_id, build
):
    other = await record(unit_of_work, store, await answered(unit_of_work, scope), sound(1))
    await delete(owner, recording_id)
    await build(store).travel()
    assert {key.split("/")[1] for key in await kept(store, scope)} == {str(other)}


async def test_a_store_that_is_away_is_asked_again(owner, scope, store, recording_id, build):
    road = build(Failing(store, failures=2))
    await delete(owner, recording_id)
    for _ in range(3):
        await road.travel()
        road.wait(timedelta(minutes=1))
    assert await kept(store, scope) == []
    [delivery] = [each for each in await road.deliveries() if each.handler.endswith("remove")]
    assert (delivery.status, delivery.attempts) == (DeliveryStatus.DONE, 3)


async def test_deleting_twice_is_deleting_once(owner, unit_of_work, scope, recording_id, clock):
    first = await delete(owner, recording_id)
    clock.advance(timedelta(minutes=5))
    assert await delete(owner, recording_id, reason="Once more") == first
    assert (await events(unit_of_work, scope, "recording.")).count("recording.deleted") == 1


async def test_a_link_from_before_leads_nowhere(
    owner, unit_of_work, scope, store, recording_id, clock
):
    links = RecordingLinks("s" * 32, clock=clock, public_url=PUBLIC_URL)
    url = links.url(scope, recording_id)
    route = Listening(unit_of_work, store, links, whoever_may(unit_of_work))
    app = Starlette(routes=route.routes(), exception_handlers=problems.HANDLERS)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app)) as listener:
        assert (await listener.get(url)).status_code == 200
        await delete(owner, recording_id)
        gone = await listener.get(url)
    assert (gone.status_code, gone.json()["code"]) == (410, "RECORDING_DELETED")


async def test_what_is_still_being_recorded_cannot_be_deleted(owner, unit_of_work, line):
    async with unit_of_work(line.scope) as uow:
        begun = await recordings.begin(uow, line.take)
    query = """
    mutation ($id: ID!) { recordingDelete(input: {id: $id}) {
      ... on RecordingNotReadyError { code state reason } } }
    """
    answer = await owner.ask(query, id=write_id("Recording", begun.id))
    assert answer["recordingDelete"] == {
        "code": "RECORDING_NOT_READY",
        "state": "RECORDING",
        "reason": "the call is not over",
    }


async def test_a_reason_beyond_all_measure_is_refused(owner, recording_id):
    id = write_id("Recording", recording_id)
    assert await refuse(owner, "recordingDelete", id=id, reason="x" * 201) == "InvalidInputError"


async def test_another_tenants_recording_is_not_there(
    owner, unit_of_work, other_scope, store, build
):
    theirs = await record(unit_of_work, store, await answered(unit_of_work, other_scope), sound(1))
    mutation = "mutation ($id: ID!) { recordingDelete(input: {id: $id}) { __typename } }"
    assert await owner.fail(mutation, id=write_id("Recording", theirs)) == "NOT_FOUND"
    await build(store).travel()
    await replace(build(store), scope=other_scope).travel()
    assert await kept(store, other_scope)
