"""Nothing of one tenant's is reached from another, by any field that takes an id."""

import json
import sys
from typing import Any

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    get_named_type,
    is_required_input_field,
)

from api.graphql.ids import write_id
from api.graphql.schema import build_schema
from domain.outbox import OutboxEntry
from domain.repository import Repository
from tests.api.everything import HOLDS, global_ids, kind_of, own_everything
from tests.factories.people import NOT_NODES, own_account

SCHEMA = build_schema(production=False)._schema
MARK = "canary-of-the-other-tenant"
SAMPLES: dict[str, Any] = {
    "Boolean": True,
    "Date": "2026-11-18",
    "DateTime": "2026-11-18T15:00:00Z",
    "Duration": "PT1H",
    "EmailAddress": "somebody@somewhere.test",
    "Int": 1,
    "JSON": {},
    "PhoneNumber": "+12125550111",
    "String": "words",
    "Time": "09:00:00",
    "TimeZone": "Europe/London",
    "Url": "https://hooks.example/",
}


def is_id(known: Any) -> bool:
    return get_named_type(known).name == "ID"


def sample(known: Any) -> Any:
    """Some value of an input type."""
    if isinstance(known, GraphQLNonNull):
        return sample(known.of_type)
    if isinstance(known, GraphQLList):
        return [sample(known.of_type)]
    if isinstance(known, GraphQLEnumType):
        return next(iter(known.values))
    if isinstance(known, GraphQLInputObjectType):
        return {name: sample(field.type) for name, field in known.fields.items()}
    return SAMPLES[known.name]


# What only the operator does, which no other house is let near; `test_operators.py` attacks it.
OF_THE_OPERATOR = {"BreakGlass"}
DEEDS_OF_THE_OPERATOR = {"breakGlassApprove", "breakGlassClose"}
# They name a tenant besides the demand; `test_demands.py` attacks them.
DEEDS_ON_DEMANDS = {"legalProcessAnswer", "legalProcessApprove", "legalProcessRefuse"}


def attacks(schema=SCHEMA):
    """Every input field of every mutation that holds an id."""
    for mutation, field in schema.mutation_type.fields.items():
        if mutation in DEEDS_OF_THE_OPERATOR | DEEDS_ON_DEMANDS:
            continue
        fields = get_named_type(field.args["input"].type).fields
        for name, input_field in fields.items():
            if is_id(input_field.type):
                yield mutation, name


def filled_in(
    mutation: str, attacked: str, own: dict[str, str], theirs: dict[str, str], schema: Any = SCHEMA
) -> Any:
    """An input of our own ids, but for the one that is theirs."""
    values = {}
    known = get_named_type(schema.mutation_type.fields[mutation].args["input"].type)
    for name, field in known.fields.items():
        if is_id(field.type):
            id = (theirs if name == attacked else own)[kind_of(mutation, name)]
            plural = isinstance(getattr(field.type, "of_type", field.type), GraphQLList)
            values[name] = [id] if plural else id
        elif is_required_input_field(field):
            values[name] = sample(field.type)
    return values


@pytest.fixture
async def scope(agency):
    """An organisation: its owner may do whatever an owner of a business may, and more."""
    return agency


@pytest.fixture
async def other_scope(other_agency):
    return other_agency


@pytest.fixture
async def own(unit_of_work, scope):
    account = await own_account(unit_of_work, scope, "ours")
    return global_ids(await own_everything(unit_of_work, scope, "ours") | account)


@pytest.fixture
async def theirs(unit_of_work, other_scope):
    account = await own_account(unit_of_work, other_scope, MARK)
    return await own_everything(unit_of_work, other_scope, MARK) | account


async def everything_of(unit_of_work, scope):
    """All their rows, as the database holds them."""
    async with unit_of_work(scope, read_only=True) as uow:
        held = {}
        kinds = (kind for kind in Repository.__subclasses__() if kind.__module__ in sys.modules)
        for repository in {kind.model: kind for kind in kinds}.values():
            if repository.model is not OutboxEntry:
                rows = await repository(uow).all().order_by("id").values()
                held[repository.model.__name__] = repr(rows)
    return held


