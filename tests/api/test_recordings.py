"""Listening through a signed link: ranges, refusals, and a trace of every listen."""

from dataclasses import replace
from datetime import timedelta

import httpx
import jwt
import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette

from api import problems
from api.recordings import (
    LIFETIME,
    Listening,
    RangeNotSatisfiable,
    RecordingLinks,
    byte_range,
    whoever_may,
)
from domain import recordings
from domain.audit.repository import AuditEntries
from domain.errors import Forbidden
from domain.recordings import wav
from domain.recordings.sealing import block_key
from domain.scope import Actor, ActorKind
from integrations.storage.settings import StorageSettings
from integrations.storage.store import open_store
from tests.factories.calls import RATE, answered, record, sound

PUBLIC = "https://deskbell.test"
SECRET = "a secret of thirty-two characters!"
PCM = sound(7)
WHOLE = wav.header(len(PCM), RATE) + PCM


@pytest.fixture
def store(tmp_path):
    return open_store(StorageSettings(url=(tmp_path / "sound").as_uri()))


@pytest.fixture
def links(clock):
    return RecordingLinks(SECRET, clock=clock, public_url=PUBLIC)


@pytest.fixture
async def line(unit_of_work, scope):
    return await answered(unit_of_work, scope)


@pytest.fixture
async def recording_id(unit_of_work, store, line):
    return await record(unit_of_work, store, line, PCM)


@pytest.fixture
def url(links, scope, recording_id):
    return links.url(scope, recording_id)


@pytest.fixture
async def client(unit_of_work, store, links):
    route = Listening(unit_of_work, store, links, whoever_may(unit_of_work))
    app = Starlette(routes=route.routes(), exception_handlers=problems.HANDLERS)
    transport = httpx.ASGITransport(app=app, client=("192.0.2.7", 4711))
    async with httpx.AsyncClient(transport=transport, base_url=PUBLIC) as client:
        yield client


async def listens(unit_of_work, scope, id):
    async with unit_of_work(scope) as uow:
        entries = AuditEntries(uow).all().filter(action="recording.listened", object_id=id)
        return await entries.order_by("id")


def refused(response, status, code):
    assert response.headers["Content-Type"] == "application/problem+json"
    assert (response.status_code, response.json()["code"]) == (status, code)


async def test_a_link_plays_the_whole_call(client, url):
    response = await client.get(url)
    assert (response.status_code, response.content) == (200, WHOLE)
    assert response.headers["Content-Type"] == "audio/wav"
    assert response.headers["Cache-Control"] == "private, no-store"
    assert response.headers["Accept-Ranges"] == "bytes"
    assert response.headers["Content-Length"] == str(len(WHOLE))


@pytest.mark.parametrize(
    ("asked", "start", "stop"),
    [
        ("bytes=0-0", 0, 1),
        ("bytes=0-", 0, len(WHOLE)),
        ("bytes=40-60", 40, 61),
        ("bytes=160000-170000", 160_000, 170_001),
        ("bytes=-500", len(WHOLE) - 500, len(WHOLE)),
        ("bytes=100-999999999", 100, len(WHOLE)),
    ],
)
async def test_a_range_is_part_of_the_call(client, url, asked, start, stop):
    response = await client.get(url, headers={"Range": asked})
    assert (response.status_code, response.content) == (206, WHOLE[start:stop])
    assert response.headers["Content-Range"] == f"bytes {start}-{stop - 1}/{len(WHOLE)}"


@pytest.mark.parametrize("asked", ["bytes=999999999-", f"bytes={len(WHOLE)}-", "bytes=-0"])
async def test_a_range_beyond_the_end_is_refused(client, url, asked):
    response = await client.get(url, headers={"Range": asked})
    refused(response, 416, "RANGE_NOT_SATISFIABLE")
    assert response.headers["Content-Range"] == f"bytes */{len(WHOLE)}"


@pytest.mark.parametrize("asked", ["bytes=9-5", "bytes=-", "bytes=0-1,5-6", "frames=0-5", "x"])
async def test_a_range_not_understood_is_ignored(client, url, asked):
    response = await client.get(url, headers={"Range": asked})
    assert (response.status_code, response.content) == (200, WHOLE)


@given(st.integers(1, 300), st.integers(0, 400), st.none() | st.integers(0, 400))
def test_ranges_follow_the_standard(size, first, last):
    header = f"bytes={first}-{'' if last is None else last}"
    wanted = range(size)[first : None if last is None else last + 1]
    if last is not None and last < first:
        assert byte_range(header, size) is None
    elif first >= size:
        with pytest.raises(RangeNotSatisfiable):
            byte_range(header, size)
    else:
        assert byte_range(header, size) == (wanted.start, wanted.stop)


async def test_if_range_wants_the_same_recording(client, url):
    tag = (await client.head(url)).headers["ETag"]
    same = await client.get(url, headers={"Range": "bytes=0-9", "If-Range": tag})
    other = await client.get(url, headers={"Range": "bytes=0-9", "If-Range": '"another"'})
    assert (same.status_code, other.status_code) == (206, 200)


async def test_head_describes_without_a_listen(client, url, unit_of_work, scope, recording_id):
    response = await client.head(url, headers={"Range": "bytes=0-9"})
    assert (response.status_code, response.content) == (200, b"")
    assert response.headers["Content-Length"] == str(len(WHOLE))
    assert await listens(unit_of_work, scope, recording_id) == []


