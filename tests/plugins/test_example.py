"""The example of a plugin by somebody else, installed by its entry point and tried for real."""

import gc
import os
import sys
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import HTTPConnection

from api import problems
from api.graphql.context import Wiring
from api.graphql.schema import build_schema
from api.plugin_routes import PluginDesk
from api.reception import Arrival, Reception
from deskbell.database import main_apps
from deskbell.migrate import migrate
from domain.conversations.acts import Disposition, Say
from domain.conversations.models import Channel
from domain.rates import Taken
from domain.receptionist.ports import Transcript
from domain.tables import tables_of_tenants
from integrations.http_out import Outbound
from plugins import removal, settings
from plugins.abilities import Tools
from plugins.admission import Equipment
from plugins.aside import Aside
from plugins.checking import findings
from plugins.delivery import Deliverer
from plugins.guard import Breakers
from plugins.registry import Registry
from plugins.routes import PluginLinks
from tests.api.conftest import PUBLIC_URL
from tests.api.test_permissions import Guarded
from tests.architecture.source import ROOT
from tests.conftest import NOW, as_system, clone, connected, drop
from tests.factories.business import open_practice
from tests.factories.tenants import open_tenant
from tests.fakes.mailer import Postbox
from tests.plugins.conftest import PACE, Road

EXAMPLE = ROOT / "examples" / "parcels"
ENTRY = "[deskbell]\nparcels = deskbell_parcels\n"


class NoLimit:
    async def take(self, buckets, points=1):
        return Taken(True, 1, 0)


@pytest.fixture(scope="module")
def installed(template, tmp_path_factory):
    """What an installer leaves behind: the package on the path, and its entry points."""
    # The template of all other databases is made before: it has no table of the example.
    site = tmp_path_factory.mktemp("site")
    left = site / "deskbell_parcels-1.0.0.dist-info"
    left.mkdir()
    (left / "METADATA").write_text("Metadata-Version: 2.1\nName: deskbell-parcels\nVersion: 1.0.0")
    (left / "entry_points.txt").write_text(ENTRY)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "path", [str(EXAMPLE), str(site), *sys.path])
        yield Registry(entry_points=True)
    for name in [each for each in sys.modules if each.startswith("deskbell_parcels")]:
        del sys.modules[name]
    # Its tables are found by their classes, which live until they are collected.
    gc.collect()


@dataclass
class Shop:
    """A shop with the plugin, and another one without."""

    registry: Registry
    work: Any
    scope: Any
    other: Any
    urls: Any
    links: PluginLinks

    @property
    def equipment(self) -> Equipment:
        return Equipment(self.work, Outbound())

    def desk(self) -> httpx.AsyncClient:
        breakers = Breakers(self.work.clock)
        desk = PluginDesk(self.registry, self.equipment, breakers, NoLimit(), self.links)
        app = Starlette(routes=desk.routes(), exception_handlers=problems.HANDLERS)
        transport = httpx.ASGITransport(app)
        return httpx.AsyncClient(transport=transport, base_url=PUBLIC_URL)

    async def deliver(self, scope, number, key=None) -> int:
        """The carrier tells of a parcel."""
        key = key or self.links.key("parcels", scope.tenant_id)
        async with self.desk() as carrier:
            answer = await carrier.post(f"/plugins/parcels/{key}/arrived", json={"number": number})
        return answer.status_code

    async def ask(self, *said) -> list[str]:
        """What a caller is answered, line by line."""
        aside = Aside(lambda: connected(self.urls.runtime, self.urls.keyring_runtime))
        tools = Tools(self.registry, self.equipment, Breakers(self.work.clock), aside)
        reception = Reception(self.work, tools=tools)
        welcome = await reception.welcome(Arrival(self.scope.tenant_id, Channel.CHAT))
        talk = welcome.conversation
        _ = [act async for act in talk.open()]
        talk.announced(offset_ms=0)
        answers = []
        for line in said:
            acts = [act async for act in talk.hear(Transcript(line), offset_ms=1)]
            answers.append(" ".join(act.text for act in acts if isinstance(act, Say)))
        await talk.close(Disposition.CALLER_HANGUP)
        aside.close()
        return answers


