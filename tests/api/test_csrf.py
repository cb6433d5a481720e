"""Requests that carry our cookie come from our own pages, or are refused."""

import pytest

from tests.api.conftest import owner_of

ADD = 'mutation { contactAdd(input: {name: "Eve"}) { __typename } }'


async def code_of(owner, **headers):
    response = await owner.http.post("/graphql", json={"query": ADD}, headers=headers)
    return response.status_code, response.json().get("code")


async def test_our_own_page_is_let_through(owner):
    headers = owner.headers | {"Origin": "http://deskbell.test"}
    assert await code_of(owner, **headers) == (200, None)


async def test_a_cookie_without_the_token_is_refused(owner):
    assert await code_of(owner) == (403, "CSRF_FAILED")


@pytest.mark.parametrize("token", ["", "0" * 64, "ü"])
async def test_a_wrong_token_is_refused(owner, token):
    assert await code_of(owner, **{"X-CSRF-Token": token.encode()}) == (403, "CSRF_FAILED")


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "http://deskbell.test.evil.example"]
)
async def test_a_foreign_page_is_refused(owner, origin):
    assert await code_of(owner, **owner.headers, Origin=origin) == (403, "CSRF_FAILED")


async def test_a_foreign_page_cannot_sign_anybody_in(stranger, scope):
    stranger.http.headers["Origin"] = "https://evil.example"
    assert (await stranger.sign_in(owner_of(scope))).status_code == 403


async def test_the_token_of_another_session_is_refused(owner, app, scope):
    first = dict(owner.headers)
    await owner.http.post("/auth/sign-out", headers=owner.headers)
    await owner.sign_in(owner_of(scope))
    assert await code_of(owner, **first) == (403, "CSRF_FAILED")


async def test_mutations_never_come_by_get(owner):
    response = await owner.http.get("/graphql", params={"query": ADD})
    assert response.status_code == 400


async def test_the_page_can_read_the_token_from_its_cookie(owner):
    assert owner.http.cookies["deskbell_csrf"] == owner.headers["X-CSRF-Token"]


async def test_a_cookie_of_another_secret_bars_nobody(stranger, scope):
    stranger.http.cookies["deskbell_session"] = "left over from before." + "0" * 64
    assert (await stranger.sign_in(owner_of(scope))).status_code == 200
