"""Rows go as a whole or lose their columns; whatever lies outside is left to be removed."""

from uuid import UUID

import pytest

from domain import calls, contacts, disposal
from domain.conversations.models import Speaker
from domain.conversations.repository import Conversations, Turns
from domain.disposal.models import LeftoverKind
from domain.disposal.repository import Leftovers
from domain.keyring.errors import KeyDestroyed
from domain.personal import DataClass, Source
from domain.privacy.holdings import holdings
from domain.privacy.policy import Action
from domain.sealed import Sealed
from domain.usage.models import UsageEvent
from tests.factories import callers
from tests.factories.lives import begin

TRANSCRIPT, INQUIRY = frozenset({DataClass.TRANSCRIPT}), frozenset({DataClass.INQUIRY})


async def say(uow, conversation_id, words):
    """Something said in a conversation, and what it came to."""
    await Turns(uow).add(
        conversation_id=conversation_id,
        position=0,
        speaker=Speaker.CALLER,
        text=Sealed.text(words),
        offset_ms=0,
        said_at=uow.now,
    )
    conversation = await Conversations(uow).get(conversation_id)
    await Conversations(uow).save(conversation, summary=Sealed.text(words))


async def rows(uow, table):
    query = f'SELECT * FROM "{table}" WHERE tenant_id = $1'
    return await uow.connection.execute_query_dict(query, [uow.tenant_id])


@pytest.mark.promise("P065")
async def test_everything_of_a_caller_goes_from_every_table(unit_of_work, scope, forget):
    async with unit_of_work(scope) as uow:
        life = await begin(uow)
        made = {each.table: await life.row(each.model) for each in holdings()}
        subject = await disposal.of_contact(uow, life.person.contact_id)
        theirs = [each for each in holdings() if subject.named_by(each)]
        assert {"turn", "call", "recording", "webhook_exchange", "listed_number"} <= {
            each.table for each in theirs
        }
        await forget(uow, subject)
        for each in theirs:
            if each.model.outlives:
                # Proof, with its reason: of what they agreed to, and refused.
                continue
            assert made[each.table] not in {row["id"] for row in await rows(uow, each.table)}


async def test_nothing_of_anybody_else_goes(unit_of_work, scope, forget):
    async with unit_of_work(scope) as uow:
        life = await begin(uow)
        made = {each.table: await life.row(each.model) for each in holdings()}
        other = await contacts.add(
            uow, contacts.Details(name="Ben", phone="+12125550177"), source=Source.CALLER
        )
        await forget(uow, await disposal.of_contact(uow, other.id))
        for table, id in made.items():
            assert id in {row["id"] for row in await rows(uow, table)}, table


async def test_a_call_from_their_number_that_names_nobody_is_theirs(unit_of_work, scope, forget):
    caller = await callers.ring(unit_of_work, scope)
    stranger = await callers.ring(unit_of_work, scope)
    async with unit_of_work(scope) as uow:
        unknown = await Conversations(uow).get(stranger.conversation_id)
        await Conversations(uow).save(unknown, contact_id=None)
    async with unit_of_work(stranger.scope) as uow:
        ringing = calls.Ringing(unknown.id, "vonage", "leg-unclaimed", caller.phone)
        await calls.ring(uow, ringing)
    async with unit_of_work(scope) as uow:
        subject = await disposal.of_contact(uow, caller.contact_id)
        assert await disposal.claim(uow, subject) == 1
        await forget(uow, subject)
        assert await rows(uow, "call") == []
        assert await rows(uow, "conversation") == []
        assert [row["id"] for row in await rows(uow, "contact")] == [stranger.contact_id]


async def test_one_kind_of_data_goes_and_the_rest_stays(unit_of_work, scope, held, going):
    caller = await callers.ring(unit_of_work, scope)
    async with unit_of_work(scope) as uow:
        await say(uow, caller.conversation_id, "a secret")
        transcripts = going(classes=TRANSCRIPT)
        ids = [row["id"] for row in await rows(uow, "turn")]
        turns = await disposal.dispose(uow, held("turn"), ids, transcripts)
        talk = await disposal.dispose(
            uow, held("conversation"), [caller.conversation_id], transcripts
        )
    assert (turns.deleted["turn"], talk.cleared["conversation"]) == (1, 1)
    assert talk.classes["conversation", DataClass.TRANSCRIPT] == 1
    async with unit_of_work(scope) as uow:
        assert await rows(uow, "turn") == []
        conversation = await Conversations(uow).get(caller.conversation_id)
        assert (conversation.summary, conversation.contact_id) == (None, caller.contact_id)


