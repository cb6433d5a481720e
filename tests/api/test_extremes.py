"""Values from the edge of what can be written: each is answered with a code of its own."""

import pytest

from api.graphql.ids import write_id
from tests.api.deeds import refuse
from tests.factories.business import open_practice

AVAILABILITY = """
query ($service: ID!, $day: Date!) { tenant {
  availability(serviceId: $service, from: $day, to: $day) { startsAt } } }
"""


@pytest.fixture
async def practice(unit_of_work, scope):
    return await open_practice(unit_of_work, scope)


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
async def test_the_ends_of_the_calendar_have_no_free_times(owner, practice, day):
    service = write_id("Service", practice.exam_id)
    assert await owner.fail(AVAILABILITY, service=service, day=day) == "INVALID_INPUT"


async def test_a_closure_may_last_for_ever(owner, practice):
    for_ever = {"startsOn": "0001-01-01", "endsOn": "9999-12-31"}
    location = write_id("Location", practice.location_id)
    closed = await refuse(owner, "closureAdd", locationId=location, **for_ever)
    assert closed == "ClosureAddPayload"
    service = write_id("Service", practice.exam_id)
    free = await owner.ask(AVAILABILITY, service=service, day="2026-11-17")
    assert free["tenant"]["availability"] == []


@pytest.mark.parametrize("escape", [r"\u0000", r"\u{0}", r"\u{000}"])
async def test_a_nul_hides_in_no_document(owner, escape):
    query = f'mutation {{ contactAdd(input: {{name: "a{escape}"}}) {{ __typename }} }}'
    assert (await owner.post(query)).status_code == 400


async def test_a_nul_hides_in_no_variable(owner):
    query = "mutation ($n: String!) { contactAdd(input: {name: $n}) { __typename } }"
    assert (await owner.post(query, n=f"a{chr(0)}")).status_code == 400


@pytest.mark.parametrize("tag", ["english please", "x" * 30, "1"])
async def test_a_language_is_a_short_tag(owner, tag):
    assert await refuse(owner, "contactAdd", name="Eve", language=tag) == "InvalidInputError"


@pytest.mark.parametrize("key", ["", "k" * 201])
async def test_an_idempotency_key_has_its_limits(owner, key):
    asked = {"subject": "Help", "body": "Please", "idempotencyKey": key}
    assert await refuse(owner, "supportTicketOpen", **asked) == "InvalidInputError"


async def test_a_number_of_brackets_is_no_number(owner):
    listed = {"number": "+1(((((((", "kind": "BLOCK"}
    assert await refuse(owner, "numberList", **listed) == "InvalidInputError"


async def test_an_amount_beyond_an_int_is_refused(owner):
    query = """mutation { serviceAdd(input: {name: "x", durationMinutes: 1,
      price: {amountMinor: 2147483648, currency: "USD"}}) { __typename } }"""
    assert await owner.fail(query) == "BAD_REQUEST"
