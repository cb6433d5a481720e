"""Passkeys, with a device in software: bound to one session, one site, one counter."""

import copy
from datetime import timedelta

import pytest

from tests.api.conftest import PUBLIC_URL, browse, owner_of
from tests.api.deeds import do, refuse
from tests.api.people import change, code_of, enrol_passkey, half_in, post
from tests.fakes.authenticator import Authenticator


async def options(browser, **body):
    return (await post(browser, "passkey-options", **body)).json()["publicKey"]


async def answer_with(browser, half, device, **changes):
    """Finish a sign-in with a device, after something was done to its answer."""
    asked = await options(browser, pendingToken=half["pendingToken"])
    credential = device.get(asked | changes)
    return await post(browser, "mfa", pendingToken=half["pendingToken"], passkey=credential)


async def test_a_passkey_finishes_a_sign_in(owner, stranger, scope):
    device, done = await enrol_passkey(owner, "Laptop")
    assert done["mfa"] == {"enrolled": True}
    assert done["passkey"]["name"] == "Laptop"
    assert len(done["recoveryCodes"]) == 10
    half = await half_in(stranger, owner_of(scope))
    assert half["methods"] == ["passkey", "recovery"]
    assert (await answer_with(stranger, half, device)).status_code == 200
    seen = await stranger.ask("{ viewer { mfa { passkeys { name lastUsedAt } } } }")
    [key] = seen["viewer"]["mfa"]["passkeys"]
    assert key["lastUsedAt"] is not None


async def test_a_second_passkey_makes_no_new_codes(owner):
    await enrol_passkey(owner)
    _, done = await enrol_passkey(owner, "Telephone")
    assert done["recoveryCodes"] is None


async def test_another_device_is_refused(owner, stranger, scope):
    await enrol_passkey(owner)
    half = await half_in(stranger, owner_of(scope))
    refused = await answer_with(stranger, half, Authenticator(PUBLIC_URL))
    assert code_of(refused) == (401, "WRONG_CODE")


async def test_another_key_under_the_same_name_is_refused(owner, stranger, scope):
    device, _ = await enrol_passkey(owner)
    forger = Authenticator(PUBLIC_URL, count=device.count)
    forger.id = device.id
    half = await half_in(stranger, owner_of(scope))
    assert code_of(await answer_with(stranger, half, forger)) == (401, "WRONG_CODE")


async def test_another_site_is_refused(owner, stranger, scope):
    device, _ = await enrol_passkey(owner)
    half = await half_in(stranger, owner_of(scope))
    assert code_of(await answer_with(stranger, half, device, rpId="evil.example")) == (
        401,
        "WRONG_CODE",
    )
    device.origin = "https://evil.example"
    assert code_of(await answer_with(stranger, half, device)) == (401, "WRONG_CODE")


async def test_a_challenge_belongs_to_one_session(owner, app, scope):
    device, _ = await enrol_passkey(owner)
    async with browse(app) as first, browse(app) as second:
        one, other = [await half_in(each, owner_of(scope)) for each in (first, second)]
        theirs = await options(first, pendingToken=one["pendingToken"])
        await options(second, pendingToken=other["pendingToken"])
        credential = device.get(theirs)
        refused = await post(second, "mfa", pendingToken=other["pendingToken"], passkey=credential)
        assert code_of(refused) == (401, "WRONG_CODE")
        done = await post(first, "mfa", pendingToken=one["pendingToken"], passkey=credential)
        assert done.status_code == 200


async def test_an_answer_is_good_once(owner, scope):
    device, _ = await enrol_passkey(owner)
    credential = device.get(await options(owner))
    assert (await post(owner, "step-up", passkey=credential)).status_code == 200
    assert code_of(await post(owner, "step-up", passkey=credential)) == (401, "WRONG_CODE")


async def test_a_challenge_does_not_wait_for_ever(owner, clock):
    device, _ = await enrol_passkey(owner)
    asked = await options(owner)
    clock.advance(timedelta(minutes=5, seconds=1))
    assert code_of(await post(owner, "step-up", passkey=device.get(asked))) == (401, "WRONG_CODE")


async def test_a_copied_device_is_noticed_by_its_counter(owner):
    device, _ = await enrol_passkey(owner)
    twin = copy.copy(device)
    for _ in range(2):
        done = await post(owner, "step-up", passkey=device.get(await options(owner)))
        assert done.status_code == 200
    refused = await post(owner, "step-up", passkey=twin.get(await options(owner)))
    assert code_of(refused) == (401, "WRONG_CODE")


async def test_a_passkey_of_a_foreign_page_is_not_kept(owner):
    made = await do(owner, "passkeyBegin", "options", thisDevice=True)
    assert made["options"]["authenticatorSelection"]["authenticatorAttachment"] == "platform"
    credential = Authenticator("https://evil.example").create(made["options"])
    wrong = {"credential": credential, "name": "Evil"}
    assert await refuse(owner, "passkeyFinish", **wrong) == "InvalidInputError"


async def test_a_passkey_is_kept_once(owner, app, other_scope):
    device, _ = await enrol_passkey(owner)
    made = await do(owner, "passkeyBegin", "options")
    [known] = made["options"]["excludeCredentials"]
    again = {"credential": device.create(made["options"]), "name": "Again"}
    assert known["id"] == again["credential"]["id"]
    assert await refuse(owner, "passkeyFinish", **again) == "InvalidInputError"
    async with browse(app) as other:
        await other.sign_in(owner_of(other_scope))
        made = await do(other, "passkeyBegin", "options")
        stolen = {"credential": device.create(made["options"]), "name": "Stolen"}
        assert await refuse(other, "passkeyFinish", **stolen) == "InvalidInputError"


@pytest.mark.parametrize("credential", [{}, [], "x", 1, {"id": 1}, {"id": "ü", "response": {}}])
async def test_garbage_is_no_passkey(owner, credential):
    await do(owner, "passkeyBegin", "options")
    wrong = {"credential": credential, "name": "Garbage"}
    assert await refuse(owner, "passkeyFinish", **wrong) == "InvalidInputError"


@pytest.mark.parametrize("credential", [{}, {"id": 1}, {"id": "ü"}, {"id": "eA", "response": 1}])
async def test_garbage_proves_nothing(owner, credential):
    await enrol_passkey(owner)
    await options(owner)
    assert code_of(await post(owner, "step-up", passkey=credential)) == (401, "WRONG_CODE")


async def test_the_last_passkey_gone_a_password_is_enough(owner, stranger, scope):
    _, done = await enrol_passkey(owner)
    gone = await change(
        owner, "passkeyRemove", "mfa { enrolled recoveryCodesLeft }", id=done["passkey"]["id"]
    )
    assert gone["mfa"] == {"enrolled": False, "recoveryCodesLeft": 0}
    assert (await stranger.sign_in(owner_of(scope))).json()["mfaRequired"] is False


async def test_whoever_has_none_is_asked_for_none(owner):
    assert await options(owner) is None
