"""People come in by their business's provider."""

from urllib.parse import parse_qs, urlsplit

from tests.api.conftest import browse, owner_of
from tests.api.deeds import listed
from tests.api.people import code_of, enrol_app, post
from tests.factories.members import PASSWORD

WHO = "{ viewer { name email tenant { slug } sessions { method current } } }"


async def test_a_newcomer_joins_with_the_role_that_was_set(company, browser):
    answer = await company.sign_in(browser)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    viewer = (await browser.ask(WHO))["viewer"]
    assert viewer["name"] == "Alice"
    assert viewer["email"] == company.address()
    assert viewer["sessions"] == [{"method": "SSO", "current": True}]
    members = await listed(company.owner, "members", "role person { email }")
    assert {"role": "STAFF", "person": {"email": company.address()}} in members


async def test_a_browser_gets_nothing_that_the_provider_gave_us(company, browser):
    given = []

    def signing(claims):
        given.append(company.provider.sign(claims))
        return given[-1]

    company.provider.signing = signing
    answer = await company.sign_in(browser)
    [token] = given
    assert token not in f"{answer.headers.multi_items()}{answer.text}"
    assert answer.text == ""
    assert set(browser.http.cookies) == {"deskbell_csrf", "deskbell_session", "deskbell_sso"}


async def test_the_second_time_it_is_the_same_person(company, browser, app):
    await company.sign_in(browser)
    async with browse(app) as another:
        await company.sign_in(another, email=company.address("married"))
        viewer = (await another.ask(WHO))["viewer"]
    assert viewer["email"] == company.address()
    assert len(await listed(company.owner, "members", "id")) == 2


async def test_one_goes_on_where_one_wanted_to(company, browser):
    url = await company.leave(browser, returnTo="/calls?open=1")
    query = company.provider.log_in(url, sub="a", email=company.address())
    answer = await company.arrive(browser, query)
    assert answer.headers["Location"] == "/calls?open=1"


async def test_only_to_paths_of_our_own(company, browser):
    for elsewhere in ("https://evil.example", "//evil.example", "/\\evil.example", "javascript:1"):
        url = await company.leave(browser, returnTo=elsewhere)
        query = company.provider.log_in(url, sub="a", email=company.address())
        assert (await company.arrive(browser, query)).headers["Location"] == "/"


async def test_several_tabs_come_back_in_any_order(company, browser):
    first, second = await company.leave(browser), await company.leave(browser)
    for url in (second, first):
        query = company.provider.log_in(url, sub="a", email=company.address())
        assert (await company.arrive(browser, query)).status_code == 303


async def test_the_page_of_a_business_leads_to_its_provider(company, browser):
    started = await browser.http.get(
        "/auth/sso/start", params={"tenant": company.scope.tenant.slug, "returnTo": "/x"}
    )
    assert started.status_code == 303
    query = company.provider.log_in(started.headers["Location"], sub="a", email=company.address())
    assert (await company.arrive(browser, query)).headers["Location"] == "/x"


async def test_what_is_told_depends_on_the_domain_alone(company, browser, other_scope):
    elsewhere = owner_of(other_scope)
    for address in (elsewhere, "nobody@nowhere.test", "x@gmail.com"):
        answer = await browser.http.post("/auth/sso", json={"email": address})
        assert answer.json() == {"redirectUrl": None}
    for name in ("alice", "nobody"):
        url = await company.leave(browser, name)
        asked = parse_qs(urlsplit(url).query)
        assert asked.pop("login_hint") == [company.address(name)]
        assert set(asked) == {
            *("client_id", "code_challenge", "code_challenge_method", "nonce", "redirect_uri"),
            *("response_type", "scope", "state"),
        }


async def test_a_name_nobody_has_looks_like_a_provider_that_failed(company, browser):
    unknown = await browser.http.get("/auth/sso/start?tenant=nobody-here")
    company.provider.told["issuer"] = "https://other.example"
    failed = await browser.http.get(f"/auth/sso/start?tenant={company.scope.tenant.slug}")
    assert code_of(unknown) == code_of(failed) == (401, "SSO_REFUSED")
    assert unknown.content == failed.content


async def test_an_account_of_that_address_is_joined(company, app, unit_of_work, other_scope):
    """Whoever works elsewhere already keeps their account."""
    email = owner_of(other_scope)
    await company.prove(email.partition("@")[2])
    async with browse(app) as browser:
        answer = await company.sign_in(browser, email=email, sub="olive")
        assert answer.status_code == 303
        viewer = (await browser.ask(WHO))["viewer"]
    assert (viewer["name"], viewer["tenant"]["slug"]) == ("Olive Owner", company.scope.tenant.slug)


async def test_a_claim_gives_a_role_and_takes_it_again(company, app, browser):
    rules = [{"value": "desk-admins", "role": "ADMIN"}, {"value": "desk", "role": "STAFF"}]
    await company.configure(role="VIEWER", roleClaim="groups", roleRules=rules)
    for groups, role in ((["x", "desk-admins"], "ADMIN"), ("desk", "STAFF"), ([], "STAFF")):
        async with browse(app) as another:
            await company.sign_in(another, groups=groups)
        members = await listed(company.owner, "members", "role person { email }")
        assert {"role": role, "person": {"email": company.address()}} in members
    await company.sign_in(browser, "bob")
    members = await listed(company.owner, "members", "role person { email }")
    assert {"role": "VIEWER", "person": {"email": company.address("bob")}} in members


async def test_an_address_that_only_userinfo_knows_will_do(company, browser):
    company.provider.userinfo = {
        "sub": "a",
        "email": company.address("carol"),
        "email_verified": True,
    }
    assert (await company.sign_in(browser, sub="a", email=None)).status_code == 303
    assert (await browser.ask(WHO))["viewer"]["email"] == company.address("carol")


async def test_an_unverified_address_counts_where_the_business_says_so(company, browser):
    await company.configure(trustEmail=True)
    assert (await company.sign_in(browser, email_verified=None)).status_code == 303


async def test_a_second_factor_of_ones_own_is_still_asked_for(company, app, colleague, clock):
    async with browse(app) as own:
        await own.sign_in(colleague, PASSWORD)
        totp, _ = await enrol_app(own, clock)
    async with browse(app) as another:
        answer = await company.sign_in(another, email=colleague)
        path, _, waits = answer.headers["Location"].partition("#")
        assert path == "/auth/sso/second-step"
        assert "deskbell_session" not in another.http.cookies
        pending, _, back = waits.partition("&")
        assert back == "/"
        done = await post(another, "mfa", pendingToken=pending, code=totp.at(clock.now()))
        assert done.status_code == 200
        assert await method_of(another) == "SSO"


async def test_a_provider_that_is_trusted_asks_for_it_itself(company, app, colleague, clock):
    await company.configure(trustMfa=True)
    async with browse(app) as own:
        await own.sign_in(colleague, PASSWORD)
        await enrol_app(own, clock)
    for amr, path in ((["pwd", "mfa"], "/"), (["pwd"], "/auth/sso/second-step")):
        async with browse(app) as another:
            answer = await company.sign_in(another, email=colleague, amr=amr)
            assert answer.headers["Location"].partition("#")[0] == path


async def method_of(browser):
    """How the session began that asks."""
    seen = (await browser.ask(WHO))["viewer"]["sessions"]
    return next(each["method"] for each in seen if each["current"])
