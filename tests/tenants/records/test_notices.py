"""Every account holder hears of what concerns them, once, and it can be proved."""

from datetime import timedelta
from uuid import uuid4

import pytest

from tenants.records import contracts, notices
from tenants.records.notices.errors import TooLateToObject
from tenants.records.notices.models import NoticeKind
from tenants.records.notices.repository import NoticeLetters
from tests.factories import callers
from tests.tenants.records.test_contracts import NEW


def saying(kind, **given):
    return notices.Announcement(
        uuid4(), kind, "Something changes", "This is what changes.", **given
    )


async def announced(road, announcement):
    async with road.unit_of_work(road.scope) as uow:
        row = await notices.announce(uow, announcement)
    await road.travel()
    return row


async def proved(road, campaign_id):
    async with road.unit_of_work(road.scope, read_only=True) as uow:
        return await notices.proof(uow, campaign_id)


@pytest.mark.promise("P125", "P122", "P088")
@pytest.mark.law("L31")
@pytest.mark.parametrize("kind", NoticeKind)
async def test_account_holders_are_told_and_it_is_proved(road, postbox, clock, kind):
    announcement = saying(kind, applies_from=clock.now() + timedelta(days=30))
    await announced(road, announcement)
    [letter] = postbox.letters
    assert "This is what changes." in letter.text
    assert "16 December 2026" in letter.text
    told = await proved(road, announcement.id)
    assert [each["message_id"] for each in told["letters"]] == [letter.message_id]
    assert told["not_yet_told"] == []


async def test_nobody_is_told_twice(road, postbox):
    announcement = saying(NoticeKind.POLICY_CHANGE)
    await announced(road, announcement)
    await announced(road, announcement)
    assert len(postbox.letters) == 1


@pytest.mark.promise("P052")
async def test_callers_are_not_among_those_who_are_told(road, postbox):
    await callers.ring(road.unit_of_work, road.scope)
    await announced(road, saying(NoticeKind.BREACH))
    addresses = {address for letter in postbox.letters for address in letter.to}
    assert addresses == {f"owner@{road.scope.tenant.slug}.test"}


async def test_what_has_not_left_is_not_proved(road, postbox):
    announcement = saying(NoticeKind.POLICY_CHANGE)
    async with road.unit_of_work(road.scope) as uow:
        await notices.announce(uow, announcement)
    told = await proved(road, announcement.id)
    assert told["letters"] == []
    assert len(told["not_yet_told"]) == 1


@pytest.mark.law("L31")
async def test_a_change_of_sub_processors_can_be_objected_to_in_time(road, clock):
    async with road.unit_of_work(road.scope) as uow:
        await contracts.conclude(
            uow, contracts.NewContract(**{**vars(NEW), "objection_days": 14}), []
        )
    row = await announced(road, saying(NoticeKind.SUB_PROCESSOR_CHANGE))
    assert row.objection_until == clock.now() + timedelta(days=14)
    clock.advance(timedelta(days=14))
    async with road.unit_of_work(road.scope) as uow:
        objected = await notices.object_to(uow, row.id, "Not with them")
    assert objected.objection == "Not with them"


async def test_afterwards_it_is_too_late(road, clock):
    row = await announced(road, saying(NoticeKind.SUB_PROCESSOR_CHANGE))
    clock.advance(timedelta(days=30, seconds=1))
    with pytest.raises(TooLateToObject):
        async with road.unit_of_work(road.scope) as uow:
            await notices.object_to(uow, row.id, "Not with them")


async def test_a_breach_is_nothing_to_object_to(road):
    row = await announced(road, saying(NoticeKind.BREACH))
    with pytest.raises(TooLateToObject):
        async with road.unit_of_work(road.scope) as uow:
            await notices.object_to(uow, row.id, "No")


async def test_letters_of_one_tenant_are_not_seen_by_another(road, unit_of_work, other_scope):
    announcement = saying(NoticeKind.POLICY_CHANGE)
    await announced(road, announcement)
    async with unit_of_work(other_scope, read_only=True) as uow:
        assert await notices.proof(uow, announcement.id) is None
        assert await NoticeLetters(uow).all().count() == 0
