"""Pages of other origins read what their business lets them, with a key and never with a cookie."""

import httpx
import pytest

from api.middleware import REQUEST_ID
from tests.api.conftest import browse, build_app
from tests.api.deeds import do, refuse
from tests.api.serving import serving
from tests.factories.members import key_of

SHOP = "https://shop.example"
ALLOWED = "Access-Control-Allow-Origin"
ASK = {"query": "{ tenant { name } }"}
BEFOREHAND = {
    "Access-Control-Request-Method": "POST",
    "Access-Control-Request-Headers": "authorization,content-type",
}


@pytest.fixture
async def page(app, unit_of_work, scope, owner):
    """A page of the business's own shop, which has a key."""
    await do(owner, "tenantOriginsUpdate", "tenant { origins }", origins=[SHOP])
    issued = await key_of(unit_of_work, scope)
    async with browse(app) as browser:
        browser.headers = {"Authorization": f"Bearer {issued.token}", "Origin": SHOP}
        yield browser


async def answered(page, **headers):
    return await page.http.post("/graphql", json=ASK, headers=page.headers | headers)


async def test_a_listed_page_reads_its_answers(page, scope):
    answer = await answered(page)
    assert answer.json()["data"] == {"tenant": {"name": scope.tenant.name}}
    assert answer.headers[ALLOWED] == SHOP
    assert REQUEST_ID in answer.headers["Access-Control-Expose-Headers"]
    assert "Retry-After" in answer.headers["Access-Control-Expose-Headers"]
    assert "Origin" in answer.headers["Vary"]
    assert "Access-Control-Allow-Credentials" not in answer.headers


@pytest.mark.parametrize(
    "origin",
    [
        "https://shop.example.evil.example",
        "https://evil.example",
        "https://shop.example:8443",
        "http://shop.example",
        "https://SHOP.example",
        "https://sub.shop.example",
        "https://shop.example/",
        "null",
        "*",
        "",
    ],
)
async def test_no_other_page_does(page, origin):
    answer = await answered(page, Origin=origin)
    assert ALLOWED not in answer.headers
    assert "Origin" in answer.headers["Vary"]


async def test_what_another_business_lists_is_not_enough(page, unit_of_work, other_scope):
    theirs = await key_of(unit_of_work, other_scope)
    answer = await answered(page, Authorization=f"Bearer {theirs.token}")
    assert answer.json()["data"]["tenant"]["name"] == other_scope.tenant.name
    assert ALLOWED not in answer.headers


async def test_a_refused_key_lists_nothing(page):
    answer = await answered(page, Authorization="Bearer dbk_live_0_0")
    assert ALLOWED not in answer.headers


async def test_a_cookie_never_crosses_origins(owner, page):
    for headers in (owner.headers | {"Origin": SHOP}, owner.headers | page.headers):
        answer = await owner.http.post("/graphql", json=ASK, headers=headers)
        assert answer.json()["code"] == "CSRF_FAILED"
        assert ALLOWED not in answer.headers


async def test_a_browser_that_asks_beforehand_is_told_to_try(stranger):
    for origin in (SHOP, "https://of.nobody.example", "http://localhost:3000"):
        asked = BEFOREHAND | {"Origin": origin}
        answer = await stranger.http.options("/graphql", headers=asked)
        assert answer.status_code == 204
        assert answer.headers[ALLOWED] == origin
        assert "Authorization" in answer.headers["Access-Control-Allow-Headers"]
        assert "POST" in answer.headers["Access-Control-Allow-Methods"]
        assert answer.headers["Vary"].startswith("Origin")
        assert "Access-Control-Allow-Credentials" not in answer.headers


@pytest.mark.parametrize("origin", ["null", "*", "http://shop.example", "https://shop.example/x"])
async def test_a_page_that_could_not_be_listed_is_told_nothing(stranger, origin):
    asked = BEFOREHAND | {"Origin": origin}
    answer = await stranger.http.options("/graphql", headers=asked)
    assert (answer.status_code, ALLOWED in answer.headers) == (204, False)


async def test_nobody_signs_in_from_another_page(stranger):
    asked = BEFOREHAND | {"Origin": SHOP}
    answer = await stranger.http.options("/auth/sign-in", headers=asked)
    assert ALLOWED not in answer.headers


async def test_a_stream_of_events_is_readable_too(page, unit_of_work, live):
    body = {"query": 'subscription { turnAdded(conversationId: "x") { id } }'}
    async with serving(build_app(unit_of_work, live)) as authority, httpx.AsyncClient() as client:
        headers = page.headers | {"Accept": "text/event-stream"}
        url = f"http://{authority}/graphql"
        async with client.stream("POST", url, json=body, headers=headers) as response:
            assert response.headers[ALLOWED] == SHOP


async def test_origins_are_listed_by_people_in_order(owner):
    given = ["https://b.example", "http://localhost:3000", "https://a.example:8443"]
    told = await do(owner, "tenantOriginsUpdate", "tenant { origins }", origins=[*given, given[0]])
    assert told["tenant"]["origins"] == sorted(given)
    told = await do(owner, "tenantOriginsUpdate", "tenant { origins }", origins=[])
    assert told["tenant"]["origins"] == []


@pytest.mark.parametrize(
    "origin",
    [
        "*",
        "null",
        "https://*.example",
        "https://shop.example/path",
        "https://shop.example:443",
        "https://shop",
        "http://shop.example",
        "https://user@shop.example",
        "HTTPS://shop.example",
        "https://shop.example:0",
        "javascript://shop.example",
    ],
)
async def test_what_is_no_origin_is_refused(owner, origin):
    assert await refuse(owner, "tenantOriginsUpdate", origins=[origin]) == "InvalidInputError"


async def test_there_are_twenty_at_most(owner):
    many = [f"https://shop{number}.example" for number in range(21)]
    assert await refuse(owner, "tenantOriginsUpdate", origins=many) == "InvalidInputError"


async def test_no_key_lists_origins(page):
    asked = "mutation { tenantOriginsUpdate(input: {origins: []}) { __typename } }"
    assert await page.fail(asked) == "FORBIDDEN"
