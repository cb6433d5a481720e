"""What is special to Pipedrive."""

from dataclasses import replace

import pytest

from domain.errors import Unavailable
from tests.integrations.crm.conftest import KITS
from tests.integrations.crm.test_contract import ANNA, CALL, DEAL, on_file


@pytest.fixture
def kit():
    return KITS["pipedrive"]


async def test_other_numbers_and_addresses_of_somebody_stay(files, crm):
    record = crm.add("Anna Weber", phone="+12125550101", mobile="+12125550102")
    await on_file(files, ANNA, record, correct=True)
    row = crm.rows["persons"][record]
    assert [each["value"] for each in row["phones"]] == [ANNA.phone, "+12125550102"]


async def test_words_of_callers_are_no_markup(files, crm):
    contact = await on_file(files)
    await files.log_call(replace(CALL, words="<img src=x>\nline"), contact)
    [call] = crm.noted("call")
    assert call.words.startswith("&lt;img src=x&gt;<br>line<br>Deskbell ")


async def test_a_lead_whose_note_was_lost_gets_it(files, crm):
    contact = await on_file(files)
    crm.losing = {"POST /api/v1/leads"}
    with pytest.raises(Unavailable):
        await files.create_lead(DEAL, contact)
    await files.create_lead(DEAL, contact)
    [lead] = crm.noted("lead")
    assert "by May" in lead.words


async def test_a_mark_is_found_on_a_later_page(files, crm):
    contact = await on_file(files)
    for number in range(501):
        crm._put("activities", {"type": "email", "note": str(number)})
    first = await files.log_call(CALL, contact)
    assert await files.log_call(CALL, contact) == first
