"""Every mutation may arrive twice: it says that it minds nothing, or takes a key and acts once."""

import asyncio

import pytest
from graphql import get_named_type

from api.graphql.repeats import HARMLESS
from api.graphql.schema import build_schema
from domain import exports
from domain.idempotency import IdempotencyRecords
from domain.outbox import OutboxEntry
from plugins.webhooks.repository import WebhookDeliveries
from tenants.api_keys.repository import ApiKeys
from tests.api.everything import global_ids, own_everything
from tests.api.test_isolation import filled_in
from tests.api.test_permissions import deed
from tests.factories.tools import WRITTEN

MUTATIONS = build_schema(production=False)._schema.mutation_type.fields
KEYED = {
    name
    for name, field in MUTATIONS.items()
    if "idempotencyKey" in get_named_type(field.args["input"].type).fields
}
SECRETS = {
    "apiKeyCreate",
    "apiKeyRotate",
    "appCreate",
    "appRotateSecret",
    "appWebhookRotateSecret",
    "sandboxKeyCreate",
    "webhookCreate",
    "webhookRotateSecret",
}
# Done in another tenant, and tried there.
ELSEWHERE = {"breakGlassOpen", "legalProcessReceive", "sandboxKeyCreate"}
SOMEBODY = {
    "privacyContact": {"name": "Paula Privacy", "email": "privacy@example.com"},
    "dataProtectionOfficer": {"name": "Dora Officer", "email": "dpo@example.com"},
}
# What a made-up value would be refused for.
SAID = {
    "agreementRecord": {"signedOn": "2026-01-01", "destination": "platform"},
    "apiKeyCreate": {"permissions": ["CALLS_READ"]},
    "appCreate": {"permissions": ["CALLS_READ"], "redirectUris": ["https://app.example/cb"]},
    "waitlistJoin": {"firstDay": "2026-11-18", "lastDay": "2026-11-20"},
    "appointmentBook": {"startsAt": "2026-11-18T16:00:00Z"},
    "appointmentChangeStatus": {"status": "ARRIVED"},
    "appointmentReschedule": {"startsAt": "2026-11-18T18:00:00Z"},
    "closureAdd": {"startsOn": "2027-01-01", "endsOn": "2027-01-01"},
    "contactAdd": {"name": "Eve"},
    "customRoleAdd": {"permissions": ["CALLS_READ"]},
    "intakeAdd": {"questions": [{"key": "why", "ask": "Why?"}]},
    "invitationSend": {"role": "STAFF", "customRoleId": None},
    "legalHoldPlace": {"reviewAt": "2027-01-01T00:00:00Z", "conversationId": None},
    "policyAdopt": {"draft": {"changes": SOMEBODY}},
    "reminderRuleAdd": {"kind": "CONFIRMATION", "route": "EMAIL", "words": ""},
    "serviceAdd": {"durationMinutes": 30},
    "toolCreate": WRITTEN | {"name": "another"},
    "webhookCreate": {"events": ["*"]},
}
# The status of a visit that was called off changes no more.
LAST = ["appointmentReschedule", "appointmentChangeStatus", "appointmentCancel"]


@pytest.fixture
async def scope(agency):
    """An organisation: it can do more."""
    return agency


def test_every_mutation_takes_a_key_or_says_why_it_needs_none():
    assert set(MUTATIONS) == KEYED | set(HARMLESS)
    assert KEYED & set(HARMLESS) == set()


def test_every_mutation_with_a_key_can_say_what_became_of_it():
    for name in KEYED:
        members = {member.name for member in get_named_type(MUTATIONS[name].type).types}
        assert {"IdempotencyKeyReusedError", "RequestInProgressError"} <= members, name
        assert ("ShownOnceError" in members) == (name in SECRETS), name


async def happened(unit_of_work, scope):
    """How many events the tenant has seen, and how many deliveries it is owed."""
    async with unit_of_work(scope) as uow:
        events = OutboxEntry.filter(tenant_id=scope.tenant_id).using_db(uow.connection)
        return await events.count(), await WebhookDeliveries(uow).all().count()


