"""Inference processes behind one queue. The event loop itself never computes."""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from domain.errors import Unavailable
from integrations.local_speech.jobs import Job, Priority, ProcessDied, WaitingJobs
from integrations.local_speech.process import InferenceProcess
from integrations.local_speech.wire import Frame

_log = logging.getLogger(__name__)
# Seconds between attempts to start a process again, doubling: broken weights are no race.
_FIRST_RETRY, _LAST_RETRY = 0.1, 30.0


@dataclass(frozen=True)
class Limits:
    """Bounds of a pool; times in seconds."""

    queue: int = 64
    deadline: float = 8.0
    stuck_after: float = 40.0


@dataclass(frozen=True)
class PoolHealth:
    """How the pool is doing."""

    processes: int
    alive: int
    waiting: int
    restarts: int


class InferencePool:
    """Processes that all run `command`, each with one job at a time."""

    def __init__(self, command: Sequence[str], size: int, limits: Limits) -> None:
        self._command = command
        self._limits = limits
        self._jobs = WaitingJobs(limits.queue)
        self._alive = 0
        self._restarts = 0
        self._size = size
        self._servants: list[asyncio.Task[None]] = []

    @classmethod
    async def start(
        cls, command: Sequence[str], *, size: int, limits: Limits | None = None
    ) -> "InferencePool":
        """Start every process; returns when all are ready. Raises `Unavailable`."""
        pool = cls(command, size, limits or Limits())
        started = await asyncio.gather(
            *(InferenceProcess.start(command) for _ in range(size)), return_exceptions=True
        )
        children = [child for child in started if isinstance(child, InferenceProcess)]
        if len(children) < size:
            await asyncio.gather(*(child.kill() for child in children))
            raise Unavailable("The speech processes do not start.")
        pool._alive = size
        pool._servants = [asyncio.create_task(pool._serve(child)) for child in children]
        return pool

    def submit(
        self, frame: Frame, priority: Priority, *, deadline: float | None = None
    ) -> asyncio.Future[Frame]:
        """Queue a job now; cancel the future to withdraw it. It fails with `Unavailable`."""
        loop = asyncio.get_running_loop()
        job = Job(priority=priority, frame=frame, answer=loop.create_future())
        seconds = self._limits.deadline if deadline is None else deadline
        late = loop.call_later(seconds, job.fail, Unavailable("Speech took too long."))
        job.answer.add_done_callback(partial(self._settled, job, late))
        self._jobs.put(job)
        # Nobody is left to take it: fail at once rather than at the deadline.
        if not self._servants:
            self._jobs.fail_all("Speech is closed.")
        return job.answer

    def health(self) -> PoolHealth:
        """Figures of this moment."""
        return PoolHealth(self._size, self._alive, len(self._jobs), self._restarts)

    async def close(self) -> None:
        """Fail what waits and end every process; safe to call twice."""
        servants, self._servants = self._servants, []
        for servant in servants:
            servant.cancel()
        await asyncio.gather(*servants, return_exceptions=True)
        self._jobs.fail_all("Speech is closed.")

    def _settled(self, job: Job, late: asyncio.TimerHandle, answer: asyncio.Future[Frame]) -> None:
        late.cancel()
        self._jobs.forget(job)
        # Reading the exception keeps asyncio quiet about jobs that nobody waits for any more.
        if not answer.cancelled():
            answer.exception()

    async def _serve(self, child: InferenceProcess) -> None:
        """Keep one place of the pool occupied for as long as the pool lives."""
        while True:
            try:
                await self._work(child)
            except asyncio.CancelledError:
                await child.close()
                raise
            finally:
                self._alive -= 1
            await child.kill()
            child = await self._restarted()
            self._alive += 1
            self._restarts += 1

    async def _work(self, child: InferenceProcess) -> None:
        """Do jobs until the process fails one by dying or by not coming to an end."""
        while True:
            job = await self._jobs.take()
            try:
                # Longer than any deadline: a slow answer is wasted, a hung process must go.
                async with asyncio.timeout(self._limits.stuck_after):
                    _settle(job, await child.ask(job.frame))
            except (ProcessDied, TimeoutError):
                _log.error("an inference process died or hung", extra={"job": job.priority.name})
                return job.fail(ProcessDied("The speech process died."))
            except asyncio.CancelledError:
                job.fail(Unavailable("Speech is closed."))
                raise

    async def _restarted(self) -> InferenceProcess:
        pause = _FIRST_RETRY
        while True:
            try:
                return await InferenceProcess.start(self._command)
            except (ProcessDied, OSError):
                await asyncio.sleep(pause)
                pause = min(pause * 2, _LAST_RETRY)


def _settle(job: Job, answer: Frame) -> None:
    if "error" in answer.header:
        job.fail(Unavailable(str(answer.header["error"])))
    elif not job.answer.done():
        job.answer.set_result(answer)
