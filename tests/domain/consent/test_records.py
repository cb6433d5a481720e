"""The proof of consent: whole, dated, and out of reach of whoever would change it."""

from dataclasses import replace

import pytest
from tortoise import Tortoise
from tortoise.exceptions import OperationalError

from domain import consent
from domain.consent.models import ConsentRecord
from domain.consent.repository import ConsentRecords
from domain.consent.rules import decide
from domain.consent.service import Evidence
from domain.consent.terms import Choices, Leg, Manner, Outcome, Situation
from domain.errors import Forbidden
from domain.personal import DataClass, labels
from domain.sealed import sealed_fields
from tests.conftest import NOW, as_system
from tests.factories.outbox import payloads


def evidence(outcome=Outcome.GRANTED):
    decision = decide(Situation((Leg("+14155550142"),)), Choices(), NOW.date())
    return Evidence(
        decision=decision,
        outcome=outcome,
        manner=Manner.IMPLIED_BY_CONTINUATION,
        language="en-US",
        texts_version="en-2",
        offset_ms=4200,
        at=NOW,
    )


async def kept(unit_of_work, scope):
    async with unit_of_work(scope) as uow:
        return await consent.record(uow, uow.new_id(), evidence())


@pytest.mark.law("L06")
@pytest.mark.promise("P092")
async def test_a_proof_holds_everything_that_was_asked_for(unit_of_work, scope):
    row = await kept(unit_of_work, scope)
    async with unit_of_work(scope, read_only=True) as uow:
        [read] = await ConsentRecords(uow).of(row.conversation_id)
    assert read.texts == ["disclosure"]
    assert (read.texts_version, read.language, read.offset_ms) == ("en-2", "en-US", 4200)
    assert (read.method, read.manner) == ("stay_on_line", "implied_by_continuation")
    assert (read.may_record, read.may_transcribe, read.may_train) == (True, True, False)
    assert [rule.partition("@")[0] for rule in read.rules] == [
        "recording.consent/US-CA",
        "recording.consent/US",
        "ai.disclosure/US-CA",
    ]
    assert read.at == NOW


async def test_a_proof_is_told_of_without_words(unit_of_work, scope):
    row = await kept(unit_of_work, scope)
    told = await payloads(unit_of_work, scope, "consent.recorded")
    [mine] = [each for each in told if each["record_id"] == str(row.id)]
    assert mine == {
        "conversation_id": str(row.conversation_id),
        "record_id": str(row.id),
        "party": "caller",
        "outcome": "granted",
        "method": "stay_on_line",
    }


@pytest.mark.law("L06")
async def test_nobody_changes_a_proof(unit_of_work, scope, database):
    row = await kept(unit_of_work, scope)
    with pytest.raises(OperationalError, match="permission denied"):
        async with unit_of_work(scope) as uow:
            await ConsentRecords(uow).save(row, outcome=Outcome.DECLINED)
    async with as_system(database):
        with pytest.raises(OperationalError, match="permission denied"):
            async with unit_of_work(scope) as uow:
                await ConsentRecords(uow).save(row, outcome=Outcome.DECLINED)


async def test_who_only_reads_keeps_no_proof(unit_of_work, scope):
    reader = replace(scope, permissions=frozenset({"conversations:read"}))
    with pytest.raises(Forbidden):
        async with unit_of_work(reader) as uow:
            await consent.record(uow, uow.new_id(), evidence())


async def test_a_proof_outlives_keys_and_conversations():
    assert sealed_fields(ConsentRecord) == ()
    assert ConsentRecord.references == {}
    assert set(labels(ConsentRecord).values()) == {DataClass.CONSENT, DataClass.NONE}


@pytest.mark.law("L08")
async def test_no_voice_is_ever_measured(database):
    columns = {
        f"{model._meta.db_table}.{name}"
        for app in Tortoise.apps.values()
        for model in app.values()
        for name in model._meta.fields_map
    }
    biometric = ("voiceprint", "voice_print", "speaker_embedding", "embedding", "biometric")
    assert [column for column in columns if any(word in column for word in biometric)] == []
