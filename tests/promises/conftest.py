"""A store, a mailbox, and somebody to be forgotten."""

import pytest

from tests.factories.exports import store_in


@pytest.fixture
def store(tmp_path):
    return store_in(tmp_path)
