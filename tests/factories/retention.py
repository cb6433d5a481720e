"""Promises, whoever keeps them, and tenants that hold a row of every kind."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from domain import contacts
from domain.clock import FixedClock
from domain.privacy.policy import Preset
from domain.privacy.presets import CALLERS, CUSTOMERS
from domain.retention import holds
from domain.retention.holds.models import HoldReason
from domain.retention.models import RetentionRun, RunState
from domain.retention.promises import Promises
from domain.retention.repository import ArchiveBoxes, ArchivedRows, RetentionRuns
from domain.retention.schedule import Life as AccountLife
from domain.retention.schedule import Version
from domain.retention.service import Batch
from domain.retention.worker import RetentionWorker
from domain.scope import Scope
from domain.sealed import Sealed
from domain.tables import tables
from domain.work import UnitOfWork, UnitsOfWork
from tests.factories.calls import Delivery
from tests.factories.lives import PHONE_NUMBER, begin, personal


def promised(preset: Preset, **dates: Any) -> Promises:
    """What a tenant of that kind promises, and its operator."""
    return Promises(
        [Version(0, CALLERS[preset].retention)],
        [Version(0, CUSTOMERS[preset].retention)],
        AccountLife(**dates),
    )


CONVERSATIONS = """
INSERT INTO conversation (tenant_id, id, channel, verified, language, engine_version,
    policy_version, started_at, updated_at)
SELECT $1, id, 'voice', false, 'en-US', '1', '1', $3, $3 FROM unnest($2::uuid[]) AS id
"""
TURNS = """
INSERT INTO turn (tenant_id, id, conversation_id, position, speaker, text, offset_ms, interrupted,
    said_at)
SELECT $1, said.id, ($3::uuid[])[1 + said.n % $4], said.n, 'caller', '\\x01', 0, false, $5
FROM unnest($2::uuid[]) WITH ORDINALITY AS said (id, n)
"""


@dataclass
class Policies:
    """Answers with what a test says."""

    promises: Promises

    async def of(self, uow: UnitOfWork) -> Promises:
        return self.promises


@dataclass
class Keeper:
    """A tenant whose time passes, and whoever deletes what is due."""

    work: UnitsOfWork
    scope: Scope
    clock: FixedClock
    policies: Policies
    batch: Batch = field(default_factory=Batch)

    async def run(self) -> RetentionRun:
        """Let workers go on until nothing is due."""
        worker = RetentionWorker(self.policies, self.batch)
        over = {run.id for run in await self.runs() if run.state is not RunState.RUNNING}
        while True:
            await worker.run({}, Delivery(self.work, self.scope))
            [run] = [run for run in await self.runs() if run.id not in over]
            if run.state is not RunState.RUNNING:
                return run

    async def runs(self) -> list[RetentionRun]:
        async with self.work(self.scope) as uow:
            return await RetentionRuns(uow).all()

    async def newest(self) -> RetentionRun:
        return max(await self.runs(), key=lambda run: run.id)

    def pass_days(self, days: float) -> None:
        self.clock.advance(timedelta(days=days))

    async def rows(self, query: str, *values: Any) -> list[dict[str, Any]]:
        """What a query finds at the tenant."""
        async with self.work(self.scope) as uow:
            return await uow.connection.execute_query_dict(query, list(values))

    async def talk(self, conversations: int, turns: int) -> None:
        await talk(self.work, self.scope, conversations, turns)

    async def count(self, table: str) -> int:
        [row] = await self.rows(f'SELECT count(*) AS n FROM "{table}"')
        return int(row["n"])


async def talk(
    work: UnitsOfWork, scope: Scope, conversations: int, turns: int, at: datetime | None = None
) -> None:
    """Fill the tables with conversations, each of so many turns, held at a moment."""
    async with work(scope) as uow:
        when = at or uow.now
        held = [uow.new_id() for _ in range(conversations)]
        await uow.connection.execute_query(CONVERSATIONS, [scope.tenant_id, held, when])
        said = [uow.new_id() for _ in range(conversations * turns)]
        values = [scope.tenant_id, said, held, conversations, when]
        await uow.connection.execute_query(TURNS, values)


async def live(work: UnitsOfWork, scope: Scope, phone: str = PHONE_NUMBER) -> dict[str, UUID]:
    """A row of every table that holds data of a person; says their ids.

    Accounts have theirs with the first person only.
    """
    async with work(scope) as uow:
        life = await begin(uow, phone)
        await contacts.update(uow, life.person.contact_id, contacts.Details(notes="mornings"))
        for table, model in tables().items():
            # A choice keeps the row of its person for years; a test of its own is about that.
            if personal(model) is None or table == "privacy_choice":
                continue
            if phone == PHONE_NUMBER or personal(model).subject not in {"id", "user_id"}:
                await life.row(model)
        return life.made


async def own_retention(uow: UnitOfWork, mark: str) -> dict[str, UUID]:
    """A hold, a run that is over, and a box with a row in it; `mark` is in all the words."""
    later = uow.now + timedelta(days=90)
    new = holds.NewHold(HoldReason.DISPUTE, later, note=f"docket {mark}")
    hold = await holds.place(uow, new)
    # Nothing else is to be held by it.
    await holds.release(uow, hold.id)
    moments = {"as_of": uow.now, "started_at": uow.now, "finished_at": uow.now}
    run = await RetentionRuns(uow).add(state=RunState.DONE, **moments)
    box = await ArchiveBoxes(uow).add(ends_at=later, created_at=uow.now)
    kept = {"kind": "contact", "row_id": uow.new_id(), "content": Sealed.json({"name": mark})}
    [row] = await ArchivedRows(uow).add_to(box.id, uow.now, [kept])
    return {
        "LegalHold": hold.id,
        "RetentionRun": run.id,
        "ArchiveBox": box.id,
        "ArchivedRow": row.id,
    }
