"""What many businesses did together is counted once, kept apart, and read by the operator only."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from tortoise.connection import get_connection
from tortoise.exceptions import IntegrityError, OperationalError
from tortoise.transactions import in_transaction

from domain import calls, conversations, erasure
from domain.conversations.acts import Disposition
from domain.database import MAIN
from domain.errors import Forbidden, InvalidInput
from tenants.grants.errors import NotAHouse
from tenants.insights import service
from tenants.insights.repository import Insights
from tenants.insights.rounds import InsightRounds, takes_part
from tenants.insights.rules import Measure
from tenants.service import job_scope
from tests.conftest import as_system
from tests.factories.calls import answered
from tests.factories.erasures import Office
from tests.factories.exports import store_in
from tests.factories.houses import open_operator
from tests.factories.tenants import open_tenant

NOVEMBER = date(2026, 11, 1)
ALL = (date(2026, 1, 1), date(2027, 12, 31))
COLUMNS = """
SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'insight'
"""


@pytest.fixture
def database(empty_database):
    return empty_database


@pytest.fixture
def rounds(unit_of_work):
    return InsightRounds(unit_of_work)


@pytest.fixture
async def businesses(database, unit_of_work, clock):
    """Eleven businesses, each with one call of a hundred seconds."""
    async with as_system(database):
        opened = [await open_tenant(unit_of_work) for _ in range(11)]
    lines = [await answered(unit_of_work, scope) for scope in opened]
    clock.advance(timedelta(seconds=100))
    for line in lines:
        async with unit_of_work(line.scope) as uow:
            await conversations.end(uow, line.call.conversation_id, Disposition.COMPLETED)
            await calls.end(uow, line.call.id, Disposition.COMPLETED)
    clock.advance(timedelta(days=18))
    return opened


async def known(database):
    async with as_system(database):
        found = await Insights(get_connection(MAIN)).between(*ALL)
    return {each.measure: (each.month, each.region, each.businesses, each.total) for each in found}


@pytest.mark.promise("P033", "P046")
async def test_a_month_is_counted_once_and_names_nobody(businesses, rounds, database, clock):
    async with as_system(database):
        assert await rounds.count()
    told = await known(database)
    assert told == {
        Measure.CALLS_ANSWERED: (NOVEMBER, "US", 10, 10),
        Measure.CALL_SECONDS: (NOVEMBER, "US", 10, 1100),
    }
    clock.advance(timedelta(days=1))
    async with as_system(database):
        assert not await rounds.count()
    assert await known(database) == told


@pytest.mark.promise("P033", "P066")
async def test_who_was_erased_is_in_nothing_that_is_counted_then(
    businesses, rounds, database, unit_of_work, tmp_path
):
    gone = businesses[0]
    async with unit_of_work(await job_scope(gone.tenant_id, "tests")) as uow:
        await erasure.erase_tenant(uow)
    await Office(unit_of_work, gone, database, store_in(tmp_path), rows=50).work()
    async with as_system(database):
        await rounds.count()
    assert (await known(database))[Measure.CALL_SECONDS] == (NOVEMBER, "US", 10, 1000)


@pytest.mark.promise("P033")
async def test_a_group_that_is_too_small_leaves_no_trace(
    businesses, rounds, database, unit_of_work
):
    async with as_system(database):
        moved = [businesses[0].tenant_id]
        await get_connection(MAIN).execute_query(
            "UPDATE tenant SET region = 'CA' WHERE id = $1", moved
        )
        await rounds.count()
    # Of the eleventh, in Canada, nothing: there is no sum that it is in.
    assert (await known(database))[Measure.CALL_SECONDS] == (NOVEMBER, "US", 10, 1000)


async def test_what_is_under_hipaa_or_only_tried_out_is_left_out(scope):
    health = scope.tenant.privacy.model_copy(update={"hipaa": True})
    assert takes_part(scope.tenant)
    assert not takes_part(replace(scope.tenant, privacy=health))
    assert not takes_part(replace(scope.tenant, sandbox=True))


@pytest.mark.promise("P033", "P046")
async def test_only_the_operator_reads_them(businesses, rounds, database, unit_of_work):
    async with as_system(database):
        await rounds.count()
        house = await open_operator(unit_of_work)
    async with unit_of_work(house, read_only=True) as uow:
        assert len(await service.between(uow, *ALL)) == 2
        with pytest.raises(InvalidInput):
            await service.between(uow, ALL[1], ALL[0])
    for business in businesses[:1]:
        async with unit_of_work(business, read_only=True) as uow:
            # Past every check of ours the database itself shows nothing.
            assert await Insights(uow.connection).between(*ALL) == []
            with pytest.raises(Forbidden):
                await service.between(uow, *ALL)
        lied = replace(business, permissions=house.permissions)
        async with unit_of_work(lied, read_only=True) as uow:
            with pytest.raises(NotAHouse):
                await service.between(uow, *ALL)


@pytest.mark.promise("P033")
async def test_no_column_of_them_holds_an_id_or_a_person(database):
    async with as_system(database):
        rows = await get_connection(MAIN).execute_query_dict(COLUMNS)
    assert {(row["table_name"], row["column_name"]) for row in rows} == {
        *(("month", name) for name in ("month", "counted_at")),
        *(("figure", name) for name in ("month", "region", "measure", "businesses", "total")),
    }


@pytest.mark.promise("P033")
async def test_the_database_takes_no_smaller_group(database):
    async with as_system(database), in_transaction(MAIN) as connection:
        month = "INSERT INTO insight.month VALUES ('2020-01-01', '2020-02-03')"
        await connection.execute_query(month)
        with pytest.raises(IntegrityError):
            await connection.execute_query(
                "INSERT INTO insight.figure VALUES ('2020-01-01', 'US', 'call_seconds', 5, 900)"
            )


@pytest.mark.parametrize(
    "change", ["UPDATE insight.figure SET total = 0", "DELETE FROM insight.figure"]
)
async def test_nobody_changes_what_was_counted(database, change):
    with pytest.raises(OperationalError):
        await get_connection(MAIN).execute_query(change)
    async with as_system(database):
        with pytest.raises(OperationalError):
            await get_connection(MAIN).execute_query(change)
