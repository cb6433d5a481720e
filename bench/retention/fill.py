"""Old conversations by the hundred thousand, written straight into the tables."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.connection import get_connection

from bench.house import House, Step
from domain.database import MAIN
from domain.ids import first_at

TURNS_OF_EACH = 20
CHUNK = 20_000
# What an earlier run left in the house is in nobody's way.
SALT = secrets.token_hex(4)
ENSURE = "SELECT ensure_partitions('turn', $1, 0)"
# Ids as the application makes them: their time lies in the month, the rest is chance.
ID = """
(lpad(to_hex($2::bigint + n), 12, '0') || '7' || substr(md5(n || $3), 1, 3) || '8'
 || substr(md5(n || $3), 4, 15))::uuid
"""
CONVERSATIONS = """
INSERT INTO conversation (tenant_id, id, channel, verified, language, engine_version,
    policy_version, started_at, updated_at)
SELECT $1, {id}, 'voice', false, 'en-US', '1', '1', $4, $4
FROM generate_series($5::int, $6::int - 1) AS n
""".replace("{id}", ID)
# Words as long as a sentence is when it is sealed.
TURNS = """
WITH talk AS (
    SELECT n, {id} AS id FROM generate_series($5::int / $7::int, ($6::int - 1) / $7::int) AS n),
said AS (SELECT n, {id} AS id FROM generate_series($5::int, $6::int - 1) AS n)
INSERT INTO turn (tenant_id, id, conversation_id, position, speaker, text, offset_ms, interrupted,
    said_at)
SELECT $1, said.id, talk.id, said.n % $7::int, 'caller', decode(repeat('5e', 110), 'hex'), 0, false,
    $4
FROM said JOIN talk ON talk.n = said.n / $7::int
""".replace("{id}", ID)


@dataclass(frozen=True)
class Month:
    """A month of conversations."""

    begins: datetime

    @property
    def ends(self) -> datetime:
        """The beginning of the next one."""
        whole = self.begins.year * 12 + self.begins.month
        return datetime(whole // 12, whole % 12 + 1, 1, tzinfo=UTC)

    @property
    def bounds(self) -> tuple[UUID, UUID]:
        """The ids between which its rows are."""
        return first_at(self.begins), first_at(self.ends)


def months_before(now: datetime, first: int, count: int) -> Iterator[Month]:
    """Months, so many ago and further back."""
    for ago in range(first, first + count):
        whole = now.year * 12 + now.month - 1 - ago
        yield Month(datetime(whole // 12, whole % 12 + 1, 1, tzinfo=UTC))


async def fill(house: House, month: Month, rows: int, step: Step) -> None:
    """Write so many turns, with their conversations, into a month."""
    async with house.wiring.connected_as_system():
        await get_connection(MAIN).execute_query(ENSURE, [month.begins])
    for first in range(0, rows, CHUNK):
        step(f"retention: writing {month.begins:%Y-%m}, {first} of {rows}")
        last = min(first + CHUNK, rows)
        async with house.wiring.unit_of_work(house.scope) as uow:
            each = TURNS_OF_EACH
            await _write(uow.connection, CONVERSATIONS, month, house, (first // each, last // each))
            await _write(uow.connection, TURNS, month, house, (first, last, each))


async def _write(
    connection: BaseDBAsyncClient,
    statement: str,
    month: Month,
    house: House,
    rows: tuple[int, ...],
) -> None:
    begins = int(month.begins.timestamp() * 1000)
    values = [house.scope.tenant_id, begins, f"{month.begins:%Y%m}{SALT}", month.begins, *rows]
    await connection.execute_query(statement, values)
