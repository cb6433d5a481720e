"""Providers that lie, make mistakes or are somebody else: nobody comes in, all look the same."""

import asyncio
from datetime import timedelta

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, OctKey, RSAKey
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse

from tests.api.conftest import browse
from tests.api.deeds import do
from tests.api.people import code_of
from tests.api.serving import serving
from tests.fakes.provider import CLIENT_ID, CLIENT_SECRET, Provider, signing_key

REFUSED = (401, "SSO_REFUSED")
SMALL = ECKey.generate_key("P-256")
ANOTHER = RSAKey.generate_key(2048, {"kid": "one"})
WRONG = {
    "another nonce": ({"nonce": "another"}, "token_nonce"),
    "no nonce": ({"nonce": None}, "token_nonce"),
    "another audience": ({"aud": "somebody"}, "token_aud"),
    "no audience": ({"aud": None}, "token_aud"),
    "two audiences and no party": ({"aud": [CLIENT_ID, "other"]}, "token_azp"),
    "another party": ({"azp": "other"}, "token_azp"),
    "another issuer": ({"iss": "https://other.example"}, "token_iss"),
    "over": ({"exp": 1}, "token_exp"),
    "never over": ({"exp": None}, "token_exp"),
    "of no time": ({"iat": None}, "token_iat"),
    "of the future": ({"iat": 4102444800}, "token_iat"),
    "not yet good": ({"nbf": 4102444800}, "token_nbf"),
    "of nobody": ({"sub": None}, "token_sub"),
    "of nobody in particular": ({"sub": ""}, "token_sub"),
    "of a number": ({"sub": 7}, "token_sub"),
    "of somebody long": ({"sub": "x" * 256}, "token_sub"),
    "of a domain that is not theirs": ({"email": "alice@elsewhere.test"}, "foreign_domain"),
    "unverified": ({"email_verified": False}, "email_unverified"),
    "verified in words": ({"email_verified": "true"}, "email_unverified"),
    "without an address": ({"email": ""}, "no_email"),
    "two addresses": ({"email": "a@b.test,c@d.test"}, "no_email"),
    "an address of two hosts": ({"email": "a@b@c.test"}, "no_email"),
    "an address that only looks right": ({"email": "аlice@x.test"}, "no_email"),
    "an access token of another's": ({"at_hash": "nope"}, "token_at_hash"),
}


async def test_a_wrong_claim_lets_nobody_in(company, browser):
    for case, (claims, _) in WRONG.items():
        assert code_of(await company.sign_in(browser, **claims)) == REFUSED, case
    assert "deskbell_session" not in browser.http.cookies
    assert await company.refusals() == [reason for _, reason in WRONG.values()]


def none(claims):
    unsigned = jwt.encode({"alg": "HS256"}, claims, OctKey.import_key("x" * 32))
    head = "eyJhbGciOiJub25lIn0"
    return f"{head}.{unsigned.split('.')[1]}."


def confused(provider):
    """Signed with what everybody knows: the public key, taken for a shared secret."""
    key = OctKey.import_key({"kty": "oct", "k": provider.key.as_dict(private=False)["n"]})
    return lambda claims: jwt.encode({"alg": "HS256", "kid": "one"}, claims, key)


def by_secret(claims):
    return jwt.encode({"alg": "HS256"}, claims, OctKey.import_key(CLIENT_SECRET))


def of_another(claims):
    return jwt.encode({"alg": "RS256", "kid": "one"}, claims, ANOTHER)


def of_another_kind(claims):
    key = ECKey.generate_key("P-256", {"kid": "one"})
    return jwt.encode({"alg": "ES256", "kid": "one"}, claims, key)


def carrying_its_own(claims):
    header = {"alg": "RS256", "kid": "two", "jwk": SMALL.as_dict(private=False)}
    return jwt.encode(header, claims, ANOTHER)


def of_a_new_key(claims):
    return jwt.encode({"alg": "RS256", "kid": "two"}, claims, ANOTHER)


SIGNINGS = [
    (none, "token_algorithm"),
    (by_secret, "token_algorithm"),
    (of_another, "token_signature"),
    (of_another_kind, "token_key_unknown"),
    (of_a_new_key, "token_key_unknown"),
    (carrying_its_own, "token_key_unknown"),
    (lambda claims: "not.a.token", "token_malformed"),
    (lambda claims: "x" * 200_000, "answer_too_long"),
    (lambda claims: {"a": 1}, "token_missing"),
]


async def test_a_wrong_signature_lets_nobody_in(company, browser):
    for signing, _ in ((confused(company.provider), ""), *SIGNINGS):
        company.provider.signing = signing
        assert code_of(await company.sign_in(browser)) == REFUSED
    assert await company.refusals() == ["token_algorithm", *(reason for _, reason in SIGNINGS)]


