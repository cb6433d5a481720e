"""A store, and workers who write into it."""

from functools import partial

import pytest

from tests.factories.exports import Desk, store_in


@pytest.fixture
def store(tmp_path):
    return store_in(tmp_path)


@pytest.fixture
def desk_of(unit_of_work, scope, database, store):
    """Builds desks whose workers write so many pages at once."""
    return partial(Desk, unit_of_work, scope, database, store)


@pytest.fixture
def desk(desk_of):
    return desk_of()
