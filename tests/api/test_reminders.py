"""Rules of reminders, what became of them, and consents to be reached, over GraphQL."""

from tests.api.everything import own_everything
from tests.factories.outbox import events

ADD = """mutation ($input: ReminderRuleAddInput!) { reminderRuleAdd(input: $input) {
    __typename
    ... on ReminderRuleAddPayload { reminderRule { id kind route minutesBefore words quietFrom
        quietUntil active service { name } } }
    ... on InvalidInputError { fields { path } } } }"""
UPDATE = """mutation ($input: ReminderRuleUpdateInput!) { reminderRuleUpdate(input: $input) {
    ... on ReminderRuleUpdatePayload { reminderRule { words quietFrom quietUntil active } } } }"""
REMOVE = """mutation ($input: ReminderRuleRemoveInput!) { reminderRuleRemove(input: $input) {
    ... on ReminderRuleRemovePayload { id } } }"""
RECORD = """mutation ($input: OutreachConsentRecordInput!) { outreachConsentRecord(input: $input) {
    ... on OutreachConsentRecordPayload { outreachConsent { id disclosure withdrawnAt } } } }"""
WITHDRAW = """mutation ($input: OutreachConsentWithdrawInput!) {
    outreachConsentWithdraw(input: $input) {
        ... on OutreachConsentWithdrawPayload { outreachConsent { withdrawnAt } } } }"""


async def test_rules_are_made_changed_and_removed(owner, unit_of_work, scope):
    given = {"kind": "REMINDER", "route": "EMAIL", "minutesBefore": 1440, "words": "{when}!"}
    rule = (await owner.ask(ADD, input=given))["reminderRuleAdd"]["reminderRule"]
    assert (rule["quietFrom"], rule["quietUntil"]) == ("21:00:00", "08:00:00")
    assert (rule["minutesBefore"], rule["service"], rule["active"]) == (1440, None, True)
    changes = {"id": rule["id"], "words": "", "quietFrom": "22:30:00", "active": False}
    changed = await owner.ask(UPDATE, input=changes)
    assert changed["reminderRuleUpdate"]["reminderRule"] == {
        "words": "",
        "quietFrom": "22:30:00",
        "quietUntil": "08:00:00",
        "active": False,
    }
    assert len((await owner.ask("{ tenant { reminderRules { id } } }"))["tenant"]["reminderRules"])
    await owner.ask(REMOVE, input={"id": rule["id"]})
    assert (await owner.ask("{ tenant { reminderRules { id } } }"))["tenant"]["reminderRules"] == []
    assert await events(unit_of_work, scope, "business.") == ["business.changed"] * 3


async def test_a_place_that_nobody_can_fill_is_refused(owner):
    given = {"kind": "CONFIRMATION", "route": "TEXT", "words": "Call {phone}"}
    refused = (await owner.ask(ADD, input=given))["reminderRuleAdd"]
    assert refused == {"__typename": "InvalidInputError", "fields": [{"path": "words"}]}


async def test_what_was_planned_can_be_read(owner, unit_of_work, scope):
    await own_everything(unit_of_work, scope, "ours")
    found = await owner.ask(
        """{ tenant { reminders(state: PLANNED) { edges { node { occasion route state
            startsAt dueAt reply refusal appointment { status } contact { name } } } } } }"""
    )
    [edge] = found["tenant"]["reminders"]["edges"]
    node = edge["node"]
    assert (node["occasion"], node["route"], node["state"]) == ("COMING", "TEXT", "PLANNED")
    assert node["appointment"] == {"status": "CONFIRMED"}
    assert node["dueAt"] < node["startsAt"]


async def test_a_consent_is_recorded_and_taken_back(owner, unit_of_work, scope):
    add = """mutation ($input: ContactAddInput!) { contactAdd(input: $input) {
        ... on ContactAddPayload { contact { id } } } }"""
    eve = (await owner.ask(add, input={"name": "Eve"}))["contactAdd"]["contact"]["id"]
    given = {
        "contactId": eve,
        "route": "TEXT",
        "purpose": "SCHEDULING",
        "form": "EXPRESS",
        "disclosure": "May we text you reminders?",
        "disclosureVersion": "1",
    }
    made = (await owner.ask(RECORD, input=given))["outreachConsentRecord"]["outreachConsent"]
    assert made["withdrawnAt"] is None
    await owner.ask(WITHDRAW, input={"id": made["id"]})
    query = """query ($id: ID!) { node(id: $id) {
        ... on Contact { outreachConsents { id withdrawnAt } } } }"""
    [known] = (await owner.ask(query, id=eve))["node"]["outreachConsents"]
    assert known["id"] == made["id"]
    assert known["withdrawnAt"] is not None
