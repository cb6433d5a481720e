"""The two kinds of worker process, each with one database role only.

system   app_system   the relay, partitions, housekeeping; sees every tenant, runs no plugin
tenant   app_rt       makes deliveries, one tenant at a time
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC
from enum import StrEnum
from typing import Any, cast
from uuid import UUID

from arq.constants import in_progress_key_prefix
from arq.cron import CronJob, cron
from arq.typing import WorkerCoroutine
from arq.worker import Worker, func
from redis.exceptions import RedisError
from tortoise import Tortoise
from tortoise.transactions import in_transaction

from deskbell.database import orm
from deskbell.migrate import MONTHS_AHEAD, PARTITIONED
from deskbell.queue import DELIVERIES, SYSTEM, DeliveryQueue, from_json, redis_settings, to_json
from deskbell.relay import Relay
from domain.audit.sealer import Sealer
from domain.clock import Clock
from domain.database import MAIN
from domain.handlers import purpose_of, serves
from domain.ids import Ids
from domain.privacy.purposes import Purpose
from domain.tls import TlsFloor
from plugins.attempts import Dispatch
from plugins.delivery import Deliverer
from plugins.housekeeping import clear_delivered, forget_answers, forget_tombstones
from tenants.insights.rounds import InsightRounds
from tenants.life_cycle.departed import forget_departed
from tenants.life_cycle.rounds import begin_lives
from tenants.retention.rounds import RetentionRounds
from tenants.watch.rounds import Rounds

log = logging.getLogger(__name__)

Context = dict[str, Any]

MINUTES_BETWEEN_SEALS = 5
# Seconds that walking every audit trail may take.
LONGEST_WALK = 3600
ENSURE_PARTITIONS = "SELECT ensure_partitions($1, $2, $3)"


class Role(StrEnum):
    """What a worker process does."""

    SYSTEM = "system"
    TENANT = "tenant"


@dataclass(frozen=True)
class Connections:
    """Where a worker connects to: the URLs of its own role and the queue's."""

    main_url: str = field(repr=False)
    keyring_url: str = field(repr=False)
    redis_url: str = field(repr=False)
    pool: int = 10
    floor: TlsFloor = TlsFloor.TLS_1_2


@dataclass(frozen=True)
class Chores:
    """What the system does from time to time, as far as somebody can."""

    sealer: Sealer | None = None
    rounds: Rounds | None = None
    retention: RetentionRounds | None = None
    insights: InsightRounds | None = None

    @property
    def crons(self) -> list[CronJob]:
        """When it does what."""
        keeping = [*_retaining(self.retention), *_counting(self.insights)]
        return [*_sealing(self.sealer), *_watching(self.rounds), *keeping]


@dataclass(frozen=True)
class Tempo:
    """How a worker treats its queue; tests run it in milliseconds."""

    jobs: int = 20
    """Deliveries made at once by one process."""
    poll: float = 0.05
    """Seconds between looks at the queue."""
    lease: float = 6.0
    """Seconds after which another worker takes over from one that died."""
    farewell: int = 10
    """Seconds that running deliveries are given to finish when the process is told to stop."""
    health: int = 10
    """Seconds between signs of life (the key `<queue>:health-check`)."""


