"""The page that asks: what it shows, who may agree, and where a browser goes from there."""

from datetime import timedelta
from html.parser import HTMLParser

import pytest

from domain.scope import TenantStatus
from tenants.apps import service
from tenants.models import Role, Tenant
from tenants.repository import Users
from tests.api.conftest import browse, owner_of
from tests.api.everything import own_everything
from tests.api.oauth.conftest import AUTHORIZE, ISSUER, Partner, answer_in, decide
from tests.api.people import post
from tests.conftest import as_system
from tests.factories.apps import CALLBACK, app_of, connect
from tests.factories.members import PASSWORD as MEMBERS_PASSWORD
from tests.factories.members import join
from tests.factories.tenants import PASSWORD

ALL = ["contacts:read", "contacts:write", "tenant:read"]


class Page(HTMLParser):
    """What a page says, and what can be pressed on it."""

    def __init__(self, response) -> None:
        super().__init__()
        self.words, self.attributes, self.buttons = "", {}, []
        self.feed(response.text)

    def handle_starttag(self, tag, attrs):
        self.attributes |= {f"{tag}.{name}": value for name, value in attrs}
        if tag == "button":
            self.buttons.append(dict(attrs).get("value"))

    def handle_data(self, data):
        self.words += data


async def look(browser, partner, **changes):
    return await browser.http.get(f"{AUTHORIZE}?{partner.request(**changes)}")


async def press(browser, partner, scope, *, allow=True, scopes=ALL, tenant=None, **changes):
    tenant = tenant or scope.tenant.slug
    return await decide(browser, partner.request(**changes), scopes, tenant, allow=allow)


async def test_the_page_names_the_app_its_publisher_and_what_it_asks_for(
    owner, partner, scope, other_scope
):
    response = await look(owner, partner)
    page = Page(response)
    assert response.status_code == 200
    assert f"Calendar <Sync> wants to work with {scope.tenant.name}" in page.words
    assert f"Published by {other_scope.tenant.name}" in page.words
    assert "See your contacts, and what goes out to them" in page.words
    opened = "your business, when calls took place, callers' names and numbers"
    assert f"Opens: {opened}, what callers agreed to or refused, what callers want" in page.words
    assert "partner.example" in page.words
    assert page.attributes["form.data-scopes"] == " ".join(ALL)
    assert page.buttons[:2] == ["allow", "deny"]
    assert "nobody has checked" not in page.words


async def test_nothing_on_the_page_is_anybody_elses(owner, partner):
    response = await look(owner, partner)
    assert "<Sync>" not in response.text
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert response.headers["X-Frame-Options"] == "DENY"
    assert "no-store" in response.headers["Cache-Control"]
    for name, kind in (("consent.js", "text/javascript"), ("consent.css", "text/css")):
        asset = await owner.http.get(f"/oauth/{name}")
        assert asset.headers["Content-Type"].startswith(kind)
        assert f"/oauth/{name}" in response.text


async def test_it_asks_for_no_more_than_it_was_asked_to(owner, partner):
    page = Page(await look(owner, partner, scope="contacts:read"))
    assert page.attributes["form.data-scopes"] == "contacts:read tenant:read"


async def test_whoever_is_not_signed_in_is_asked_to(stranger, partner, scope):
    response = await look(stranger, partner)
    page = Page(response)
    assert page.attributes["form.id"] == "sign-in"
    assert "allow" not in page.buttons
    assert scope.tenant.name not in response.text


async def test_agreeing_sends_the_browser_back_with_a_code(owner, partner, scope):
    response = await press(owner, partner, scope)
    assert response.status_code == 200
    answer = answer_in(response.json()["location"])
    assert answer.pop("code").startswith("dbc_")
    assert answer == {"iss": ISSUER, "state": "a state & more"}


async def test_denying_sends_it_back_without(owner, partner, scope):
    response = await press(owner, partner, scope, allow=False)
    answer = answer_in(response.json()["location"])
    assert answer.pop("error_description")
    assert answer == {"error": "access_denied", "iss": ISSUER, "state": "a state & more"}


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"response_type": None}, "unsupported_response_type"),
        ({"code_challenge": None}, "invalid_request"),
        ({"code_challenge": None, "code_challenge_method": None}, "invalid_request"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"code_challenge_method": None}, "invalid_request"),
        ({"code_challenge": "short"}, "invalid_request"),
        ({"scope": "leads:read"}, "invalid_scope"),
        ({"scope": "contacts:read nonsense"}, "invalid_scope"),
    ],
)
@pytest.mark.parametrize("public", [True, False])
async def test_what_an_app_may_not_ask_goes_back_to_it(
    owner, partner, public_partner, changes, error, public
):
    response = await look(owner, public_partner if public else partner, **changes)
    assert response.status_code == 302
    answer = answer_in(response.headers["Location"])
    told = {name: answer.get(name) for name in ("error", "iss", "state")}
    assert told == {"error": error, "iss": ISSUER, "state": "a state & more"}


@pytest.mark.parametrize(
    "changes",
    [
        {"client_id": None},
        {"client_id": "nobody"},
        {"client_id": "00000000-0000-0000-0000-000000000000"},
        {"redirect_uri": None},
        {"redirect_uri": "https://evil.example/callback"},
        {"redirect_uri": CALLBACK + "/"},
        {"redirect_uri": CALLBACK + "?more=1"},
        {"redirect_uri": CALLBACK.upper()},
        {"redirect_uri": "javascript:alert(1)"},
        {"redirect_uri": "https://ev\u00fcl.example"},
        {"response_type": 'to"ken'},
        {"response_type": "code", "resource": "https://elsewhere.example"},
    ],
)
async def test_nobody_is_sent_where_the_app_did_not_say(owner, partner, changes):
    response = await look(owner, partner, **changes)
    assert response.status_code == 400
    assert "Location" not in response.headers
    assert "This link does not work" in response.text


