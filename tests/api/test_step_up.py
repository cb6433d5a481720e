"""Deeds that cannot be undone ask anew who is there, and the account's owner proves it."""

from datetime import timedelta

import pytest

from tenants.roles import Permission
from tenants.step_up import GUARDED
from tests.api.deeds import do
from tests.api.everything import global_ids, own_everything
from tests.api.people import code_of, post
from tests.factories.tenants import PASSWORD

LATE = timedelta(minutes=10, seconds=1)
DELETE = "mutation ($id: ID!) { recordingDelete(input: {id: $id}) { __typename } }"
DEMAND = "mutation { tenantSecurityUpdate(input: {mfaRequired: false}) { __typename } }"


@pytest.fixture
async def recording(owner, unit_of_work, scope):
    return global_ids(await own_everything(unit_of_work, scope, "mark"))["Recording"]


async def test_whoever_has_just_signed_in_has_proved_it(owner, clock):
    clock.advance(timedelta(minutes=10))
    await do(owner, "tenantSecurityUpdate", "tenant { mfaRequired }", mfaRequired=False)


async def test_later_what_is_destructive_is_refused_and_the_rest_is_not(owner, clock, recording):
    clock.advance(LATE)
    assert await owner.fail(DELETE, id=recording) == "STEP_UP_REQUIRED"
    assert await owner.fail(DEMAND) == "STEP_UP_REQUIRED"
    await do(owner, "contactAdd", "contact { id }", name="Anna Lee")


async def test_a_password_proves_it_and_the_cookie_changes(owner, clock, recording):
    clock.advance(LATE)
    before = owner.http.cookies["deskbell_session"]
    assert (await post(owner, "step-up", password=PASSWORD)).status_code == 200
    assert owner.http.cookies["deskbell_session"] != before
    # Past the door of the proof: this recording is not ready, which is another matter.
    answer = await owner.ask(DELETE, id=recording)
    assert answer["recordingDelete"]["__typename"] == "RecordingNotReadyError"


@pytest.mark.parametrize(
    ("given", "status", "code"),
    [
        ({"password": "not my password"}, 401, "WRONG_CREDENTIALS"),
        ({"code": "000000"}, 401, "WRONG_CODE"),
        ({"recoveryCode": "aaaa-aaaa-aaaa-aaaa"}, 401, "WRONG_CODE"),
        ({"passkey": {}}, 401, "WRONG_CODE"),
        ({}, 422, "INVALID_INPUT"),
    ],
)
async def test_a_wrong_proof_proves_nothing(owner, clock, given, status, code):
    clock.advance(LATE)
    assert code_of(await post(owner, "step-up", **given)) == (status, code)
    assert await owner.fail(DEMAND) == "STEP_UP_REQUIRED"


async def test_nobody_proves_anything_without_a_session(stranger):
    assert code_of(await post(stranger, "step-up", password=PASSWORD)) == (401, "SESSION_ENDED")


def test_what_is_guarded_can_be_held():
    assert set(Permission) >= GUARDED
