"""Finding accounts that nobody looks after yet. Runs as the system, which sees every tenant."""

from datetime import datetime

from tortoise.transactions import in_transaction

from domain.database import MAIN
from domain.ids import Ids
from domain.outbox import Outbox, Timer
from tenants.life_cycle.service import LOOK, TIMER

UNSEEN = """
SELECT id FROM tenant WHERE kind = 'business' AND sandbox_of IS NULL
    AND NOT EXISTS (SELECT FROM life_cycle WHERE life_cycle.tenant_id = tenant.id)
ORDER BY id LIMIT 1000
"""


async def begin_lives(ids: Ids, now: datetime) -> int:
    """Have accounts looked at that were there before anybody looked; says how many."""
    async with in_transaction(MAIN) as connection:
        rows = await connection.execute_query_dict(UNSEEN)
        for row in rows:
            timer = Timer(LOOK, now, TIMER, {})
            await Outbox(connection, row["id"]).set_timer(timer, ids.new(now), now)
    return len(rows)