class LeaseWorker(Worker):
    """An arq worker that renews a short lease on each job, and outlives its queue.

    arq itself leases a job for its whole timeout, so that after a crash nobody touches it for
    minutes; and it ends when the connection breaks while it takes a job.
    """

    def __init__(self, *, lease: float, **options: Any) -> None:
        super().__init__(**options)
        self.in_progress_timeout_s = lease

    async def main(self) -> None:
        """Work until told to stop."""
        renewing = asyncio.create_task(self._renew())
        try:
            await super().main()
        finally:
            renewing.cancel()

    async def start_jobs(self, job_ids: list[bytes]) -> None:
        """Begin the jobs that nobody else has taken."""
        try:
            await super().start_jobs(job_ids)
        except (RedisError, OSError) as fault:
            # arq had counted the job that it was about to take.
            self._release_sem_dec_counter_on_complete()
            log.warning("The queue was lost: %s", type(fault).__name__)

    async def _renew(self) -> None:
        while True:
            await asyncio.sleep(self.in_progress_timeout_s / 3)
            running = [job for job, task in self.tasks.items() if not task.done()]
            try:
                await self._extend(running)
            except Exception as fault:
                # Another worker may take a job over; only one of the two can settle it.
                log.warning("A lease was not renewed: %s", type(fault).__name__)

    async def _extend(self, jobs: list[str]) -> None:
        if not jobs:
            return
        lease_ms = int(self.in_progress_timeout_s * 1000)
        async with self.pool.pipeline(transaction=False) as pipe:
            for job in jobs:
                pipe.pexpire(in_progress_key_prefix + job, lease_ms, xx=True)
            await pipe.execute()


def build_worker(
    role: Role,
    connections: Connections,
    deliverer: Deliverer,
    tempo: Tempo | None = None,
    chores: Chores | None = None,
) -> LeaseWorker:
    """A worker of one kind, not yet connected to anything; `run` starts it."""
    tempo = tempo or Tempo()
    system = role is Role.SYSTEM
    crons = (chores or Chores()).crons
    own = _system(connections, deliverer, crons) if system else _tenant(connections, deliverer)
    return LeaseWorker(
        lease=tempo.lease,
        redis_settings=redis_settings(connections.redis_url),
        job_serializer=to_json,
        job_deserializer=from_json,
        keep_result=0,
        max_jobs=tempo.jobs,
        poll_delay=tempo.poll,
        job_completion_wait=tempo.farewell,
        health_check_interval=tempo.health,
        timezone=UTC,
        **own,
    )


async def run(worker: LeaseWorker) -> None:
    """Work until a signal comes; raises if the queue stays away for longer than a minute."""
    try:
        # A signal cancels the worker's own task, not ours.
        with suppress(asyncio.CancelledError):
            await worker.async_run()
    finally:
        await worker.close()


def _tenant(connections: Connections, deliverer: Deliverer) -> dict[str, Any]:
    # What for, each handler says itself.
    @serves(Purpose.SERVICE)
    async def deliver(context: Context, tenant_id: str, delivery_id: str, after: int) -> None:
        dispatch = Dispatch(UUID(delivery_id), after, run=context["job_try"])
        await deliverer.deliver(UUID(tenant_id), dispatch)

    async def start(_: Context) -> None:
        await _open_databases(connections)

    patience = deliverer.registry.longest_timeout + deliverer.pace.grace.total_seconds()
    return {
        "queue_name": DELIVERIES,
        "functions": [func(_job(deliver), name="deliver", timeout=patience)],
        "on_startup": start,
        "on_shutdown": _close_databases,
    }


def _system(connections: Connections, deliverer: Deliverer, crons: list[CronJob]) -> dict[str, Any]:
    clock, ids = deliverer.unit_of_work.clock, deliverer.unit_of_work.ids

    async def start(context: Context) -> None:
        await _open_databases(connections)
        queue = DeliveryQueue(context["redis"])
        relay = Relay(deliverer.registry, queue, clock, ids, deliverer.pace)
        context["relay"] = asyncio.create_task(relay.run())

    async def stop(context: Context) -> None:
        context["relay"].cancel()
        await _close_databases(context)

    return {
        "queue_name": SYSTEM,
        "cron_jobs": [*_crons(clock, ids), *crons],
        "on_startup": start,
        "on_shutdown": stop,
    }


