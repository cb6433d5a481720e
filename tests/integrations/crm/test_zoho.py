"""What is special to Zoho."""

from dataclasses import replace

import pytest

from domain.crm.ports import CrmRefused, FieldGone
from integrations.zoho.client import OURS
from tests.fakes.crm import Failure
from tests.integrations.crm.conftest import KITS
from tests.integrations.crm.test_contract import ANNA, CALL, PHONE, on_file


@pytest.fixture
def kit():
    return KITS["zoho"]


async def test_our_own_field_is_made_once_and_unique(files, crm):
    contact = await on_file(files)
    await files.log_call(CALL, contact)
    await on_file(files)
    made = [each for each in crm.asked if each == "POST /crm/v8/settings/fields"]
    assert len(made) == 2
    assert {("Contacts", OURS), ("Calls", OURS)} <= crm.unique


async def test_an_address_that_is_taken_says_whose_it_is(files, crm):
    record = crm.add("Anna Schmidt", email=ANNA.email)
    crm.invisible = True
    assert await on_file(files) == record
    [person] = crm.people()
    assert person.phone == PHONE


async def test_a_call_of_ours_went_out(files, crm):
    contact = await on_file(files)
    await files.log_call(replace(CALL, inbound=False), contact)
    [call] = crm.noted("call")
    assert call.values["Call_Type"] == "Outbound"
    assert call.values["Outgoing_Call_Status"] == "Completed"
    assert call.values["Call_Duration"] == "01:01"


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({"code": "INVALID_DATA", "details": {"api_name": "Stage"}, "status": "error"}, FieldGone),
        ({"code": "NOT_ALLOWED", "details": {}, "status": "error"}, CrmRefused),
    ],
)
async def test_an_error_in_an_answer_of_success_is_one(files, crm, body, error):
    await on_file(files)
    crm.failures = [Failure(202, body={"data": [body]})]
    with pytest.raises(error):
        await files.erase("contact", "1")
