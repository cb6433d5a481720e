"""Versions of the operator's documents by the API: read, accepted, and who accepted which."""

from datetime import timedelta

import pytest

from domain.privacy.presets import CUSTOMERS, DEFAULT
from tenants.records import policies
from tenants.records.policies.models import Document
from tests.api.deeds import do
from tests.conftest import as_system

EDITIONS = """{ tenant { policyEditions(document: PRIVACY_POLICY) {
    version summary text publishedAt appliesFrom
    accepted { manner at } acceptances { person manner } } } }"""
ACCEPT = """mutation ($input: PolicyAcceptInput!) { policyAccept(input: $input) { __typename } }"""
FIELDS = "edition { version accepted { manner } }"


@pytest.fixture
async def editions(database, unit_of_work, scope, clock):
    """A version in force, and one that was announced thirty days before it applies."""
    async with as_system(database), unit_of_work(scope) as uow:
        await uow.connection.execute_query("DELETE FROM policy_edition")
        for version, days in (("1", 0), ("2", 30)):
            applies = clock.now() + timedelta(days=days)
            named = (Document.PRIVACY_POLICY, version, f"New in {version}", "All of it", applies)
            await policies.publish(uow, policies.NewEdition(*named), CUSTOMERS[DEFAULT])


async def known(owner):
    return (await owner.ask(EDITIONS))["tenant"]["policyEditions"]


@pytest.mark.promise("P097", "P125", "P126")
async def test_what_changes_is_read_before_it_applies(owner, editions):
    coming, now = await known(owner)
    assert (coming["version"], coming["summary"], coming["text"]) == ("2", "New in 2", "All of it")
    assert coming["appliesFrom"] > coming["publishedAt"]
    assert now["appliesFrom"] == now["publishedAt"]
    assert coming["accepted"] is None


@pytest.mark.promise("P097")
async def test_a_member_accepts_the_version_they_read(owner, editions):
    for _ in range(2):
        done = await do(owner, "policyAccept", FIELDS, document="PRIVACY_POLICY", version="2")
        assert done["edition"] == {"version": "2", "accepted": {"manner": "EXPRESS"}}
    coming, now = await known(owner)
    assert coming["acceptances"] == [{"person": "Olive Owner", "manner": "EXPRESS"}]
    assert now["acceptances"] == []


async def test_nobody_accepts_what_was_never_published(owner, editions):
    given = {"document": "TERMS", "version": "9"}
    assert await owner.fail(ACCEPT, input=given) == "NOT_FOUND"
