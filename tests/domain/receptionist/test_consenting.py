"""What a caller hears of recording, what a no changes, and what is left of the conversation."""

from dataclasses import dataclass, field, replace

import pytest

from api.reception import Arrival, Reception
from domain.consent.models import ConsentRecord
from domain.consent.repository import ConsentRecords
from domain.consent.rules import decide
from domain.consent.terms import Choices, Leg, Outcome, Situation
from domain.conversations.acts import Disposition, Say
from domain.conversations.models import Channel
from domain.conversations.repository import Turns
from domain.receptionist.conversation import Conversation
from domain.receptionist.core import start
from domain.receptionist.evidence import replay
from domain.receptionist.journal import Journal
from domain.receptionist.ports import Transcript
from domain.receptionist.tools import Toolbox
from tests.conftest import NOW

ASKS, TELLS = Leg("+4930123456"), Leg("+14155550142")
QUESTION = "May I record this call, and have it transcribed by A.I.?"
NOT_KEPT = "All right. No recording and no transcript of this call is kept."


@dataclass
class Talk:
    """A conversation under a decision of its own."""

    conversation: Conversation
    unit_of_work: object
    scope: object
    settled: list[Outcome] = field(default_factory=list)

    async def open(self) -> str:
        said = await self._words(self.conversation.open())
        self.conversation.announced(offset_ms=3000)
        return said

    async def say(self, text: str, at: int = 9000) -> str:
        return await self._words(self.conversation.hear(Transcript(text), offset_ms=at))

    async def silence(self, times: int = 1) -> str:
        return await self._words(self.conversation.silent(times))

    async def left(self) -> tuple[list[str], list[ConsentRecord]]:
        """What is stored of it in the end: words of both sides, and proofs."""
        await self.conversation.close(Disposition.CALLER_HANGUP)
        async with self.unit_of_work(self.scope, read_only=True) as uow:
            turns = await Turns(uow).of(self.conversation.id)
            proofs = await ConsentRecords(uow).of(self.conversation.id)
        return [turn.text.read() for turn in turns], proofs

    async def _words(self, acts) -> str:
        return " ".join([act.text async for act in acts if isinstance(act, Say)])


@pytest.fixture
async def call(unit_of_work, scope, practice):
    async def begin(*legs: Leg, channel=Channel.VOICE, **choices: bool) -> Talk:
        welcome = await Reception(unit_of_work).welcome(Arrival(scope.tenant_id, channel))
        first = welcome.conversation
        situation = Situation(legs, written=channel is not Channel.VOICE)
        decision = decide(situation, Choices(**choices), NOW.date())
        briefing = replace(first.briefing, consent=decision)
        toolbox = Toolbox(unit_of_work, welcome.scope, first.id, briefing)
        journal = Journal(unit_of_work, welcome.scope, first.id)
        talk = Talk(Conversation(first.id, toolbox, journal), unit_of_work, scope)
        talk.conversation.on_settled = talk.settled.append
        return talk

    return begin


@pytest.mark.law("L09")
@pytest.mark.law("L07")
async def test_the_first_words_disclose(call):
    for talk in (await call(TELLS), await call(ASKS), await call(TELLS, recording=False)):
        said = await talk.open()
        assert said.startswith("Thank you for calling")
        assert "I am an A.I. assistant" in said
        assert "transcribed by A.I." in said


async def test_staying_on_the_line_is_consent(call):
    talk = await call(TELLS)
    assert "How can I help you?" in await talk.open()
    assert talk.settled == [Outcome.GRANTED]
    said, [proof] = await talk.left()
    assert len(said) == 1
    assert (proof.manner, proof.offset_ms) == ("implied_by_continuation", 3000)


@pytest.mark.law("L03")
async def test_a_yes_is_asked_for_and_nothing_else_said(call):
    talk = await call(ASKS)
    said = await talk.open()
    assert said.endswith("I will help you either way.")
    assert QUESTION in said
    assert talk.settled == []


@pytest.mark.law("L03")
@pytest.mark.promise("P092")
async def test_a_yes_lets_everything_be_kept(call):
    talk = await call(ASKS)
    await talk.open()
    assert await talk.say("Yes, please.") == "Thank you. How can I help you?"
    assert talk.settled == [Outcome.GRANTED]
    said, [proof] = await talk.left()
    assert "Yes, please." in said
    assert (proof.outcome, proof.manner, proof.offset_ms) == ("granted", "express", 9000)
    assert proof.texts == ["disclosure_only", "ask_consent"]


@pytest.mark.law("L04")
async def test_a_no_keeps_nothing_and_the_call_goes_on(call):
    talk = await call(ASKS)
    await talk.open()
    assert await talk.say("No, thank you.") == f"{NOT_KEPT} How can I help you?"
    assert "day and time" in await talk.say("I'd like to book a cleaning")
    said, [proof] = await talk.left()
    assert said == []
    assert (proof.outcome, proof.may_record, proof.may_transcribe) == ("declined", False, False)


