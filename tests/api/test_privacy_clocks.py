"""By when a request has to be answered, over GraphQL: each law on its day, shortest first."""

import pytest

from tests.api.deeds import do, refuse
from tests.factories.policies import promise

CLOCKS = "request { dueAt clocks { duty regime dueOn extendableTo } }"
PEOPLE = {
    "privacyContact": {"name": "Paula Privacy", "email": "privacy@example.com"},
    "dataProtectionOfficer": {"name": "Dora Officer", "email": "dpo@example.com"},
}


async def clocks(owner, kind="ACCESS", **asked):
    """What a request that is made today has to keep to: the day, and the last one if extended."""
    asked = {"email": "anna@example.com"} | asked
    made = await do(owner, "privacyRequestOpen", CLOCKS, kind=kind, **asked)
    told = made["request"]["clocks"]
    assert told == sorted(told, key=lambda each: each["dueOn"])
    answers = [each for each in told if each["duty"] == "ANSWER"]
    # Of two clocks of one regime the first one is over sooner.
    return {each["regime"]: (each["dueOn"], each["extendableTo"]) for each in answers[::-1]}


@pytest.mark.promise("P083")
@pytest.mark.law("L32")
async def test_a_wish_to_be_deleted_takes_five_working_days(owner):
    # A Monday; the next five days on which people work end a week later.
    assert (await clocks(owner, "DELETION"))["policy"] == ("2026-11-23", None)


@pytest.mark.promise("P084", "P085")
async def test_a_question_takes_thirty_days(owner):
    assert (await clocks(owner))["policy"] == ("2026-12-16", None)


@pytest.mark.law("L21")
async def test_europe_takes_a_month_and_two_more(owner):
    assert (await clocks(owner, place="DE"))["GDPR"] == ("2026-12-16", "2027-02-16")


@pytest.mark.promise("P080")
@pytest.mark.law("L33")
async def test_california_takes_forty_five_days_and_as_many_more(owner):
    assert (await clocks(owner, place="US-CA"))["CCPA"] == ("2026-12-31", "2027-02-14")
    opted_out = await clocks(owner, "SALE_OPT_OUT", place="US-CA", email="ben@example.com")
    assert opted_out["CCPA"][0] == "2026-12-08"


@pytest.mark.law("L41")
async def test_health_takes_thirty_days_and_thirty_more_once(owner, unit_of_work, scope):
    assert "HIPAA" not in await clocks(owner)
    await promise(unit_of_work, scope, preset="healthcare")
    found = await clocks(owner, email="ben@example.com")
    assert found["HIPAA"] == ("2026-12-16", "2027-01-15")


@pytest.mark.promise("P086")
async def test_a_time_that_is_promised_is_a_value_and_never_blank(owner):
    async def adopt(deed, *fields, **changes):
        draft = {"changes": PEOPLE | changes}
        return await deed(owner, "policyAdopt", *fields, draft=draft, note="faster")

    await adopt(do, "version { number }", answerWithin={"days": 10, "working": False})
    assert (await clocks(owner))["policy"] == ("2026-11-26", None)
    refused = await adopt(refuse, answerWithin={"days": 0, "working": False})
    assert refused == "InvalidInputError"


@pytest.mark.promise("P087")
async def test_nothing_is_promised_without_whom_to_ask(owner):
    for missing in PEOPLE:
        people = {name: each for name, each in PEOPLE.items() if name != missing}
        refused = await refuse(owner, "policyAdopt", draft={"changes": people}, note="nobody")
        assert refused == "InvalidInputError"
