"""Whatever can be watched cannot be watched from another tenant."""

from graphql import get_named_type

from api.graphql.ids import write_id
from api.graphql.schema import build_schema
from integrations.redis_pubsub import Topic, Watched
from tests.api.everything import HOLDS, global_ids
from tests.api.serving import serving
from tests.api.test_isolation import is_id
from tests.api.test_subscriptions import socket, tell
from tests.isolation.leaks import leaks, traces_of

WATCHING = build_schema(production=False)._schema.subscription_type.fields


def ids_of(field):
    """The arguments that say what is watched."""
    return [each for each, known in field.args.items() if is_id(known.type)]


def foreign_watches(theirs):
    """Every subscription, with the ids of another tenant."""
    foreign = global_ids(theirs)
    for name, field in WATCHING.items():
        ids = {each: foreign[HOLDS[each]] for each in ids_of(field)}
        if not ids:
            continue
        asked = ", ".join(f'{each}: "{id}"' for each, id in ids.items())
        yield name, f"subscription {{ {name}({asked}) {{ __typename }} }}", ids


def test_every_subscription_names_what_it_is_about():
    named = {name for name, field in WATCHING.items() if ids_of(field)}
    assert set(WATCHING) - named == {"securityAlertRaised"}
    assert {get_named_type(WATCHING[name].type).name for name in named} <= {*HOLDS.values(), "Turn"}


async def test_an_alert_of_another_tenant_is_told_to_nobody_else(
    whole_app, insider, publisher, owned, theirs, scope
):
    ours = Watched(scope.tenant_id, Topic.ALERT_RAISED, scope.tenant_id)
    async with serving(whole_app) as authority, socket(authority, insider) as watcher:
        await watcher.subscribe("subscription { securityAlertRaised { id } }")
        # Even if its id came this way, there is no such row for whoever watches here.
        await tell(publisher, ours, theirs["SecurityAlert"])
        await tell(publisher, ours, owned["SecurityAlert"])
        told = await watcher.receive()
    seen = told["payload"]["data"]["securityAlertRaised"]["id"]
    assert seen == write_id("SecurityAlert", owned["SecurityAlert"])


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
