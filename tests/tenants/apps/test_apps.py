"""Apps at home: who makes them, what they may ask for, and what follows when they change."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.errors import Forbidden, InvalidInput, NotFound
from tenants.apps import consent, rules, service, standing
from tenants.apps.errors import PublicApp, TokenRefused, TooManyApps
from tenants.apps.events import AppDeleted, AppUpdated
from tenants.apps.keeping import AppKeeper
from tenants.apps.repository import Apps, ConnectedApps
from tenants.members.errors import BeyondOwnRights
from tenants.roles import FOR_PEOPLE
from tests.factories.apps import CALLBACK, agree, app_of, connect
from tests.factories.outbox import events, payloads


async def update(unit_of_work, scope, id, **values):
    async with unit_of_work(scope) as uow:
        return await service.update(uow, id, **values)


async def delete(unit_of_work, scope, id):
    async with unit_of_work(scope) as uow:
        await service.delete(uow, id)


async def connections(unit_of_work, scope):
    async with unit_of_work(scope) as uow:
        rows = ConnectedApps(uow)
        return await rows.page(rows.all().order_by("id"))


class Context:
    """What a handler is given of the app's home."""

    def __init__(self, scope):
        self.tenant, self.tenant_id = scope.tenant, scope.tenant_id


@pytest.mark.parametrize(
    "uri",
    [
        CALLBACK,
        "https://partner.example:8443/a/b?x=1",
        "http://127.0.0.1:3000/callback",
        "http://[::1]:3000/callback",
        "http://localhost/callback",
        "com.partner.app:/callback",
    ],
)
def test_browsers_may_be_sent_there(uri):
    assert rules.addresses([uri, uri]) == [uri]


@pytest.mark.parametrize(
    "uri",
    [
        "",
        "/callback",
        "https:///callback",
        "http://partner.example/callback",
        "http://127.0.0.1.evil.example/callback",
        "http://localhost.evil.example:80/callback",
        "https://partner.example/callback#part",
        "https://partner.example/callback#",
        "https://user@partner.example/",
        "https://*.partner.example/callback",
        "https://partner.example\\@evil.example/",
        "https://partner.example/ a",
        "https://partner.example/\n",
        "https://pärtner.example/",
        "https://[broken/",
        "http://localhost:99999999/",
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "myapp:/callback",
        "https://partner.example/" + "a" * 2000,
    ],
)
def test_nobody_is_sent_there(uri):
    with pytest.raises(InvalidInput) as refusal:
        rules.addresses([uri])
    assert refusal.value.problems[0].path == "redirect_uris"


def test_an_app_has_so_many_addresses_and_no_more():
    with pytest.raises(InvalidInput):
        rules.addresses([f"https://partner.example/{n}" for n in range(11)])


@pytest.mark.parametrize("permission", sorted(FOR_PEOPLE))
async def test_an_app_cannot_ask_for_what_only_people_do(unit_of_work, scope, permission):
    with pytest.raises(InvalidInput) as refusal:
        await app_of(unit_of_work, scope, permission)
    assert refusal.value.problems[0].code == "FOR_PEOPLE_ONLY"


async def test_an_app_may_ask_for_more_than_its_maker_holds_but_not_take_it(unit_of_work, scope):
    limited = replace(scope, permissions=scope.permissions - {"leads:read"})
    await app_of(unit_of_work, limited, "leads:read")
    with pytest.raises(BeyondOwnRights):
        await app_of(unit_of_work, limited, "leads:read", acts_at_home=True)
    bold = (await app_of(unit_of_work, scope, "leads:read", acts_at_home=True)).app
    for deed in (
        lambda uow: service.rotate(uow, bold.id, timedelta(0)),
        lambda uow: service.update(uow, bold.id, name="Mine"),
    ):
        with pytest.raises(BeyondOwnRights):
            async with unit_of_work(limited) as uow:
                await deed(uow)


async def test_an_app_without_a_secret_does_nothing_by_itself(unit_of_work, scope):
    with pytest.raises(InvalidInput) as refusal:
        await app_of(unit_of_work, scope, confidential=False, acts_at_home=True)
    assert refusal.value.problems[0].path == "acts_at_home"
    app = (await app_of(unit_of_work, scope, confidential=False)).app
    with pytest.raises(PublicApp):
        async with unit_of_work(scope) as uow:
            await service.rotate(uow, app.id, timedelta(0))


@pytest.mark.parametrize("overlap", [timedelta(seconds=-1), timedelta(days=31)])
async def test_an_overlap_is_bounded(unit_of_work, scope, overlap):
    app = (await app_of(unit_of_work, scope)).app
    with pytest.raises(InvalidInput):
        async with unit_of_work(scope) as uow:
            await service.rotate(uow, app.id, overlap)