async def test_each_acts_once_per_key(owner, unit_of_work, scope):
    owned = await own_everything(unit_of_work, scope, "ours")
    async with unit_of_work(scope) as uow:
        # There is one at a time.
        await exports.cancel(uow, owned["BulkExport"])
    own = global_ids(owned)
    number = f"+1646{unit_of_work.ids.new(unit_of_work.clock.now()).int % 10_000_000:07}"
    said = SAID | {
        "phoneNumberAttach": {"number": number},
        "webhookReplay": {"deliveryIds": [own["WebhookDelivery"]]},
    }
    declared = {"id": own["App"], "url": "https://hooks.example/", "events": ["contact.added"]}
    await owner.ask(deed("appWebhookDeclare"), input=declared)
    before = None
    for name in [*sorted(KEYED - ELSEWHERE - set(LAST)), *LAST]:
        given = filled_in(name, "", own, own) | said.get(name, {}) | {"idempotencyKey": name}
        first = (await owner.ask(deed(name), input=given))[name]["__typename"]
        assert first == f"{name[0].upper()}{name[1:]}Payload", name
        then = await happened(unit_of_work, scope)
        second = (await owner.ask(deed(name), input=given))[name]["__typename"]
        assert second == ("ShownOnceError" if name in SECRETS else first), name
        assert await happened(unit_of_work, scope) == then, name
        if before:
            reused = given | {"idempotencyKey": before}
            answer = (await owner.ask(deed(name), input=reused))[name]
            assert answer["__typename"] == "IdempotencyKeyReusedError", name
        before = name


async def test_the_same_key_gets_the_same_answer(owner):
    add = """mutation ($input: ContactAddInput!) {
        contactAdd(input: $input) { ... on ContactAddPayload { contact { id name } } } }"""
    given = {"name": "Eve", "idempotencyKey": "one"}
    first = await owner.ask(add, input=given)
    assert first["contactAdd"]["contact"]["name"] == "Eve"
    assert await owner.ask(add, input=given) == first


async def test_a_name_in_other_letters_is_another_request(owner):
    add = deed("contactAdd")
    await owner.ask(add, input={"name": "Eve", "idempotencyKey": "one"})
    answer = await owner.ask(add, input={"name": "EVE", "idempotencyKey": "one"})
    assert answer["contactAdd"]["__typename"] == "IdempotencyKeyReusedError"


async def test_requests_that_race_make_one_key(owner, unit_of_work, scope):
    create = """mutation ($input: ApiKeyCreateInput!) { apiKeyCreate(input: $input) {
        ... on ApiKeyCreatePayload { apiKey { id } token }
        ... on ShownOnceError { id code path } } }"""
    given = {"name": "Website", "permissions": ["CALLS_READ"], "idempotencyKey": "one"}
    answers = await asyncio.gather(*(owner.ask(create, input=given) for _ in range(4)))
    made = [each["apiKeyCreate"] for each in answers]
    [first] = [each for each in made if "token" in each]
    others = [each for each in made if "token" not in each]
    told = {"id": first["apiKey"]["id"], "code": "SHOWN_ONCE", "path": "idempotencyKey"}
    assert others == [told] * 3
    async with unit_of_work(scope) as uow:
        assert await ApiKeys(uow).all().count() == 1


async def test_nothing_is_kept_of_a_secret_that_was_shown(owner, unit_of_work, scope):
    create = """mutation ($input: WebhookCreateInput!) { webhookCreate(input: $input) {
        __typename ... on WebhookCreatePayload { endpoint { id } secret } } }"""
    await own_everything(unit_of_work, scope, "ours")
    given = {"url": "https://hooks.example/", "events": ["*"], "idempotencyKey": "one"}
    made = (await owner.ask(create, input=given))["webhookCreate"]
    async with unit_of_work(scope) as uow:
        [answer] = await IdempotencyRecords(uow).page(IdempotencyRecords(uow).all())
    assert answer.result.load() == made["endpoint"]["id"]