def _crons(clock: Clock, ids: Ids) -> list[CronJob]:
    @serves(Purpose.SERVICE)
    async def ensure_partitions(_: Context) -> None:
        async with in_transaction(MAIN) as connection:
            for table in PARTITIONED:
                values = [table, clock.now(), MONTHS_AHEAD]
                await connection.execute_query(ENSURE_PARTITIONS, values)

    @serves(Purpose.LEGAL)
    async def clear_outbox(_: Context) -> None:
        cleared = await clear_delivered(clock.now())
        log.info("Cleared %d delivered events", cleared)

    @serves(Purpose.LEGAL)
    async def clear_answers(_: Context) -> None:
        log.info("Forgot %d answers", await forget_answers(clock.now()))

    @serves(Purpose.LEGAL)
    async def clear_tombstones(_: Context) -> None:
        log.info("Forgot %d tombstones", await forget_tombstones(clock.now()))

    @serves(Purpose.SERVICE)
    async def look_after_accounts(_: Context) -> None:
        log.info("Began to look after %d accounts", await begin_lives(ids, clock.now()))

    @serves(Purpose.LEGAL)
    async def forget_people(_: Context) -> None:
        log.info("Forgot %d people who left", await forget_departed(clock.now()))

    # By night, when fewer calls come in; at the start too, lest a long pause ends without months.
    return [
        cron(_job(ensure_partitions), name="partitions", hour=3, minute=10, run_at_startup=True),
        cron(_job(clear_outbox), name="outbox", hour=3, minute=20),
        cron(_job(clear_answers), name="answers", hour=3, minute=30),
        cron(_job(clear_tombstones), name="tombstones", hour=3, minute=40),
        cron(_job(look_after_accounts), name="accounts", hour=3, minute=50, run_at_startup=True),
        cron(_job(forget_people), name="people", hour=4, minute=0),
    ]


def _sealing(sealer: Sealer | None) -> list[CronJob]:
    if sealer is None:
        return []

    @serves(Purpose.SECURITY)
    async def seal_audit(_: Context) -> None:
        sealed = await sealer.run()
        log.info("Sealed %d audit entries", sealed)

    # What is not sealed yet could be changed unseen: the time between is what that takes.
    minutes = set(range(0, 60, MINUTES_BETWEEN_SEALS))
    return [cron(_job(seal_audit), name="audit", minute=minutes, run_at_startup=True)]


def _watching(rounds: Rounds | None) -> list[CronJob]:
    if rounds is None:
        return []

    @serves(Purpose.SECURITY)
    async def look_around(_: Context) -> None:
        await rounds.look()

    @serves(Purpose.SECURITY)
    async def verify_audit(_: Context) -> None:
        broken = await rounds.verify()
        log.info("Walked every audit trail: %d are broken", broken)

    return [
        cron(_job(look_around), name="watch", second=5, run_at_startup=True),
        cron(_job(verify_audit), name="verify", hour=3, minute=40, timeout=LONGEST_WALK),
    ]


def _retaining(rounds: RetentionRounds | None) -> list[CronJob]:
    if rounds is None:
        return []

    @serves(Purpose.LEGAL)
    async def retain(_: Context) -> None:
        await rounds.night()

    # After the partitions of the months to come were made, before the trail is walked.
    return [cron(_job(retain), name="retention", hour=3, minute=15, timeout=LONGEST_WALK)]


def _counting(rounds: InsightRounds | None) -> list[CronJob]:
    if rounds is None:
        return []

    @serves(Purpose.INDUSTRY_INSIGHT)
    async def count_month(_: Context) -> None:
        await rounds.count()

    # Every night, though a month is counted once: whoever was down that day does it the next.
    return [cron(_job(count_month), name="insights", hour=4, minute=30, timeout=LONGEST_WALK)]


def _job(function: Callable[..., Awaitable[None]]) -> WorkerCoroutine:
    """A function that says what for, as arq's types want it: they demand any arguments."""
    if purpose_of(function) is None:
        raise TypeError(f"{function.__name__} has no purpose: say @serves(Purpose.…)")
    return cast(WorkerCoroutine, function)


async def _open_databases(connections: Connections) -> None:
    pool, floor = connections.pool, connections.floor
    config = orm(connections.main_url, connections.keyring_url, pool=pool, floor=floor)
    # Jobs run in tasks of their own, which do not inherit what this one opens.
    await Tortoise.init(config=config, _enable_global_fallback=True)


async def _close_databases(_: Context) -> None:
    await Tortoise.close_connections()
