"""Nothing goes out to a caller without consent, purpose, their hours, and their silence."""

import ast
from datetime import UTC, datetime, timedelta

import pytest

from domain import contacts
from domain.contacts.models import NumberList
from domain.contacts.repository import Contacts
from domain.outreach import agreements
from domain.outreach.agreements.models import Form, Route
from domain.outreach.agreements.repository import OutreachPermits
from domain.outreach.gate import REACHED_FOR
from domain.outreach.refusals import OutreachRefused, Refusal
from domain.privacy.purposes import Purpose
from tests.architecture.source import written


async def refusal(attempt):
    with pytest.raises(OutreachRefused) as refused:
        await attempt
    return refused.value


@pytest.mark.law("L13", "L19")
async def test_what_was_agreed_to_goes_out(door):
    consent = await door.agree()
    permit = await door.permit()
    assert permit.to == door.caller.phone
    async with door.work(door.scope, read_only=True) as uow:
        row = await OutreachPermits(uow).get(permit.id)
    assert row.consent_id == consent.id
    assert [rule.partition("@")[0] for rule in row.rules] == [
        "calling.consent/US",
        "calling.window/US",
    ]


@pytest.mark.law("L19")
async def test_the_words_that_were_agreed_to_are_kept(door):
    consent = await door.agree()
    assert consent.disclosure.startswith("May we text you")
    assert consent.disclosure_version == "2026-11-01"


@pytest.mark.law("L13")
async def test_without_consent_nothing_goes_out(door):
    refused = await refusal(door.permit())
    assert refused.refusal is Refusal.NO_CONSENT
    assert refused.rule.startswith("calling.consent/US@")


@pytest.mark.law("L13")
@pytest.mark.parametrize(
    ("route", "purpose"), [(Route.CALL, Purpose.SCHEDULING), (Route.TEXT, Purpose.CALL_DELIVERY)]
)
async def test_consent_is_for_one_route_and_one_purpose(door, route, purpose):
    await door.agree(Route.TEXT, Purpose.SCHEDULING)
    assert (await refusal(door.permit(route, purpose))).refusal is Refusal.NO_CONSENT


@pytest.mark.law("L13")
async def test_a_survey_needs_what_advertising_does(door):
    await door.agree(Route.CALL, Purpose.SURVEYS, Form.EXPRESS)
    refused = await refusal(door.permit(Route.CALL, Purpose.SURVEYS))
    assert refused.refusal is Refusal.NO_CONSENT
    await door.agree(Route.CALL, Purpose.SURVEYS, Form.WRITTEN)
    assert await door.permit(Route.CALL, Purpose.SURVEYS)


@pytest.mark.promise("P052", "P093")
@pytest.mark.parametrize("purpose", sorted(set(Purpose) - set(REACHED_FOR)))
async def test_callers_are_never_reached_for_anything_else(door, purpose):
    for route in Route:
        await door.agree(route, purpose, Form.WRITTEN)
        assert (await refusal(door.permit(route, purpose))).refusal is Refusal.PURPOSE


@pytest.mark.promise("P052")
def test_marketing_is_not_what_callers_are_reached_for():
    assert not {Purpose.MARKETING, Purpose.MEASURING_CAMPAIGNS} & set(REACHED_FOR)


@pytest.mark.promise("P077")
async def test_a_consent_that_was_withdrawn_opens_nothing(door):
    consent = await door.agree()
    async with door.work(door.scope) as uow:
        await agreements.withdraw(uow, consent.id)
    assert (await refusal(door.permit())).refusal is Refusal.NO_CONSENT


@pytest.mark.law("L14")
@pytest.mark.parametrize(("hour", "opens"), [(12, False), (13, True), (1, True), (2, False)])
async def test_only_at_the_persons_hours(door, clock, hour, opens):
    await door.agree()
    # New York is five hours behind in November.
    clock.advance(datetime(2026, 11, 17, hour, 0, tzinfo=UTC) - clock.now())
    if opens:
        assert await door.permit()
    else:
        refused = await refusal(door.permit())
        assert refused.refusal is Refusal.OUTSIDE_HOURS
        assert refused.rule.startswith("calling.window/US@")


@pytest.mark.law("L14")
async def test_a_number_on_the_list_is_never_called(door):
    await door.agree(Route.CALL)
    async with door.work(door.scope) as uow:
        await contacts.list_number(uow, door.caller.phone, NumberList.NO_CALL)
    assert (await refusal(door.permit(Route.CALL))).refusal is Refusal.DO_NOT_CALL


@pytest.mark.law("L15")
async def test_whoever_said_stop_is_left_alone(door):
    await door.agree()
    door.stopped.contacts.add(door.caller.contact_id)
    assert (await refusal(door.permit())).refusal is Refusal.OPTED_OUT


@pytest.mark.law("L20")
async def test_texts_leave_from_registered_numbers_only(door):
    await door.agree()
    refused = await refusal(door.permit(registered=False))
    assert refused.refusal is Refusal.SENDER_UNREGISTERED


async def test_nobody_is_reached_where_there_is_no_number(door):
    async with door.work(door.scope) as uow:
        row = await Contacts(uow).get(door.caller.contact_id)
        await Contacts(uow).save(row, phone=None, phone_index=None)
    assert (await refusal(door.permit())).refusal is Refusal.NOT_REACHABLE


@pytest.mark.law("L19")
async def test_a_call_is_answered_by_one_text(door):
    answers = door.caller.conversation_id
    assert await door.permit(purpose=Purpose.CALL_DELIVERY, answers=answers)
    refused = await refusal(door.permit(purpose=Purpose.CALL_DELIVERY, answers=answers))
    assert refused.refusal is Refusal.NO_CONSENT


@pytest.mark.law("L19")
async def test_a_call_is_answered_soon_and_in_writing(door, clock):
    answers = door.caller.conversation_id
    refused = await refusal(door.permit(Route.CALL, Purpose.CALL_DELIVERY, answers=answers))
    assert refused.refusal is Refusal.NO_CONSENT
    clock.advance(timedelta(days=1, minutes=1))
    refused = await refusal(door.permit(purpose=Purpose.CALL_DELIVERY, answers=answers))
    assert refused.refusal is Refusal.NO_CONSENT


async def test_an_answer_keeps_the_hours_too(door, clock):
    clock.advance(datetime(2026, 11, 17, 3, 0, tzinfo=UTC) - clock.now())
    answers = door.caller.conversation_id
    refused = await refusal(door.permit(purpose=Purpose.CALL_DELIVERY, answers=answers))
    assert refused.refusal is Refusal.OUTSIDE_HOURS


def test_only_the_gate_makes_permits():
    makers = {
        source.path
        for source in written()
        for call in source.of(ast.Call)
        if isinstance(call.func, ast.Name) and call.func.id == "Permit"
    }
    assert {str(path).rpartition("domain/")[2] for path in makers} == {"outreach/gate.py"}
