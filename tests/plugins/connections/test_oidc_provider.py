"""Accounts at a service that others wrote: `oidc-provider` for Node, with rotation on."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from domain.clock import FixedClock, SystemClock
from domain.errors import NotFound
from domain.keyring.store import DatabaseKeyStore
from domain.work import UnitsOfWork
from plugins.connections import service
from plugins.connections.errors import NeedsConsent, VisitRefused
from plugins.connections.keeper import ConnectionKeeper
from plugins.connections.models import ConnectionStatus
from plugins.connections.repository import OAuthConnections
from plugins.registry import Registry
from tests.fakes.mailer import Postbox
from tests.fakes.npm import needs_node
from tests.plugins.connections.conftest import LASTS

pytestmark = needs_node("connected accounts are not tried with oidc-provider here")


def later(account, by=timedelta(seconds=LASTS + 5)):
    """Another process, for which time has gone by."""
    here = account.desk.unit_of_work
    ahead = FixedClock(SystemClock().now() + by)
    work = UnitsOfWork(here.master_key, DatabaseKeyStore(), ahead, here.ids)
    return replace(account, desk=replace(account.desk, unit_of_work=work))


async def travel(road, account):
    """Carry out what is due, as a worker does; the letters that were sent."""
    keeper, postbox = ConnectionKeeper(account.desk.renewing), Postbox()
    way = road(Registry(keeper.handlers, keeper.jobs), postbox)
    way.unit_of_work = account.desk.unit_of_work
    way.deliverer = replace(way.deliverer, unit_of_work=account.desk.unit_of_work)
    await way.travel()
    return postbox


async def test_an_account_is_connected(account):
    made = await account.connect()
    row = await account.row(made.connection_id)
    assert (row.account, row.status, made.return_to) == (
        "anna@service.test",
        ConnectionStatus.ACTIVE,
        "/settings",
    )
    assert await account.is_known(await account.desk.token(account.scope, row.id))


async def test_two_windows_connect_at_once(account):
    first, second = await account.leave("/one"), await account.leave("/two")
    for url, who, path in ((second, "bob", "/two"), (first, "anna", "/one")):
        came = await account.visit(url, who)
        made = await account.desk.finish(account.scope, "service", came)
        assert made.return_to == path
    assert {row.account for row in await account.rows()} == {
        "anna@service.test",
        "bob@service.test",
    }


async def test_the_same_account_is_connected_once(account):
    first, again = await account.connect(), await account.connect()
    assert first.connection_id == again.connection_id
    assert len(await account.rows()) == 1


async def test_a_state_is_good_once(account):
    came = await account.visit(await account.leave())
    await account.desk.finish(account.scope, "service", came)
    with pytest.raises(VisitRefused) as refused:
        await account.desk.finish(account.scope, "service", came)
    assert refused.value.reason == "too_late"


async def test_another_member_cannot_finish_a_visit(account):
    came = await account.visit(await account.leave())
    somebody = replace(account.scope.actor, id=str(account.scope.tenant_id))
    with pytest.raises(VisitRefused) as refused:
        await account.desk.finish(replace(account.scope, actor=somebody), "service", came)
    assert refused.value.reason == "other_person"
    assert await account.rows() == []


async def test_two_workers_renew_at_once_and_the_grant_lives(account):
    id = (await account.connect()).connection_id
    before = await account.desk.token(account.scope, id)
    # Each has its own clients and connections; all find the token old at the same moment.
    workers = [later(account) for _ in range(2) for _ in range(5)]
    tokens = await asyncio.gather(*(one.desk.token(one.scope, id) for one in workers))
    assert len(set(tokens)) == 1
    assert tokens[0] != before
    assert await account.asked() == 1
    assert await account.is_known(tokens[0])
    # And the rotated refresh token is the one that is kept.
    again = await later(account, timedelta(seconds=2 * LASTS + 10)).desk.token(account.scope, id)
    assert await account.is_known(again)
    assert await account.asked() == 2


async def test_without_the_lease_the_grant_dies(account):
    """Why all this: the service ends everything when a refresh token is shown twice."""
    id = (await account.connect()).connection_id
    row = await account.row(id)
    provider, refresh = account.desk.providers.named("service"), row.tokens.load()["refresh"]
    both = (account.desk.client.refresh(provider, refresh) for _ in range(2))
    results = await asyncio.gather(*both, return_exceptions=True)
    assert any(isinstance(each, Exception) for each in results)


async def test_a_refused_token_is_renewed_before_its_time(account):
    id = (await account.connect()).connection_id
    before = await account.desk.token(account.scope, id)
    after = await account.desk.token(account.scope, id, refused=before)
    assert after != before
    # Whoever brings the same complaint later is given what there is.
    assert await account.desk.token(account.scope, id, refused=before) == after


async def test_a_timer_renews_what_nobody_uses(account, road):
    id = (await account.connect()).connection_id
    before = await account.row(id)
    ahead = later(account, timedelta(seconds=LASTS / 2 + 5))
    await travel(road, ahead)
    after = await account.row(id)
    assert after.expires_at > before.expires_at
    assert await account.asked() == 1


async def test_a_dead_grant_is_told_to_the_owner_once(account, road):
    id = (await account.connect()).connection_id
    row = await account.row(id)
    provider = account.desk.providers.named("service")
    await account.desk.client.revoke(provider, row.tokens.load()["refresh"], "refresh_token")
    for _ in range(2):
        with pytest.raises(NeedsConsent):
            await later(account).desk.token(account.scope, id)
    assert (await account.row(id)).status is ConnectionStatus.NEEDS_CONSENT
    [letter] = (await travel(road, later(account))).letters
    assert letter.subject == "Connect The Service again"
    assert "anna@service.test" in letter.text
    # Allowed again, it is the same connection, and works.
    assert (await account.connect()).connection_id == id
    assert await account.is_known(await account.desk.token(account.scope, id))


async def test_disconnecting_revokes_at_the_service(account, road):
    id = (await account.connect()).connection_id
    token = await account.desk.token(account.scope, id)
    async with account.open() as uow:
        await service.end(uow, id)
        assert await OAuthConnections(uow).listed() == []
    with pytest.raises(NotFound):
        await account.desk.token(account.scope, id)
    await travel(road, account)
    assert not await account.is_known(token)
    assert await account.rows() == []
