"""Naming endpoints, changing them, and what is refused."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from domain.errors import Forbidden, InvalidInput, NotFound
from integrations.http_out import Reach
from plugins import settings
from plugins.errors import PluginNotEnabled
from plugins.webhooks import rules, service
from plugins.webhooks.errors import EndpointDisabled, TooManyEndpoints
from plugins.webhooks.models import WebhookStopped
from plugins.webhooks.rules import NAME
from plugins.webhooks.service import NewEndpoint
from tests.plugins.webhooks.conftest import LOOPBACK

URL = "https://hooks.example/in"


async def test_an_endpoint_is_lent_what_its_maker_may_read(way):
    made = await way.name(URL)
    assert "calls:read" in made.endpoint.permissions
    assert all(each.endswith(":read") for each in made.endpoint.permissions)
    assert made.endpoint.created_by == f"member:{way.road.scope.actor.id}"


async def test_a_secret_is_sealed_and_shown_once(way):
    made = await way.name(URL)
    assert made.key.shown.startswith("whsec_")
    async with way.road.unit_of_work(way.road.scope) as uow:
        [row] = await uow.connection.execute_query_dict("SELECT secret FROM webhook_key")
    assert made.key.secret.encode() not in bytes(row["secret"])


@pytest.mark.parametrize(
    "url", ["https://127.0.0.1/", "https://10.0.0.1/", "http://hooks.example/", "https://x:22/"]
)
async def test_an_address_that_may_not_be_called_is_refused(way, url):
    with pytest.raises(InvalidInput) as refused:
        await way.do(service.create, NewEndpoint(url, ("*",)), Reach())
    assert refused.value.problems[0].code == "ADDRESS_REFUSED"


async def test_an_event_that_does_not_exist_is_refused(way):
    with pytest.raises(InvalidInput):
        await way.name(URL, "call.exploded")


async def test_a_long_description_is_refused(way):
    with pytest.raises(InvalidInput):
        await way.name(URL, description="d" * 201)


async def test_the_plugin_must_be_on(way):
    async with way.road.unit_of_work(way.road.scope) as uow:
        await settings.disable(uow, way.road.registry, NAME)
    with pytest.raises(PluginNotEnabled):
        await way.name(URL)


async def test_there_are_only_so_many(way, monkeypatch):
    monkeypatch.setattr(rules, "MOST_ENDPOINTS", 1)
    await way.name(URL)
    with pytest.raises(TooManyEndpoints):
        await way.name(URL)


async def test_whoever_may_not_write_makes_none(way, unit_of_work):
    scope = replace(way.road.scope, permissions=frozenset({"webhooks:read"}))
    with pytest.raises(Forbidden):
        async with unit_of_work(scope) as uow:
            await service.create(uow, NewEndpoint(URL, ("*",)), LOOPBACK)


async def test_whoever_changes_the_address_lends_their_own_rights(way, unit_of_work):
    made = await way.name(URL)
    few = frozenset({"webhooks:write", "calls:read"})
    async with unit_of_work(replace(way.road.scope, permissions=few)) as uow:
        kept = await service.update(uow, made.endpoint.id, LOOPBACK, description="theirs")
        assert len(kept.permissions) > 1
        changed = await service.update(uow, made.endpoint.id, LOOPBACK, url=URL + "2")
    assert changed.permissions == ["calls:read"]


async def test_switching_off_says_who_did_it(way):
    made = await way.name(URL)
    endpoint = await way.do(service.update, made.endpoint.id, LOOPBACK, enabled=False)
    assert endpoint.stopped is WebhookStopped.BY_HAND
    with pytest.raises(EndpointDisabled):
        await way.do(service.test, made.endpoint.id)


@pytest.mark.parametrize("overlap", [timedelta(hours=-1), timedelta(days=8)])
async def test_keys_do_not_overlap_for_ever(way, overlap):
    made = await way.name(URL)
    with pytest.raises(InvalidInput):
        await way.do(service.rotate, made.endpoint.id, overlap)


async def test_another_tenants_endpoint_is_not_there(way, unit_of_work, other_scope):
    made = await way.name(URL)
    id = made.endpoint.id
    deeds = (
        lambda uow: service.update(uow, id, LOOPBACK, enabled=False),
        lambda uow: service.delete(uow, id),
        lambda uow: service.rotate(uow, id, timedelta(0)),
        lambda uow: service.test(uow, id),
    )
    for deed in deeds:
        with pytest.raises(NotFound):
            async with unit_of_work(other_scope) as uow:
                await deed(uow)
    with pytest.raises(NotFound):
        await way.do(service.test, uuid4())
