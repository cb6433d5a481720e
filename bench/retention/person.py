"""One caller who called often: taking out all that is known of them, and erasing it."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

from bench.house import House, Step
from bench.retention.fill import TURNS_OF_EACH
from bench.tables import Column, Table
from domain import archives, contacts, erasure
from domain.archives.repository import Archives
from domain.archives.writer import Packer
from domain.calls.models import CallState
from domain.calls.repository import Calls
from domain.clock import SystemClock
from domain.conversations.models import Speaker
from domain.conversations.repository import Conversations, Turns
from domain.disposal.keepers import keepers
from domain.erasure import steps
from domain.erasure.repository import Erasures
from domain.erasure.statement import Toll
from domain.personal import Source
from domain.sealed import Sealed
from domain.work import UnitOfWork

CLOCK = SystemClock()
CALLS, QUICK_CALLS = 1_000, 200
LONG_AGO = timedelta(days=2)
CALLS_AT_ONCE = 50
MEGABYTE = 1_000_000
WORDS = "I would like to book a cleaning for next Tuesday at ten, please"


async def measure(house: House, step: Step, quick: bool) -> Table:
    """Seconds for all of a person's calls, and what that makes a second."""
    calls = QUICK_CALLS if quick else CALLS
    contact_id = await _fill(house, calls, step)
    packed = await _export(house, contact_id, step)
    rows = [packed, await _erase(house, contact_id, step)]
    columns = (
        Column("seconds", "s"),
        Column("rows_per_second", "rows / s"),
        Column("mb_per_second", "MB / s"),
    )
    title = f"One caller with {calls:,} calls of {TURNS_OF_EACH} turns"
    return Table("person", title, columns, rows, "", "way")


async def _fill(house: House, calls: int, step: Step) -> UUID:
    async with house.wiring.unit_of_work(house.scope) as uow:
        known = await contacts.add(uow, contacts.Details(name="Anna Lee"), source=Source.OWNER)
    for first in range(0, calls, CALLS_AT_ONCE):
        step(f"retention: call {first} of {calls}")
        async with house.wiring.unit_of_work(house.scope) as uow:
            for _ in range(min(CALLS_AT_ONCE, calls - first)):
                await _call(uow, known.id)
    return known.id


async def _call(uow: UnitOfWork, contact_id: UUID) -> None:
    then = uow.now - LONG_AGO
    held = {"channel": "voice", "language": "en-US", "engine_version": "1", "policy_version": "1"}
    talk = await Conversations(uow).add(**held, contact_id=contact_id, started_at=then)
    await Calls(uow).add(
        conversation_id=talk.id,
        carrier="bench",
        carrier_call_id=str(talk.id),
        direction="inbound",
        state=CallState.FINALIZED,
        ringing_at=then,
        ended_at=then,
        finalized_at=then,
        duration_ms=60_000,
    )
    await Turns(uow).add_all(_turns(talk.id, uow))


def _turns(talk_id: UUID, uow: UnitOfWork) -> Iterator[dict[str, Any]]:
    said = {"conversation_id": talk_id, "speaker": Speaker.CALLER, "said_at": uow.now - LONG_AGO}
    for position in range(TURNS_OF_EACH):
        yield {**said, "position": position, "text": Sealed.text(WORDS), "offset_ms": 0}


async def _export(house: House, contact_id: UUID, step: Step) -> dict[str, object]:
    """From asking to the last byte of the ZIP file; its size is that of what is in it."""
    step("retention: taking out what is known of one caller")
    work, packer, began = house.wiring.unit_of_work, Packer(house.wiring.store), CLOCK.monotonic()
    async with work(house.scope) as uow:
        asked = await archives.start_for_contact(uow, contact_id)
    await packer.pack(asked.id, lambda: work(house.scope))
    async with work(house.scope) as uow:
        secret = await archives.make_link(uow, asked.id)
    async with work(house.scope) as uow:
        collection = await archives.collect(uow, asked.id, secret)
    async for _ in packer.read(collection):
        pass
    took = CLOCK.monotonic() - began
    async with work(house.scope, read_only=True) as uow:
        archive = await Archives(uow).get(asked.id)
    return {
        "way": f"export, {archive.bytes / MEGABYTE:.1f} MB of words",
        "seconds": took,
        "rows_per_second": "",
        "mb_per_second": archive.bytes / MEGABYTE / took,
    }


async def _erase(house: House, contact_id: UUID, step: Step) -> dict[str, object]:
    """Every row of theirs, each thousand in a transaction, as workers erase."""
    step("retention: erasing one caller")
    work, began = house.wiring.unit_of_work, CLOCK.monotonic()
    async with work(house.scope) as uow:
        asked = await erasure.erase_contact(uow, erasure.NewErasure(contact_id))
    taking, more = steps.Step(keepers()), True
    while more:
        async with work(house.scope) as uow:
            more = await taking.take(uow, asked.id)
    took = CLOCK.monotonic() - began
    async with work(house.scope, read_only=True) as uow:
        gone = Toll.of((await Erasures(uow).get(asked.id)).done).deleted.total()
    return {
        "way": f"erasure, {gone:,} rows",
        "seconds": took,
        "rows_per_second": gone / took,
        "mb_per_second": "",
    }
