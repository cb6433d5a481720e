"""Every field says what it needs, and what is behind it asks again."""

from collections import defaultdict
from dataclasses import dataclass, replace

import pytest
from graphql import get_named_type, is_leaf_type, is_required_argument
from starlette.requests import HTTPConnection
from starlette.responses import Response

from api.graphql.context import Context, Request, Wiring
from api.graphql.ids import write_id
from api.graphql.rights import operations
from api.graphql.schema import build_schema
from domain.errors import Forbidden
from domain.scope import Scope
from plugins.registry import Registry
from tenants.roles import EVERYTHING, OF_ROLE, Permission
from tests.api.conftest import desk
from tests.api.everything import global_ids, own_everything
from tests.api.test_isolation import filled_in
from tests.factories.people import own_account
from tests.isolation.ways import written

SCHEMA = build_schema(production=False)
TYPES = SCHEMA._schema.type_map
REGISTRY = Registry()
# Resolvers that need no permission of their own, and why.
OPEN = {
    "ApiKey.prefix": "a column of what was permitted already",
    "PrivacyRequest.clocks": "counts from a request that was permitted already",
    "Query.node": "asks for the permission of whatever the id is of",
    "Query.version": "is no secret",
    "Query.viewer": "tells strangers that they are nobody",
    "Service.price": "a column of what was permitted already",
}
# What holds nothing of the tenant itself: fields that ask for themselves, or a catalogue.
HOLDERS = {
    "businessProfile",
    "connectionProviders",
    "operator",
    "organization",
    "overview",
    "webhookEventTypes",
}


def declared(type_name):
    """The permission of each field of a type that does something."""
    return {each.field: each.permission for each in operations(SCHEMA) if each.kind == type_name}


def test_every_field_declares_the_permission_it_needs():
    silent = {each.name for each in operations(SCHEMA) if each.permission is None}
    assert silent == set(OPEN)


def test_every_declared_permission_can_be_held():
    assert {each.permission for each in operations(SCHEMA)} - {None} <= set(Permission)


def test_every_mutation_and_subscription_is_declared():
    for known in ("Mutation", "Subscription"):
        assert set(declared(known)) == set(TYPES[known].fields)


class Ajar(Context):
    """A context whose doors stand open: only what is behind them asks."""

    def admit(self, permission: str, *, ends_access: bool = False) -> None:
        """Let everybody through."""


@dataclass
class Unguarded(Request):
    """A request that is let in everywhere."""

    scope: Scope | None = None

    async def begin(self) -> Ajar:
        return Ajar(self, self.scope)


@dataclass
class Guarded(Request):
    """A request of somebody whom the test chooses."""

    scope: Scope | None = None

    async def begin(self) -> Context:
        return Context(self, self.scope)


@pytest.fixture
def ask(unit_of_work, live):
    """Asks as somebody who may do some things; what was refused."""

    async def ask(kind, scope, permissions, query, variables=None):
        limited = replace(scope, permissions=permissions)
        wiring = Wiring(unit_of_work, None, live, REGISTRY, desk=desk(unit_of_work))
        connection = HTTPConnection({"type": "http", "headers": []})
        request = kind(wiring, connection, Response(), scope=limited)
        result = await SCHEMA.execute(query, variable_values=variables, context_value=request)
        return [error.original_error for error in result.errors or []]

    return ask


def asks_for(refusals, permission):
    """Whether the refusal is that of this very permission."""
    said = f"Missing permission {permission}"
    return any(isinstance(each, Forbidden) and each.message == said for each in refusals)


async def test_every_mutation_asks_again_behind_its_door(ask, unit_of_work, scope):
    account = await own_account(unit_of_work, scope, "ours")
    own = global_ids(await own_everything(unit_of_work, scope, "ours") | account)
    careless = []
    for mutation, permission in declared("Mutation").items():
        query = deed(mutation)
        variables = {"input": filled_in(mutation, "", own, own)}
        refused = await ask(Unguarded, scope, EVERYTHING - {permission}, query, variables)
        if not asks_for(refused, permission):
            careless.append((mutation, refused))
    assert careless == []


async def test_every_list_asks_again_behind_its_door(ask, unit_of_work, scope):
    own = global_ids(await own_everything(unit_of_work, scope, "ours"))
    careless = []
    for field, permission in declared("Tenant").items():
        query = selecting(field, own)
        refused = await ask(Unguarded, scope, EVERYTHING - {permission}, query)
        if field not in HOLDERS and not asks_for(refused, permission):
            careless.append((field, refused))
    assert careless == []


@pytest.mark.parametrize("role", OF_ROLE)
async def test_a_role_gets_through_its_own_doors_only(ask, scope, role):
    ids = defaultdict(lambda: write_id("Nothing", scope.tenant_id))
    held = OF_ROLE[role]
    for mutation, permission in declared("Mutation").items():
        variables = {"input": filled_in(mutation, "", ids, ids)}
        # Behind the door there is nothing of that id, or another door.
        refused = await ask(Guarded, scope, held, deed(mutation), variables)
        assert asks_for(refused, permission) == (permission not in held), (mutation, refused)


def deed(mutation):
    """A mutation that takes its input from a variable."""
    name = f"{mutation[0].upper()}{mutation[1:]}"
    return f"mutation ($input: {name}Input!) {{ {mutation}(input: $input) {{ __typename }} }}"


def selecting(name, own):
    """A query of one field of the tenant, with whatever arguments it must have."""
    field = TYPES["Tenant"].fields[name]
    given = [
        f"{each}: {written(each, argument.type, own)}"
        for each, argument in field.args.items()
        if is_required_argument(argument)
    ]
    arguments = f"({', '.join(given)})" if given else ""
    selected = "" if is_leaf_type(get_named_type(field.type)) else " { __typename }"
    return f"{{ tenant {{ {name}{arguments}{selected} }} }}"