async def reached(owner, own, theirs, schema=SCHEMA):
    """The mutations that did not refuse what is another tenant's, and the field that held it."""
    found = []
    for mutation, attacked in attacks(schema):
        name = f"{mutation[0].upper()}{mutation[1:]}"
        query = f"mutation ($input: {name}Input!) {{ {mutation}(input: $input) {{ __typename }} }}"
        variables = filled_in(mutation, attacked, own, theirs, schema)
        answer = (await owner.post(query, input=variables)).json()
        if not refused(answer, mutation) or MARK in json.dumps(answer):
            found.append((mutation, attacked, answer))
    return found


async def test_no_mutation_reaches_another_tenant(owner, own, theirs, unit_of_work, other_scope):
    before = await everything_of(unit_of_work, other_scope)
    assert await reached(owner, own, global_ids(theirs)) == []
    assert await everything_of(unit_of_work, other_scope) == before


def refused(answer: Any, mutation: str) -> bool:
    if "errors" in answer:
        return [error["extensions"]["code"] for error in answer["errors"]] == ["NOT_FOUND"]
    return answer["data"][mutation]["__typename"] in {
        "InvalidInputError",
        "NotBookableError",
        # Whether there is such a request is not said.
        "VerificationRefusedError",
    }


async def test_no_node_of_another_tenant_is_there(owner, own, theirs):
    query = "query ($id: ID!) { node(id: $id) { id __typename } }"
    for kind in theirs.keys() - NOT_NODES - OF_THE_OPERATOR:
        id = write_id(kind, theirs[kind])
        assert await owner.ask(query, id=own[kind]) == {
            "node": {"id": own[kind], "__typename": kind}
        }
        assert await owner.ask(query, id=id) == {"node": None}


async def test_another_tenant_itself_is_not_there(owner, other_scope, scope):
    query = "query ($id: ID!) { node(id: $id) { id } }"
    assert await owner.ask(query, id=write_id("Tenant", other_scope.tenant_id)) == {"node": None}
    mine = write_id("Tenant", scope.tenant_id)
    assert await owner.ask(query, id=mine) == {"node": {"id": mine}}


@pytest.mark.parametrize("argument", ["serviceId", "resourceId", "locationId"])
async def test_free_times_of_another_tenant_are_not_told(owner, own, theirs, argument):
    foreign = global_ids(theirs)
    ids = {"serviceId": own["Service"], argument: foreign[HOLDS[argument]]}
    arguments = " ".join(f'{name}: "{id}"' for name, id in ids.items())
    query = (
        f'{{ tenant {{ availability({arguments} from: "2026-11-17" to: "2026-11-17")'
        " { startsAt } } }"
    )
    assert await owner.fail(query) in {"NOT_FOUND", "NOT_BOOKABLE"}


async def test_the_calendars_of_another_tenants_account_are_not_told(owner, theirs):
    foreign = global_ids(theirs)["OAuthConnection"]
    query = (
        f'{{ tenant {{ calendarChoices(plugin: "google_calendar" connectionId: "{foreign}")'
        " { address } } }"
    )
    assert await owner.fail(query) == "NOT_FOUND"


def test_every_field_of_a_query_that_takes_an_id_is_known_here():
    fields = {
        f"{known.name}.{name}({argument})"
        for known in SCHEMA.type_map.values()
        if isinstance(known, GraphQLObjectType) and known.name != "Mutation"
        for name, field in known.fields.items()
        for argument, value in field.args.items()
        if is_id(value.type)
    }
    assert fields == {
        "Query.node(id)",
        "Subscription.callUpdated(callId)",
        "Subscription.turnAdded(conversationId)",
        "Tenant.availability(locationId)",
        "Tenant.availability(resourceId)",
        "Tenant.availability(serviceId)",
        "Tenant.calendarChoices(connectionId)",
        "Tenant.toolRuns(toolId)",
        "Tenant.webhookDeliveries(endpointId)",
    }


@pytest.mark.parametrize("id", ["", "x", "ü", "Q29udGFjdDo", "Tm90aGluZzox", "=" * 9])
async def test_garbage_is_the_id_of_nothing(owner, id):
    assert await owner.ask("query ($id: ID!) { node(id: $id) { id } }", id=id) == {"node": None}
    forget = "mutation ($id: ID!) { numberUnlist(input: {id: $id}) { __typename } }"
    assert await owner.fail(forget, id=id) == "NOT_FOUND"
