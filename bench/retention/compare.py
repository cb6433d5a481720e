"""The retention bench: our deleting beside bare SQL, on the same tables, in the same run."""

import os
from collections.abc import Awaitable, Callable
from statistics import median
from uuid import UUID

from tortoise.connection import get_connection

from bench.house import House, Step
from bench.machine import Cores, load
from bench.retention.fill import TURNS_OF_EACH, Month, fill, months_before
from bench.retention.person import measure
from bench.tables import Column, Report, Table
from domain.clock import SystemClock
from domain.conversations.models import Speaker
from domain.conversations.repository import Conversations, Turns
from domain.keyring.models import KeyKind
from domain.keyring.store import KEYRING
from domain.retention import months, service
from domain.retention.repository import RetentionRuns
from domain.sealed import Sealed
from domain.work import UnitOfWork
from tenants.policy.promises import StoredPolicies

CLOCK = SystemClock()
BATCH = 5000
KEYS_AT_ONCE = 500
_ROWS, _QUICK_ROWS = 400_000, 40_000
_KEYS, _QUICK_KEYS = 25_000, 4_000
_TALKS, _ROUNDS = 20, 9
WORDS = "I would like to book a cleaning for next Tuesday at ten, please"

BARE_DELETE = """
DELETE FROM turn WHERE tenant_id = $1 AND id IN
    (SELECT id FROM turn WHERE tenant_id = $1 AND id >= $2 AND id < $3 LIMIT $4)
RETURNING id
"""
BARE_SHRED = "DELETE FROM stored_key WHERE tenant_id = $1 AND id = ANY($2::uuid[])"
ADD_KEYS = """
INSERT INTO stored_key (id, tenant_id, kind, wrapped, created_at)
SELECT id, $1, $2, decode(repeat('5e', 61), 'hex'), $3 FROM unnest($4::uuid[]) AS id
"""
BARE_TURNS = """
INSERT INTO turn (tenant_id, id, conversation_id, position, speaker, text, offset_ms, interrupted,
    said_at)
SELECT $1, id, $2, n, 'caller', $3, 0, false, $4
FROM unnest($5::uuid[]) WITH ORDINALITY AS said (id, n)
"""


async def compare(house: House, cores: Cores, step: Step, quick: bool) -> Report:
    """Measure deleting, and what sealing costs beside it."""
    rows = _QUICK_ROWS if quick else _ROWS
    # Twelve months are dropped by nobody's policy but ours: the house keeps to ninety days.
    bare, ours, whole = months_before(CLOCK.now(), 5, 3)
    for month in (bare, ours, whole):
        await fill(house, month, rows, step)
    began = load()
    deleting = [
        await _bare(house, bare, rows, step),
        await _dropped(house, whole, rows, step),
        await _ours(house, rows, step),
        *await _shredded(house, _QUICK_KEYS if quick else _KEYS, step),
    ]
    sealing = await _sealing(house, step)
    person = await measure(house, step, quick)
    notes = [f"{3 * rows} rows, load {began:.1f} before and {load():.1f} after"]
    return Report("Retention", [_deleting(deleting), _call_path(sealing), person], notes)


async def _bare(house: House, month: Month, rows: int, step: Step) -> dict[str, object]:
    step("retention: bare DELETE")

    async def batch() -> int:
        async with house.wiring.unit_of_work(house.scope) as uow:
            values = [house.scope.tenant_id, *month.bounds, BATCH]
            return len(await uow.connection.execute_query_dict(BARE_DELETE, values))

    return await _batches("bare batched DELETE", batch, rows)


async def _ours(house: House, rows: int, step: Step) -> dict[str, object]:
    step("retention: the engine")
    work, policies = house.wiring.unit_of_work, StoredPolicies()
    await _finish(house)
    async with work(house.scope) as uow:
        run = await service.start(uow)

    async def batch() -> int:
        async with work(house.scope) as uow:
            before = await _gone(uow, run.id)
            more = await service.advance(uow, run.id, await policies.of(uow))
            return await _gone(uow, run.id) - before if more else 0

    return await _batches("retention run", batch, rows)


async def _finish(house: House) -> None:
    """End the run that an earlier bench left, which is past the turns."""
    more = True
    while more:
        async with house.wiring.unit_of_work(house.scope) as uow:
            run = await RetentionRuns(uow).running()
            promises = await StoredPolicies().of(uow)
            more = run is not None and await service.advance(uow, run.id, promises)


async def _gone(uow: UnitOfWork, run_id: UUID) -> int:
    runs = await uow.connection.execute_query_dict(
        "SELECT coalesce((counts ->> 'turn.transcript.row.delete')::int, 0) AS n"
        " FROM retention_run WHERE id = $1",
        [run_id],
    )
    return int(runs[0]["n"])


