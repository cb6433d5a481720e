"""Whatever can be watched cannot be watched from another tenant."""

from graphql import get_named_type

from api.graphql.schema import build_schema
from tests.api.everything import HOLDS, global_ids
from tests.api.serving import serving
from tests.api.test_isolation import is_id
from tests.api.test_subscriptions import socket
from tests.isolation.leaks import leaks, traces_of

WATCHING = build_schema(production=False)._schema.subscription_type.fields


def foreign_watches(theirs):
    """Every subscription, with the ids of another tenant."""
    foreign = global_ids(theirs)
    for name, field in WATCHING.items():
        ids = {
            each: foreign[HOLDS[each]] for each, known in field.args.items() if is_id(known.type)
        }
        asked = ", ".join(f'{each}: "{id}"' for each, id in ids.items())
        yield name, f"subscription {{ {name}({asked}) {{ __typename }} }}", ids


def test_every_subscription_names_what_it_is_about():
    # One without an id would be about the whole tenant, and needs an attack of another sort.
    for field in WATCHING.values():
        assert any(is_id(known.type) for known in field.args.values())
        assert get_named_type(field.type).name in {*HOLDS.values(), "Turn"}


async def test_nothing_of_another_tenant_can_be_watched(whole_app, insider, theirs, other_scope):
    marks = traces_of(other_scope, theirs)
    async with serving(whole_app) as authority:
        for name, query, ids in foreign_watches(theirs):
            async with socket(authority, insider) as watcher:
                await watcher.subscribe(query)
                message = await watcher.receive()
            told = message["payload"]
            [error] = told["errors"] if isinstance(told, dict) else told
            assert error["extensions"]["code"] == "NOT_FOUND", name
            said = str(message)
            for id in ids.values():
                said = said.replace(id, "")
            assert leaks(said, marks) == set(), name
