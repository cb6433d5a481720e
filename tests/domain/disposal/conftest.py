"""What disposal works on, and whoever removes what it leaves."""

import pytest

from domain.disposal import Going, children_first, dispose, rows_of
from domain.privacy.holdings import holdings
from tests.factories.exports import store_in


@pytest.fixture
def store(tmp_path):
    return store_in(tmp_path)


@pytest.fixture
def held():
    """A table by name, as disposal sees it."""
    return lambda table: next(each for each in holdings() if each.table == table)


@pytest.fixture
def going(unit_of_work):
    """Everything, or some kinds of data, because of something."""
    cause_id = unit_of_work.ids.new(unit_of_work.clock.now())
    return lambda **what: Going(cause_id, **what)


@pytest.fixture
def forget(going):
    """Does away with all there is of somebody, table by table."""

    async def forget(uow, subject):
        done = []
        for each in children_first(holdings()):
            ids = await rows_of(uow, each, subject)
            done.append(await dispose(uow, each, ids, going()))
        return done

    return forget