async def test_a_parameter_that_comes_twice_is_refused(owner, partner):
    query = f"{partner.request()}&scope=contacts%3Aread&scope=contacts%3Awrite"
    response = await owner.http.get(f"{AUTHORIZE}?{query}")
    assert (response.status_code, "Location" in response.headers) == (400, False)


async def test_only_our_own_page_may_decide(owner, partner, scope):
    stolen = dict(owner.headers)
    owner.headers.clear()
    assert (await press(owner, partner, scope)).json()["code"] == "CSRF_FAILED"
    owner.headers.update(stolen | {"Origin": "https://evil.example"})
    assert (await press(owner, partner, scope)).json()["code"] == "CSRF_FAILED"


async def test_nobody_decides_without_a_session(stranger, partner, scope):
    assert (await press(stranger, partner, scope)).json()["code"] == "SESSION_ENDED"


async def test_what_was_not_shown_is_not_agreed_to(owner, partner, scope, other_scope):
    less = await press(owner, partner, scope, scopes=["contacts:read", "tenant:read"])
    other = await press(owner, partner, scope, tenant=other_scope.tenant.slug)
    for response in (less, other):
        assert (response.status_code, response.json()["code"]) == (409, "CONSENT_OUTDATED")


async def test_what_an_app_may_not_ask_cannot_be_agreed_to(owner, partner, scope):
    response = await press(owner, partner, scope, redirect_uri="https://evil.example")
    assert response.json()["code"] == "INVALID_INPUT"


async def test_agreeing_asks_anew_who_is_there(owner, partner, scope, clock):
    clock.advance(timedelta(minutes=11))
    response = await press(owner, partner, scope)
    assert (response.status_code, response.json()["code"]) == (403, "STEP_UP_REQUIRED")
    await post(owner, "step-up", password=PASSWORD)
    assert (await press(owner, partner, scope)).status_code == 200


async def test_nobody_agrees_to_more_than_they_may_themselves(
    app, unit_of_work, scope, other_scope, stranger
):
    made = await app_of(unit_of_work, other_scope, "contacts:read")
    partner = Partner(stranger.http, str(made.app.id), made.secret)
    member = await join(unit_of_work, scope, Role.STAFF)
    async with browse(app) as staff:
        email = await email_of(unit_of_work, scope, member)
        assert (await staff.sign_in(email, MEMBERS_PASSWORD)).status_code == 200
        page = Page(await look(staff, partner))
        assert "allow" not in page.buttons
        assert "You cannot agree to this" in page.words
        assert "apps:write" in page.words
        given = {"scopes": ["contacts:read", "tenant:read"]}
        assert (await press(staff, partner, scope, **given)).json()["code"] == "FORBIDDEN"
        denied = await press(staff, partner, scope, allow=False, **given)
        assert "access_denied" in denied.json()["location"]


async def email_of(unit_of_work, scope, member):
    async with unit_of_work(scope) as uow:
        return (await Users(uow).get(member.user_id)).email


async def test_an_app_of_a_publisher_who_is_not_served_asks_nobody(
    owner, partner, scope, other_scope, database
):
    async with as_system(database):
        await Tenant.filter(id=other_scope.tenant_id).update(status=TenantStatus.SUSPENDED)
    assert (await look(owner, partner)).status_code == 403
    assert (await press(owner, partner, scope)).status_code == 409


async def test_a_business_that_is_not_served_agrees_to_nothing(owner, partner, scope, database):
    async with as_system(database):
        await Tenant.filter(id=scope.tenant_id).update(status=TenantStatus.SUSPENDED)
    assert (await press(owner, partner, scope)).json()["code"] == "FORBIDDEN"


async def test_an_app_may_be_agreed_to_by_its_own_home(app, partner, other_scope):
    async with browse(app) as publisher:
        await publisher.sign_in(owner_of(other_scope))
        response = await press(publisher, partner, other_scope)
        assert (await partner.redeem(answer_in(response.json()["location"])["code"])).is_success


async def test_a_deleted_app_asks_nobody(owner, partner, issued, unit_of_work, other_scope):
    async with unit_of_work(other_scope) as uow:
        await service.delete(uow, issued.app.id)
    assert (await look(owner, partner)).status_code == 400


async def test_what_an_app_does_is_on_record(owner, unit_of_work, scope, other_scope, app):
    await own_everything(unit_of_work, scope, "mark")
    issued = await app_of(unit_of_work, other_scope, "conversations:read", "transcripts:read")
    tokens = await connect(unit_of_work, scope, issued.app)
    query = "{ tenant { conversations { edges { node { turns { text } } } } } }"
    async with browse(app) as program:
        program.headers["Authorization"] = f"Bearer {tokens.access}"
        assert "mark" in (await program.post(query)).text
    actor = f"app:{issued.app.id}"
    query = """query ($actor: String!) {
        tenant { audit(filter: {actor: $actor}) { edges { node { action via } } } } }"""
    found = await owner.ask(query, actor=actor)
    entries = [edge["node"] for edge in found["tenant"]["audit"]["edges"]]
    assert {entry["action"] for entry in entries} >= {"conversation.read"}
    assert all(entry["via"].startswith("app:") for entry in entries if entry["via"])
