"""Whose number is being called: asked before any tenant is known."""

from dataclasses import dataclass
from uuid import UUID

from tortoise.connection import get_connection

from domain.database import MAIN

# A function of the system role, because row-level security hides every number from this one.
LOOK_UP = "SELECT tenant_id, phone_number_id FROM tenant_of_number($1)"


@dataclass(frozen=True)
class Route:
    """Where a call belongs."""

    tenant_id: UUID
    phone_number_id: UUID


async def tenant_of_number(e164: str) -> Route | None:
    """The business that a number in E.164 rings at, if any."""
    rows = await get_connection(MAIN).execute_query_dict(LOOK_UP, [e164])
    return Route(**rows[0]) if rows else None