async def test_every_listen_leaves_a_trace(client, url, unit_of_work, scope, recording_id):
    await client.get(url)
    await client.get(url, headers={"Range": "bytes=100-200"})
    traces = await listens(unit_of_work, scope, recording_id)
    seen = [(trace.actor_id, trace.address, trace.via) for trace in traces]
    assert seen == [(scope.actor.id, "192.0.2.7", "link")] * 2


async def test_the_trace_is_there_before_any_sound(
    unit_of_work, store, links, scope, recording_id, url
):
    seen = []

    class Watching:
        async def get(self, key):
            seen.append(len(await listens(unit_of_work, scope, recording_id)))
            return await store.get(key)

    route = Listening(unit_of_work, Watching(), links, whoever_may(unit_of_work))
    app = Starlette(routes=route.routes(), exception_handlers=problems.HANDLERS)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app)) as client:
        await client.get(url)
    assert seen == [1, 1]


async def test_a_refused_range_leaves_no_trace(client, url, unit_of_work, scope, recording_id):
    await client.get(url, headers={"Range": "bytes=999999999-"})
    assert await listens(unit_of_work, scope, recording_id) == []


async def test_an_old_link_has_expired(client, url, clock):
    clock.advance(LIFETIME)
    refused(await client.get(url), 401, "LINK_EXPIRED")


async def test_a_link_lasts_until_it_expires(client, url, clock):
    clock.advance(LIFETIME - timedelta(seconds=1))
    assert (await client.head(url)).status_code == 200


@pytest.mark.parametrize(
    ("secret", "changes"),
    [
        ("another secret of thirty-two chars!", {}),
        (SECRET, {"aud": "voice"}),
        (SECRET, {"actor": None}),
    ],
)
async def test_a_forged_link_is_refused(client, url, secret, changes):
    token = url.rsplit("/", 1)[1]
    claims = jwt.decode(token, options={"verify_signature": False}) | changes
    kept = {name: claim for name, claim in claims.items() if claim is not None}
    forged = jwt.encode(kept, secret, "HS256")
    refused(await client.get(f"/recordings/{forged}"), 401, "LINK_INVALID")


@pytest.mark.parametrize("token", ["x", "a.b.c", "eyJhbGciOiJub25lIn0.e30."])
async def test_garbage_is_no_link(client, token):
    refused(await client.get(f"/recordings/{token}"), 401, "LINK_INVALID")


async def test_another_tenants_recording_is_not_there(client, links, other_scope, recording_id):
    refused(await client.get(links.url(other_scope, recording_id)), 404, "NOT_FOUND")


async def test_whoever_has_left_cannot_listen(client, links, scope, other_scope, recording_id):
    stranger = replace(scope, actor=other_scope.actor)
    refused(await client.get(links.url(stranger, recording_id)), 403, "FORBIDDEN")


async def test_a_refused_listener_is_on_record(
    client, links, scope, other_scope, recording_id, unit_of_work
):
    await client.get(links.url(replace(scope, actor=other_scope.actor), recording_id))
    async with unit_of_work(scope) as uow:
        [refused] = await AuditEntries(uow).all().filter(action="access.refused")
    assert refused.actor_id == other_scope.actor.id


async def test_only_members_may_listen(client, links, scope, recording_id):
    plugin = replace(scope, actor=Actor(ActorKind.PLUGIN, scope.actor.id))
    refused(await client.get(links.url(plugin, recording_id)), 403, "FORBIDDEN")


def test_no_link_without_the_permission(links, scope, recording_id):
    with pytest.raises(Forbidden):
        links.url(replace(scope, permissions=frozenset()), recording_id)


@pytest.mark.parametrize("method", ["GET", "HEAD"])
async def test_a_deleted_recording_is_gone(client, url, unit_of_work, scope, recording_id, method):
    async with unit_of_work(scope) as uow:
        await recordings.delete(uow, recording_id)
    response = await client.request(method, url)
    assert response.status_code == 410
    refused(await client.get(url), 410, "RECORDING_DELETED")
    assert await listens(unit_of_work, scope, recording_id) == []


async def test_an_open_recording_is_not_ready(client, links, unit_of_work, scope, line):
    async with unit_of_work(line.scope) as uow:
        begun = await recordings.begin(uow, line.take)
    refused(await client.get(links.url(scope, begun.id)), 409, "RECORDING_NOT_READY")


async def test_an_erased_call_is_gone(client, url, unit_of_work, scope, line):
    async with unit_of_work(scope) as uow:
        await uow.keys.destroy([line.call.conversation_id])
    refused(await client.get(url), 410, "ERASED")


async def test_damage_is_told_before_any_sound(client, url, store, scope, recording_id):
    await store.put(block_key(f"{scope.tenant_id}/{recording_id}", 0), b"noise")
    refused(await client.get(url), 503, "RECORDING_DAMAGED")


async def test_broken_storage_is_unavailable(client, url, tmp_path, recording_id):
    (tmp_path / "sound").rename(tmp_path / "away")
    (tmp_path / "sound").write_bytes(b"")
    response = await client.get(url)
    refused(response, 503, "UNAVAILABLE")
    assert str(tmp_path) not in response.text