@pytest.mark.law("L04")
async def test_a_no_may_leave_the_words(call):
    talk = await call(ASKS, transcript_on_decline=True)
    await talk.open()
    assert "what we say is kept in writing" in await talk.say("No.")
    said, [proof] = await talk.left()
    assert "No." in said
    assert (proof.may_record, proof.may_transcribe) == (False, True)


@pytest.mark.law("L03")
async def test_what_is_no_answer_is_no_yes(call):
    talk = await call(ASKS)
    await talk.open()
    answer = await talk.say("Yes hello, I want to book a cleaning")
    assert answer.startswith(NOT_KEPT)
    assert "day and time" in answer
    assert talk.settled == [Outcome.UNCLEAR]
    said, [proof] = await talk.left()
    assert said == []
    assert proof.manner == "no_answer"


@pytest.mark.law("L03")
async def test_silence_is_no_yes(call):
    talk = await call(ASKS)
    await talk.open()
    assert await talk.silence() == f"{NOT_KEPT} How can I help you?"
    assert talk.settled == [Outcome.UNCLEAR]


async def test_the_question_can_be_heard_again(call):
    talk = await call(ASKS)
    await talk.open()
    assert (await talk.say("Could you say that again?")).startswith(QUESTION)
    await talk.say("Yes")
    assert talk.settled == [Outcome.GRANTED]


@pytest.mark.law("L04")
async def test_consent_can_be_taken_back(call):
    talk = await call(TELLS)
    await talk.open()
    await talk.say("How much is a cleaning?")
    await talk.conversation.heard_out()
    assert (await talk.say("Please stop recording this.", 20000)).startswith(NOT_KEPT)
    await talk.say("Do you take insurance?", 30000)
    assert talk.settled == [Outcome.GRANTED, Outcome.WITHDRAWN]
    said, proofs = await talk.left()
    assert said == []
    assert [proof.outcome for proof in proofs] == ["granted", "withdrawn"]
    assert proofs[1].offset_ms == 20000


async def test_a_refusal_and_a_wish_are_both_heard(call):
    talk = await call(TELLS)
    await talk.open()
    answer = await talk.say("Don't record this, I'd like to book a cleaning")
    assert answer.startswith(NOT_KEPT)
    assert "day and time" in answer


async def test_a_no_is_final(call):
    talk = await call(ASKS)
    await talk.open()
    await talk.say("No")
    await talk.say("No problem", 9000)
    assert talk.settled == [Outcome.DECLINED]


async def test_danger_comes_before_the_question(call):
    talk = await call(ASKS)
    await talk.open()
    assert "This sounds like an emergency" in await talk.say("My father is not breathing!")
    assert talk.settled == [Outcome.UNCLEAR]


async def test_whoever_hangs_up_before_leaves_nothing(call):
    talk = await call(ASKS)
    await talk.open()
    assert await talk.left() == ([], [])


async def test_decisions_about_consent_can_be_replayed(call):
    talk = await call(ASKS)
    await talk.open()
    await talk.say("Sure, go ahead.")
    await talk.conversation.close(Disposition.CALLER_HANGUP)
    async with talk.unit_of_work(talk.scope, read_only=True) as uow:
        turns = await Turns(uow).of(talk.conversation.id)
        steps = [step for turn in turns if turn.evidence for step in turn.evidence.load()["steps"]]
    briefing = talk.conversation.briefing
    assert replay(start(briefing), steps, briefing) == steps


@pytest.mark.law("L10")
@pytest.mark.parametrize("goal", ["I'd like to book a cleaning", "Can I leave a message?"])
@pytest.mark.parametrize(
    "asked", ["Wait, are you a robot?", "¿Eres humano?", "Sind Sie ein Mensch?"]
)
async def test_what_we_are_is_told_at_any_moment(call, goal, asked):
    talk = await call(TELLS)
    await talk.open()
    assert "I am an A.I. assistant, not a person." in await talk.say(asked)
    await talk.say(goal, 15000)
    assert "I am an A.I. assistant, not a person." in await talk.say(asked, 20000)


@pytest.mark.law("L11")
async def test_patients_hear_the_notice_first_and_last(call):
    talk = await call(TELLS, clinical=True)
    notice = "not a clinician"
    assert notice in await talk.open()
    await talk.say("How much is a cleaning?")
    assert notice in await talk.say("No, that is all, goodbye", 15000)


@pytest.mark.law("L09")
async def test_a_chat_is_told_before_its_first_answer(call):
    talk = await call(Leg(), channel=Channel.CHAT)
    said = await talk._words(talk.conversation.open())
    assert said.startswith("You are writing with the A.I. assistant of")
    assert "This conversation is kept" in said
    assert talk.settled == []
    talk.conversation.announced(offset_ms=0)
    await talk.say("Do you take insurance?")
    said, [proof] = await talk.left()
    assert "Do you take insurance?" in said
    assert (proof.texts, proof.may_record) == (["disclosure_written"], False)
