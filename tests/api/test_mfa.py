"""Second factors: set up, asked for, used once, lost, taken away."""

import asyncio
from datetime import timedelta

import pyotp
import pytest

from domain.errors import Forbidden
from tenants import account
from tenants.models import Authenticator, RecoveryCode
from tests.api.conftest import browse, owner_of
from tests.api.deeds import do, refuse
from tests.api.people import change, code_of, enrol_app, enrol_passkey, half_in, post
from tests.conftest import as_system
from tests.factories.outbox import payloads
from tests.factories.tenants import PASSWORD

ME = "{ viewer { mfa { enrolled required recoveryCodesLeft passkeys { name } } } }"
STATE = {"enrolled": False, "required": False, "recoveryCodesLeft": 0, "passkeys": []}


async def state(browser):
    return (await browser.ask(ME))["viewer"]["mfa"]


@pytest.mark.promise("P105")
async def test_an_app_is_asked_for_once_it_has_shown_a_code(owner, stranger, scope, clock):
    assert await state(owner) == STATE
    app, codes = await enrol_app(owner, clock)
    assert await state(owner) == STATE | {"enrolled": True, "recoveryCodesLeft": 10}
    assert len(set(codes)) == 10
    half = await half_in(stranger, owner_of(scope))
    assert set(half) == {"mfaRequired", "methods", "pendingToken", "expiresAt"}
    assert half["methods"] == ["totp", "recovery"]
    assert await stranger.ask("{ viewer { name } }") == {"viewer": None}
    done = await post(stranger, "mfa", pendingToken=half["pendingToken"], code=app.at(clock.now()))
    assert done.json()["mfaRequired"] is False
    assert (await stranger.ask("{ viewer { name } }"))["viewer"] is not None


async def test_a_secret_nobody_confirmed_counts_for_nothing(owner, stranger, scope, clock):
    made = await do(owner, "totpBegin", "secret uri", label="Front desk")
    assert made["uri"].startswith("otpauth://totp/Deskbell:Front%20desk?secret=")
    assert await refuse(owner, "totpConfirm", code="000000") == "InvalidInputError"
    assert (await stranger.sign_in(owner_of(scope))).json()["mfaRequired"] is False
    again = await do(owner, "totpBegin", "secret", label="")
    assert again["secret"] != made["secret"]
    old = pyotp.TOTP(made["secret"]).at(clock.now())
    assert await refuse(owner, "totpConfirm", code=old) == "InvalidInputError"


@pytest.mark.parametrize(("steps", "right"), [(-2, 401), (-1, 200), (0, 200), (1, 200), (2, 401)])
async def test_a_code_is_good_one_step_either_side(owner, stranger, scope, clock, steps, right):
    app, _ = await enrol_app(owner, clock)
    # Codes up to the enrolment's are used; time goes on until every step around now is new.
    clock.advance(timedelta(minutes=2))
    half = await half_in(stranger, owner_of(scope))
    code = app.at(clock.now(), counter_offset=steps)
    answer = await post(stranger, "mfa", pendingToken=half["pendingToken"], code=code)
    assert answer.status_code == right


async def test_a_code_is_good_once(owner, app, scope, clock):
    totp, _ = await enrol_app(owner, clock)
    code = totp.at(clock.now())
    async with browse(app) as first, browse(app) as second:
        halves = [await half_in(each, owner_of(scope)) for each in (first, second)]
        answers = await asyncio.gather(
            post(first, "mfa", pendingToken=halves[0]["pendingToken"], code=code),
            post(second, "mfa", pendingToken=halves[1]["pendingToken"], code=code),
        )
    assert sorted(each.status_code for each in answers) == [200, 401]


async def test_half_a_session_is_none(owner, stranger, scope, clock):
    """The token that waits for a second factor opens nothing, not even as a signed cookie."""
    await enrol_app(owner, clock)
    half = await half_in(stranger, owner_of(scope))
    assert stranger.http.cookies.get("deskbell_session") is None
    assert code_of(await post(stranger, "step-up", password=PASSWORD)) == (401, "SESSION_ENDED")
    clock.advance(timedelta(minutes=10))
    late = await post(stranger, "mfa", pendingToken=half["pendingToken"], code="000000")
    assert code_of(late) == (401, "SESSION_ENDED")


async def test_a_whole_session_is_no_half_of_one(owner):
    token = owner.http.cookies["deskbell_session"].rpartition(".")[0]
    refused = await post(owner, "mfa", pendingToken=token, code="000000")
    assert code_of(refused) == (401, "SESSION_ENDED")