async def test_keys_that_were_changed_are_fetched_again(company, browser, app, clock):
    await company.sign_in(browser)
    company.provider.key = signing_key("two")
    clock.advance(timedelta(minutes=2))
    async with browse(app) as another:
        assert (await company.sign_in(another)).status_code == 303


async def test_a_token_that_names_new_keys_makes_us_ask_once_a_minute(company, app, browser, clock):
    company.provider.signing = of_a_new_key
    await company.sign_in(browser)
    before = company.provider.asked.count("/jwks")
    clock.advance(timedelta(minutes=2))
    for _ in range(3):
        async with browse(app) as another:
            await company.sign_in(another)
    assert company.provider.asked.count("/jwks") == before + 1


async def test_a_weak_key_is_no_key(company, browser):
    keys = {"keys": [{"kty": "RSA", "kid": "one", "n": "AQAB" * 40, "e": "AQAB"}]}
    company.provider.answers["/jwks"] = answering(keys)
    assert code_of(await company.sign_in(browser)) == REFUSED
    assert await company.refusals() == ["token_key_unknown"]


def answering(body, status=200):
    async def answer(request):
        return JSONResponse(body, status)

    return answer


async def slow(request):
    await asyncio.sleep(30)


async def huge(request):
    return PlainTextResponse("{" + " " * 1_000_000 + "}")


async def elsewhere(request):
    return RedirectResponse("/token")


DISCOVERY = "/.well-known/openid-configuration"


PUBLISHED = [
    (slow, "too_slow"),
    (huge, "answer_too_long"),
    (elsewhere, "discovery_status"),
    (answering([1]), "discovery_not_json"),
    (answering({"issuer": 1}), "discovery_incomplete"),
    (answering({}, 500), "discovery_status"),
]
MISLEADING = [
    ({"issuer": "https://login.example"}, "discovery_other_issuer"),
    ({"token_endpoint": "ftp://x.example/"}, "discovery_insecure"),
    ({"authorization_endpoint": "javascript:alert(1)"}, "discovery_insecure"),
]


async def test_a_provider_that_publishes_nonsense_is_left_alone(company, browser):
    for answer, _ in PUBLISHED:
        company.provider.answers[DISCOVERY] = answer
        assert code_of(await ask(company, browser)) == REFUSED
    assert await company.refusals() == [reason for _, reason in PUBLISHED]


async def test_discovery_must_speak_for_itself(company, browser):
    for told, _ in MISLEADING:
        company.provider.told = told
        assert code_of(await ask(company, browser)) == REFUSED
    assert await company.refusals() == [reason for _, reason in MISLEADING]


async def ask(company, browser):
    return await browser.http.post("/auth/sso", json={"email": company.address()})


HALFWAY = [
    ("/token", slow, "too_slow"),
    ("/token", elsewhere, "token_not_json"),
    ("/token", answering({}, 500), "token_refused"),
    ("/token", answering({"error": "<script>"}, 400), "token_refused"),
    ("/token", answering({"id_token": None}), "token_missing"),
    ("/jwks", slow, "too_slow"),
    ("/jwks", huge, "answer_too_long"),
    ("/jwks", answering({"keys": 1}), "keys_missing"),
]


async def test_a_provider_that_fails_halfway_lets_nobody_in(company, browser):
    for path, answer, _ in HALFWAY:
        company.provider.answers = {path: answer}
        assert code_of(await company.sign_in(browser)) == REFUSED
    assert await company.refusals() == [reason for *_, reason in HALFWAY]


PRIVATE = ("http://169.254.169.254", "https://10.0.0.1", "https://[::1]", "http://192.168.0.1:80")


async def test_an_issuer_of_a_private_network_is_not_called(company, browser):
    for issuer in PRIVATE:
        await company.configure(issuer=issuer)
        assert code_of(await ask(company, browser)) == REFUSED
    assert await company.refusals() == ["address_refused"] * len(PRIVATE)


async def test_an_endpoint_of_a_private_network_is_not_called(company, browser):
    company.provider.told["token_endpoint"] = "https://169.254.169.254/latest"
    assert code_of(await company.sign_in(browser)) == REFUSED
    assert await company.refusals() == ["address_refused"]


async def test_userinfo_of_another_person_is_not_believed(company, browser):
    company.provider.userinfo = {"sub": "bob", "email": company.address("bob")}
    assert code_of(await company.sign_in(browser, email=None)) == REFUSED
    assert await company.refusals() == ["userinfo_other_person"]


@pytest.mark.parametrize("issuer", ["iss=https%3A%2F%2Fother.example", ""])
async def test_an_answer_of_another_issuer_is_not_taken(company, browser, issuer):
    """Mixed up: RFC 9207."""
    url = await company.leave(browser)
    query = company.provider.log_in(url, sub="a", email=company.address())
    query = query.partition("&iss=")[0] + "&" + issuer
    assert code_of(await company.arrive(browser, query)) == REFUSED
    assert await company.refusals() == ["other_issuer"]
    assert "/token" not in company.provider.asked