@pytest.mark.parametrize(
    "given",
    [{"name": " "}, {"name": "x" * 101}, {"description": "x" * 501}, {"redirect_uris": ("x",)}],
)
async def test_what_makes_no_sense_is_refused(unit_of_work, scope, given):
    with pytest.raises(InvalidInput) as refusal:
        await app_of(unit_of_work, scope, **given)
    assert refusal.value.problems[0].path in given


async def test_a_business_makes_so_many_apps(unit_of_work, scope):
    async with unit_of_work(scope) as uow:
        values = {"name": "x", "created_by": "x", "created_at": uow.now, "updated_at": uow.now}
        await Apps(uow).add_all(values for _ in range(rules.MOST_APPS))
    with pytest.raises(TooManyApps):
        await app_of(unit_of_work, scope)


async def test_only_whoever_may_makes_apps_and_agrees_to_them(unit_of_work, scope, other_scope):
    powerless = replace(scope, permissions=scope.permissions - {"apps:write"})
    with pytest.raises(Forbidden):
        await app_of(unit_of_work, powerless)
    app = (await app_of(unit_of_work, other_scope, "calls:read")).app
    with pytest.raises(Forbidden):
        await agree(unit_of_work, powerless, app)
    lacking = replace(scope, permissions=scope.permissions - {"calls:read"})
    with pytest.raises(BeyondOwnRights):
        await agree(unit_of_work, lacking, app)


async def test_an_app_of_another_business_is_not_there(unit_of_work, scope, other_scope):
    app = (await app_of(unit_of_work, other_scope)).app
    with pytest.raises(NotFound):
        await update(unit_of_work, scope, app.id, name="Mine")
    with pytest.raises(NotFound):
        await delete(unit_of_work, scope, app.id)


async def test_what_is_agreed_to_last_is_what_counts(unit_of_work, scope, other_scope):
    app = (await app_of(unit_of_work, other_scope, "calls:read", "leads:read")).app
    first = await connect(unit_of_work, scope, app)
    await connect(unit_of_work, scope, app, "calls:read")
    held = (await standing.resume(unit_of_work, first.access)).scope
    assert held.permissions == {"calls:read", "tenant:read"}
    [connection] = await connections(unit_of_work, scope)
    assert connection.permissions == ["calls:read", "tenant:read"]
    told = await payloads(unit_of_work, scope, "app.scopes_changed")
    assert [each["permissions"] for each in told] == [["calls:read", "tenant:read"]]
    assert told[0]["tenant_id"] == str(scope.tenant_id)


async def test_agreeing_again_to_the_same_changes_nothing(unit_of_work, scope, other_scope):
    app = (await app_of(unit_of_work, other_scope, "calls:read")).app
    for _ in range(2):
        await connect(unit_of_work, scope, app)
    assert await events(unit_of_work, scope, "app.") == ["app.installed"]
    assert await events(unit_of_work, scope, "app_grant.") == ["app_grant.opened"] * 2


async def test_a_deleted_app_opens_nothing_anywhere(unit_of_work, scope, other_scope):
    app = (await app_of(unit_of_work, other_scope, "calls:read")).app
    tokens = await connect(unit_of_work, scope, app)
    await delete(unit_of_work, other_scope, app.id)
    with pytest.raises(TokenRefused):
        await standing.resume(unit_of_work, tokens.access)
    assert await standing.by_id(scope.tenant_id, app.id) is None
    keeper = AppKeeper(unit_of_work)
    for _ in range(2):
        await keeper.end_everywhere(AppDeleted(app_id=app.id), Context(other_scope))
    [connection] = await connections(unit_of_work, scope)
    assert connection.ended_at is not None
    assert await events(unit_of_work, scope, "app.") == ["app.installed", "app.uninstalled"]
    [revoked] = await payloads(unit_of_work, scope, "app_grant.revoked")
    assert revoked["reason"] == "app_deleted"


async def test_an_app_is_shown_under_its_present_name(unit_of_work, scope, other_scope):
    app = (await app_of(unit_of_work, other_scope, name="Before")).app
    await connect(unit_of_work, scope, app)
    await update(unit_of_work, other_scope, app.id, name="After")
    context = Context(other_scope)
    await AppKeeper(unit_of_work).rename_everywhere(AppUpdated(app_id=app.id), context)
    [connection] = await connections(unit_of_work, scope)
    assert (connection.name, connection.publisher) == ("After", other_scope.tenant.name)


async def test_after_parting_an_app_may_be_agreed_to_anew(unit_of_work, scope, other_scope):
    app = (await app_of(unit_of_work, other_scope, "calls:read")).app
    await connect(unit_of_work, scope, app)
    [connection] = await connections(unit_of_work, scope)
    async with unit_of_work(scope) as uow:
        await consent.disconnect(uow, connection.id)
    tokens = await connect(unit_of_work, scope, app)
    await standing.resume(unit_of_work, tokens.access)
    assert len(await connections(unit_of_work, scope)) == 2
