"""What a session that a business vouched for may not do: what is its person's own elsewhere."""

from datetime import timedelta

import pytest

from tenants.models import Role
from tests.api.conftest import browse, owner_of
from tests.api.deeds import do, listed, refuse
from tests.api.people import code_of, enrol_app, keep_token, post
from tests.factories.members import PASSWORD as CHOSEN
from tests.factories.members import join
from tests.factories.tenants import PASSWORD

REFUSED = (401, "SSO_REFUSED")
SELF = "{ viewer { tenants { slug } sessions { tenantName method } } }"


@pytest.fixture
async def olive(company, app, other_scope):
    """Somebody who owns another business, and comes to this one by its provider."""
    email = owner_of(other_scope)
    await company.prove(email.partition("@")[2])
    async with browse(app) as own, browse(app) as browser:
        await own.sign_in(email, PASSWORD)
        await company.sign_in(browser, email=email, sub="olive")
        browser.own = own
        yield browser


async def test_it_does_not_reach_their_other_businesses(olive, other_scope, company):
    switched = await post(olive, "switch", tenant=other_scope.tenant.slug)
    assert code_of(switched) == (403, "SSO_SESSION")
    viewer = (await olive.ask(SELF))["viewer"]
    here = company.scope.tenant
    assert viewer["tenants"] == [{"slug": here.slug}]
    assert {each["tenantName"] for each in viewer["sessions"]} == {here.name}
    # Their own session is still theirs, and sees everything.
    own = (await olive.own.ask(SELF))["viewer"]
    assert len(own["tenants"]) == 2


ACCOUNT = {
    "passwordChange": {"currentPassword": PASSWORD, "newPassword": "a very long sentence 9"},
    "totpBegin": {},
    "totpConfirm": {"code": "123456"},
    "passkeyBegin": {},
    "passkeyFinish": {"credential": {}, "name": "x"},
    "recoveryCodesRenew": {"confirm": True},
    "mfaDisable": {"confirm": True},
    "sessionsRevokeOthers": {"confirm": True},
}


async def test_it_changes_nothing_of_their_account(olive):
    for mutation, input in ACCOUNT.items():
        name = f"{mutation[0].upper()}{mutation[1:]}"
        query = f"mutation ($input: {name}Input!) {{ {mutation}(input: $input) {{ __typename }} }}"
        assert await olive.fail(query, input=input) == "SSO_SESSION", mutation
    assert (await olive.own.ask(SELF))["viewer"]["tenants"]


async def test_it_ends_no_session_elsewhere(olive):
    [there] = (await olive.own.ask("{ viewer { sessions { id current } } }"))["viewer"]["sessions"][
        1:
    ] or [None]
    seen = (await olive.own.ask("{ viewer { sessions { id current } } }"))["viewer"]["sessions"]
    own = next(each["id"] for each in seen if each["current"])
    query = "mutation ($id: ID!) { sessionRevoke(input: {id: $id}) { __typename } }"
    assert await olive.fail(query, id=own) == "NOT_FOUND"
    assert there is not None


async def test_an_owner_who_comes_by_it_cannot_give_the_business_away(company, browser):
    await company.sign_in(browser, email=owner_of(company.scope), sub="owner")
    [member] = await listed(browser, "members", "id")
    query = "mutation ($id: ID!) { memberMakeOwner(input: {id: $id}) { __typename } }"
    assert await browser.fail(query, id=member["id"]) == "FORBIDDEN"
    slug = (await browser.ask("{ tenant { slug } }"))["tenant"]["slug"]
    assert slug == company.scope.tenant.slug


async def test_no_provider_makes_an_owner(company):
    given = {"issuer": "https://x.example", "clientId": "x", "clientSecret": "y"}
    assert await refuse(company.owner, "ssoConfigure", role="OWNER", **given) == "InvalidInputError"
    rules = [{"value": "boss", "role": "OWNER"}]
    wrong = await refuse(company.owner, "ssoConfigure", roleClaim="g", roleRules=rules, **given)
    assert wrong == "InvalidInputError"


