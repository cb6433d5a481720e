"""Lines of the security assessment that nothing else proves, asked of the real application."""

import base64
import json
from uuid import uuid4

import pytest

from api.exports import ExportLinks
from api.links import LinkInvalid
from api.recordings import RecordingLinks
from tenants.recovery import BYTES
from tests.api.conftest import browse, build_app, owner_of
from tests.api.people import code_of, enrol_app, post
from tests.factories.letters import letters_of, token_in

YEAR = 365 * 24 * 3600
ANOTHER = "a much longer password 9"


async def test_production_is_for_tls_alone(unit_of_work, live, database):
    async with browse(build_app(unit_of_work, live, production=True)) as browser:
        said = (await browser.http.get("/nowhere")).headers["Strict-Transport-Security"]
    age, *rest = said.split("; ")
    assert int(age.removeprefix("max-age=")) >= YEAR
    assert rest == ["includeSubDomains"]


@pytest.mark.parametrize("method", ["GET", "OPTIONS", "POST"])
@pytest.mark.parametrize("path", ["/auth/sign-in", "/oauth/authorize", "/oauth/token", "/nowhere"])
async def test_no_other_origin_is_allowed(stranger, method, path):
    headers = {"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"}
    answer = await stranger.http.request(method, path, headers=headers)
    assert [name for name in answer.headers if name.startswith("access-control")] == []


@pytest.mark.parametrize(
    "path", ["/join", "/join.js", "/auth/sso/second-step", "/auth/sso/second-step.js"]
)
async def test_our_pages_load_from_here_alone(stranger, path):
    answer = await stranger.http.get(path)
    assert answer.status_code == 200
    policy = answer.headers["Content-Security-Policy"].split("; ")
    assert {"default-src 'none'", "frame-ancestors 'none'", "script-src 'self'"} <= {*policy}
    assert "unsafe" not in str(policy)
    assert "<script>" not in answer.text


@pytest.mark.parametrize("path", ["/graphql", "/auth/sign-in", "/join", "/nowhere"])
async def test_every_answer_names_its_type(stranger, path):
    kind = (await stranger.http.get(path)).headers["Content-Type"]
    assert "json" in kind or kind.endswith("; charset=utf-8")


@pytest.mark.parametrize("path", ["/graphql", "/auth/sign-in", "/nowhere"])
async def test_nothing_answers_to_trace(stranger, path):
    answer = await stranger.http.request("TRACE", path, headers={"X-Secret": "tell-tale"})
    assert answer.status_code in {404, 405}
    assert "tell-tale" not in answer.text


async def test_no_cache_keeps_what_was_answered(owner):
    for answer in (await owner.post("{ viewer { email } }"), await post(owner, "step-up")):
        assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("path", ["/auth/sign-in/", "//evil.example/", "/graphql/%2e%2e/"])
async def test_nobody_is_sent_elsewhere(stranger, path):
    where = (await stranger.http.get(path)).headers.get("Location", "/")
    assert where == "/" or where.startswith("http://deskbell.test/")


async def test_a_form_takes_no_field_that_it_does_not_name(stranger, owner, scope):
    body = {"email": owner_of(scope), "password": "correct horse battery", "role": "owner"}
    answer = await stranger.http.post("/auth/sign-in", json=body)
    assert code_of(answer) == (422, "INVALID_INPUT")
    query = 'mutation { contactAdd(input: {name: "Eve", tenantId: "1"}) { __typename } }'
    assert await owner.fail(query) == "BAD_REQUEST"


async def test_a_new_password_does_not_stand_in_for_the_second_factor(
    app, owner, unit_of_work, scope, clock
):
    await enrol_app(owner, clock)
    async with browse(app) as thief:
        assert (await post(thief, "password-reset", email=owner_of(scope))).status_code == 202
        [letter] = await letters_of(unit_of_work, scope.tenant_id)
        token = token_in(letter, "reset_password")
        answer = await post(thief, "password-reset/finish", token=token, password=ANOTHER)
        assert answer.status_code == 200
        answer = await thief.sign_in(owner_of(scope), ANOTHER)
        assert answer.json()["mfaRequired"]
        assert await thief.fail("{ tenant { name } }") == "UNAUTHENTICATED"


def encoded(part):
    return base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "head",
    [
        {"alg": "none"},
        {"alg": "None", "typ": "JWT"},
        {"alg": "HS512"},
        {"alg": "RS256"},
        {"alg": "HS256", "jku": "https://evil.example/keys"},
        {"alg": "HS256", "jwk": {"kty": "oct", "k": "AAAA"}},
    ],
)
def test_a_link_is_signed_in_one_way_only(head, clock, scope):
    links = RecordingLinks("a secret of thirty-two bytes, or so", clock=clock, public_url="")
    _, claims, signature = links.url(scope, uuid4()).rpartition("/")[2].split(".")
    for signed in (signature, ""):
        with pytest.raises(LinkInvalid):
            links.read(f"{encoded(head)}.{claims}.{signed}")


def test_a_link_leads_to_one_kind_of_thing(clock, scope):
    secret = "a secret of thirty-two bytes, or so"
    heard = RecordingLinks(secret, clock=clock, public_url="")
    taken = ExportLinks(secret, clock=clock, public_url="")
    token = heard.url(scope, uuid4()).rpartition("/")[2]
    assert heard.read(token).tenant_id == scope.tenant_id
    with pytest.raises(LinkInvalid):
        taken.links.named(token)


def test_a_recovery_code_is_long_enough_for_a_fast_hash():
    assert BYTES * 8 >= 112


async def test_signing_out_clears_what_a_page_has_kept(owner):
    answer = await post(owner, "sign-out")
    assert '"storage"' in answer.headers["Clear-Site-Data"]
