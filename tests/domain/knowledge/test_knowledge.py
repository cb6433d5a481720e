"""Teaching the receptionist what to answer."""

import pytest

from domain import business, knowledge
from domain.errors import Forbidden, InvalidInput, NotFound
from domain.knowledge.models import KnowledgeStatus
from tests.factories.business import open_practice
from tests.factories.callers import ring
from tests.factories.outbox import events


@pytest.fixture
async def item(unit_of_work, scope):
    async with unit_of_work(scope) as uow:
        return await knowledge.add(uow, " Do you see children? ", "From the age of three.")


async def heard(unit_of_work, scope):
    async with unit_of_work(scope) as uow:
        return [
            (known.question, known.version) for known in (await business.profile(uow)).knowledge
        ]


async def test_callers_do_not_hear_a_draft(unit_of_work, scope, item):
    assert (item.status, item.question) == (KnowledgeStatus.DRAFT, "Do you see children?")
    assert await heard(unit_of_work, scope) == []


async def test_callers_hear_what_is_published(unit_of_work, scope, item):
    for _ in range(2):
        async with unit_of_work(scope) as uow:
            await knowledge.publish(uow, item.id)
    assert await heard(unit_of_work, scope) == [("Do you see children?", 1)]
    assert await events(unit_of_work, scope, "knowledge.") == [
        "knowledge.added",
        "knowledge.published",
    ]


async def test_new_words_are_the_next_version(unit_of_work, scope, item):
    async with unit_of_work(scope) as uow:
        await knowledge.publish(uow, item.id)
        updated = await knowledge.update(uow, item.id, answer="From the age of two.")
    assert (updated.version, updated.status) == (2, KnowledgeStatus.PUBLISHED)
    assert await heard(unit_of_work, scope) == [("Do you see children?", 2)]


async def test_the_same_words_are_the_same_version(unit_of_work, scope, item):
    async with unit_of_work(scope) as uow:
        assert (await knowledge.update(uow, item.id, answer=item.answer)).version == 1


async def test_what_is_retired_is_heard_no_longer(unit_of_work, scope, item):
    async with unit_of_work(scope) as uow:
        await knowledge.publish(uow, item.id)
        await knowledge.retire(uow, item.id)
    assert await heard(unit_of_work, scope) == []


async def test_what_was_retired_can_be_published_again(unit_of_work, scope, item):
    async with unit_of_work(scope) as uow:
        await knowledge.retire(uow, item.id)
        assert (await knowledge.publish(uow, item.id)).status is KnowledgeStatus.PUBLISHED


@pytest.mark.parametrize(("question", "answer"), [("", "Yes."), ("Open?", " "), ("?" * 301, "No.")])
async def test_empty_or_endless_words_are_refused(unit_of_work, scope, question, answer):
    with pytest.raises(InvalidInput):
        async with unit_of_work(scope) as uow:
            await knowledge.add(uow, question, answer)


async def test_an_unknown_location_is_refused(unit_of_work, scope, item):
    with pytest.raises(NotFound, match="location"):
        async with unit_of_work(scope) as uow:
            await knowledge.add(uow, "Parking?", "Behind the house.", location_id=item.id)


async def test_callers_teach_the_receptionist_nothing(unit_of_work, scope):
    await open_practice(unit_of_work, scope)
    caller = await ring(unit_of_work, scope)
    with pytest.raises(Forbidden):
        async with unit_of_work(caller.scope) as uow:
            await knowledge.add(uow, "Is it free?", "It is.")
