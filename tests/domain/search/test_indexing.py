"""Words are indexed on the one road, once, and go with what they are of."""

import pytest

from domain import contacts, leads, messages, search
from domain.contacts.models import Contact
from domain.conversations.models import Conversation, Turn
from domain.handlers import event_handlers
from domain.messages.models import Message
from domain.search.indexing import VERSION
from domain.search.models import SearchKind, SummaryWords, TurnWords
from domain.search.reindexing import reindex
from domain.search.sources import SOURCES
from plugins.delivery import Deliverer
from plugins.registry import Registry
from tests.fakes.mailer import Postbox
from tests.plugins.conftest import PACE, Road

TURN, MESSAGE = SearchKind.TURN, SearchKind.MESSAGE


@pytest.fixture
def road(unit_of_work, scope, database):
    registry = Registry(event_handlers(), plugins=())
    deliverer = Deliverer(registry, unit_of_work, Postbox(), PACE)
    return Road(registry, unit_of_work, scope, database, deliverer)


async def settle(road):
    while await road.travel():
        pass


async def count(line, model, **where):
    async with line.work(line.scope, read_only=True) as uow:
        rows = model.filter(tenant_id=uow.tenant_id, **where).using_db(uow.connection)
        return await rows.count()


async def counts(line):
    """How many rows of each kind have words."""
    return {kind: await count(line, source.words) for kind, source in SOURCES.items()}


async def leave_everything(line):
    """Somebody who has words in every kind of row, unindexed but for what was said."""
    caller = await line.say("There is a leak in the cellar", name="Wilhelmina Ngata")
    async with line.work(line.scope) as uow:
        left = messages.NewMessage(caller.conversation_id, "The leak is urgent")
        await messages.leave(uow, left)
        await leads.capture(uow, leads.NewLead(caller.contact_id, "Wants the leak repaired"))
        notes = contacts.Details(notes="A leak last year too")
        await contacts.update(uow, caller.contact_id, notes)
    await line.end(caller)
    return caller


async def delete(line, model, id):
    async with line.work(line.scope) as uow:
        await model.filter(id=id).using_db(uow.connection).delete()


async def test_everything_that_happens_is_found_once_it_was_delivered(line, road):
    await leave_everything(line)
    await settle(road)
    found = (await line.find("leak")).hits
    assert {hit.kind for hit in found} == set(SearchKind)
    assert await line.texts("wilhelmina", SearchKind.CONTACT) == [
        "Wilhelmina Ngata\nA leak last year too"
    ]


async def test_a_summary_is_found(line, road):
    caller = await leave_everything(line)
    await settle(road)
    async with line.work(line.scope) as uow:
        row = await Conversation.get(id=caller.conversation_id).using_db(uow.connection)
        await uow.keys.open([row])
        summary = row.summary.read()
    [hit] = (await line.find(f'"{" ".join(summary.split()[:3])}"', SearchKind.SUMMARY)).hits
    assert hit.row.id == caller.conversation_id


async def test_what_is_corrected_is_found_by_its_new_words_only(line, road):
    caller = await line.say("Hello")
    await settle(road)
    async with line.work(line.scope) as uow:
        await contacts.update(uow, caller.contact_id, contacts.Details(name="Berta Vogel"))
    await settle(road)
    assert await line.texts("Vogel") == ["Berta Vogel"]
    assert await line.texts("Anna", SearchKind.CONTACT) == []


async def test_indexing_twice_changes_nothing(line):
    caller = await line.say("A leak")
    async with line.work(line.scope) as uow:
        ids = (
            await Turn.filter(conversation_id=caller.conversation_id)
            .using_db(uow.connection)
            .values_list("id", flat=True)
        )
        assert await search.keep(uow, TURN, ids) == 1
        assert await search.keep(uow, TURN, ids) == 1
    assert await line.texts("leak") == ["A leak"]


async def test_no_word_stands_in_the_index(line):
    await line.say("Wilhelmina wants her cellar dry")
    async with line.work(line.scope, read_only=True) as uow:
        rows = await uow.connection.execute_query_dict("SELECT w::text FROM turn_words w")
    assert rows
    assert not any("cellar" in row["w"] or "wilhelmina" in row["w"] for row in rows)


