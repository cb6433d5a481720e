"""The endpoint passes every audit of the reference implementation of GraphQL over HTTP."""

import json
from pathlib import Path

from tests.api.serving import serving
from tests.fakes.npm import installed, needs_node, run

HERE = Path(__file__).parent


@needs_node("GraphQL over HTTP is not audited on this machine")
async def test_every_audit_of_graphql_over_http_passes(app):
    folder = await installed(HERE)
    async with serving(app) as authority:
        printed = await run("node", "audit.mjs", f"http://{authority}/graphql", cwd=folder)
    results = json.loads(printed)
    failed = [result for result in results if result["status"] != "ok"]
    assert (len(results), failed) == (61, [])