@pytest.fixture(scope="module")
async def house(installed, servers, template):
    """A database with the plugin's table."""
    name = f"parcels_{os.getpid()}"
    urls = await clone(servers.database_url, template, name)
    await migrate(urls, NOW)
    yield urls
    await drop(servers.database_url, name)


@pytest.fixture
async def shop(installed, house, unit_of_work):
    async with connected(house.runtime, house.keyring_runtime):
        async with as_system(house):
            scope, other = await open_tenant(unit_of_work), await open_tenant(unit_of_work)
        async with unit_of_work(scope) as uow:
            await settings.enable(uow, installed, "parcels")
        links = PluginLinks(PUBLIC_URL, b"a secret of the deployment")
        yield Shop(installed, unit_of_work, scope, other, house, links)


def test_the_example_is_installed_and_sound(installed):
    assert "parcels" in installed.manifests
    assert main_apps()["parcels"]["migrations"] == "deskbell_parcels.migrations"
    assert findings(installed) == []


async def test_a_caller_is_told_what_the_carrier_told(shop):
    await open_practice(shop.work, shop.scope)
    assert await shop.deliver(shop.scope, "4711") == 204
    asked, told = await shop.ask("Where is my parcel?", "4711")
    assert "parcel's number" in asked
    assert "Parcel 4711 is here" in told


async def test_who_fails_at_the_tool_may_leave_a_message(shop):
    await open_practice(shop.work, shop.scope)
    asked = await shop.ask("Where is my parcel?", "I do not know", "No idea")
    assert "Shall I take a message" in asked[-1]


async def test_a_key_opens_only_its_own_shop(shop):
    forged = PluginLinks(PUBLIC_URL, b"guessed").key("parcels", shop.scope.tenant_id)
    elsewhere = shop.links.key("notify", shop.scope.tenant_id)
    assert await shop.deliver(shop.scope, "1", key=forged) == 404
    assert await shop.deliver(shop.scope, "1", key=elsewhere) == 404
    assert await shop.deliver(shop.scope, "1", key="nonsense") == 404
    assert await shop.deliver(shop.other, "1") == 404
    assert await shop.deliver(shop.scope, "") == 422


async def test_the_rows_of_one_shop_are_not_there_for_another(shop):
    await shop.deliver(shop.scope, "4711")
    for scope, rows in ((shop.scope, 1), (shop.other, 0)):
        async with shop.work(scope) as uow:
            seen = await uow.connection.execute_query_dict("SELECT number FROM parcel")
            going = await removal.preview(uow, shop.registry, "parcels")
        assert (len(seen), going.total) == (rows, rows)
    assert "parcel" in tables_of_tenants()


async def test_old_parcels_are_forgotten_by_themselves(shop):
    await shop.deliver(shop.scope, "4711")
    deliverer = Deliverer(shop.registry, shop.work, Postbox(), PACE)
    road = Road(shop.registry, shop.work, shop.scope, shop.urls, deliverer)
    for _ in range(15):
        road.wait(timedelta(days=1))
        await road.travel()
    async with shop.work(shop.scope) as uow:
        assert (await removal.preview(uow, shop.registry, "parcels")).total == 0


async def test_graphql_shows_what_waits_where_it_is_on(shop):
    await shop.deliver(shop.scope, "4711")
    schema = build_schema(production=False, plugins=tuple(shop.registry.fields))
    assert "pluginParcels: Parcels" in schema.as_str()
    assert "pluginParcels" not in build_schema(production=False).as_str()
    shown, hidden = await _ask(shop, schema, shop.scope), await _ask(shop, schema, shop.other)
    assert shown.data["tenant"]["pluginParcels"] == {"waiting": 1}
    assert hidden.data["tenant"]["pluginParcels"] is None
    assert hidden.errors[0].extensions["code"] == "PLUGIN_NOT_ENABLED"


async def _ask(shop, schema, scope):
    wiring = Wiring(shop.work, None, None, shop.registry)
    connection = HTTPConnection({"type": "http", "headers": []})
    request = Guarded(wiring, connection, scope=scope)
    return await schema.execute("{ tenant { pluginParcels { waiting } } }", context_value=request)