@pytest.mark.promise("P015")
async def test_words_go_with_the_conversation_they_are_of(line, road):
    caller = await leave_everything(line)
    kept = await line.say("Another leak")
    await settle(road)
    await delete(line, Conversation, caller.conversation_id)
    left = await counts(line)
    assert (left[TURN], left[SearchKind.SUMMARY], left[MESSAGE]) == (1, 0, 0)
    assert await line.texts("leak", TURN) == ["Another leak"]
    assert kept


async def test_words_go_with_the_person_they_are_of(line, road):
    caller = await leave_everything(line)
    await settle(road)
    await delete(line, Contact, caller.contact_id)
    left = await counts(line)
    assert (left[SearchKind.CONTACT], left[SearchKind.LEAD]) == (0, 0)


async def test_words_go_with_the_one_row_they_are_of(line, road):
    caller = await leave_everything(line)
    await settle(road)
    async with line.work(line.scope) as uow:
        await Turn.filter(conversation_id=caller.conversation_id).using_db(uow.connection).delete()
        await Message.all().using_db(uow.connection).delete()
    left = await counts(line)
    assert (left[TURN], left[MESSAGE], left[SearchKind.LEAD]) == (0, 0, 1)


async def test_what_a_destroyed_key_sealed_is_never_shown(line):
    caller = await line.say("A leak")
    await line.say("Another leak")
    async with line.work(line.scope) as uow:
        await uow.keys.destroy([caller.conversation_id])
    assert await line.texts("leak") == ["Another leak"]


async def test_whoever_destroys_a_key_can_have_its_words_forgotten(line, road):
    caller = await leave_everything(line)
    await line.say("Another leak")
    await settle(road)
    async with line.work(line.scope) as uow:
        await search.forget(uow, [caller.conversation_id, caller.contact_id])
    left = await counts(line)
    # What is left are the other person's own name and words.
    assert left == {**dict.fromkeys(SearchKind, 0), TURN: 1, SearchKind.CONTACT: 1}


async def quiet(step):
    """Nobody is told."""


async def test_everything_can_be_indexed_again(line):
    caller = await line.say("A leak", "A second leak")
    async with line.work(line.scope) as uow:
        rows = TurnWords.filter(tenant_id=uow.tenant_id).using_db(uow.connection)
        await rows.update(version=VERSION - 1, words=[])
    assert await line.texts("leak") == []
    step = await reindex(line.work, line.scope, TURN, quiet)
    assert (step.seen, step.indexed, step.complete) == (2, 2, True)
    assert await line.texts("leak") == ["A second leak", "A leak"]
    step = await reindex(line.work, line.scope, TURN, quiet)
    assert (step.seen, step.indexed) == (2, 0)
    assert caller


async def test_indexing_again_forgets_what_was_erased(line):
    caller = await line.say("A leak")
    await line.say("Another leak")
    async with line.work(line.scope) as uow:
        await uow.keys.destroy([caller.conversation_id])
    await reindex(line.work, line.scope, TURN, quiet)
    assert await count(line, TurnWords) == 1


async def test_indexing_again_goes_on_where_it_stopped(line, monkeypatch):
    monkeypatch.setattr("domain.search.reindexing.PAGE", 2)
    for number in range(5):
        await line.say(f"leak number {number}")
    async with line.work(line.scope) as uow:
        await TurnWords.filter(tenant_id=uow.tenant_id).using_db(uow.connection).delete()

    class Stopped(Exception):
        pass

    steps = []

    async def stop(step):
        steps.append(step)
        raise Stopped

    with pytest.raises(Stopped):
        await reindex(line.work, line.scope, TURN, stop)
    assert await count(line, TurnWords) == 2
    step = await reindex(line.work, line.scope, TURN, quiet, after=steps[0].last)
    assert (step.seen, step.indexed) == (3, 3)
    assert len(await line.texts("leak")) == 5


async def test_a_summary_that_is_not_there_has_no_words(line):
    caller = await line.say("Hello")
    async with line.work(line.scope) as uow:
        assert await search.keep(uow, SearchKind.SUMMARY, [caller.conversation_id]) == 0
    assert await count(line, SummaryWords) == 0
