"""A rights desk, and somebody who calls."""

import pytest

from tests.factories.callers import ring
from tests.factories.exports import store_in
from tests.factories.rights import RightsDesk


@pytest.fixture
def desk(unit_of_work, scope, database, tmp_path):
    return RightsDesk(unit_of_work, scope, database, store_in(tmp_path))


@pytest.fixture
async def anna(unit_of_work, scope):
    return await ring(unit_of_work, scope, name="Anna Lee")
