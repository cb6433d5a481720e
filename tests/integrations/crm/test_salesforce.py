"""What is special to Salesforce."""

from uuid import UUID

import pytest

from domain.crm.ports import CrmRefused, FieldGone, NewDeal, Person
from integrations.salesforce.soql import literal, written_anyhow
from tests.fakes.questions import understood
from tests.integrations.crm.conftest import KITS
from tests.integrations.crm.test_contract import ANNA, AT, PHONE, on_file


@pytest.fixture
def kit():
    return KITS["salesforce"]


@pytest.mark.parametrize("text", ["O'Brien", "\\", "\\'", "a\nb", '"', "' OR Name LIKE '%"])
def test_any_text_stays_within_its_quotes(text):
    asked = understood(f"SELECT Id FROM Contact WHERE Email = {literal(text)} ORDER BY Id LIMIT 1")
    assert asked.holds({"Email": text})
    assert not asked.holds({"Email": "somebody else"})


def test_a_number_is_looked_for_in_digits_only():
    assert written_anyhow("12%'3") == "'%1%2%3%'"


async def test_a_deal_and_whose_it_is_come_together_or_not_at_all(files, crm):
    deal = NewDeal(UUID(int=3), AT, "A new kitchen", "by May")
    with pytest.raises(CrmRefused):
        await files.create_lead(deal, "003000000000000999")
    assert crm.rows["Opportunity"] == {}


async def test_a_duplicate_rule_names_who_is_there(files, crm):
    record = crm.add("Anna Schmidt", email="other@example.com")
    crm.matching = record
    assert await on_file(files) == record
    [person] = crm.people()
    assert person.phone == PHONE


async def test_an_organisation_without_our_field_says_so(files, crm):
    crm.fields["Contact"].remove("Deskbell_Id__c")
    with pytest.raises(FieldGone) as gone:
        await files.find(PHONE, "")
    assert gone.value.field == "Deskbell_Id__c"


async def test_an_id_of_ours_that_is_another_records_is_left_alone(files, crm):
    await on_file(files)
    twin = crm.add("Anna Twin", phone="+12125550111")
    same = Person(ANNA.contact_id, "Anna Twin", "+12125550111")
    await on_file(files, same, twin)
    assert [each.record for each in crm.people()][1] == twin