async def test_a_recovery_code_stands_in_once(owner, app, scope, clock, database):
    _, codes = await enrol_app(owner, clock)
    typed = codes[3].upper().replace("-", " ")
    statuses = []
    for _ in range(2):
        async with browse(app) as browser:
            half = await half_in(browser, owner_of(scope))
            answer = await post(
                browser, "mfa", pendingToken=half["pendingToken"], recoveryCode=typed
            )
            statuses.append(answer.status_code)
    assert statuses == [200, 401]
    assert (await state(owner))["recoveryCodesLeft"] == 9
    async with as_system(database):
        stored = repr(await RecoveryCode.filter(user_id=scope.actor.id).values())
    assert not [code for code in codes if code in stored or code.replace("-", "") in stored]


async def test_new_codes_replace_the_old(owner, stranger, scope, clock):
    assert await refuse(owner, "recoveryCodesRenew", confirm=True) == "MfaNotEnrolledError"
    _, old = await enrol_app(owner, clock)
    new = (await do(owner, "recoveryCodesRenew", "recoveryCodes", confirm=True))["recoveryCodes"]
    half = await half_in(stranger, owner_of(scope))
    token = half["pendingToken"]
    refused = await post(stranger, "mfa", pendingToken=token, recoveryCode=old[0])
    assert code_of(refused) == (401, "WRONG_CODE")
    assert (await post(stranger, "mfa", pendingToken=token, recoveryCode=new[0])).status_code == 200


async def test_the_secret_is_sealed(owner, clock, database, scope):
    app, _ = await enrol_app(owner, clock)
    async with as_system(database):
        row = await Authenticator.get(user_id=scope.actor.id)
    assert app.secret.encode() not in row.secret


async def test_there_is_one_app(owner, clock):
    await enrol_app(owner, clock)
    assert await refuse(owner, "totpBegin", label="") == "AlreadyEnrolledError"


async def test_every_change_gives_another_cookie_and_is_told_of(owner, clock, unit_of_work, scope):
    cookies = [owner.http.cookies["deskbell_session"]]
    await enrol_app(owner, clock)
    cookies.append(owner.http.cookies["deskbell_session"])
    await change(owner, "mfaDisable", "mfa { enrolled }", confirm=True)
    cookies.append(owner.http.cookies["deskbell_session"])
    assert len(set(cookies)) == 3
    told = await payloads(unit_of_work, scope, "user.mfa_changed")
    assert [each["change"] for each in told] == ["totp_added", "disabled"]


async def test_taken_away_nothing_is_asked_for(owner, stranger, scope, clock):
    await enrol_app(owner, clock)
    await enrol_passkey(owner)
    done = await change(
        owner, "mfaDisable", "mfa { enrolled recoveryCodesLeft passkeys { name } }", confirm=True
    )
    assert done["mfa"] == {"enrolled": False, "recoveryCodesLeft": 0, "passkeys": []}
    assert (await stranger.sign_in(owner_of(scope))).json()["mfaRequired"] is False


async def test_without_a_recent_proof_nothing_is_changed(owner, clock):
    app, _ = await enrol_app(owner, clock)
    clock.advance(timedelta(minutes=11))
    for mutation, input in (
        ("mfaDisable", "confirm: true"),
        ("recoveryCodesRenew", "confirm: true"),
        ("passkeyBegin", "thisDevice: true"),
    ):
        query = f"mutation {{ {mutation}(input: {{{input}}}) {{ __typename }} }}"
        assert await owner.fail(query) == "STEP_UP_REQUIRED"
    assert (await post(owner, "step-up", code=app.at(clock.now()))).status_code == 200
    await change(owner, "mfaDisable", "mfa { enrolled }", confirm=True)


async def test_a_business_may_demand_it(owner, app, scope, clock, database, unit_of_work):
    demand = "tenantSecurityUpdate"
    assert await refuse(owner, demand, mfaRequired=True) == "MfaNotEnrolledError"
    await enrol_app(owner, clock)
    done = await do(owner, demand, "tenant { mfaRequired }", mfaRequired=True)
    assert done == {"tenant": {"mfaRequired": True}}
    [told] = await payloads(unit_of_work, scope, "tenant.secured")
    assert told["mfa_required"] is True
    await change(owner, "mfaDisable", "mfa { enrolled }", confirm=True)
    assert await owner.fail("{ tenant { name } }") == "FORBIDDEN"
    assert await state(owner) == STATE | {"required": True}
    async with browse(app) as browser:
        signed_in = (await browser.sign_in(owner_of(scope))).json()
        assert signed_in["mfaEnrolmentRequired"] is True
        assert await browser.fail("{ tenant { contacts { edges { cursor } } } }") == "FORBIDDEN"
        clock.advance(timedelta(minutes=1))
        await enrol_app(browser, clock)
        assert (await browser.ask("{ tenant { name } }"))["tenant"]["name"] == scope.tenant.name


async def test_a_program_has_no_second_factor(unit_of_work, scope):
    async with unit_of_work(scope) as uow:
        with pytest.raises(Forbidden, match="signed in"):
            await account.begin_totp(uow)