async def _batches(name: str, batch: Callable[[], Awaitable[int]], rows: int) -> dict[str, object]:
    """Call until nothing is left; says how long each call took."""
    took, done = [], 0
    while done < rows:
        began = CLOCK.monotonic()
        gone = await batch()
        took.append(CLOCK.monotonic() - began)
        if not gone:
            break
        done += gone
    return _row(name, done, took)


async def _dropped(house: House, month: Month, rows: int, step: Step) -> dict[str, object]:
    step("retention: dropping a month")
    async with house.wiring.connected_as_system():
        [found] = [
            each
            for each in await months.before(CLOCK.now())
            if (each.table, each.begins) == ("turn", month.begins)
        ]
        began = CLOCK.monotonic()
        # As by night: it is looked whether everything in it is due, then it goes.
        shares = await months.shares(found, service.kept())
        await months.drop(found, CLOCK.now())
        took = CLOCK.monotonic() - began
    assert sum(share.rows for share in shares) == rows
    return _row("whole month", rows, [took])


async def _shredded(house: House, keys: int, step: Step) -> list[dict[str, object]]:
    step("retention: destroying keys")
    made = [await _keys(house, keys) for _ in range(2)]
    ours, bare = [], []
    for first in range(0, keys, KEYS_AT_ONCE):
        mine, theirs = (ids[first : first + KEYS_AT_ONCE] for ids in made)
        began = CLOCK.monotonic()
        async with house.wiring.unit_of_work(house.scope) as uow:
            await uow.keys.destroy(mine)
        ours.append(CLOCK.monotonic() - began)
        began = CLOCK.monotonic()
        await get_connection(KEYRING).execute_query(BARE_SHRED, [house.scope.tenant_id, theirs])
        bare.append(CLOCK.monotonic() - began)
    return [
        _row("bare DELETE of keys", keys * TURNS_OF_EACH, bare),
        _row("keys destroyed", keys * TURNS_OF_EACH, ours),
    ]


async def _keys(house: House, count: int) -> list[UUID]:
    ids = [house.wiring.unit_of_work.ids.new(CLOCK.now()) for _ in range(count)]
    async with house.wiring.connected_as_system():
        values = [house.scope.tenant_id, KeyKind.CONVERSATION.value, CLOCK.now(), ids]
        await get_connection(KEYRING).execute_query(ADD_KEYS, values)
    return ids


async def _sealing(house: House, step: Step) -> dict[str, list[float]]:
    """Seconds to store the turns of one conversation, sealed and bare, in turns."""
    took: dict[str, list[float]] = {"sealed": [], "bare": []}
    for number in range(_ROUNDS * _TALKS):
        step(f"retention: conversation {number + 1} of {_ROUNDS * _TALKS}")
        for name, store in (("sealed", _store), ("bare", _store_bare)):
            began = CLOCK.monotonic()
            async with house.wiring.unit_of_work(house.scope) as uow:
                await store(uow, await _talk(uow))
            took[name].append(CLOCK.monotonic() - began)
    return took


async def _talk(uow: UnitOfWork) -> UUID:
    values = {"channel": "voice", "language": "en-US", "engine_version": "1"}
    made = await Conversations(uow).add(**values, policy_version="1", started_at=uow.now)
    return made.id


async def _store(uow: UnitOfWork, talk_id: UUID) -> None:
    await Turns(uow).add_all(
        {
            "conversation_id": talk_id,
            "position": position,
            "speaker": Speaker.CALLER,
            "text": Sealed.text(WORDS),
            "offset_ms": 0,
            "said_at": uow.now,
        }
        for position in range(TURNS_OF_EACH)
    )


async def _store_bare(uow: UnitOfWork, talk_id: UUID) -> None:
    # What is written is as long, and means nothing.
    words = os.urandom(len(WORDS) + 29)
    ids = [uow.new_id() for _ in range(TURNS_OF_EACH)]
    values = [uow.tenant_id, talk_id, words, uow.now, ids]
    await uow.connection.execute_query(BARE_TURNS, values)


def _row(name: str, rows: int, took: list[float]) -> dict[str, object]:
    return {
        "way": name,
        "rows": rows,
        "rows_per_second": rows / sum(took),
        "worst_ms": max(took) * 1000,
    }


def _deleting(rows: list[dict[str, object]]) -> Table:
    columns = (
        Column("rows", "rows"),
        Column("rows_per_second", "rows / s", better="more"),
        Column("worst_ms", "worst batch ms"),
    )
    title = "Making turns go; keys: turns that become unreadable, twenty for each"
    return Table("deleting", title, columns, rows, "bare batched DELETE", "way")


def _call_path(took: dict[str, list[float]]) -> Table:
    rows = [{"way": name, "ms": median(values) * 1000} for name, values in took.items()]
    columns = (Column("ms", "ms a conversation of 20 turns", better="less"),)
    title = "Storing a conversation: labels and encryption beside bare SQL, key included"
    return Table("call path", title, columns, rows, "bare", "way")
