"""People who belong to no business any more. Runs as the system, which sees every tenant."""

from datetime import datetime

from tortoise.transactions import in_transaction

from domain.database import MAIN

# What else was theirs goes with them: factors, recovery codes, identities, devices, letters.
FORGET = """
DELETE FROM "user" WHERE id IN (
    SELECT u.id FROM "user" u
    WHERE NOT EXISTS (SELECT FROM membership m WHERE m.user_id = u.id)
        AND NOT EXISTS (
            SELECT FROM invitation i
            WHERE i.email = u.email AND i.expires_at > $1
                AND i.accepted_at IS NULL AND i.revoked_at IS NULL
        )
    ORDER BY u.id LIMIT 1000
)
RETURNING id
"""


async def forget_departed(now: datetime) -> int:
    """Erase whoever has left, or lost, the last of their businesses; says how many there were.

    A closed business has its time of grace first: its members stay members until it is erased.
    """
    async with in_transaction(MAIN) as connection:
        return len(await connection.execute_query_dict(FORGET, [now]))
