"""How much a business keeps of its conversations: enforced where things are written."""

from datetime import timedelta
from uuid import UUID

import pytest

from domain import calls, contacts, conversations, recordings
from domain.appointments.repository import Appointments
from domain.calls.repository import Calls
from domain.contacts.repository import Contacts
from domain.conversations.acts import Disposition
from domain.conversations.events import ConversationEnded, ConversationSummarised
from domain.conversations.models import Channel, Outcome
from domain.conversations.repository import Conversations, IntakeAnswers, Turns
from domain.errors import NotFound
from domain.forgetting import handlers as forgetting
from domain.forgetting.jobs import forget
from domain.messages.repository import Messages
from domain.personal import Source
from domain.privacy.identity import record_without_identity, without_identity
from domain.privacy.policy import StorageMode
from domain.receptionist.handlers import summarise
from domain.recordings.errors import NotKept
from domain.recordings.models import RecordingState
from domain.recordings.repository import Recordings
from integrations.storage.settings import StorageSettings
from integrations.storage.store import open_store
from tenants.models import Role
from tenants.service import job_scope, member_scope
from tests.domain.receptionist.conftest import CALLER
from tests.factories.calls import Delivery, answered, sink_of, sound
from tests.factories.contents import tables_with
from tests.factories.outbox import events
from tests.factories.policies import promise

NAME, OTHER = "Zebulon", "212 555 0177"
LITTLE = (StorageMode.METADATA_ONLY, StorageMode.ZERO)
NAMELESS = (StorageMode.NO_IDENTIFIERS, *LITTLE)
CHANNELS = (Channel.VOICE, Channel.CHAT)


async def keeping(unit_of_work, scope, mode):
    await promise(unit_of_work, scope, storage=mode.value)


async def over(unit_of_work, scope, conversation_id):
    """Everything that happens by itself once a conversation has ended."""
    job = await job_scope(scope.tenant_id, "after")
    about = {"conversation_id": conversation_id}
    ended = ConversationEnded(**about, channel="voice", disposition="completed")
    await summarise(ended, Delivery(unit_of_work, job))
    await forgetting.after_summary(
        ConversationSummarised(**about, outcome="nothing"), Delivery(unit_of_work, job)
    )
    await forget({"conversation_id": str(conversation_id)}, Delivery(unit_of_work, job))


async def conversation(unit_of_work, scope, talk):
    async with unit_of_work(scope) as uow:
        return await Conversations(uow).get(talk.welcome.conversation.id)


async def turns(unit_of_work, scope, talk):
    async with unit_of_work(scope) as uow:
        return await Turns(uow).of(talk.welcome.conversation.id)


async def chat(call, channel, *lines):
    talk = await call(channel=channel, phone=CALLER if channel is Channel.VOICE else None)
    for line in lines:
        await talk.say(line)
    await talk.hang_up()
    return talk


@pytest.mark.promise("P010", "P011")
@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize("mode", NAMELESS)
async def test_nobody_is_known_after_a_conversation(unit_of_work, scope, call, mode, channel):
    await keeping(unit_of_work, scope, mode)
    said = f"Hi, my name is {NAME} Quick, my number is {OTHER}, how much is a cleaning?"
    talk = await chat(call, channel, said, f"This is {NAME}, are you open on Monday?")
    await over(unit_of_work, scope, talk.welcome.conversation.id)
    for secret in (NAME, "Quick", OTHER, "2125550177", CALLER):
        assert await tables_with(unit_of_work, scope, secret) == set()


@pytest.mark.parametrize("channel", CHANNELS)
async def test_what_was_said_stays_without_who_said_it(unit_of_work, scope, call, channel):
    await keeping(unit_of_work, scope, StorageMode.NO_IDENTIFIERS)
    talk = await chat(call, channel, f"My name is {NAME}, how much is a cleaning?")
    await over(unit_of_work, scope, talk.welcome.conversation.id)
    said = [turn.text.read() for turn in await turns(unit_of_work, scope, talk)]
    assert "My name is [name], how much is a cleaning?" in said
    found = await conversation(unit_of_work, scope, talk)
    assert found.outcome is Outcome.ANSWERED
    assert found.contact_id is None


