"""What was said at the rights desk counts in training: at once, while writing, and at the end."""

import pytest

from domain import contacts, rights
from domain.contacts.events import ContactRestricted
from domain.handlers import event_handlers
from domain.privacy.purposes import Purpose
from domain.rights import choices
from domain.rights.events import ChoiceMade
from domain.rights.kinds import RequestKind
from domain.training import handlers, service, writer
from domain.training.models import TrainingState
from domain.training.rules import Bar
from tests.factories.calls import Delivery

ENDING = [
    (RequestKind.OBJECTION, None),
    (RequestKind.OBJECTION, Purpose.IMPROVEMENT),
    (RequestKind.CONSENT_WITHDRAWAL, None),
]


async def choose(school, caller, kind, purpose=None):
    async with school.work(school.scope) as uow:
        return await rights.choose(uow, caller.contact_id, kind, purpose=purpose)


async def tell(school, caller, kind=RequestKind.OBJECTION, purpose=None):
    said = ChoiceMade(
        contact_id=caller.contact_id, kind=kind.value, purpose=purpose and purpose.value
    )
    await handlers.heed(said, Delivery(school.work, school.scope))


@pytest.mark.promise("P101", "P103")
@pytest.mark.law("L29")
@pytest.mark.parametrize(("kind", "purpose"), ENDING)
async def test_an_objection_takes_out_what_waits(school, kind, purpose):
    caller, other = await school.called("I need a cleaning"), await school.called("And I a filling")
    await choose(school, caller, kind, purpose)
    await tell(school, caller, kind, purpose)
    assert await school.waiting() == 1
    async with school.work(school.scope) as uow:
        await service.queue(uow, caller.conversation_id)
    assert await school.waiting() == 1
    export = await school.export()
    opened = school.holder.open(await school.file(export)).decode()
    assert "filling" in opened
    assert "cleaning" not in opened
    assert other.conversation_id != caller.conversation_id


@pytest.mark.law("L29")
async def test_an_objection_counts_before_its_news_arrives(school):
    caller = await school.called("I need a cleaning")
    await choose(school, caller, RequestKind.OBJECTION)
    export = await school.export()
    assert (export.conversations, export.left_out) == (0, {Bar.CALLER_OBJECTS.value: 1})
    assert school.holder.open(await school.file(export)) == b""


async def test_an_objection_while_it_is_written_keeps_the_file_back(school):
    caller = await school.called("I need a cleaning")
    async with school.work(school.scope) as uow:
        export = await service.start(uow)
        gathered = await writer.gather(uow)
    await choose(school, caller, RequestKind.OBJECTION)
    async with school.work(school.scope) as uow:
        assert not await writer._settle(uow, export.id, gathered, b"sealed")
    async with school.work(school.scope) as uow:
        row = await writer.TrainingExports(uow).get(export.id)
    assert row.state is TrainingState.REFUSED


@pytest.mark.law("L26")
async def test_a_restriction_takes_out_what_waits(school):
    caller = await school.called("I need a cleaning")
    async with school.work(school.scope) as uow:
        await contacts.restrict(uow, caller.contact_id)
    event = ContactRestricted(contact_id=caller.contact_id)
    await handlers.heed(event, Delivery(school.work, school.scope))
    assert await school.waiting() == 0


async def test_another_choice_leaves_it_waiting(school):
    caller = await school.called("I need a cleaning")
    await choose(school, caller, RequestKind.OBJECTION, Purpose.SURVEYS)
    await tell(school, caller, RequestKind.OBJECTION, Purpose.SURVEYS)
    assert await school.waiting() == 1


async def test_whoever_changed_their_mind_is_queued_again(school):
    caller = await school.called("I need a cleaning")
    choice = await choose(school, caller, RequestKind.OBJECTION)
    await tell(school, caller)
    async with school.work(school.scope) as uow:
        await choices.end(uow, choice.id)
        await service.queue(uow, caller.conversation_id)
    assert await school.waiting() == 1


def test_training_listens_to_choices_and_restrictions():
    heard = event_handlers()
    assert (ChoiceMade, handlers.heed) in heard
    assert (ContactRestricted, handlers.heed) in heard
