"""A tenant with a row of every kind, and whoever deletes what is due."""

from functools import partial

import pytest

from domain.privacy.policy import Preset
from tests.factories.exports import store_in
from tests.factories.retention import Keeper, Policies, live, promised


@pytest.fixture
def store(tmp_path):
    return store_in(tmp_path)


@pytest.fixture
def keeper(unit_of_work, scope, clock):
    """Keeps to the preset of ninety days."""
    policies = Policies(promised(Preset.NINETY_DAYS))
    return Keeper(unit_of_work, scope, clock, policies)


@pytest.fixture
def lived(unit_of_work, scope):
    """Makes rows of every kind."""
    return partial(live, unit_of_work, scope)
