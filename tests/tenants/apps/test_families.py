"""Codes and tokens: each is good once, and what is stolen ends all of a grant."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from domain.errors import Forbidden
from domain.scope import ActorKind, TenantStatus
from tenants.apps import consent, families, rules, service, standing
from tenants.apps.errors import TokenRefused
from tenants.apps.models import AppGrant, ConnectedApp
from tenants.apps.repository import AppGrants, Apps, AppTokens
from tenants.apps.standing import app_scope
from tenants.models import Tenant
from tenants.tokens import hashed
from tests.conftest import as_system
from tests.factories.apps import agree, app_of, connect, redeem
from tests.factories.outbox import events, payloads

SOON = timedelta(seconds=9)
LATER = timedelta(seconds=11)


@pytest.fixture
async def app(unit_of_work, other_scope):
    """An app of another business."""
    return (await app_of(unit_of_work, other_scope, "calls:read", "contacts:write")).app


@pytest.fixture
async def public(unit_of_work, other_scope):
    made = await app_of(unit_of_work, other_scope, "calls:read", confidential=False)
    assert made.secret is None
    return made.app


async def refresh(unit_of_work, app, token, *wanted):
    place = await AppTokens.by_hash(hashed(token))
    async with unit_of_work(await app_scope(place.tenant_id, app.id)) as uow:
        return await families.refresh(uow, place.id, app, wanted)


async def resume(unit_of_work, token):
    return (await standing.resume(unit_of_work, token)).scope


async def refused(unit_of_work, token):
    with pytest.raises(TokenRefused) as refusal:
        await standing.resume(unit_of_work, token)
    return refusal.value.message


async def reasons(unit_of_work, scope):
    return [each["reason"] for each in await payloads(unit_of_work, scope, "app_grant.revoked")]


async def kept(unit_of_work, scope, model):
    async with unit_of_work(scope) as uow:
        return await model.all().using_db(uow.connection)


async def test_an_app_acts_for_whoever_agreed_and_does_no_more(unit_of_work, scope, app):
    tokens = await connect(unit_of_work, scope, app, "calls:read")
    found = await resume(unit_of_work, tokens.access)
    assert found.tenant_id == scope.tenant_id
    assert (found.actor.kind, found.actor.id) == (ActorKind.APP, str(app.id))
    assert found.permissions == {"calls:read", "tenant:read"}
    assert tokens.permissions == ("calls:read", "tenant:read")


async def test_a_code_is_good_once_and_coming_again_ends_its_tokens(unit_of_work, scope, app):
    code = await agree(unit_of_work, scope, app)
    tokens = await redeem(unit_of_work, app, code)
    await resume(unit_of_work, tokens.access)
    assert await redeem(unit_of_work, app, code) is None
    await refused(unit_of_work, tokens.access)
    assert await refresh(unit_of_work, app, tokens.refresh) is None
    assert await reasons(unit_of_work, scope) == ["code_replayed"]


async def test_of_two_who_redeem_one_code_at_once_nobody_keeps_a_token(unit_of_work, scope, app):
    code = await agree(unit_of_work, scope, app)
    pair = await asyncio.gather(*(redeem(unit_of_work, app, code) for _ in range(2)))
    [served] = [tokens for tokens in pair if tokens]
    await refused(unit_of_work, served.access)


async def test_a_code_is_good_for_a_minute(unit_of_work, scope, app, clock):
    code = await agree(unit_of_work, scope, app)
    clock.advance(rules.CODE_LASTS)
    assert await redeem(unit_of_work, app, code) is None
    assert await reasons(unit_of_work, scope) == []


async def test_a_code_is_good_for_its_own_app_only(unit_of_work, scope, app, public):
    code = await agree(unit_of_work, scope, app)
    assert await redeem(unit_of_work, public, code) is None
    assert await redeem(unit_of_work, app, code) is not None


async def test_a_refresh_token_becomes_the_next_one(unit_of_work, scope, app):
    first = await connect(unit_of_work, scope, app)
    second = await refresh(unit_of_work, app, first.refresh)
    assert {second.access, second.refresh} & {first.access, first.refresh} == set()
    await resume(unit_of_work, second.access)
    third = await refresh(unit_of_work, app, second.refresh)
    await resume(unit_of_work, third.access)


async def test_a_used_refresh_token_ends_everything(unit_of_work, scope, app, clock):
    first = await connect(unit_of_work, scope, app)
    second = await refresh(unit_of_work, app, first.refresh)
    clock.advance(LATER)
    assert await refresh(unit_of_work, app, first.refresh) is None
    for token in (first.access, second.access):
        await refused(unit_of_work, token)
    assert await refresh(unit_of_work, app, second.refresh) is None
    assert await reasons(unit_of_work, scope) == ["refresh_reused"]


async def test_of_two_processes_that_refresh_at_once_one_is_served(unit_of_work, scope, app, clock):
    first = await connect(unit_of_work, scope, app)
    both = (refresh(unit_of_work, app, first.refresh) for _ in range(2))
    [served] = [tokens for tokens in await asyncio.gather(*both) if tokens]
    clock.advance(SOON)
    assert await refresh(unit_of_work, app, first.refresh) is None
    await resume(unit_of_work, served.access)
    assert await refresh(unit_of_work, app, served.refresh) is not None
    assert await reasons(unit_of_work, scope) == []


async def test_without_a_secret_two_at_once_end_everything(unit_of_work, scope, public):
    first = await connect(unit_of_work, scope, public)
    both = (refresh(unit_of_work, public, first.refresh) for _ in range(2))
    [served] = [tokens for tokens in await asyncio.gather(*both) if tokens]
    await refused(unit_of_work, served.access)
    assert await reasons(unit_of_work, scope) == ["refresh_reused"]


async def test_a_refresh_token_ends_if_nobody_uses_it(unit_of_work, scope, app, clock):
    tokens = await connect(unit_of_work, scope, app)
    clock.advance(rules.REFRESH_IDLE)
    assert await refresh(unit_of_work, app, tokens.refresh) is None


async def test_what_was_agreed_to_ends_after_a_year_however_often_it_is_used(
    unit_of_work, scope, app, clock
):
    tokens = await connect(unit_of_work, scope, app)
    for _ in range(18):
        clock.advance(timedelta(days=20))
        tokens = await refresh(unit_of_work, app, tokens.refresh)
    clock.advance(timedelta(days=4, hours=23, minutes=59))
    tokens = await refresh(unit_of_work, app, tokens.refresh)
    assert tokens.lasts == timedelta(minutes=1)
    clock.advance(timedelta(minutes=1))
    assert await refresh(unit_of_work, app, tokens.refresh) is None


async def test_an_access_token_ends_after_an_hour(unit_of_work, scope, app, clock):
    tokens = await connect(unit_of_work, scope, app)
    clock.advance(rules.ACCESS_LASTS - timedelta(seconds=1))
    await resume(unit_of_work, tokens.access)
    clock.advance(timedelta(seconds=1))
    await refused(unit_of_work, tokens.access)


async def test_less_may_be_asked_for_and_comes_back_later(unit_of_work, scope, app):
    first = await connect(unit_of_work, scope, app)
    less = await refresh(unit_of_work, app, first.refresh, "calls:read")
    assert (await resume(unit_of_work, less.access)).permissions == {"calls:read"}
    all_again = await refresh(unit_of_work, app, less.refresh)
    assert "contacts:write" in (await resume(unit_of_work, all_again.access)).permissions


async def test_every_refusal_says_and_asks_the_same(unit_of_work, scope, app, clock, caplog):
    revoked, expired = [await connect(unit_of_work, scope, app) for _ in range(2)]
    clock.advance(rules.ACCESS_LASTS)
    fresh = await refresh(unit_of_work, app, revoked.refresh)
    code = await agree(unit_of_work, scope, app)
    place = await AppTokens.by_hash(hashed(fresh.access))
    async with unit_of_work(await app_scope(place.tenant_id, app.id)) as uow:
        await families.give_back(uow, place.id, app)
    unknown = f"dba_{'0' * 43}"
    tokens = [expired.access, fresh.access, fresh.refresh, code, unknown, "dba_", "dba_" + "ü" * 99]
    caplog.set_level("DEBUG", logger="tortoise.db_client")
    asked, said = set(), set()
    for token in tokens:
        caplog.clear()
        said.add(await refused(unit_of_work, token))
        asked.add(tuple(r.args[0] for r in caplog.records if r.name == "tortoise.db_client"))
    assert said == {"This token is not good here"}
    assert asked == {("SELECT * FROM good_app_token($1, $2)",)}


@pytest.mark.promise("P115")
async def test_only_hashes_are_kept(unit_of_work, scope, other_scope):
    issued = await app_of(unit_of_work, other_scope, "calls:read")
    code = await agree(unit_of_work, scope, issued.app)
    tokens = await redeem(unit_of_work, issued.app, code)
    async with unit_of_work(scope) as uow:
        rows = repr(await AppTokens(uow).all().values() + await AppGrants(uow).all().values())
    async with unit_of_work(other_scope) as uow:
        rows += repr(await Apps(uow).all().values())
    for secret in (code, tokens.access, tokens.refresh, issued.secret):
        assert secret not in rows
        assert len(secret) == 4 + 43


async def test_a_token_given_back_is_over_alone_and_a_refresh_token_with_all(
    unit_of_work, scope, app
):
    first = await connect(unit_of_work, scope, app)
    second = await refresh(unit_of_work, app, first.refresh)

    async def give_back(token):
        place = await AppTokens.by_hash(hashed(token))
        async with unit_of_work(await app_scope(place.tenant_id, app.id)) as uow:
            await families.give_back(uow, place.id, app)

    await give_back(first.access)
    await refused(unit_of_work, first.access)
    await resume(unit_of_work, second.access)
    await give_back(second.refresh)
    await refused(unit_of_work, second.access)
    assert await reasons(unit_of_work, scope) == ["revoked"]


async def test_an_app_at_home_needs_nobody(unit_of_work, other_scope):
    app = (await app_of(unit_of_work, other_scope, "calls:read", acts_at_home=True)).app
    async with unit_of_work(await app_scope(other_scope.tenant_id, app.id)) as uow:
        tokens = await families.act_at_home(uow, app, ["calls:read"])
    assert tokens.refresh is None
    found = await resume(unit_of_work, tokens.access)
    assert (found.tenant_id, found.permissions) == (other_scope.tenant_id, {"calls:read"})
    async with unit_of_work(other_scope) as uow:
        await service.update(uow, app.id, acts_at_home=False)
    await refused(unit_of_work, tokens.access)


async def test_what_an_app_asks_for_no_more_it_may_no_more(unit_of_work, scope, other_scope, app):
    tokens = await connect(unit_of_work, scope, app)
    async with unit_of_work(other_scope) as uow:
        await service.update(uow, app.id, permissions=["calls:read"])
    found = await resume(unit_of_work, tokens.access)
    assert found.permissions == {"calls:read", "tenant:read"}


async def test_a_suspended_business_lets_its_apps_look_only(unit_of_work, scope, app, database):
    tokens = await connect(unit_of_work, scope, app)
    async with as_system(database):
        await Tenant.filter(id=scope.tenant_id).update(status=TenantStatus.SUSPENDED)
    held = await resume(unit_of_work, tokens.access)
    held.require("calls:read")
    with pytest.raises(Forbidden):
        held.require("contacts:write")


async def test_an_app_of_a_suspended_publisher_opens_nothing(
    unit_of_work, scope, other_scope, app, database
):
    tokens = await connect(unit_of_work, scope, app)
    async with as_system(database):
        await Tenant.filter(id=other_scope.tenant_id).update(status=TenantStatus.SUSPENDED)
    await refused(unit_of_work, tokens.access)
    assert await standing.by_id(scope.tenant_id, app.id) is None


async def test_its_use_is_noted_once_a_minute(unit_of_work, scope, app, clock):
    tokens = await connect(unit_of_work, scope, app)
    noted = []
    for _ in range(3):
        await resume(unit_of_work, tokens.access)
        [row] = await kept(unit_of_work, scope, ConnectedApp)
        noted.append(row.last_used_at)
        clock.advance(timedelta(seconds=40))
    assert noted == [noted[0], noted[0], noted[0] + timedelta(seconds=80)]


async def test_what_is_long_over_is_forgotten(unit_of_work, scope, app, clock):
    await agree(unit_of_work, scope, app)
    clock.advance(rules.REMEMBERED + timedelta(minutes=2))
    await connect(unit_of_work, scope, app)
    assert len(await kept(unit_of_work, scope, AppGrant)) == 1


async def test_a_business_takes_everything_back_at_once(unit_of_work, scope, app):
    both = [await connect(unit_of_work, scope, app) for _ in range(2)]
    [connection] = await kept(unit_of_work, scope, ConnectedApp)
    for _ in range(2):
        async with unit_of_work(scope) as uow:
            await consent.disconnect(uow, connection.id)
    for tokens in both:
        await refused(unit_of_work, tokens.access)
        assert await refresh(unit_of_work, app, tokens.refresh) is None
    assert await reasons(unit_of_work, scope) == ["disconnected", "disconnected"]
    assert await events(unit_of_work, scope, "app.") == ["app.installed", "app.uninstalled"]


async def test_only_whoever_may_takes_it_back(unit_of_work, scope, app):
    await connect(unit_of_work, scope, app)
    [connection] = await kept(unit_of_work, scope, ConnectedApp)
    powerless = replace(scope, permissions=scope.permissions - {"apps:write"})
    with pytest.raises(Forbidden):
        async with unit_of_work(powerless) as uow:
            await consent.disconnect(uow, connection.id)
