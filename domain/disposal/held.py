"""Whether somebody's data must stay: every feature that holds data says so.

A feature that holds data against deletion says so in `holds` (`HOLDS = (held,)`).
"""

from collections.abc import Awaitable, Callable
from typing import cast
from uuid import UUID

from domain.handlers import declared
from domain.work import UnitOfWork

Held = Callable[[UnitOfWork, UUID | None], Awaitable[bool]]
"""Whether anything about a contact is held; about anybody at all, if none is named."""


async def held(uow: UnitOfWork, contact_id: UUID | None = None) -> bool:
    """Whether a hold stands in the way of deleting somebody, or everybody."""
    for asked in cast(tuple[Held, ...], declared("holds")):
        if await asked(uow, contact_id):
            return True
    return False
