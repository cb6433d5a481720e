"""A store, and workers who pack into it."""

from functools import partial

import pytest

from tests.factories.archives import Packing
from tests.factories.exports import store_in


@pytest.fixture
def store(tmp_path):
    return store_in(tmp_path)


@pytest.fixture
def packing_of(unit_of_work, scope, database, store):
    """Builds desks whose workers take so many steps at once."""
    return partial(Packing, unit_of_work, scope, database, store)


@pytest.fixture
def packing(packing_of):
    return packing_of()