@pytest.mark.promise("P014", "P015")
@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize("mode", LITTLE)
async def test_no_word_is_ever_written(unit_of_work, scope, call, mode, channel):
    await keeping(unit_of_work, scope, mode)
    talk = await chat(call, channel, "How much is a zirconium crown, or a cleaning?")
    assert await turns(unit_of_work, scope, talk) == []
    job = await job_scope(scope.tenant_id, "after")
    ended = ConversationEnded(
        conversation_id=talk.welcome.conversation.id, channel="voice", disposition="completed"
    )
    await summarise(ended, Delivery(unit_of_work, job))
    found = await conversation(unit_of_work, scope, talk)
    assert (found.summary, found.extracted) == (None, None)
    assert await tables_with(unit_of_work, scope, "zirconium") == set()


async def test_what_came_of_it_is_known_without_words(unit_of_work, scope, call):
    await keeping(unit_of_work, scope, StorageMode.METADATA_ONLY)
    talk = await chat(call, Channel.VOICE, "How much is a cleaning?")
    await over(unit_of_work, scope, talk.welcome.conversation.id)
    found = await conversation(unit_of_work, scope, talk)
    assert (found.outcome, found.success) == (Outcome.ANSWERED, True)
    assert found.disposition is Disposition.CALLER_HANGUP


@pytest.mark.parametrize("mode", LITTLE)
async def test_answers_of_an_intake_are_not_kept(unit_of_work, scope, call, mode):
    await keeping(unit_of_work, scope, mode)
    talk = await call()
    async with unit_of_work(talk.welcome.scope) as uow:
        given = (uow.new_id(), "allergies", "penicillin")
        await conversations.keep_answer(uow, talk.welcome.conversation.id, *given)
        assert await IntakeAnswers(uow).page(IntakeAnswers(uow).all()) == []


@pytest.mark.parametrize("mode", NAMELESS)
async def test_a_message_is_kept_in_every_mode(unit_of_work, scope, call, mode):
    await keeping(unit_of_work, scope, mode)
    leaving = ("I would like to leave a message", "Please tell the doctor that the crown fell out")
    talk = await chat(call, Channel.VOICE, *leaving, f"My name is {NAME}")
    await over(unit_of_work, scope, talk.welcome.conversation.id)
    async with unit_of_work(scope) as uow:
        [message] = await Messages(uow).page(Messages(uow).all())
        assert await Contacts(uow).page(Contacts(uow).all()) == []
    assert "crown fell out" in message.body.read()
    # Nobody asked to be called.
    assert message.callback_number is None
    assert await tables_with(unit_of_work, scope, NAME) == set()


async def test_who_wants_to_be_called_back_can_be(unit_of_work, scope, call):
    await keeping(unit_of_work, scope, StorageMode.NO_IDENTIFIERS)
    leaving = ("I would like to leave a message", "Please have somebody call me back tomorrow")
    await chat(call, Channel.VOICE, *leaving, f"My name is {NAME}")
    async with unit_of_work(scope) as uow:
        [message] = await Messages(uow).page(Messages(uow).all())
    assert message.callback_number.read() == CALLER


async def test_a_visit_is_kept_and_leads_back_to_no_words(unit_of_work, scope, call):
    await keeping(unit_of_work, scope, StorageMode.NO_IDENTIFIERS)
    talk = await call()
    for line in ("I would like to book a cleaning tomorrow at 10 am", "yes", f"{NAME} Quick"):
        await talk.say(line)
    await talk.say("yes please")
    await talk.hang_up()
    await over(unit_of_work, scope, talk.welcome.conversation.id)
    tables = await tables_with(unit_of_work, scope, NAME)
    assert tables == {"contact"}
    async with unit_of_work(scope) as uow:
        [visit] = await Appointments(uow).page(Appointments(uow).all())
    assert (visit.conversation_id, visit.booked_by) == (None, "caller")
    assert visit.contact_id is not None


async def test_who_is_known_is_greeted_and_not_noted(unit_of_work, scope, call, clock):
    async with unit_of_work(scope) as uow:
        details = contacts.Details(name=NAME, phone=CALLER)
        known = await contacts.add(uow, details, source=Source.OWNER)
    await keeping(unit_of_work, scope, StorageMode.NO_IDENTIFIERS)
    clock.advance(timedelta(days=1))
    talk = await call()
    assert talk.welcome.conversation.briefing.caller.name == NAME
    await talk.hang_up()
    assert (await conversation(unit_of_work, scope, talk)).contact_id is None
    async with unit_of_work(scope) as uow:
        assert (await Contacts(uow).get(known.id)).last_seen_at == known.last_seen_at


