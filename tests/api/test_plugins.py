"""A plugin through GraphQL: what it is, how it does, whether it works, and how it goes."""

from datetime import timedelta

from domain.outbox import EntryKind
from plugins.attempts import SWITCHED_OFF
from plugins.models import DeliveryStatus
from plugins.repository import Deliveries, DeliveryAttempts, OutboxEntries
from tests.api.deeds import do, refuse

SHOWN = """{ tenant { plugins {
    name category icon data storesPersonalData requires conflicts recipients { name country }
    report { health lastError lastSuccessAt restsUntil dead }
    removal { rows isPersonal hasCopy tables { table rows } recipients { name } }
} } }"""


async def shown(owner, name):
    plugins = (await owner.ask(SHOWN))["tenant"]["plugins"]
    return next(plugin for plugin in plugins if plugin["name"] == name)


async def test_an_owner_sees_what_a_plugin_gets_before_it_is_on(owner):
    webhooks = await shown(owner, "webhooks")
    assert (webhooks["category"], webhooks["storesPersonalData"]) == ("CHANNEL", True)
    assert "TRANSCRIPT" in webhooks["data"]
    assert webhooks["report"]["health"] == "OFF"
    assert {each["table"] for each in webhooks["removal"]["tables"]} >= {"webhook_endpoint"}


async def test_an_owner_tries_a_plugin_out(owner):
    assert await refuse(owner, "pluginTest", plugin="notify") == "PluginNotEnabledError"
    await do(owner, "pluginEnable", "plugin { enabled }", plugin="notify")
    tried = await do(owner, "pluginTest", "worked error", plugin="notify")
    assert tried == {"worked": True, "error": ""}
    assert (await shown(owner, "notify"))["report"]["health"] == "OK"


async def test_an_owner_takes_a_plugin_out_after_looking(owner):
    await do(owner, "pluginEnable", "plugin { enabled }", plugin="notify")
    assert await refuse(owner, "pluginUninstall", plugin="notify", rows=3) == "PluginHoldsError"
    gone = await do(owner, "pluginUninstall", "removal { rows }", plugin="notify", rows=0)
    assert gone == {"removal": {"rows": 0}}
    assert (await shown(owner, "notify"))["report"]["health"] == "OFF"


RUNS = """query ($after: String) { tenant {
    pluginRuns(plugin: "notify", first: 2, after: $after) {
        edges { node { at succeeded error milliseconds attempt } }
        pageInfo { hasNextPage endCursor } } } }"""


async def called(unit_of_work, scope, *handlers, error=""):
    """Handlers are called one after the other, a minute apart."""
    async with unit_of_work(scope) as uow:
        for number, handler in enumerate(handlers):
            told = {"kind": EntryKind.EVENT, "name": "x", "version": 1, "payload": {}, "key": "k"}
            times = {"recorded_at": uow.now, "due_at": uow.now}
            entry = await OutboxEntries(uow).add(sequence=number, attempts=0, **told, **times)
            owed = await Deliveries(uow).add(
                event_id=entry.id,
                handler=handler,
                key=f"{handler} {number} {error}",
                status=DeliveryStatus.DONE,
                attempts=1,
                due_at=uow.now,
                created_at=uow.now,
            )
            await DeliveryAttempts(uow).add(
                delivery_id=owed.id,
                number=1,
                succeeded=not error,
                error=error,
                milliseconds=number,
                at=uow.now + timedelta(minutes=number),
            )


async def test_an_owner_reads_when_a_plugin_was_called_page_by_page(owner, unit_of_work, scope):
    told = ("notify:one", "job:notify.two", "webhooks:three", "notify:four")
    await called(unit_of_work, scope, *told)
    # When it was off it was not called.
    await called(unit_of_work, scope, "notify:five", error=SWITCHED_OFF)
    found, after, more = [], None, True
    while more:
        page = (await owner.ask(RUNS, after=after))["tenant"]["pluginRuns"]
        found += [each["node"]["milliseconds"] for each in page["edges"]]
        after, more = page["pageInfo"]["endCursor"], page["pageInfo"]["hasNextPage"]
    assert found == [3, 1, 0]


async def test_a_plugin_that_is_not_there_was_never_called(owner):
    wrong = '{ tenant { pluginRuns(plugin: "no_such") { edges { cursor } } } }'
    assert await owner.fail(wrong) == "NOT_FOUND"
