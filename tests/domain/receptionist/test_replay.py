"""What was decided once is decided again, bit for bit."""

from domain.business import versions
from domain.conversations.repository import Conversations, Turns
from domain.receptionist.briefing import Briefing, Caller
from domain.receptionist.core import start
from domain.receptionist.evidence import replay
from tests.domain.receptionist.conftest import CALLER

LINES = (
    "hi I'd like to book a cleaning",
    "do you take insurance?",
    "tomorrow at 2 pm, my name is Anna Lopez",
    "yes please",
    "no that's all, thank you",
)


async def test_a_stored_call_is_decided_again_exactly(call, unit_of_work, scope):
    talk = await call()
    for line in LINES:
        await talk.say(line)
    await talk.hang_up()
    async with unit_of_work(scope) as uow:
        conversation = await Conversations(uow).get(talk.welcome.conversation.id)
        profile = await versions.version(uow, conversation.receptionist_version_id)
        turns = await Turns(uow).of(conversation.id)
    briefing = Briefing(profile, Caller(CALLER))
    steps = [step for turn in turns if turn.evidence for step in turn.evidence.load()["steps"]]
    assert len(steps) > len(LINES)
    assert replay(start(briefing), steps, briefing) == steps
