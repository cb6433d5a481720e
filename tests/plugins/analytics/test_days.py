"""Each day is told once, in figures in which nobody can be told apart."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain import contacts, leads, usage
from domain.conversations.models import Outcome
from domain.errors import Forbidden, InvalidInput
from domain.leads.service import NewLead
from plugins.analytics import service
from plugins.analytics.tables import COLUMNS, Table, csv_of, schema

MONDAY = date(2026, 11, 16)


def facts(rows, day=MONDAY):
    [row] = [each for each in rows if each.day == day]
    return row.facts


@pytest.mark.promise("P120")
async def test_a_day_is_counted_by_channel_and_outcome(practice):
    held = await practice.hold(Outcome.BOOKED, 5, latency=400)
    held += await practice.hold(Outcome.MESSAGE, 6)
    await practice.wait()
    told = facts(await practice.days())
    for caller in held:
        for secret in (caller.contact_id, caller.conversation_id, caller.phone[1:], "Anna"):
            assert str(secret) not in str(told)
    assert told["conversations"] == [
        {
            **{"channel": "voice", "outcome": "booked", "conversations": 5, "seconds": 300},
            **{"latency_ms_median": 400, "latency_ms_p95": 400},
        },
        {"channel": "voice", "outcome": "message", "conversations": 6, "seconds": 360},
    ]


@pytest.mark.promise("P120")
async def test_few_are_told_with_others_only(practice):
    await practice.hold(Outcome.EMERGENCY, 1, latency=900)
    await practice.hold(Outcome.BOOKED, 5)
    await practice.wait()
    [line] = facts(await practice.days())["conversations"]
    # One answer of one caller is nobody else's.
    assert line == {"channel": "other", "outcome": "other", "conversations": 6, "seconds": 360}


async def test_a_day_of_few_tells_nothing_but_that_it_was(practice):
    held = await practice.hold(Outcome.LEAD, 2)
    async with practice.open() as uow:
        await leads.capture(uow, NewLead(held[0].contact_id, "A kitchen"))
    await practice.wait()
    told = facts(await practice.days())
    assert told["conversations"] == []
    assert told["totals"] == [{"leads": None, "messages": 0, "appointments": 0}]


async def test_who_has_their_data_restricted_is_in_no_figure(practice):
    held = await practice.hold(Outcome.BOOKED, 6)
    async with practice.open() as uow:
        await contacts.restrict(uow, held[0].contact_id)
    await practice.wait()
    assert facts(await practice.days())["conversations"][0]["conversations"] == 5


async def test_uses_are_told_where_enough_conversations_had_them(practice):
    held = await practice.hold(Outcome.BOOKED, 5)
    async with practice.open() as uow:
        for caller in held:
            use = usage.Use("voice.seconds", 60, "seconds", conversation_id=caller.conversation_id)
            await usage.record(uow, use)
        rare = usage.Use("message.sent", conversation_id=held[0].conversation_id)
        await usage.record(uow, rare)
        await usage.record(uow, usage.Use("page.seen", 100))
    await practice.wait()
    assert facts(await practice.days())["usage"] == [
        {"name": "voice.seconds", "unit": "seconds", "quantity": 300}
    ]


async def test_a_day_is_made_once_and_not_before_it_is_over(practice):
    await practice.wait(timedelta(hours=2))
    assert [row.day for row in await practice.days()] == [
        MONDAY - timedelta(days=2),
        MONDAY - timedelta(days=1),
    ]
    await practice.wait()
    await practice.wait(timedelta(hours=1))
    rows = await practice.days()
    assert [(row.day, row.revision) for row in rows][-1] == (MONDAY, 1)
    assert len(rows) == 3


async def test_a_gap_is_made_up_for(practice):
    await practice.wait(timedelta(days=3))
    days = [row.day for row in await practice.days()]
    assert days == [MONDAY + timedelta(days=1), MONDAY + timedelta(days=2)]


@pytest.mark.promise("P120")
async def test_a_day_can_be_made_anew(practice):
    await practice.hold(Outcome.BOOKED, 5)
    await practice.wait()
    await practice.configure(smallest=6)
    async with practice.open() as uow:
        await service.order(uow, MONDAY)
    await practice.travel()
    [row] = [each for each in await practice.days() if each.day == MONDAY]
    assert (row.revision, row.smallest, row.facts["conversations"]) == (2, 6, [])


@pytest.mark.parametrize("off", [1, 0, -61])
async def test_a_day_that_is_not_over_or_too_long_ago_is_refused(practice, off):
    async with practice.open() as uow:
        with pytest.raises(InvalidInput):
            await service.order(uow, MONDAY + timedelta(days=off))


async def test_only_who_may_change_plugins_has_a_day_made_anew(practice):
    scope = replace(practice.road.scope, permissions=frozenset({service.READ}))
    async with practice.road.unit_of_work(scope) as uow:
        with pytest.raises(Forbidden):
            await service.order(uow, MONDAY)


@pytest.mark.promise("P120")
async def test_files_lie_in_the_bucket_by_day(practice, bucket):
    await practice.hold(Outcome.BOOKED, 5)
    await practice.wait()
    assert bucket.files["reception/conversations/2026-11-16.csv"].splitlines() == [
        "day,channel,outcome,conversations,seconds,latency_ms_median,latency_ms_p95",
        "2026-11-16,voice,booked,5,300,,",
    ]
    assert set(bucket.files) == {"reception/schema.json"} | {
        f"reception/{table}/{day}.csv" for table in Table for day in ("2026-11-15", "2026-11-16")
    }
    assert all(row.delivered_at for row in await practice.days())
    bucket.puts.clear()
    await practice.wait(timedelta(hours=1))
    assert bucket.puts == []


async def test_a_day_that_was_made_anew_takes_the_place_of_the_one_before(practice, bucket):
    await practice.wait()
    before = dict(bucket.files)
    async with practice.open() as uow:
        await service.order(uow, MONDAY)
    bucket.puts.clear()
    await practice.travel()
    assert bucket.files == before
    assert "reception/totals/2026-11-16.csv" in bucket.puts
    assert "reception/totals/2026-11-15.csv" not in bucket.puts


async def test_a_bucket_that_is_shut_is_seen_and_tried_again(practice, bucket):
    bucket.failures = [403]
    await practice.wait()
    assert "status_403" in {row.failure for row in await practice.days()}
    await practice.wait(timedelta(hours=1))
    assert {row.failure for row in await practice.days()} == {""}
    assert all(row.delivered_at for row in await practice.days())


def test_every_column_is_described_and_written():
    for table, columns in COLUMNS.items():
        head = csv_of(table, []).strip()
        assert head.split(",") == [column.name for column in columns]
        assert [each["name"] for each in schema()[table.value]["fields"]] == head.split(",")
