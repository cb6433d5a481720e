"""The same promises from a folder and from a bucket."""

from uuid import uuid4

import pytest

from domain.errors import InvalidInput, Unavailable
from domain.ports import PortInsideTransaction, transaction_guard
from domain.recordings.errors import ObjectExists, ObjectMissing
from integrations.storage.settings import StorageSettings
from integrations.storage.store import open_store
from tests.integrations.storage.conftest import s3_settings


@pytest.fixture
def folder():
    return f"tenant/{uuid4()}"


async def test_what_was_put_comes_back(store, folder):
    await store.put(f"{folder}/000000", b"sealed")
    assert await store.get(f"{folder}/000000") == b"sealed"


async def test_an_empty_object_is_an_object(store, folder):
    await store.put(f"{folder}/000000", b"")
    assert await store.get(f"{folder}/000000") == b""


async def test_putting_again_replaces(store, folder):
    await store.put(f"{folder}/000000", b"first")
    await store.put(f"{folder}/000000", b"second")
    assert await store.get(f"{folder}/000000") == b"second"


async def test_what_is_there_is_not_made_again(store, folder):
    await store.create(f"{folder}/once", b"first")
    with pytest.raises(ObjectExists):
        await store.create(f"{folder}/once", b"second")
    assert await store.get(f"{folder}/once") == b"first"


async def test_a_range_is_part_of_an_object(store, folder):
    await store.put(f"{folder}/000000", b"0123456789")
    assert await store.range(f"{folder}/000000", 3, 7) == b"3456"


async def test_a_stream_gives_the_whole_object(store, folder):
    large = bytes(range(256)) * 20_000
    await store.put(f"{folder}/000000", large)
    assert b"".join([piece async for piece in store.stream(f"{folder}/000000")]) == large


async def test_listing_is_ordered_and_complete(store, folder):
    keys = [f"{folder}/{index:06d}" for index in range(25)]
    for key in reversed(keys):
        await store.put(key, b"x")
    await store.put(f"{folder}0/000000", b"a neighbour with a longer name")
    assert await store.list(folder) == keys


async def test_listing_nothing_is_empty(store, folder):
    assert await store.list(folder) == []


async def test_deleted_objects_are_gone(store, folder):
    keys = [f"{folder}/{index:06d}" for index in range(3)]
    for key in keys:
        await store.put(key, b"x")
    await store.delete(keys[:2])
    assert await store.list(folder) == keys[2:]


async def test_deleting_what_is_gone_is_no_matter(store, folder):
    keys = [f"{folder}/{index:06d}" for index in range(3)]
    await store.put(keys[2], b"x")
    await store.delete(keys)
    await store.delete([])
    assert await store.list(folder) == []


async def test_a_missing_object_says_so(store, folder):
    with pytest.raises(ObjectMissing):
        await store.get(f"{folder}/000000")
    with pytest.raises(ObjectMissing):
        [piece async for piece in store.stream(f"{folder}/000000")]


async def test_no_method_runs_in_a_transaction(store, folder):
    with transaction_guard():
        for call in (store.get(folder), store.range(folder, 0, 1), store.list(folder)):
            with pytest.raises(PortInsideTransaction):
                await call
        with pytest.raises(PortInsideTransaction):
            await store.delete([folder])
        with pytest.raises(PortInsideTransaction):
            await anext(store.stream(folder))


async def test_a_folder_that_cannot_be_written_is_unavailable(tmp_path):
    store = open_store(StorageSettings(url=(tmp_path / "objects").as_uri()))
    (tmp_path / "objects").rmdir()
    (tmp_path / "objects").write_bytes(b"")
    with pytest.raises(Unavailable) as refusal:
        await store.put("tenant/recording/000000", b"x")
    assert str(tmp_path) not in refusal.value.message


async def test_a_bucket_out_of_reach_is_unavailable():
    # Port 9 is "discard": nobody listens.
    store = open_store(s3_settings("http://127.0.0.1:9", retry_seconds=0))
    with pytest.raises(Unavailable):
        await store.get("tenant/recording/000000")


async def test_a_wrong_bucket_is_unavailable(s3):
    settings = s3_settings(s3).model_copy(update={"url": "s3://nobody-made-this/calls"})
    with pytest.raises((Unavailable, ObjectMissing)):
        await open_store(settings).put("tenant/recording/000000", b"x")


@pytest.mark.parametrize("url", ["", "recordings", "https://example.com/", "memory:///"])
def test_other_addresses_are_refused(url):
    with pytest.raises(InvalidInput):
        open_store(StorageSettings(url=url))


@pytest.mark.parametrize("url", ["gs://bucket/calls", "az://container/calls"])
def test_other_clouds_are_named_by_their_address(url):
    options = {"account_name": "deskbell"} if url.startswith("az") else {}
    assert open_store(StorageSettings(url=url, options=options))


def test_secrets_do_not_show():
    settings = s3_settings("http://127.0.0.1:9")
    assert "anything" not in repr(settings)
