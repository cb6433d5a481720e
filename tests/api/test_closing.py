"""Closing an account and protecting health data, as an owner asks for it over GraphQL."""

import pytest

from tests.api.test_policy import ADOPT, draft

RECORD = """
mutation ($input: AgreementRecordInput!) { agreementRecord(input: $input) {
  __typename
  ... on AgreementRecordPayload { agreement { id party destination purpose endedAt } }
  ... on UserError { code }
} }
"""
CLOSE = """
mutation ($input: TenantCloseInput!) { tenantClose(input: $input) {
  __typename
  ... on TenantClosePayload { lifeCycle { stage eraseAt kept { dataClass } } }
  ... on UserError { code }
} }
"""
REOPEN = """
mutation ($input: TenantReopenInput!) { tenantReopen(input: $input) {
  __typename
  ... on TenantReopenPayload { lifeCycle { stage eraseAt } }
  ... on UserError { code }
} }
"""
STATE = (
    "{ tenant { status lifeCycle { stage } agreements(first: 5) { edges { node { party } } } } }"
)
SIGNED = {"party": "Deskbell Ltd", "scope": "Calls", "version": "1", "signedOn": "2026-01-01"}


@pytest.mark.law("L37")
async def test_health_mode_is_agreed_on_first(owner):
    health = draft(preset="HEALTHCARE")
    refused = (await owner.ask(ADOPT, draft=health))["policyAdopt"]
    assert refused["__typename"] == "AgreementMissingError"
    recorded = (await owner.ask(RECORD, input=SIGNED))["agreementRecord"]
    assert recorded["agreement"]["destination"] == "platform"
    adopted = (await owner.ask(ADOPT, draft=health))["policyAdopt"]
    assert adopted["__typename"] == "PolicyAdoptPayload"


async def test_an_agreement_is_recorded_once_per_key(owner):
    given = SIGNED | {"idempotencyKey": "signed"}
    first, again = [(await owner.ask(RECORD, input=given))["agreementRecord"] for _ in range(2)]
    assert first == again
    seen = (await owner.ask(STATE))["tenant"]["agreements"]["edges"]
    assert [edge["node"]["party"] for edge in seen] == ["Deskbell Ltd"]


@pytest.mark.promise("P057")
async def test_an_owner_closes_and_takes_up_again(owner, scope):
    typed = {"confirm": scope.tenant.slug}
    closed = (await owner.ask(CLOSE, input=typed | {"reason": "We retire"}))["tenantClose"]
    assert closed["lifeCycle"]["stage"] == "CLOSED"
    assert (await owner.ask(STATE))["tenant"]["status"] == "CLOSING"
    opened = (await owner.ask(REOPEN, input=typed))["tenantReopen"]
    assert opened["lifeCycle"] == {"stage": "ACTIVE", "eraseAt": None}
    again = (await owner.ask(REOPEN, input=typed))["tenantReopen"]
    assert again["code"] == "NOT_CLOSED"


async def test_closing_wants_the_name_typed(owner):
    refused = (await owner.ask(CLOSE, input={"confirm": "somebody-else"}))["tenantClose"]
    assert refused["code"] == "INVALID_INPUT"
