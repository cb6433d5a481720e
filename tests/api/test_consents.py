"""Who agreed to a call's being kept, as a business reads it."""

import pytest

from domain import consent
from domain.consent.rules import decide
from domain.consent.service import Evidence
from domain.consent.terms import Choices, Leg, Manner, Outcome, Situation
from tests.conftest import NOW
from tests.factories import calls as telephones
from tests.factories.business import open_practice

READ = """{ tenant { calls(first: 1) { edges { node {
  consents { id party outcome manner method texts textsVersion language rules needsCounsel
    mayRecord mayTranscribe mayTrain offsetMs at }
  conversation { consents { outcome } } } } } } }"""


@pytest.mark.law("L06")
@pytest.mark.promise("P092")
async def test_a_business_reads_the_proof_of_a_call(owner, unit_of_work, scope):
    await open_practice(unit_of_work, scope)
    line = await telephones.answered(unit_of_work, scope)
    conversation = line.call.conversation_id
    decision = decide(Situation((Leg("+4930123456"),)), Choices(), NOW.date())
    async with unit_of_work(line.scope) as uow:
        for outcome, at in ((Outcome.GRANTED, 4000), (Outcome.WITHDRAWN, 9000)):
            given = Evidence(decision, outcome, Manner.EXPRESS, "en-US", "en-2", at, NOW)
            await consent.record(uow, conversation, given)
    data = await owner.ask(READ)
    [edge] = data["tenant"]["calls"]["edges"]
    granted, withdrawn = edge["node"]["consents"]
    assert granted["texts"] == ["disclosure_only", "ask_consent"]
    assert (granted["outcome"], granted["method"]) == ("GRANTED", "VERBAL")
    assert (granted["mayRecord"], granted["mayTrain"]) == (True, False)
    assert any(rule.startswith("recording.consent/EU@") for rule in granted["rules"])
    assert (withdrawn["outcome"], withdrawn["offsetMs"]) == ("WITHDRAWN", 9000)
    assert not withdrawn["mayTranscribe"]
    assert edge["node"]["conversation"]["consents"] == [
        {"outcome": "GRANTED"},
        {"outcome": "WITHDRAWN"},
    ]
