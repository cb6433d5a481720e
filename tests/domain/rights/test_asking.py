"""Requests are taken down, proved, and by nobody else's word."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain import audit, contacts, rights
from domain.errors import Forbidden, InvalidInput
from domain.personal import Source
from domain.rights.errors import NoAddress, NotVerified, TooManyCodes
from domain.rights.kinds import Intake, Means, RequestState
from domain.rights.models import VerificationCode
from domain.rights.repository import VerificationCodes
from domain.rights.verification import LASTS, MOST_ATTEMPTS, MOST_CODES
from domain.scope import TenantStatus
from tests.conftest import NOW
from tests.factories.callers import ring


def mailed(anna):
    return f"{anna.phone[1:]}@example.com"


@pytest.mark.promise("P082")
@pytest.mark.law("L22")
async def test_a_code_goes_to_the_address_on_file(desk, anna):
    """Whoever types another address for a known number has no code sent there."""
    request = await desk.ask("deletion", Intake.FORM, phone=anna.phone, email="mallory@evil.test")
    assert {mail.to for mail in desk.box.letters} == {(mailed(anna),)}
    assert request.state is RequestState.VERIFYING
    assert await desk.prove(request.id)
    proved = await desk.look(request.id)
    assert (proved.state, proved.verified_by) == (RequestState.OPEN, Means.EMAIL)


@pytest.mark.promise("P082")
@pytest.mark.law("L22")
async def test_nothing_is_done_before_it_is_proved(desk, anna):
    request = await desk.ask("restriction", phone=anna.phone)
    with pytest.raises(NotVerified):
        await desk.do(rights.fulfil, request.id)


@pytest.mark.law("L22")
async def test_a_forged_code_is_refused_and_on_record(desk, anna, unit_of_work, scope):
    request = await desk.ask("deletion", phone=anna.phone)
    right = desk.code()
    wrong = f"{(int(right) + 1) % 1_000_000:06}"
    assert not await desk.do(rights.prove, request.id, wrong)
    assert (await desk.look(request.id)).state is RequestState.VERIFYING
    async with unit_of_work(scope, read_only=True) as uow:
        search = audit.Search(object=("privacy_request", request.id))
        actions = [entry.action for entry in await audit.find(uow, search)]
    assert "privacy_request.proof_refused" in actions


@pytest.mark.law("L22")
async def test_a_code_cannot_be_guessed(desk, anna):
    request = await desk.ask("deletion", phone=anna.phone)
    right = desk.code()
    for number in range(MOST_ATTEMPTS):
        assert not await desk.do(rights.prove, request.id, f"x{number}")
    assert not await desk.do(rights.prove, request.id, right)


async def test_a_code_is_good_once_and_for_a_while(desk, anna, clock):
    request = await desk.ask("deletion", phone=anna.phone)
    first = desk.code()
    await desk.do(rights.send_again, request.id)
    await desk.work()
    assert not await desk.do(rights.prove, request.id, first)
    assert await desk.prove(request.id)
    assert not await desk.prove(request.id)
    other = await desk.ask("access", phone=anna.phone)
    clock.advance(timedelta(hours=24))
    assert not await desk.do(rights.prove, other.id, desk.code())


async def test_what_is_kept_of_a_code_is_not_the_code(desk, anna, unit_of_work, scope):
    request = await desk.ask("deletion", phone=anna.phone)
    async with unit_of_work(scope) as uow:
        [row] = await VerificationCodes(uow).of(request.id)
    assert isinstance(row, VerificationCode)
    assert row.code_hash
    assert desk.code() not in row.code_hash


async def test_a_code_of_another_request_proves_nothing(desk, anna):
    first = await desk.ask("deletion", phone=anna.phone)
    code = desk.code()
    second = await desk.ask("access", phone=anna.phone)
    assert not await desk.do(rights.prove, second.id, code)
    assert await desk.do(rights.prove, first.id, code)


async def test_codes_are_not_sent_without_end(desk, anna):
    request = await desk.ask("deletion", phone=anna.phone)
    for _ in range(MOST_CODES - 1):
        await desk.do(rights.send_again, request.id)
    with pytest.raises(TooManyCodes):
        await desk.do(rights.send_again, request.id)


@pytest.mark.law("L22")
async def test_a_code_can_be_told_on_a_call_to_the_number_on_file(desk, unit_of_work, scope, clock):
    async with unit_of_work(scope) as uow:
        details = contacts.Details(name="No Mail", phone="+12125550177")
        await contacts.add(uow, details, source=Source.CALLER)
    request = await desk.ask("deletion", phone="+12125550177")
    assert request.state is RequestState.RECEIVED
    assert desk.box.letters == []
    with pytest.raises(NoAddress):
        await desk.do(rights.send_again, request.id)
    late = await desk.do(rights.speak, request.id)
    clock.advance(LASTS)
    assert not await desk.do(rights.prove, request.id, late.code)
    spoken = await desk.do(rights.speak, request.id)
    assert spoken.number == "+12125550177"
    assert await desk.do(rights.prove, request.id, spoken.code)
    assert (await desk.look(request.id)).verified_by is Means.SPOKEN


async def test_a_stranger_gets_the_same_letters(desk, anna):
    """So nobody learns from them who calls this business."""
    await desk.ask("access", Intake.FORM, email=mailed(anna))
    known = sorted(mail.subject for mail in desk.box.letters)
    desk.box.letters.clear()
    request = await desk.ask("access", Intake.FORM, email="stranger@example.org")
    assert sorted(mail.subject for mail in desk.box.letters) == known
    assert request.contact_id is None


@pytest.mark.promise("P078", "P080")
async def test_to_be_left_alone_needs_no_proof(desk, anna):
    for kind in ("marketing_opt_out", "sale_opt_out"):
        request = await desk.ask(kind, phone=anna.phone)
        assert request.state is RequestState.OPEN


async def test_whoever_is_on_the_line_asks_once(desk, anna):
    first = await desk.ask("deletion", Intake.PHONE, scope=anna.scope, words="delete my data")
    again = await desk.ask("deletion", Intake.PHONE, scope=anna.scope, words="delete it!")
    assert first.id == again.id
    assert (first.contact_id, first.conversation_id) == (anna.contact_id, anna.conversation_id)
    assert first.confirmed_at == NOW


async def test_a_caller_asks_for_nobody_else(desk, anna, unit_of_work, scope):
    bert = await ring(unit_of_work, scope, name="Bert")
    asked = {"contact_id": bert.contact_id, "phone": bert.phone}
    request = await desk.ask("access", Intake.PHONE, scope=anna.scope, **asked)
    assert request.contact_id == anna.contact_id
    with pytest.raises(Forbidden):
        await desk.ask("access", Intake.FORM, scope=anna.scope, contact_id=bert.contact_id)


@pytest.mark.law("L33")
async def test_a_receipt_says_by_when_there_is_an_answer(desk, anna):
    await desk.ask("deletion", phone=anna.phone)
    receipt = desk.letter("Your request about your data")
    assert "16 November 2026" in receipt.text
    assert "23 November 2026" in receipt.text


async def test_a_request_needs_somebody(desk):
    with pytest.raises(InvalidInput):
        await desk.ask("access")
    with pytest.raises(InvalidInput):
        await desk.ask("access", email="a@example.com", place="Atlantis")


async def test_a_business_that_is_not_served_is_asked_all_the_same(desk, anna, scope):
    closed = replace(scope, tenant=replace(scope.tenant, status=TenantStatus.SUSPENDED))
    request = await desk.ask("deletion", phone=anna.phone, scope=closed)
    assert await desk.prove(request.id)


async def test_another_business_sees_none_of_it(desk, anna, other_scope):
    request = await desk.ask("deletion", phone=anna.phone)
    assert not await desk.do(rights.prove, request.id, desk.code(), scope=other_scope)
    assert await desk.prove(request.id)
