"""A worker as the fault tests run it, in a process that can be killed."""

import asyncio
import os
import random
import sys
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import httpx
from pydantic import BaseModel

from deskbell.queue import Nudger
from deskbell.worker import Connections, Role, Tempo, build_worker, run
from domain.disposal.sweeper import Sweeper
from domain.encryption import master_key_in
from domain.erasure.worker import Eraser
from domain.keyring.store import DatabaseKeyStore
from domain.messages.ports import Mail
from domain.outreach.wishes import real_gate
from domain.ports import leave
from domain.privacy.purposes import Purpose
from domain.reminders.handlers import HANDLERS
from domain.retention.service import Batch
from domain.retention.worker import RetentionWorker
from domain.work import UnitsOfWork
from integrations.caldav.events import invitation_of
from plugins.delivery import Deliverer
from plugins.manifest import Category, Manifest
from plugins.pace import OF_DELIVERIES, Pace
from plugins.registry import Registry
from plugins.spec import hookimpl
from plugins.standing import Bench
from tenants.policy.promises import StoredPolicies
from tenants.policy.repository import kept_in_backups
from tenants.reminders.letters import Writer
from tenants.reminders.links import VisitLinks
from tenants.reminders.worker import ReminderWorker
from tests.factories.erasures import SIGNER
from tests.factories.exports import store_in
from tests.fakes.effects import count_use
from tests.fakes.happenings import Happened

PACE = Pace(
    poll=timedelta(milliseconds=50),
    queue_lease=timedelta(seconds=1),
    grace=timedelta(milliseconds=300),
    first_retry=timedelta(milliseconds=20),
    longest_retry=timedelta(milliseconds=200),
    most_attempts=50,
)
TEMPO = Tempo(jobs=10, poll=0.02, lease=0.6, farewell=1)
# Seconds; an attempt whose end could not be stored is made again after this and the grace.
PATIENCE = 2.0
# Whatever cost a worker its life rests at once, here for as short as everything else.
REST = replace(OF_DELIVERIES, first_rest=timedelta(milliseconds=200))


# So that a run lasts long enough to be killed in the middle.
SMALL = Batch(rows=40)


WRITER = Writer(VisitLinks("http://deskbell.test", b"faults"), invitation_of, "desk@deskbell.test")


class Settings(BaseModel):
    pass


class Ledger:
    """A plugin that calls the vendor, writes one line in our database, and sometimes fails."""

    def __init__(self, vendor_url: str, failing: float) -> None:
        self.vendor = httpx.AsyncClient(base_url=vendor_url, timeout=PATIENCE)
        self.failing = failing

    @hookimpl
    def plugin_manifest(self):
        return Manifest(
            name="ledger",
            title="Ledger",
            summary="Counts",
            version="1",
            category=Category.CHANNEL,
            settings=Settings,
            permissions=frozenset(),
            data=frozenset(),
            purpose=Purpose.SERVICE,
        )

    @hookimpl
    def register_event_handlers(self, subscribe):
        subscribe(Happened, self.enter, timeout=PATIENCE)

    async def enter(self, event, context):
        self.stumble()
        line = f"{event.thing_id}:{event.number}"
        key = {"Idempotency-Key": str(context.delivery_id)}
        await self.vendor.post("/", json=line, headers=key)
        self.stumble()
        async with context.settle() as uow:
            await count_use(uow, line)
            self.stumble()

    def stumble(self):
        # Three chances to fail; together one call in ten does.
        if random.random() < self.failing / 3:
            raise RuntimeError


class PostOffice:
    """Carries letters to the vendor, each under its own id."""

    def __init__(self, vendor_url: str) -> None:
        self.vendor = httpx.AsyncClient(base_url=vendor_url, timeout=PATIENCE)

    async def send(self, mail: Mail) -> None:
        leave()
        key = {"Idempotency-Key": mail.message_id}
        await self.vendor.post("/", json=mail.subject, headers=key)


async def main(role: Role, env: Mapping[str, str]) -> None:
    eraser = Eraser(SIGNER, kept_in_backups, steps_at_once=2, rows_at_once=SMALL.rows)
    sweeper = Sweeper(store_in(Path(env["MASTER_KEY"]).parent))
    keeping = RetentionWorker(StoredPolicies(), SMALL, batches_at_once=5)
    reminding = ReminderWorker(real_gate(), WRITER)
    jobs = (*keeping.jobs, *eraser.jobs, *sweeper.jobs, *reminding.jobs)
    plugins = (Ledger(env["VENDOR_URL"], float(env["FAILING"])),)
    registry = Registry(HANDLERS, jobs, plugins)
    nudger = Nudger(env["REDIS_URL"])
    master = master_key_in(Path(env["MASTER_KEY"]))
    work = UnitsOfWork(master, DatabaseKeyStore(), nudge=nudger)
    urls = Connections(env["MAIN_URL"], env["KEYRING_URL"], env["REDIS_URL"], pool=6)
    office = PostOffice(env["VENDOR_URL"])
    deliverer = Deliverer(registry, work, office, PACE, bench=Bench(REST))
    await run(build_worker(role, urls, deliverer, TEMPO))


def begin(role: Role, env: Mapping[str, str], log: Path) -> None:
    """Be a worker of a kind, whatever it prints in its log, until somebody ends it."""
    with log.open("ab", buffering=0) as file:
        for stream in (sys.stdout, sys.stderr):
            os.dup2(file.fileno(), stream.fileno())
    asyncio.run(main(role, env))
