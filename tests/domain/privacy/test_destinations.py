"""Words at every destination, as the profile says: each road is the one that words really take."""

import io
import json
import logging as standard
from dataclasses import dataclass, replace

import pytest

from api.reception import Arrival, Reception
from deskbell import logging
from domain import messages
from domain.conversations.acts import Disposition
from domain.conversations.models import Channel
from domain.conversations.repository import Turns
from domain.privacy.policy import Destination, Preset, Sensitive
from domain.privacy.presets import CALLERS, DEFAULT
from domain.privacy.sensitive import redact_record
from domain.receptionist.ports import Message, Transcript
from domain.receptionist.prompts import DiscreetModel
from domain.training.models import TrainingState
from plugins.report import report
from tests.domain.training.conftest import School
from tests.factories import callers
from tests.factories.business import open_practice
from tests.factories.exports import store_in
from tests.fakes.key_holder import KeyHolder

SAID = "My social security number is 123-45-6789, I was born May 3 1980 and have diabetes."
TOLD = {
    Sensitive.SOCIAL_SECURITY: "123-45-6789",
    Sensitive.BIRTH_DATE: "May 3 1980",
    Sensitive.HEALTH: "diabetes",
}
CARD = "4242 4242 4242 4242"


@dataclass
class Practice:
    """A business with a profile, and somebody who tells it things."""

    work: object
    scope: object
    folder: object

    async def talk(self, channel=Channel.CHAT):
        await open_practice(self.work, self.scope)
        welcome = await Reception(self.work).welcome(Arrival(self.scope.tenant_id, channel))
        conversation = replace_scope(welcome.conversation, self.scope)
        _ = [act async for act in conversation.open()]
        conversation.announced(offset_ms=0)
        _ = [act async for act in conversation.hear(Transcript(SAID), offset_ms=1)]
        await conversation.close(Disposition.CALLER_HANGUP)
        return conversation.id


def replace_scope(conversation, scope):
    """The same conversation at a business that promises something else."""
    tools = conversation._tools
    tenant = replace(tools.scope.tenant, privacy=scope.tenant.privacy)
    conversation._tools = replace(tools, scope=replace(tools.scope, tenant=tenant))
    return conversation


async def to_record(practice):
    id = await practice.talk()
    async with practice.work(practice.scope, read_only=True) as uow:
        turns = await Turns(uow).of(id)
        kept = [turn.text.read() for turn in turns]
        thought = [json.dumps(turn.evidence.load()) for turn in turns if turn.evidence]
    return " ".join([*kept, *thought])


async def to_notification(practice):
    caller = await callers.ring(practice.work, practice.scope)
    async with practice.work(practice.scope) as uow:
        await messages.leave(uow, messages.NewMessage(caller.conversation_id, SAID))
        return str(await report(uow, caller.conversation_id))


async def to_webhook(practice):
    answered = {"data": {"event": {"contact": {"notes": SAID, "kind": SAID}}}}
    profile = practice.scope.tenant.privacy
    return json.dumps(redact_record(answered, Destination.WEBHOOK, profile))


async def to_model(practice):
    heard = []

    class Model:
        async def reply(self, messages, *, deadline_ms):
            heard.extend(messages)
            yield "I see."

    model = DiscreetModel(Model(), practice.scope.tenant.privacy)
    said = [Message("caller", SAID)]
    _ = [word async for word in model.reply(said, deadline_ms=100)]
    return " ".join(each.text for each in heard)


async def to_training(practice):
    holder = KeyHolder.new()
    school = School(practice.work, practice.scope, store_in(practice.folder), holder)
    await school.name_key()
    await school.called(SAID)
    export = await school.export()
    assert export.state is TrainingState.FINISHED
    return holder.open(await school.file(export)).decode()


ROADS = {
    Destination.MODEL: to_model,
    Destination.NOTIFICATION: to_notification,
    Destination.RECORD: to_record,
    Destination.TRAINING: to_training,
    Destination.WEBHOOK: to_webhook,
}


def profiles():
    """Every preset, and one that masks for one destination alone, kind by kind."""
    for preset in Preset:
        yield f"{preset}", CALLERS[preset].model_copy(update={"hipaa": False, "training": True})
    for kind in Sensitive:
        masked = dict.fromkeys(Destination, frozenset({kind}))
        changes = {"masked": masked, "training": True}
        yield f"only {kind}", CALLERS[DEFAULT].model_copy(update=changes)


PROFILES = dict(profiles())


@pytest.mark.law("L42", "L44")
@pytest.mark.parametrize("destination", sorted(ROADS))
@pytest.mark.parametrize("name", PROFILES)
async def test_words_arrive_as_the_profile_says(unit_of_work, scope, tmp_path, destination, name):
    profile = PROFILES[name]
    practice = Practice(
        unit_of_work, replace(scope, tenant=replace(scope.tenant, privacy=profile)), tmp_path
    )
    arrived = await ROADS[destination](practice)
    masked = profile.masks(destination)
    for kind, words in TOLD.items():
        if kind in masked:
            assert words not in arrived, kind
        elif destination is not Destination.TRAINING:
            # There days and numbers go in any case.
            assert words in arrived, kind


def test_every_destination_has_its_road():
    assert ROADS.keys() | {Destination.LOG} == set(Destination)


@pytest.mark.law("L44")
@pytest.mark.promise("P005")
def test_a_log_masks_all_of_it():
    stream = io.StringIO()
    root = standard.getLogger()
    before, level = root.handlers, root.level
    try:
        logging.configure(production=True)
        root.handlers[0].setStream(stream)
        standard.getLogger("careless").warning("they said: %s and %s", SAID, CARD)
        try:
            raise ValueError(SAID)
        except ValueError:
            standard.getLogger("careless").exception("it failed")
    finally:
        root.handlers, root.level = before, level
    written = stream.getvalue()
    assert "they said" in written
    assert "ValueError" in written
    for secret in (*TOLD.values(), CARD):
        assert secret not in written