async def test_one_business_cannot_have_anothers_codes(company, browser, other_scope):
    """Each has a way back of its own, so a state of one is worth nothing at the other's."""
    url = await company.leave(browser)
    query = company.provider.log_in(url, sub="a", email=company.address())
    company.callback = f"/auth/sso/callback/{other_scope.tenant_id}"
    assert code_of(await company.arrive(browser, query)) == REFUSED
    assert "/token" not in company.provider.asked


async def test_what_was_used_is_good_no_more(company, browser):
    url = await company.leave(browser)
    query = company.provider.log_in(url, sub="a", email=company.address())
    assert (await company.arrive(browser, query)).status_code == 303
    assert code_of(await company.arrive(browser, query)) == REFUSED
    assert await company.refusals() == ["state_used"]


async def test_of_two_at_once_one_comes_in(company, browser):
    url = await company.leave(browser)
    query = company.provider.log_in(url, sub="a", email=company.address())
    both = await asyncio.gather(*(company.arrive(browser, query) for _ in range(2)))
    assert sorted(each.status_code for each in both) == [303, 401]


async def test_another_browser_cannot_bring_it_back(company, browser, app):
    url = await company.leave(browser)
    query = company.provider.log_in(url, sub="a", email=company.address())
    async with browse(app) as victim:
        assert code_of(await company.arrive(victim, query)) == REFUSED
    assert await company.refusals() == ["other_browser"]
    assert (await company.arrive(browser, query)).status_code == 303


async def test_whoever_takes_too_long_begins_again(company, browser, clock):
    url = await company.leave(browser)
    query = company.provider.log_in(url, sub="a", email=company.address())
    clock.advance(timedelta(minutes=16))
    assert code_of(await company.arrive(browser, query)) == REFUSED
    assert "/token" not in company.provider.asked


async def test_a_state_made_up_leaves_no_trace(company, browser):
    for query in ("", "state=x&code=y", "state=" + "x" * 5000, "state=%00"):
        assert code_of(await company.arrive(browser, query)) == REFUSED
    assert await company.refusals() == []


async def test_what_a_provider_refuses_is_refused(company, browser):
    url = await company.leave(browser)
    state = dict(part.split("=") for part in url.partition("?")[2].split("&"))["state"]
    issuer = company.provider.issuer.replace(":", "%3A").replace("/", "%2F")
    query = f"error=access_denied&error_description=no&state={state}&iss={issuer}"
    assert code_of(await company.arrive(browser, query)) == REFUSED
    assert await company.refusals() == ["provider_refused"]


async def test_a_code_is_worth_nothing_without_its_verifier(company, browser, app):
    """A code of one visit, brought back with the state of another."""
    stolen = company.provider.log_in(await company.leave(browser), sub="a", email=company.address())
    async with browse(app) as thief:
        own = company.provider.log_in(await company.leave(thief), sub="b", email="x@y.test")
        code, rest = stolen.split("&", 1)[0], own.split("&", 1)[1]
        assert code_of(await company.arrive(thief, f"{code}&{rest}")) == REFUSED
    assert await company.refusals() == ["token_invalid_grant"]


async def test_every_refusal_looks_the_same_in_a_browser(company, browser):
    url = await company.leave(browser)
    pages = set()
    for query in ("state=x", company.provider.log_in(url, sub="a", email="x@elsewhere.test")):
        answer = await browser.http.get(
            f"{company.callback}?{query}", headers={"Accept": "text/html"}
        )
        assert answer.status_code == 401
        pages.add(answer.text)
    assert len(pages) == 1


async def test_a_test_says_what_is_wrong(company):
    fields = "ok findings { check ok detail }"
    right = await do(company.owner, "ssoTest", fields)
    checks = ("discovery", "keys", "credentials")
    assert right == {
        "ok": True,
        "findings": [{"check": each, "ok": True, "detail": ""} for each in checks],
    }
    await company.configure(clientSecret="another secret")
    wrong = await do(company.owner, "ssoTest", fields)
    assert wrong["findings"][2] == {
        "check": "credentials",
        "ok": False,
        "detail": "token_invalid_client",
    }
    away = {"issuer": "https://10.0.0.1", "clientId": "x", "clientSecret": "y"}
    nobody = await do(company.owner, "ssoTest", fields, **away)
    assert nobody["findings"] == [{"check": "discovery", "ok": False, "detail": "address_refused"}]


async def test_a_provider_with_keys_we_do_not_use_is_told_of(company, clock):
    other = Provider(clock)
    async with serving(other.app) as authority:
        other.issuer = f"http://{authority}"
        other.answers["/jwks"] = answering({"keys": [{"kty": "oct", "k": "eA"}]})
        given = {"issuer": other.issuer, "clientId": CLIENT_ID, "clientSecret": CLIENT_SECRET}
        found = await do(company.owner, "ssoTest", "findings { check ok detail }", **given)
    assert found["findings"][1] == {"check": "keys", "ok": False, "detail": "keys_unusable"}
