"""One's own account: sessions, password, and the businesses one works for."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from api.graphql.ids import write_id
from tenants.models import Membership, Role, Tenant
from tests.api.conftest import ENTERS_TENANT, browse, owner_of
from tests.api.deeds import refuse
from tests.api.people import change, code_of, post
from tests.conftest import as_system
from tests.factories.outbox import payloads
from tests.factories.tenants import PASSWORD

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
SESSIONS = "{ viewer { sessions { id current device network tenantName createdAt lastSeenAt } } }"
TENANTS = "{ viewer { tenants { slug current } tenant { slug } } }"
NEW_PASSWORD = "a horse of another colour"


@pytest.fixture
async def telephone(app, scope):
    """The same owner, signed in on another device."""
    async with browse(app) as browser:
        browser.http.headers["User-Agent"] = FIREFOX
        assert (await browser.sign_in(owner_of(scope))).status_code == 200
        yield browser


@pytest.fixture
async def joined(scope, other_scope, database, clock):
    async with as_system(database):
        await Membership.create(
            id=uuid4(),
            tenant_id=other_scope.tenant_id,
            user_id=scope.actor.id,
            role=Role.OWNER,
            created_at=clock.now() + timedelta(days=1),
        )


async def listed(browser):
    return (await browser.ask(SESSIONS))["viewer"]["sessions"]


async def test_one_sees_where_one_is_signed_in(owner, telephone, clock, scope):
    first = clock.now()
    clock.advance(timedelta(minutes=5))
    newest, oldest = await listed(owner)
    assert (newest["device"], newest["current"]) == ("Firefox on Linux", False)
    assert oldest["current"]
    assert oldest["network"] == "127.0.0.0/24"
    assert oldest["tenantName"] == scope.tenant.name
    told = [oldest["createdAt"], newest["lastSeenAt"], oldest["lastSeenAt"]]
    assert [datetime.fromisoformat(each) for each in told] == [first, first, clock.now()]


@pytest.mark.promise("P115")
async def test_one_session_is_ended_from_another(owner, telephone, unit_of_work, scope):
    [other] = [each for each in await listed(owner) if not each["current"]]
    await change(owner, "sessionRevoke", "ended", id=other["id"])
    assert await telephone.fail("{ tenant { name } }") == "SESSION_ENDED"
    assert len(await listed(owner)) == 1
    [told] = await payloads(unit_of_work, scope, "session.revoked")
    assert told["user_id"] == scope.actor.id


async def test_all_others_are_ended_at_once(owner, telephone):
    assert await refuse(owner, "sessionsRevokeOthers", confirm=False) == "InvalidInputError"
    assert len(await listed(owner)) == 2
    await change(owner, "sessionsRevokeOthers", "ended", confirm=True)
    assert await telephone.fail("{ tenant { name } }") == "SESSION_ENDED"
    assert len(await listed(owner)) == 1


async def test_a_strangers_session_cannot_be_ended(owner):
    revoke = "mutation ($id: ID!) { sessionRevoke(input: {id: $id}) { __typename } }"
    assert await owner.fail(revoke, id=write_id("Session", uuid4())) == "NOT_FOUND"


async def test_another_password_ends_other_sessions_and_changes_the_cookie(
    owner, telephone, stranger, scope, unit_of_work
):
    before = owner.http.cookies["deskbell_session"]
    await change(
        owner, "passwordChange", "changed", currentPassword=PASSWORD, newPassword=NEW_PASSWORD
    )
    assert owner.http.cookies["deskbell_session"] != before
    assert (await owner.ask("{ tenant { name } }"))["tenant"]["name"] == scope.tenant.name
    assert await telephone.fail("{ tenant { name } }") == "SESSION_ENDED"
    assert (await stranger.sign_in(owner_of(scope))).status_code == 401
    assert (await stranger.sign_in(owner_of(scope), NEW_PASSWORD)).status_code == 200
    assert len(await payloads(unit_of_work, scope, "password.changed")) == 1
    stranger.http.cookies.clear()
    stranger.http.cookies["deskbell_session"] = before
    response = await stranger.http.get("/graphql", params={"query": "{ tenant { name } }"})
    assert response.json()["errors"][0]["extensions"]["code"] == "SESSION_ENDED"


@pytest.mark.parametrize(
    ("current", "new", "path", "code"),
    [
        ("not my password", NEW_PASSWORD, "currentPassword", "WRONG_PASSWORD"),
        (PASSWORD, "short", "newPassword", "TOO_SHORT"),
        (PASSWORD, "password1234", "newPassword", "TOO_COMMON"),
    ],
)
async def test_a_password_that_cannot_be_changed_says_why(owner, current, new, path, code):
    query = """
    mutation ($a: String!, $b: String!) {
      passwordChange(input: {currentPassword: $a, newPassword: $b}) {
        ... on InvalidInputError { fields { path code } } } }
    """
    answer = await owner.ask(query, a=current, b=new)
    assert {"path": path, "code": code} in answer["passwordChange"]["fields"]
    assert await owner.ask("{ viewer { name } }") != {"viewer": None}


async def test_a_sign_in_is_told_with_whether_the_device_is_new(app, scope, unit_of_work, owner):
    for agent in (FIREFOX, FIREFOX, "curl/8"):
        async with browse(app) as browser:
            browser.http.headers["User-Agent"] = agent
            await browser.sign_in(owner_of(scope))
    told = await payloads(unit_of_work, scope, "user.signed_in")
    assert [each["new_device"] for each in told] == [True, True, False, True]


async def test_one_goes_over_to_another_business_one_works_for(owner, joined, scope, other_scope):
    before = owner.http.cookies["deskbell_session"]
    slugs = [scope.tenant.slug, other_scope.tenant.slug]
    seen = (await owner.ask(TENANTS))["viewer"]
    assert [each["slug"] for each in seen["tenants"]] == slugs
    assert (await post(owner, "switch", tenant=slugs[1])).status_code == 200
    seen = (await owner.ask(TENANTS))["viewer"]
    assert [each["current"] for each in seen["tenants"]] == [False, True]
    assert seen["tenant"]["slug"] == slugs[1]
    owner.http.cookies.clear()
    owner.http.cookies["deskbell_session"] = before
    response = await owner.http.get("/graphql", params={"query": "{ tenant { name } }"})
    assert response.json()["errors"][0]["extensions"]["code"] == "SESSION_ENDED"


async def test_nobody_goes_over_to_a_business_of_others(owner, other_scope):
    refused = await post(owner, "switch", tenant=other_scope.tenant.slug)
    unknown = await post(owner, "switch", tenant="no-such-tenant")
    assert code_of(refused) == code_of(unknown) == (404, "NOT_FOUND")
    assert refused.json() == unknown.json()


async def test_going_over_takes_a_session_and_its_proof(stranger, scope):
    assert code_of(await post(stranger, "switch", tenant=scope.tenant.slug)) == (
        401,
        "SESSION_ENDED",
    )


async def test_a_list_of_sessions_costs_the_same_at_any_length(app, owner, scope, queries):
    async def cost():
        queries()
        await owner.ask(SESSIONS)
        return sum(ENTERS_TENANT not in sql for sql in queries())

    one = await cost()
    async with browse(app) as browser:
        for _ in range(4):
            await browser.sign_in(owner_of(scope))
            browser.http.cookies.clear()
    assert len(await listed(owner)) == 5
    assert await cost() == one


async def test_a_suspended_business_leaves_ones_own_account_alone(
    owner, telephone, database, scope
):
    async with as_system(database):
        await Tenant.filter(id=scope.tenant_id).update(status="suspended")
    await change(owner, "sessionsRevokeOthers", "ended", confirm=True)
    assert len(await listed(owner)) == 1
