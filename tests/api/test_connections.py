"""Connecting accounts over GraphQL, and coming back with a browser."""

from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest

from domain.scope import Actor, ActorKind
from plugins.connections import service
from plugins.connections.errors import OnlyPeopleConnect
from tests.api.conftest import browse, build_app
from tests.api.deeds import do
from tests.factories.accounts import SOMEWHERE, own_connection
from tests.plugins.connections.conftest import OURS, desk_for

CALLBACK = "/plugins/connections/callback/somewhere"
LIST = "{ tenant { connections { id provider account status scopes } } }"


@pytest.fixture
def app(database, unit_of_work, live):
    return build_app(unit_of_work, live, connections=desk_for(unit_of_work, SOMEWHERE))


async def leave(owner, **given):
    url = (await do(owner, "connectionStart", "url", provider="somewhere", **given))["url"]
    return {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}


async def test_a_browser_is_sent_with_a_state_and_a_challenge(owner):
    asked = await leave(owner)
    assert asked["redirect_uri"] == f"{OURS}{CALLBACK}"
    assert (asked["response_type"], asked["scope"]) == ("code", "calendar")
    assert asked["code_challenge_method"] == "S256"
    assert len(asked["code_challenge"]) == len(asked["state"]) == 43


async def test_services_are_listed(owner):
    data = await owner.ask("{ tenant { connectionProviders { name title scopes } } }")
    [found] = data["tenant"]["connectionProviders"]
    assert found == {"name": "somewhere", "title": "Somewhere", "scopes": ["calendar"]}


async def test_whoever_said_no_goes_on_where_they_began(owner):
    state = (await leave(owner, returnTo="/settings?tab=2"))["state"]
    answer = await owner.http.get(f"{CALLBACK}?state={state}&error=access_denied")
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/settings?tab=2&connectionError=access_denied"


async def test_a_state_that_nobody_was_given_connects_nothing(owner):
    answer = await owner.http.get(f"{CALLBACK}?state=made-up&code=stolen")
    assert answer.headers["Location"] == "/?connectionError=state_unknown"


async def test_a_visit_never_leads_off_our_pages(owner):
    state = (await leave(owner, returnTo="//elsewhere.example"))["state"]
    answer = await owner.http.get(f"{CALLBACK}?state={state}&error=server_error")
    assert answer.headers["Location"] == "/?connectionError=no_code"


async def test_a_stranger_is_not_connected(app, owner):
    state = (await leave(owner))["state"]
    async with browse(app) as stranger:
        answer = await stranger.http.get(f"{CALLBACK}?state={state}&code=any")
    assert answer.status_code == 401


async def test_a_connection_is_listed_without_tokens_and_disconnected(owner, unit_of_work, scope):
    async with unit_of_work(scope) as uow:
        await own_connection(uow, "mark")
    [found] = (await owner.ask(LIST))["tenant"]["connections"]
    assert found["account"] == "mark@somewhere.example"
    assert (found["status"], found["scopes"]) == ("ACTIVE", ["calendar"])
    await do(owner, "connectionDisconnect", "disconnectedId", id=found["id"])
    assert (await owner.ask(LIST))["tenant"]["connections"] == []


async def test_an_unknown_service_is_not_found(owner):
    start = 'mutation { connectionStart(input: {provider: "nowhere"}) { __typename } }'
    assert await owner.fail(start) == "NOT_FOUND"


async def test_a_key_connects_nothing(unit_of_work, scope):
    """It could not go to the service and say yes."""
    key = replace(scope, actor=Actor(ActorKind.KEY, "one"))
    with pytest.raises(OnlyPeopleConnect):
        async with unit_of_work(key) as uow:
            await service.begin(uow, SOMEWHERE, None)
