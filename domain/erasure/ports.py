"""Whoever else was told of a person, seen from the core."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol
from uuid import UUID

from domain.erasure.statement import Answer
from domain.privacy.periods import Period
from domain.work import UnitOfWork

Backups = Callable[[UnitOfWork], Awaitable[Period]]
"""For how long backups are kept: whoever knows the operator's promise says it."""


class Holders(Protocol):
    """Knows who keeps copies outside, and whether they have forgotten."""

    async def answers(self, uow: UnitOfWork, erasure_id: UUID) -> Sequence[Answer]:
        """Where everybody stands who was told of somebody; nobody, if nobody was."""


class Nobody:
    """Where nothing is told to anybody."""

    async def answers(self, uow: UnitOfWork, erasure_id: UUID) -> Sequence[Answer]:
        """There is nobody to answer."""
        return ()
