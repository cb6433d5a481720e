"""Whoever else was told of a person, seen from the core."""

from collections.abc import Sequence
from typing import Protocol
from uuid import UUID

from domain.erasure.statement import Answer
from domain.work import UnitOfWork


class Holders(Protocol):
    """Knows who keeps copies outside, and whether they have forgotten."""

    async def answers(self, uow: UnitOfWork, erasure_id: UUID) -> Sequence[Answer]:
        """Where everybody stands who was told of somebody; nobody, if nobody was."""


class Nobody:
    """Where nothing is told to anybody."""

    async def answers(self, uow: UnitOfWork, erasure_id: UUID) -> Sequence[Answer]:
        """There is nobody to answer."""
        return ()