async def test_a_role_that_newcomers_get_is_not_deleted(company):
    made = await do(company.owner, "customRoleAdd", "role { id }", name="Desk", permissions=[])
    role = made["role"]["id"]
    await company.configure(role="CUSTOM", customRoleId=role)
    assert await refuse(company.owner, "customRoleDelete", id=role) == "RoleInUseError"
    await company.configure(role="VIEWER")
    await do(company.owner, "customRoleDelete", "__typename", id=role)


async def test_whoever_was_removed_stays_out(company, app, browser):
    await company.sign_in(browser)
    members = await listed(company.owner, "members", "id person { email }")
    [id] = [m["id"] for m in members if m["person"]["email"] == company.address()]
    await do(company.owner, "memberRemove", "__typename", id=id)
    assert await browser.fail("{ tenant { slug } }") == "SESSION_ENDED"
    async with browse(app) as another:
        assert code_of(await company.sign_in(another)) == REFUSED
    assert await company.refusals() == ["removed"]


async def test_an_address_that_passed_on_does_not_pass_an_account_on(company, app, browser):
    await company.sign_in(browser)
    async with browse(app) as successor:
        assert code_of(await company.sign_in(successor, sub="another-alice")) == REFUSED
    assert await company.refusals() == ["subject_changed"]


async def test_another_issuer_names_nobody_that_this_one_named(company, app, browser, clock):
    await company.sign_in(browser)
    await company.configure(issuer="https://login.example", clientSecret="another")
    assert await browser.fail("{ tenant { slug } }") == "SESSION_ENDED"
    await company.configure()
    async with browse(app) as another:
        assert (await company.sign_in(another)).status_code == 303


async def test_a_secret_is_not_told_to_another_issuer(company):
    given = {"issuer": "https://evil.example", "clientId": "x", "role": "STAFF"}
    assert await refuse(company.owner, "ssoConfigure", **given) == "InvalidInputError"
    partly = {"issuer": "https://evil.example"}
    assert await refuse(company.owner, "ssoTest", **partly) == "InvalidInputError"


async def test_switching_it_off_ends_its_sessions_for_good(company, app, browser):
    await company.sign_in(browser)
    await do(company.owner, "ssoDisable", "provider { enabled }", confirm=True)
    assert await browser.fail("{ tenant { slug } }") == "SESSION_ENDED"
    assert await company.leave(browser) is None
    await company.configure()
    assert await browser.fail("{ tenant { slug } }") == "SESSION_ENDED"


async def test_it_lasts_a_day(company, browser, clock):
    await company.sign_in(browser)
    clock.advance(timedelta(hours=23))
    assert await browser.ask("{ tenant { slug } }")
    clock.advance(timedelta(hours=2))
    assert await browser.fail("{ tenant { slug } }") == "SESSION_ENDED"


async def test_where_a_second_factor_is_demanded_a_providers_word_is_not_enough(
    company, app, clock
):
    totp, _ = await enrol_app(company.owner, clock)
    done = await post(company.owner, "step-up", code=totp.at(clock.now()))
    assert done.status_code == 200
    await do(company.owner, "tenantSecurityUpdate", "__typename", mfaRequired=True)
    async with browse(app) as plain:
        await company.sign_in(plain, amr=["mfa"])
        assert await plain.fail("{ tenant { calls { edges { cursor } } } }") == "FORBIDDEN"
    await company.configure(trustMfa=True)
    async with browse(app) as vouched:
        await company.sign_in(vouched, amr=["pwd", "mfa"])
        assert await vouched.ask("{ tenant { calls { edges { cursor } } } }")


