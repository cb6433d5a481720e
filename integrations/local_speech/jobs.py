"""Jobs that wait for an inference process, the most urgent first."""

import asyncio
from bisect import insort
from dataclasses import dataclass, field
from enum import IntEnum
from itertools import count

from domain.errors import Unavailable
from integrations.local_speech.wire import Frame

_numbers = count()


class ProcessDied(Unavailable):
    """The process that worked on a job ended before the job did; trying again is reasonable."""


class Priority(IntEnum):
    """Who is served first: whoever a caller is waiting for."""

    FINAL = 0
    FIRST_CLAUSE = 1
    INTERIM = 2
    CLAUSE = 3
    PRERENDER = 4


@dataclass(order=True)
class Job:
    """One piece of work, in the order of its urgency, then of its arrival."""

    priority: Priority
    number: int = field(default_factory=lambda: next(_numbers), init=False)
    frame: Frame = field(compare=False)
    answer: asyncio.Future[Frame] = field(compare=False)

    def fail(self, error: Unavailable) -> None:
        """Tell whoever waits, if anybody still does."""
        if not self.answer.done():
            self.answer.set_exception(error)


class WaitingJobs:
    """A bounded queue; when it is full the least urgent job gives way."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._jobs: list[Job] = []
        self._arrived = asyncio.Event()

    def __len__(self) -> int:
        return len(self._jobs)

    def put(self, job: Job) -> None:
        """Queue the job, or fail whichever is the least urgent now."""
        # A sorted list, not a heap: it is short, and its worst member must be found too.
        insort(self._jobs, job)
        self._arrived.set()
        if len(self._jobs) > self._limit:
            self._jobs.pop().fail(Unavailable("Too much speech is waiting."))

    async def take(self) -> Job:
        """The most urgent job that somebody still waits for, as soon as there is one."""
        while True:
            while not self._jobs:
                self._arrived.clear()
                await self._arrived.wait()
            job = self._jobs.pop(0)
            if not job.answer.done():
                return job

    def forget(self, job: Job) -> None:
        """Remove a job that nobody waits for any more."""
        if job in self._jobs:
            self._jobs.remove(job)

    def fail_all(self, reason: str) -> None:
        """Fail everything that waits."""
        while self._jobs:
            self._jobs.pop().fail(Unavailable(reason))
