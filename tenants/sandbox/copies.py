"""Letters of a sandbox, in which somebody may be named: all of them go."""

from collections.abc import Mapping
from uuid import UUID

from domain.work import UnitOfWork
from tenants.sandbox.repository import CapturedLetters


async def forget(uow: UnitOfWork, contact_id: UUID) -> Mapping[str, int]:
    """Delete the letters; there are none but in a sandbox, where things are only tried out."""
    return {"captured_letters": await CapturedLetters(uow).all().delete()}
