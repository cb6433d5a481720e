"""Whole months go at once if everything in them is due everywhere; tenants do the rest."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from tortoise.connection import get_connection
from tortoise.exceptions import OperationalError

from domain import audit
from domain.audit.repository import AuditEntries
from domain.audit.sealer import Sealer
from domain.clock import FixedClock
from domain.database import MAIN
from domain.privacy.policy import Preset
from domain.retention import holds, months
from domain.retention.holds.models import HoldReason
from domain.retention.promises import Promises
from domain.trail import Trace
from tenants.retention.rounds import RetentionRounds
from tests.conftest import NOW, as_system
from tests.factories.exports import store_in
from tests.factories.retention import promised, talk

pytestmark = pytest.mark.promise("P064")
BEGINS = datetime(2029, 7, 1, tzinfo=UTC)
PARTITION = f"turn_{BEGINS:%Y%m}"


@dataclass
class ByTenant:
    """Everybody promises ninety days, but for those who promise something else."""

    others: dict[UUID, Promises] = field(default_factory=dict)

    async def of(self, uow):
        return self.others.get(uow.tenant_id, promised(Preset.NINETY_DAYS))


@pytest.fixture
def database(empty_database):
    return empty_database


@pytest.fixture
async def rounds(unit_of_work, database, clock: FixedClock, tmp_path):
    """The system's rounds, over a month of turns."""
    sealer = Sealer(store_in(tmp_path), clock, unit_of_work.ids, b"secret")
    clock.advance(BEGINS + timedelta(days=14) - clock.now())
    async with as_system(database):
        await execute("SELECT ensure_partitions('turn', $1, 0)", BEGINS)
    return RetentionRounds(unit_of_work, ByTenant(), sealer)


async def execute(query, *values):
    return await get_connection(MAIN).execute_query_dict(query, list(values))


async def there() -> bool:
    [row] = await execute("SELECT to_regclass($1) IS NOT NULL AS there", PARTITION)
    return row["there"]


async def disclosed(unit_of_work, scope, contact_id) -> list[str]:
    """Whoever is on record as having been told of a person."""
    async with unit_of_work(scope, read_only=True) as uow:
        found = await AuditEntries(uow).page(await audit.disclosures(uow, contact_id))
        return [entry.action for entry in found]


@pytest.mark.law("L39", "L40")
async def test_who_was_told_of_a_person_is_known_for_six_years(
    rounds, unit_of_work, scope, clock, database
):
    person = unit_of_work.ids.new(clock.now())
    # Six years on, whoever else was told later keeps nobody's entry.
    for days in (6 * 365, 4):
        async with unit_of_work(scope) as uow:
            uow.trace(Trace("phi.disclosed", "contact", person, discloses=True))
        async with as_system(database):
            await rounds.sealer.seal(scope.tenant_id)
            clock.advance(timedelta(days=days))
            await rounds.expire_trail(scope.tenant_id)
        known = await disclosed(unit_of_work, scope, person)
        assert known == ["phi.disclosed"]
    async with unit_of_work(scope) as uow:
        assert await uow.connection.execute_query_dict("SELECT 1 FROM audit_checkpoint")


async def left(unit_of_work, scope) -> int:
    async with unit_of_work(scope) as uow:
        [row] = await uow.connection.execute_query_dict("SELECT count(*) AS n FROM turn")
        return row["n"]


async def test_a_month_that_is_due_everywhere_goes_at_once(
    rounds, unit_of_work, scope, other_scope, clock, database
):
    for each in (scope, other_scope):
        await talk(unit_of_work, each, conversations=2, turns=10)
    clock.advance(timedelta(days=85))
    async with as_system(database):
        assert PARTITION not in await rounds.drop_months()
        clock.advance(timedelta(days=6))
        assert PARTITION in await rounds.drop_months()
        assert not await there()
        noted = await execute(
            "SELECT counts FROM retention_run WHERE tenant_id = $1", scope.tenant_id
        )
    assert [PARTITION in row["counts"] for row in noted] == [True]
    for each in (scope, other_scope):
        assert await left(unit_of_work, each) == 0


async def test_a_month_stays_while_one_tenant_keeps_it(
    rounds, unit_of_work, scope, other_scope, clock, database
):
    rounds.policies.others[other_scope.tenant_id] = promised(Preset.HEALTHCARE)
    for each in (scope, other_scope):
        await talk(unit_of_work, each, conversations=1, turns=5)
    clock.advance(timedelta(days=200))
    async with as_system(database):
        assert PARTITION not in await rounds.drop_months()
    assert await left(unit_of_work, other_scope) == 5


async def test_a_month_stays_while_something_is_held(rounds, unit_of_work, scope, clock, database):
    await talk(unit_of_work, scope, conversations=1, turns=5)
    async with unit_of_work(scope) as uow:
        await holds.place(uow, holds.NewHold(HoldReason.DISPUTE, uow.now + timedelta(days=1)))
    clock.advance(timedelta(days=200))
    async with as_system(database):
        assert PARTITION not in await rounds.drop_months()
    assert await left(unit_of_work, scope) == 5


async def test_a_month_that_is_to_be_archived_is_not_dropped(
    rounds, unit_of_work, scope, clock, database
):
    rounds.policies.others[scope.tenant_id] = promised(Preset.INACTIVITY)
    await talk(unit_of_work, scope, conversations=1, turns=5)
    clock.advance(timedelta(days=300))
    async with as_system(database):
        assert PARTITION not in await rounds.drop_months()
    assert await left(unit_of_work, scope) == 5


@pytest.mark.parametrize(("table", "days"), [("turn", 40), ("contact", 900)])
async def test_the_database_drops_nothing_but_months_that_are_over(database, table, days):
    async with as_system(database):
        with pytest.raises(Exception, match="is no month that may go"):
            await execute(months.DROP, table, BEGINS, BEGINS + timedelta(days=days))


async def test_tenants_may_drop_nothing(database, unit_of_work, scope):
    async with unit_of_work(scope) as uow:
        with pytest.raises(OperationalError, match="permission denied"):
            await uow.connection.execute_query(months.DROP, ["turn", BEGINS, NOW])


async def test_by_night_every_tenant_is_told_to_begin(
    rounds, unit_of_work, scope, other_scope, database
):
    async with as_system(database):
        await rounds.night()
        found = await execute("SELECT tenant_id FROM outbox WHERE name = 'retention.run'")
    assert {scope.tenant_id, other_scope.tenant_id} <= {row["tenant_id"] for row in found}
