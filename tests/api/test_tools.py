"""A business's own tools through GraphQL."""

from plugins.custom_tools.rules import NAME
from tests.api.deeds import do, listed, refuse
from tests.factories.tools import WRITTEN

SHOWN = """id name secretHeader data budgetMs enabled inputs { key source ask }
    answers { name at kind } standing { health lastError }"""
# A name that nobody can have (RFC 6761).
NOBODY = "https://tools.invalid/"
FAILED = {"FAILED", "TOO_SLOW"}
RUN = "outcome error attempts inputs said conversationId"


async def test_an_owner_makes_a_tool_tries_it_out_and_takes_it_away(owner):
    assert await refuse(owner, "toolCreate", **WRITTEN) == "PluginNotEnabledError"
    await do(owner, "pluginEnable", "plugin { enabled }", plugin=NAME)
    made = await do(owner, "toolCreate", "tool { id name }", **WRITTEN | {"url": NOBODY})
    id = made["tool"]["id"]
    assert await refuse(owner, "toolCreate", **WRITTEN) == "ToolNameTakenError"
    [shown] = await listed(owner, "tools", SHOWN)
    assert (shown["secretHeader"], shown["standing"]["health"]) == ("X-Key", "OK")
    assert "sesame" not in str(shown)
    tried = await do(
        owner, "toolTest", "outcome said error runId", id=id, inputs={"number": "AB1234"}
    )
    assert (tried["outcome"] in FAILED, tried["said"]) == (True, None)
    [run] = await listed(owner, "toolRuns", RUN, toolId=f'"{id}"')
    assert (run["outcome"], run["inputs"]) == (tried["outcome"], {"number": "AB1234"})
    changed = await do(
        owner, "toolUpdate", "tool { enabled secretHeader }", id=id, enabled=False, secret=None
    )
    assert changed["tool"] == {"enabled": False, "secretHeader": None}
    assert await do(owner, "toolDelete", "deletedId", id=id) == {"deletedId": id}
    assert await listed(owner, "tools", "id") == []


async def test_what_makes_no_sense_is_told_by_its_field(owner):
    await do(owner, "pluginEnable", "plugin { enabled }", plugin=NAME)
    assert await refuse(owner, "toolCreate", **WRITTEN | {"url": "https://10.0.0.1/"}) == (
        "InvalidInputError"
    )
    assert await refuse(owner, "toolCreate", **WRITTEN | {"inputSchema": []}) == "InvalidInputError"