async def test_proving_anew_asks_the_provider_anew(company, browser, clock):
    await company.configure(role="ADMIN")
    await company.sign_in(browser)
    clock.advance(timedelta(minutes=11))
    add = 'mutation { customRoleAdd(input: {name: "X", permissions: []}) { __typename } }'
    assert await browser.fail(add) == "STEP_UP_REQUIRED"
    url = (await post(browser, "sso/step-up", returnTo="/back")).json()["redirectUrl"]
    assert "prompt=login" in url
    assert "max_age=0" in url
    query = company.provider.log_in(url, sub="sub-alice", email=company.address())
    before = browser.http.cookies["deskbell_session"]
    assert (await company.arrive(browser, query)).headers["Location"] == "/back"
    assert browser.http.cookies["deskbell_session"] != before
    assert await browser.ask(add)


STALE = {
    "an old login": ({"auth_time": 1}, "not_fresh"),
    "no login": ({"auth_time": None}, "not_fresh"),
    "a login in words": ({"auth_time": "now"}, "token_auth_time"),
    "somebody else": ({"sub": "sub-bob", "email": "bob"}, "other_person"),
}


async def test_a_login_that_is_not_fresh_proves_nothing(company, browser, app):
    async with browse(app) as bob:
        await company.sign_in(bob, "bob")
    await company.sign_in(browser)
    for claims, _ in STALE.values():
        url = (await post(browser, "sso/step-up")).json()["redirectUrl"]
        given = {"sub": "sub-alice", "email": company.address()} | claims
        answer = await company.arrive(browser, company.provider.log_in(url, **given))
        assert code_of(answer) == REFUSED
    assert await company.refusals() == [reason for _, reason in STALE.values()]


async def test_a_provider_that_let_somebody_in_long_ago_proves_nothing_now(company, browser):
    await company.configure(role="ADMIN")
    await company.sign_in(browser, auth_time=None)
    add = 'mutation { customRoleAdd(input: {name: "X", permissions: []}) { __typename } }'
    assert await browser.fail(add) == "STEP_UP_REQUIRED"


async def test_a_password_does_not_step_up_by_a_provider(company):
    answer = await post(company.owner, "sso/step-up")
    assert code_of(answer) == REFUSED


async def test_whoever_must_come_by_it_gets_nowhere_with_a_password(
    company, app, colleague, clock, unit_of_work, other_scope
):
    async with browse(app) as before, browse(app) as after:
        await before.sign_in(colleague, CHOSEN)
        # Nobody locks the owners out, nor leaves them with a password alone.
        given = {"issuer": company.provider.issuer, "clientId": "deskbell", "required": True}
        assert await refuse(company.owner, "ssoConfigure", **given) == "MfaNotEnrolledError"
        totp, _ = await enrol_app(company.owner, clock)
        await company.configure(required=True)
        assert await before.fail("{ tenant { slug } }") == "SESSION_ENDED"
        assert code_of(await after.sign_in(colleague, CHOSEN)) == (401, "SSO_REQUIRED")
        assert code_of(await after.sign_in(colleague, "not it")) == (401, "WRONG_CREDENTIALS")
        assert (await company.sign_in(after, email=colleague)).status_code == 303
    async with browse(app) as owner:
        half = (await owner.sign_in(owner_of(company.scope), PASSWORD)).json()
        assert half["mfaRequired"]
        done = await post(
            owner, "mfa", pendingToken=half["pendingToken"], code=totp.at(clock.now())
        )
        assert done.status_code == 200
        assert await owner.ask("{ tenant { slug } }")


async def test_an_owner_without_a_second_factor_can_only_set_one_up(
    company, app, clock, unit_of_work
):
    await enrol_app(company.owner, clock)
    await company.configure(required=True)
    member = await join(unit_of_work, company.scope, Role.OWNER)
    assert member.role is Role.OWNER
    members = await listed(company.owner, "members", "role person { email }")
    [email] = [
        m["person"]["email"]
        for m in members
        if m["role"] == "OWNER" and m["person"]["email"] != owner_of(company.scope)
    ]
    async with browse(app) as owner:
        await owner.sign_in(email, CHOSEN)
        assert await owner.fail("{ tenant { slug } }") == "FORBIDDEN"
        assert await owner.ask("{ viewer { mfa { enrolled } } }")