@pytest.mark.parametrize("mode", LITTLE)
async def test_a_refused_recording_settles_the_call(unit_of_work, scope, tmp_path, mode):
    line = await recorded_under(unit_of_work, scope, tmp_path, mode)
    async with unit_of_work(scope) as uow:
        recording = await Recordings(uow).of_call(line.call.id)
    assert recording.state is RecordingState.DECLINED
    assert mode.value in recording.reason
    assert not any(path.is_file() for path in tmp_path.rglob("*"))
    async with unit_of_work(line.scope) as uow:
        await calls.end(uow, line.call.id, Disposition.COMPLETED)
        await calls.settle_summary(uow, line.call.id)
    assert "call.finalized" in await events(unit_of_work, scope, "call.")


async def recorded_under(unit_of_work, scope, tmp_path, mode):

    await keeping(unit_of_work, scope, mode)
    line = await answered(unit_of_work, await fresh(scope))
    sink = sink_of(unit_of_work, open_store(StorageSettings(url=tmp_path.as_uri())), line)
    await sink.write(sound(6))
    await sink.finish()
    return line


async def fresh(scope):
    """The owner's scope as things are now."""

    return await member_scope(scope.tenant_id, UUID(scope.actor.id), Role.OWNER)


async def test_a_recording_cannot_be_begun(unit_of_work, scope, tmp_path):
    await keeping(unit_of_work, scope, StorageMode.METADATA_ONLY)
    line = await answered(unit_of_work, await fresh(scope))
    with pytest.raises(NotKept, match="metadata_only"):
        async with unit_of_work(line.scope) as uow:
            await recordings.begin(uow, line.take)


@pytest.mark.parametrize("mode", NAMELESS)
async def test_a_call_holds_no_number(unit_of_work, scope, mode):
    await keeping(unit_of_work, scope, mode)
    line = await answered(unit_of_work, await fresh(scope))
    async with unit_of_work(scope) as uow:
        row = await Calls(uow).get(line.call.id)
    assert (row.caller.read(), row.caller_index) == ("", None)


async def test_nothing_is_left_of_a_call(unit_of_work, scope, call):
    await keeping(unit_of_work, scope, StorageMode.ZERO)
    talk = await call()
    id = talk.welcome.conversation.id
    async with unit_of_work(talk.welcome.scope) as uow:
        row = await calls.ring(uow, calls.Ringing(id, "vonage", "leg-zero", CALLER))
        await calls.answer(uow, row.id)
    await talk.say("How much is a cleaning?")
    await talk.hang_up()
    async with unit_of_work(talk.welcome.scope) as uow:
        await calls.end(uow, row.id, Disposition.COMPLETED)
        await calls.settle_recording(uow, row.id)
        await calls.settle_summary(uow, row.id)
    await over(unit_of_work, scope, id)
    async with unit_of_work(scope) as uow:
        with pytest.raises(NotFound):
            await Calls(uow).get(row.id)
        with pytest.raises(NotFound):
            await Conversations(uow).get(id)


async def test_a_call_that_goes_on_is_not_forgotten(unit_of_work, scope, call):
    await keeping(unit_of_work, scope, StorageMode.ZERO)
    talk = await call()
    await forget(
        {"conversation_id": str(talk.welcome.conversation.id)}, Delivery(unit_of_work, scope)
    )
    assert (await conversation(unit_of_work, scope, talk)).ended_at is None


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("call 212-555-0142 please", "call [number] please"),
        ("it is two one two five five five oh one four two", "it is [number]"),
        ("write to anna dot lee at example dot com", "write to [e-mail]"),
        ("a.lee@example.com", "[e-mail]"),
        ("Anna Lee here, is Lee's chair free at 3 pm for 120 dollars?", None),
        ("on 2026-11-16 at 10:30", "on 2026-11-16 at 10:30"),
    ],
)
def test_words_lose_their_identity_only(said, kept):
    names = ["Anna Lee"]
    expected = kept or "[name] here, is [name]'s chair free at 3 pm for 120 dollars?"
    assert without_identity(said, names) == expected


def test_a_record_can_still_be_read():
    record = {"kind": "Heard", "text": "heard anna", "id": "0b1c2d3e-1111-2222-3333-444455556666"}
    told = record_without_identity({"steps": [record]}, ["Anna", "Heard"])
    assert told == {"steps": [record | {"text": "[name]"}]}
