"""A trade through GraphQL: what it brings, what its starter would do, done, and taken back."""

from tests.api.deeds import do, refuse

SHOWN = """{ tenant { plugins { name category vertical {
    starter floors { dataClass period reason isMet } wordings { occasion words }
} } } }"""


async def trades(owner):
    plugins = (await owner.ask(SHOWN))["tenant"]["plugins"]
    return {each["name"]: each["vertical"] for each in plugins if each["vertical"]}


async def test_an_owner_sees_what_trades_there_are(owner):
    found = await trades(owner)
    assert {"home_services", "legal", "restaurant"} <= found.keys()
    assert "notify" not in found
    names = [each["name"] for each in found["home_services"]["starter"]["services"]]
    assert "Drain cleaning" in names
    occasions = {each["occasion"] for each in found["salon"]["wordings"]}
    assert occasions == {"confirmation", "reminder"}
    [floor] = found["home_services"]["floors"]
    assert (floor["dataClass"], floor["period"], floor["isMet"]) == ("APPOINTMENT", "P1Y", True)


async def test_an_owner_looks_applies_and_takes_back(owner):
    looked = await do(owner, "starterPreview", "changes", plugin="salon")
    fields = "changes versionBefore versionAfter"
    applied = await do(owner, "starterApply", fields, plugin="salon")
    assert looked["changes"] == applied["changes"]
    assert "service Haircut: added" in applied["changes"]
    assert await do(owner, "starterPreview", "changes", plugin="salon") == {"changes": []}
    back = await do(owner, "receptionistRestore", "version", version=applied["versionBefore"])
    assert back["version"] > applied["versionAfter"]
    again = await do(owner, "starterPreview", "changes", plugin="salon")
    assert "service Haircut: added" in again["changes"]


async def test_a_policy_may_not_promise_less_than_a_trade_needs(owner):
    await do(owner, "pluginEnable", "plugin { enabled }", plugin="real_estate")
    short = [{"dataClass": "APPOINTMENT", "keep": "P90D", "purpose": "SCHEDULING"}]
    draft = {"changes": {"retention": short}}
    assert await refuse(owner, "policyAdopt", draft=draft) == "InvalidInputError"
    await do(owner, "pluginDisable", "plugin { enabled }", plugin="real_estate")


async def test_a_practice_is_told_what_it_needs_first(owner):
    for deed in ("pluginEnable", "starterPreview", "starterApply"):
        assert await refuse(owner, deed, plugin="healthcare") == "HealthModeNeededError"
