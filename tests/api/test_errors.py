"""What clients learn of failures: a code always, the inside of the house never."""

import asyncio

import pytest
import strawberry
from graphql import GraphQLError
from starlette.applications import Starlette
from starlette.routing import Route

from api.graphql.app import GraphQLApp
from api.graphql.context import Wiring
from api.graphql.error_codes import coded
from api.graphql.schema import HANDLERS, build_schema
from domain.errors import (
    Conflict,
    DomainError,
    Forbidden,
    InvalidInput,
    LimitReached,
    NotFound,
    RateLimited,
    Unavailable,
)
from plugins.graphql_kit import InUnitOfWork, Operation, Reading
from plugins.registry import Registry
from tests.api.conftest import PUBLIC_URL, browse


def seen(original):
    return coded(GraphQLError(str(original), original_error=original))


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (NotFound("no"), "NOT_FOUND"),
        (Forbidden("no"), "FORBIDDEN"),
        (Conflict("no"), "CONFLICT"),
        (Unavailable("no"), "UNAVAILABLE"),
        (LimitReached("no", limit=1, used=1), "LIMIT_REACHED"),
    ],
)
def test_a_domain_error_shows_its_code(error, code):
    assert (seen(error).message, seen(error).extensions) == ("no", {"code": code})


def test_whoever_is_too_fast_learns_when_to_come_back():
    error = seen(RateLimited("Slow down", retry_after=3.5))
    assert error.extensions == {"code": "RATE_LIMITED", "retryAfter": 3.5}


def test_invalid_input_names_its_fields():
    [field] = seen(InvalidInput.at("first", "Too many")).extensions["fields"]
    assert field == {"path": "first", "message": "Too many", "code": "INVALID"}


def test_a_fault_of_ours_shows_a_number_only(caplog):
    error = seen(ValueError("password=hunter2"))
    assert "hunter2" not in str(error.formatted)
    assert error.extensions["code"] == "INTERNAL"
    assert error.extensions["incident"] in caplog.text


def test_every_handler_mirrors_a_domain_error():
    assert all(issubclass(handler.exception_type, DomainError) for handler in HANDLERS)
    codes = [handler.exception_type.code for handler in HANDLERS]
    assert len(set(codes)) == len(codes)


class Broken:
    """An authenticator that cannot reach its database."""

    async def scope_of(self, connection):
        raise ConnectionError("secret host name")


async def test_a_failure_to_authenticate_tells_no_secrets(unit_of_work, live):
    wiring = Wiring(unit_of_work, Broken(), live, Registry())
    graphql = GraphQLApp(build_schema(production=False), wiring, public_url=PUBLIC_URL)
    async with browse(Starlette(routes=[Route("/graphql", graphql)])) as browser:
        response = await browser.post("{ tenant { name } }")
    assert "secret" not in response.text
    assert response.json()["errors"][0]["extensions"]["code"] == "INTERNAL"


async def test_a_unit_of_work_opens_once_for_all(unit_of_work, scope):
    reading = Reading(unit_of_work, scope)
    uows = await asyncio.gather(*(reading.uow() for _ in range(5)))
    assert len({id(uow) for uow in uows}) == 1
    await reading.close()


async def test_closing_what_never_opened_is_harmless(unit_of_work, scope):
    await Reading(unit_of_work, scope).close()


async def test_reading_cannot_write(unit_of_work, scope):
    operation = Operation(unit_of_work, scope)
    uow = await operation.read("contacts:read")
    with pytest.raises(Exception, match="read-only"):
        await uow.connection.execute_query("DELETE FROM contact")
    await operation.close()


async def test_reading_needs_the_permission(unit_of_work, scope):
    with pytest.raises(Forbidden):
        await Operation(unit_of_work, scope).read("calls:answer")


async def test_a_deed_is_undone_when_it_fails(unit_of_work, scope, owner):
    operation = Operation(unit_of_work, scope)

    async def deed():
        await operation.uow.connection.execute_query(
            "UPDATE tenant SET name = 'Changed' WHERE id = $1", [scope.tenant_id]
        )
        raise NotFound("Something is missing")

    with pytest.raises(NotFound):
        await operation.write(deed)
    assert (await owner.ask("{ tenant { name } }"))["tenant"]["name"] == scope.tenant.name


async def test_a_field_outside_a_unit_of_work_has_none(unit_of_work, scope):
    with pytest.raises(RuntimeError, match="InUnitOfWork"):
        _ = Operation(unit_of_work, scope).uow


async def test_a_plugin_can_use_the_kit_alone(unit_of_work, scope):
    @strawberry.type
    class Query:
        version: str = "1"

    @strawberry.type
    class Mutation:
        @strawberry.mutation(extensions=[InUnitOfWork()])
        async def whose(self, info: strawberry.Info) -> str:
            return str(info.context.uow.tenant_id)

    schema = strawberry.Schema(Query, Mutation)
    operation = Operation(unit_of_work, scope)
    answer = await schema.execute("mutation { whose }", context_value=operation)
    assert answer.data == {"whose": str(scope.tenant_id)}
