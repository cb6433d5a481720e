"""What is kept for how long, and what is held, as a business sees it over GraphQL."""

import pytest

from tests.factories.retention import own_retention

PLACE = """
mutation Place($contact: ID, $key: String) {
  legalHoldPlace(input: {
    reason: LEGAL_CLAIM, reviewAt: "2027-06-01T00:00:00Z", contactId: $contact,
    note: "docket 7", idempotencyKey: $key
  }) {
    __typename
    ... on LegalHoldPlacePayload { hold { id scope reason note placedBy releasedAt } }
    ... on NothingToHoldError { code }
  }
}
"""
RELEASE = """
mutation Release($id: ID!) {
  legalHoldRelease(input: {id: $id}) {
    __typename
    ... on LegalHoldReleasePayload { hold { releasedBy releasedAt } }
  }
}
"""
HOLDS = "{ tenant { legalHolds { edges { node { id scope note } } } } }"
SEEN = """
{ tenant {
    retentionSchedule { version tables rule { dataClass keep then } collectedFrom }
    retentionOutlook { forecasts { table due held } next { table at } }
    retentionRuns { edges { node { state counts { step rows } } } }
} }
"""
ARCHIVE = (
    "{ tenant { archiveBoxes { edges { node { rows { edges { node { kind content } } } } } } } }"
)
START = """
mutation { retentionRunStart(input: {idempotencyKey: "now"}) {
  ... on RetentionRunStartPayload { run { id state } }
} }
"""
NOBODY = "Q29udGFjdDowMWExZTRkZi00NTgwLTcwMDAtODAwMC0wMDAwMDAwMDAwMDA"


@pytest.mark.promise("P069")
async def test_a_hold_is_placed_once_and_released_once(owner):
    first, again = [(await owner.ask(PLACE, key="once"))["legalHoldPlace"] for _ in range(2)]
    assert first == again
    hold = first["hold"]
    assert (hold["scope"], hold["reason"], hold["note"]) == (
        "EVERYTHING",
        "LEGAL_CLAIM",
        "docket 7",
    )
    assert len((await owner.ask(HOLDS))["tenant"]["legalHolds"]["edges"]) == 1
    released, late = [
        (await owner.ask(RELEASE, id=hold["id"]))["legalHoldRelease"] for _ in range(2)
    ]
    assert released["hold"]["releasedBy"] == hold["placedBy"]
    assert late["__typename"] == "HoldReleasedError"


@pytest.mark.promise("P069")
async def test_nobody_is_held_who_is_not_there(owner):
    refused = (await owner.ask(PLACE, contact=NOBODY))["legalHoldPlace"]
    assert refused == {"__typename": "NothingToHoldError", "code": "NOTHING_TO_HOLD"}


@pytest.mark.promise("P068")
async def test_the_schedule_names_every_rule_and_table(owner):
    seen = (await owner.ask(SEEN))["tenant"]
    rules = {each["rule"]["dataClass"]: each for each in seen["retentionSchedule"]}
    assert rules["RECORDING"]["rule"] == {
        "dataClass": "RECORDING",
        "keep": "P90D",
        "then": "DELETE",
    }
    assert rules["USAGE"]["rule"]["then"] == "ANONYMISE"
    assert "turn" in rules["TRANSCRIPT"]["tables"]
    assert len(rules) == 18


@pytest.mark.promise("P064")
async def test_a_run_can_be_asked_for(owner, unit_of_work, scope):
    first, again = [(await owner.ask(START))["retentionRunStart"]["run"] for _ in range(2)]
    assert first == again
    assert first["state"] == "RUNNING"
    async with unit_of_work(scope) as uow:
        timers = await uow.connection.execute_query_dict(
            "SELECT name FROM outbox WHERE key = 'retention.run'"
        )
    assert timers == [{"name": "retention.run"}]


@pytest.mark.promise("P063")
async def test_the_archive_is_shown_to_its_owner(owner, unit_of_work, scope):
    async with unit_of_work(scope) as uow:
        await own_retention(uow, "Anna")
    [edge] = (await owner.ask(ARCHIVE))["tenant"]["archiveBoxes"]["edges"]
    [row] = edge["node"]["rows"]["edges"]
    assert row["node"] == {"kind": "contact", "content": {"name": "Anna"}}