async def test_a_password_goes_to_another_business_where_it_may(
    company, app, clock, unit_of_work, other_scope
):
    """Who works for two is let in at the one that takes a password, and cannot switch over."""
    email = owner_of(other_scope)
    await company.prove(email.partition("@")[2])
    await enrol_app(company.owner, clock)
    async with browse(app) as browser:
        await company.sign_in(browser, email=email, sub="olive")
    await company.configure(required=True)
    async with browse(app) as browser:
        await browser.sign_in(email, PASSWORD)
        slug = (await browser.ask("{ tenant { slug } }"))["tenant"]["slug"]
        assert slug == other_scope.tenant.slug
        switched = await post(browser, "switch", tenant=company.scope.tenant.slug)
        assert code_of(switched) == (401, "SSO_REQUIRED")


async def test_an_account_that_a_stranger_opened_stays_closed_to_them(
    company, app, browser, stranger
):
    """Signing up with somebody's address does not get their account when they come by SSO."""
    owner = {"email": company.address(), "name": "Mallory", "password": CHOSEN}
    about = {"name": "Hers", "timeZone": "UTC", "locale": "en-US", "region": "US"}
    body = {"business": {**about, "currency": "USD"}, "owner": owner}
    assert (await stranger.http.post("/auth/sign-up", json=body)).status_code == 202
    assert (await company.sign_in(browser)).status_code == 303
    answer = await stranger.sign_in(company.address(), CHOSEN)
    assert code_of(answer) == (401, "EMAIL_UNVERIFIED")
    keep_token(stranger)


async def test_whoever_came_by_it_has_no_password_to_guess(company, browser, app):
    await company.sign_in(browser)
    async with browse(app) as guesser:
        for guess in ("", "!", "password"):
            answer = await guesser.sign_in(company.address(), guess or " ")
            assert code_of(answer) == (401, "WRONG_CREDENTIALS")


async def test_a_provider_can_sign_somebody_out(company, app, browser):
    await company.sign_in(browser, sid="session-1")
    async with browse(app) as phone:
        await company.sign_in(phone, sid="session-2")
        token = company.provider.logout_token(sub="sub-alice", sid="session-1")
        path = f"/auth/sso/logout/{company.scope.tenant_id}"
        told = await browser.http.post(path, data={"logout_token": token}, headers=browser.headers)
        assert told.status_code == 200
        assert await browser.fail("{ tenant { slug } }") == "SESSION_ENDED"
        assert await phone.ask("{ tenant { slug } }")
        token = company.provider.logout_token(sub="sub-alice")
        await browser.http.post(path, data={"logout_token": token}, headers=browser.headers)
        assert await phone.fail("{ tenant { slug } }") == "SESSION_ENDED"


NOT_LOGOUTS = {
    "an ID token": ({"nonce": "x"}, "logout_nonce"),
    "of another": ({"aud": "other"}, "logout_aud"),
    "by another": ({"iss": "https://x.example"}, "logout_iss"),
    "old": ({"iat": 1}, "logout_iat"),
    "of no event": ({"events": {}}, "logout_events"),
    "of nobody": ({"sub": None}, "logout_nobody"),
}


async def test_only_a_logout_token_signs_somebody_out(company, browser, app):
    await company.sign_in(browser)
    path = f"/auth/sso/logout/{company.scope.tenant_id}"
    async with browse(app) as anybody:
        for changes, _ in NOT_LOGOUTS.values():
            token = company.provider.logout_token(**{"sub": "sub-alice"} | changes)
            told = await anybody.http.post(path, data={"logout_token": token})
            assert told.status_code == 400
        assert (await anybody.http.post(path, data={})).status_code == 400
    assert await browser.ask("{ tenant { slug } }")
    assert await company.refusals() == [reason for _, reason in NOT_LOGOUTS.values()]