async def test_a_row_stays_for_as_long_as_others_hang_on_it(unit_of_work, scope, held, going):
    caller = await callers.ring(unit_of_work, scope)
    async with unit_of_work(scope) as uow:
        await say(uow, caller.conversation_id, "a secret")
        done = await disposal.dispose(uow, held("conversation"), [caller.conversation_id], going())
        assert done.deleted["conversation"] == 0
        assert len(await rows(uow, "turn")) == 1
        turns = [row["id"] for row in await rows(uow, "turn")]
        await disposal.dispose(uow, held("turn"), turns, going())
        done = await disposal.dispose(uow, held("conversation"), [caller.conversation_id], going())
        assert done.deleted["conversation"] == 1


async def test_a_row_made_anonymous_keeps_what_counts_and_nobody(unit_of_work, scope, held, going):
    async with unit_of_work(scope) as uow:
        life = await begin(uow)
        used = await life.row(UsageEvent)
        await uow.connection.execute_query(
            "UPDATE usage_event SET quantity = 7, place = 'Bern', device = '{\"a\": 1}'"
        )
        classes = frozenset({DataClass.USAGE})
        anonymous = going(classes=classes, action=Action.ANONYMISE)
        done = await disposal.dispose(uow, held("usage_event"), [used], anonymous)
        [row] = await rows(uow, "usage_event")
    assert done.cleared["usage_event"] == 1
    assert (row["quantity"], row["user_id"], row["place"]) == (7, None, "")
    assert "1" not in str(row["device"])


async def test_a_call_made_anonymous_cannot_be_traced_at_its_carrier(
    unit_of_work, scope, held, going
):
    caller = await callers.ring(unit_of_work, scope)
    async with unit_of_work(caller.scope) as uow:
        ringing = calls.Ringing(caller.conversation_id, "vonage", "leg-trace", caller.phone)
        call = await calls.ring(uow, ringing)
    async with unit_of_work(scope) as uow:
        classes = frozenset({DataClass.CALL_METADATA, DataClass.CALLER_IDENTITY})
        anonymous = going(classes=classes, action=Action.ANONYMISE)
        await disposal.dispose(uow, held("call"), [call.id], anonymous)
        [row] = await rows(uow, "call")
    assert (row["caller"], row["caller_index"]) == (None, None)
    assert row["carrier_call_id"] == call.id.hex
    assert row["ringing_at"] == call.ringing_at


async def test_whoever_keeps_a_copy_is_told_by_a_tombstone(unit_of_work, scope, forget):
    caller = await callers.ring(unit_of_work, scope)
    async with unit_of_work(scope) as uow:
        await forget(uow, await disposal.of_contact(uow, caller.contact_id))
        kinds = {row["kind"] for row in await rows(uow, "tombstone")}
    assert {"contact", "conversation"} <= kinds


async def test_the_last_words_under_a_key_leave_it_to_be_destroyed(
    unit_of_work, scope, held, going
):
    caller = await callers.ring(unit_of_work, scope)
    async with unit_of_work(scope) as uow:
        await say(uow, caller.conversation_id, "a secret")
        ids = [row["id"] for row in await rows(uow, "turn")]
        first = await disposal.dispose(uow, held("turn"), ids, going(classes=TRANSCRIPT))
        assert first.leftovers == frozenset()
        talk = [caller.conversation_id]
        last = await disposal.dispose(uow, held("conversation"), talk, going(classes=TRANSCRIPT))
    assert last.leftovers == {(LeftoverKind.KEY, str(caller.conversation_id))}


async def test_whoever_is_gone_never_gets_a_key_again(unit_of_work, scope, forget):
    caller = await callers.ring(unit_of_work, scope)
    async with unit_of_work(scope) as uow:
        await forget(uow, await disposal.of_contact(uow, caller.contact_id))
        left = await Leftovers(uow).page(Leftovers(uow).all())
        keys = {UUID(each.name) for each in left if each.kind is LeftoverKind.LAST_KEY}
        assert keys == {caller.contact_id, caller.conversation_id}
        await uow.keys.destroy(sorted(keys), for_good=True)
        with pytest.raises(KeyDestroyed):
            await uow.keys.conversation(caller.conversation_id)


async def test_nothing_goes_if_the_unit_of_work_fails(unit_of_work, scope, forget):
    caller = await callers.ring(unit_of_work, scope)
    with pytest.raises(RuntimeError, match="killed"):
        async with unit_of_work(scope) as uow:
            await forget(uow, await disposal.of_contact(uow, caller.contact_id))
            raise RuntimeError("killed")
    async with unit_of_work(scope) as uow:
        assert len(await rows(uow, "contact")) == 1
        assert await rows(uow, "leftover") == []
