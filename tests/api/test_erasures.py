"""Callers are erased over GraphQL, by whoever may and has just proved who they are."""

from datetime import timedelta

import pytest

from api.graphql.ids import write_id
from domain.erasure.certificates import read
from tests.api.deeds import do, listed, refuse
from tests.factories.callers import ring
from tests.factories.calls import answered
from tests.factories.erasures import SIGNER, Office
from tests.factories.exports import store_in

SHOWN = "erasure { id subject subjectId reason state waitsFor certificates { number } }"


@pytest.fixture
def office(unit_of_work, scope, database, tmp_path):
    return Office(unit_of_work, scope, database, store_in(tmp_path))


@pytest.mark.promise("P073")
async def test_a_caller_is_erased_and_there_is_a_certificate(owner, office, unit_of_work, scope):
    caller = await ring(unit_of_work, scope)
    id = write_id("Contact", caller.contact_id)
    asked = (await do(owner, "contactErase", SHOWN, id=id, reason="OBJECTION"))["erasure"]
    assert (asked["subject"], asked["subjectId"], asked["state"]) == ("CONTACT", id, "REQUESTED")
    assert (asked["reason"], asked["certificates"]) == ("OBJECTION", [])
    again = (await do(owner, "contactErase", SHOWN, id=id))["erasure"]
    assert again["id"] == asked["id"]
    office.way.wait(timedelta(hours=1))
    await office.work(3)
    shown = await listed(owner, "erasures", "id state goneAt certificates { number hash file }")
    [certificate] = shown[0]["certificates"]
    assert (shown[0]["id"], shown[0]["state"]) == (asked["id"], "ERASED")
    assert read(certificate["file"], SIGNER.public_key).hash == certificate["hash"]


async def test_what_stands_in_the_way_is_named(owner, unit_of_work, scope):
    line = await answered(unit_of_work, scope)
    id = write_id("Contact", line.caller.contact_id)
    assert await refuse(owner, "contactErase", id=id, wait=False) == "CallInProgressError"
