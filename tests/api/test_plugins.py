"""A plugin through GraphQL: what it is, how it does, whether it works, and how it goes."""

from tests.api.deeds import do, refuse

SHOWN = """{ tenant { plugins {
    name category icon data storesPersonalData requires conflicts recipients { name country }
    report { health lastError lastSuccessAt restsUntil dead }
    runs(first: 5) { at succeeded error milliseconds attempt }
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
    assert webhooks["runs"] == []
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
