"""What the life of an account asks of others."""

from typing import Protocol
from uuid import UUID

from domain.work import UnitOfWork


class TenantEraser(Protocol):
    """Erases a business: everything but what the law obliges to keep."""

    async def __call__(self, uow: UnitOfWork) -> UUID:
        """Begin to erase the tenant of the unit of work; returns the id of the erasure."""
