"""Turns on their way to the database: queued, in order, never on the path of the live call."""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable
from uuid import UUID

from domain import consent, conversations
from domain.consent.service import Evidence
from domain.conversations import Said
from domain.errors import DomainError
from domain.scope import Scope
from domain.work import UnitsOfWork

log = logging.getLogger(__name__)

# Seconds between tries while the database is away; a call outlives a restart of it.
FIRST_PAUSE, LONGEST_PAUSE = 0.05, 2.0
# About a minute and a half; then what was said is lost, and the log says so.
MOST_TRIES = 50

Noted = Said | Evidence
OnWritten = Callable[[UUID, list[UUID]], Awaitable[None]]


async def nobody(conversation_id: UUID, turn_ids: list[UUID]) -> None:
    """Tell nobody of new turns."""


class Journal:
    """What one conversation has to store: turns, and the proof that they may be.

    It holds what one call can say until the database is back: bounded by the call's length.
    """

    def __init__(
        self,
        unit_of_work: UnitsOfWork,
        scope: Scope,
        conversation_id: UUID,
        on_written: OnWritten = nobody,
    ) -> None:
        self._unit_of_work = unit_of_work
        self._scope = scope
        self._conversation_id = conversation_id
        self._on_written = on_written
        self._waiting: deque[Noted] = deque()
        self._writer: asyncio.Task[None] | None = None

    def note(self, noted: Noted) -> None:
        """Take a turn or a proof; it is stored soon, after those before it."""
        self._waiting.append(noted)
        if self._writer is None or self._writer.done():
            self._writer = asyncio.create_task(self._write())

    async def flush(self) -> None:
        """Wait until everything taken so far is stored."""
        while self._waiting or (self._writer and not self._writer.done()):
            if self._writer is None or self._writer.done():
                self._writer = asyncio.create_task(self._write())
            # The caller may be cancelled (a hang-up); the writing goes on.
            await asyncio.shield(self._writer)

    async def _write(self) -> None:
        while self._waiting:
            batch = list(self._waiting)
            written = await self._store_patiently(batch)
            for _ in batch:
                self._waiting.popleft()
            await self._on_written(self._conversation_id, written)

    async def _store_patiently(self, batch: list[Noted]) -> list[UUID]:
        """Store turns as soon as the database takes them; drivers fail in too many ways to name."""
        pause = FIRST_PAUSE
        for _ in range(MOST_TRIES):
            try:
                return await self._store(batch)
            except DomainError:
                raise
            except Exception as fault:
                log.warning("turns of %s wait: %s", self._conversation_id, type(fault).__name__)
                await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE)
        log.error("%d things said in %s were lost", len(batch), self._conversation_id)
        return []

    async def _store(self, batch: list[Noted]) -> list[UUID]:
        said = [noted for noted in batch if isinstance(noted, Said)]
        proofs = [noted for noted in batch if isinstance(noted, Evidence)]
        async with self._unit_of_work(self._scope) as uow:
            turns = await conversations.add_turns(uow, self._conversation_id, said) if said else []
            for proof in proofs:
                await consent.record(uow, self._conversation_id, proof)
            if any(proof.takes_words_back for proof in proofs):
                await conversations.forget_turns(uow, self._conversation_id)
                return []
        return [turn.id for turn in turns]
