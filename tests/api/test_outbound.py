"""A business asks for a call or text, and sees what became of it."""

import pytest

from api.graphql.ids import read_id, write_id
from domain.outreach.outbound.worker import OutboundWorker
from domain.outreach.wishes import real_gate
from tenants.service import job_scope
from tests.domain.outreach.test_outbound import Pigeon
from tests.factories import callers
from tests.factories.calls import Delivery

ASK = """mutation ($input: OutboundAskInput!) { outboundAsk(input: $input) {
  ... on OutboundAskPayload { outbound { id state refusal } }
  ... on InvalidInputError { code fields { path } } } }"""
LOOK = """{ tenant { outbound(first: 5) { edges { node {
  id state refusal rule words route purpose settledAt contact { phone } } } } } }"""


@pytest.mark.law("L13")
async def test_a_business_sees_why_a_text_was_withheld(owner, unit_of_work, scope):
    caller = await callers.ring(unit_of_work, scope)
    wanted = {
        "contactId": write_id("Contact", caller.contact_id),
        "route": "TEXT",
        "purpose": "SCHEDULING",
        "words": "See you tomorrow",
        "idempotencyKey": "once",
    }
    first = (await owner.ask(ASK, input=wanted))["outboundAsk"]["outbound"]
    again = (await owner.ask(ASK, input=wanted))["outboundAsk"]["outbound"]
    assert first == again
    assert (first["state"], first["refusal"]) == ("WAITING", None)
    delivery = Delivery(unit_of_work, await job_scope(scope.tenant_id, "outreach"))
    payload = {"outbound_id": str(read_id("Outbound", first["id"]))}
    await OutboundWorker(real_gate(), Pigeon()).send(payload, delivery)
    [edge] = (await owner.ask(LOOK))["tenant"]["outbound"]["edges"]
    node = edge["node"]
    assert (node["state"], node["refusal"]) == ("WITHHELD", "NO_CONSENT")
    assert node["rule"].startswith("calling.consent/US@")
    assert (node["words"], node["contact"]["phone"]) == ("See you tomorrow", caller.phone)
    assert node["settledAt"]


async def test_letters_are_not_asked_for_like_this(owner, unit_of_work, scope):
    caller = await callers.ring(unit_of_work, scope)
    contact = write_id("Contact", caller.contact_id)
    wanted = {"contactId": contact, "route": "EMAIL", "purpose": "SCHEDULING", "words": "Hello"}
    refused = (await owner.ask(ASK, input=wanted))["outboundAsk"]
    assert refused == {"code": "INVALID_INPUT", "fields": [{"path": "route"}]}
