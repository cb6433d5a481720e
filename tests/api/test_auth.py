"""Signing in and out."""

from datetime import timedelta

import pytest

from domain.database import tenant_transaction
from tenants.models import Membership, Session, User
from tests.api.conftest import PUBLIC_URL, browse, build_app, owner_of
from tests.conftest import as_system
from tests.factories.tenants import PASSWORD

ME = "{ viewer { name } }"
COOKIE = "deskbell_session"


async def test_signing_in_sets_a_cookie_scripts_cannot_read(stranger, scope):
    response = await stranger.sign_in(owner_of(scope))
    cookie = response.headers.get_list("set-cookie")[0].lower()
    assert cookie.startswith(f"{COOKIE}=")
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "secure" not in cookie


async def test_production_cookies_travel_over_tls_only(unit_of_work, live, scope):
    async with browse(build_app(unit_of_work, live, production=True)) as browser:
        response = await browser.sign_in(owner_of(scope))
    cookie = response.headers.get_list("set-cookie")[0].lower()
    assert cookie.startswith("__host-deskbell_session=")
    assert "secure" in cookie
    assert "strict-transport-security" in response.headers


async def test_an_address_is_found_in_any_case(stranger, scope):
    assert (await stranger.sign_in(owner_of(scope).upper())).status_code == 200


@pytest.mark.parametrize("password", ["wrong horse battery", "x", PASSWORD + " "])
async def test_a_wrong_password_is_refused(stranger, scope, password):
    response = await stranger.sign_in(owner_of(scope), password)
    assert (response.status_code, response.json()["code"]) == (401, "WRONG_CREDENTIALS")


async def test_an_unknown_address_gets_the_same_answer(stranger, scope):
    unknown = await stranger.sign_in("nobody@example.com")
    wrong = await stranger.sign_in(owner_of(scope), "wrong horse battery")
    assert (unknown.status_code, unknown.content) == (wrong.status_code, wrong.content)


@pytest.mark.parametrize(
    "body", [{}, {"email": "a@b.c"}, {"email": 1, "password": 2}, [], {"email": "a@b.c", "x": 1}]
)
async def test_malformed_credentials_are_a_problem(stranger, body):
    response = await stranger.http.post("/auth/sign-in", json=body)
    assert (response.status_code, response.json()["code"]) == (422, "INVALID_INPUT")


async def test_a_form_cannot_sign_in(stranger, scope):
    form = {"email": owner_of(scope), "password": PASSWORD}
    response = await stranger.http.post("/auth/sign-in", data=form)
    assert (response.status_code, response.json()["code"]) == (400, "BAD_REQUEST")


async def test_only_the_hash_of_a_token_is_stored(owner, scope):
    token = owner.http.cookies[COOKIE].rpartition(".")[0]
    async with tenant_transaction(scope.tenant_id, read_only=True) as connection:
        [session] = await Session.all().using_db(connection)
    assert token not in repr(vars(session))


async def test_signing_out_ends_the_session(owner):
    kept = owner.http.cookies[COOKIE]
    response = await owner.http.post("/auth/sign-out", headers=owner.headers)
    assert response.status_code == 204
    assert COOKIE not in owner.http.cookies
    owner.http.cookies[COOKIE] = kept
    assert await owner.fail("{ tenant { name } }") == "SESSION_ENDED"


async def test_signing_out_without_a_session_is_harmless(stranger):
    assert (await stranger.http.post("/auth/sign-out")).status_code == 204


async def test_a_session_ends_after_a_week_without_use(owner, clock):
    clock.advance(timedelta(days=7) - timedelta(seconds=1))
    assert (await owner.ask(ME))["viewer"] is not None
    clock.advance(timedelta(days=6))
    assert (await owner.ask(ME))["viewer"] is not None
    clock.advance(timedelta(days=1, seconds=1))
    assert await owner.ask(ME) == {"viewer": None}


async def test_a_cookie_we_did_not_sign_is_no_session(owner):
    token, _, signature = owner.http.cookies[COOKIE].rpartition(".")
    forged = signature[:-1] + ("0" if signature[-1] != "0" else "1")
    owner.http.cookies.clear()
    owner.http.cookies[COOKIE] = f"{token}.{forged}"
    response = await owner.http.get("/graphql", params={"query": "{ tenant { name } }"})
    assert response.json()["errors"][0]["extensions"]["code"] == "SESSION_ENDED"


async def test_who_has_left_is_out_at_once(owner, database, scope):
    async with as_system(database):
        await Membership.filter(tenant_id=scope.tenant_id).delete()
    assert await owner.ask(ME) == {"viewer": None}


async def test_a_disabled_user_is_out_at_once(owner, database, scope, clock):
    async with as_system(database):
        await User.filter(id=scope.actor.id).update(disabled_at=clock.now())
    assert await owner.ask(ME) == {"viewer": None}


async def test_the_public_address_is_ours(stranger, scope):
    stranger.http.headers["Origin"] = PUBLIC_URL
    assert (await stranger.sign_in(owner_of(scope))).status_code == 200
