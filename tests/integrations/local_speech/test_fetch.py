"""Downloading originals from a real HTTP server on this machine."""

from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import httpx
import pytest

from domain.errors import Unavailable
from integrations.local_speech.fetch import fetch
from integrations.local_speech.store import ModelStore, WeightsMissing
from tests.integrations.local_speech.weights import WHOLE, tiny_model


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_):
        """Say nothing."""


@pytest.fixture
def origin(tmp_path):
    served = tmp_path / "served"
    served.mkdir()
    (served / "model.bin").write_bytes(WHOLE)
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=served)) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


async def fetched(folder, model):
    async with httpx.AsyncClient(trust_env=False) as client:
        return await fetch(ModelStore(folder), client, [model])


async def test_originals_are_fetched_and_verified(origin, tmp_path):
    model = tiny_model(f"{origin}/model.bin")
    assert await fetched(tmp_path / "models", model) == ["tiny/model.bin"]
    folder = ModelStore(tmp_path / "models").folder_of(model)
    assert (folder / "model.bin").read_bytes() == WHOLE


async def test_a_changed_original_is_refused(origin, tmp_path):
    with pytest.raises(WeightsMissing, match="SHA-256"):
        await fetched(tmp_path / "models", tiny_model(f"{origin}/model.bin", digest="0" * 64))
    assert not list((tmp_path / "models/tiny").iterdir())


async def test_a_missing_original_is_unavailable(origin, tmp_path):
    with pytest.raises(Unavailable, match="could not be downloaded"):
        await fetched(tmp_path / "models", tiny_model(f"{origin}/nothing"))
