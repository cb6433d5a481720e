"""A folder to record into, and a call to record."""

import pytest

from integrations.storage.settings import StorageSettings
from integrations.storage.store import open_store
from tests.factories.calls import answered


@pytest.fixture
def store(tmp_path):
    return open_store(StorageSettings(url=(tmp_path / "sound").as_uri()))


@pytest.fixture
async def line(unit_of_work, scope):
    return await answered(unit_of_work, scope)
