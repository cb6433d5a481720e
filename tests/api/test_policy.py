"""What is promised, over GraphQL."""

import pytest

ADOPT = """
mutation Adopt($draft: PolicyDraftInput!, $key: String) {
  policyAdopt(input: {draft: $draft, note: "shorter", idempotencyKey: $key}) {
    __typename
    ... on PolicyAdoptPayload {
      version { id number note policy { retention { dataClass keep then } callers { storage } } }
    }
    ... on InvalidInputError { fields { path code } }
  }
}
"""
POLICY = """
{ tenant {
    policy { preset callers { minimumAge training } customers { backups } }
    operatorPolicy { callers { storage } customers { backups warnBefore } }
    policies { edges { node { number } } }
} }
"""
PREVIEW = """
query Preview($draft: PolicyDraftInput!) { tenant { policyPreview(draft: $draft) {
  __typename
  ... on PolicyPreview { effects { dataClass before { keep } after { keep } due irreversible } }
  ... on InvalidInputError { fields { path } }
} } }
"""
SOMEBODY = {
    "privacyContact": {"name": "Paula Privacy", "email": "privacy@example.com"},
    "dataProtectionOfficer": {"name": "Dora Officer", "email": "dpo@example.com"},
}


def draft(**changes):
    return {"changes": SOMEBODY | changes}


@pytest.mark.promise("P068")
async def test_whoever_looks_sees_both_promises(owner, staff):
    seen = (await owner.ask(POLICY))["tenant"]
    assert seen["policy"]["preset"] == "NINETY_DAYS"
    assert seen["policy"]["callers"] == {"minimumAge": 13, "training": False}
    assert seen["policy"]["customers"] is None
    assert seen["operatorPolicy"]["customers"] == {"backups": "P30D", "warnBefore": [30, 7, 1]}
    assert seen["policies"]["edges"] == []


@pytest.mark.promise("P055")
async def test_a_shorter_promise_is_adopted_once(owner):
    rule = {"dataClass": "RECORDING", "keep": "P14D"}
    given = {"draft": draft(retention=[rule], storage="NO_IDENTIFIERS"), "key": "once"}
    first, again = [(await owner.ask(ADOPT, **given))["policyAdopt"] for _ in range(2)]
    assert first == again
    kept = {each["dataClass"]: each["keep"] for each in first["version"]["policy"]["retention"]}
    assert (kept["RECORDING"], kept["TRANSCRIPT"]) == ("P14D", "P90D")
    assert first["version"]["policy"]["callers"] == {"storage": "NO_IDENTIFIERS"}


async def test_a_preview_changes_nothing(owner):
    rule = {"dataClass": "LEAD", "keep": "P1D", "then": "ANONYMISE"}
    seen = await owner.ask(PREVIEW, draft=draft(retention=[rule]))
    effects = {each["dataClass"]: each for each in seen["tenant"]["policyPreview"]["effects"]}
    assert effects["LEAD"]["after"] == {"keep": "P1D"}
    assert effects["LEAD"]["before"] == {"keep": "P365D"}
    assert (await owner.ask(POLICY))["tenant"]["policies"]["edges"] == []


async def test_what_makes_no_sense_is_refused_by_name(owner):
    rule = {"dataClass": "BILLING", "keep": "P1D"}
    refused = (await owner.ask(ADOPT, draft=draft(retention=[rule])))["policyAdopt"]
    assert refused["__typename"] == "InvalidInputError"
    rule = {"dataClass": "CONSENT", "keep": "P1D"}
    refused = (await owner.ask(ADOPT, draft=draft(retention=[rule])))["policyAdopt"]
    assert refused["fields"] == [{"path": "retention.consent", "code": "TOO_SHORT"}]
