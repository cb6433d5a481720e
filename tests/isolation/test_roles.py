"""Every field that needs a permission, asked by every role: it opens to those that hold it."""

from uuid import UUID

import pytest
from graphql import get_named_type, is_leaf_type

from api.graphql.ids import write_id
from api.graphql.nodes import KINDS
from api.graphql.rights import operations
from api.graphql.schema import build_schema
from tenants.models import Role
from tenants.repository import Users
from tenants.roles import OF_ROLE
from tests.api.conftest import browse
from tests.factories.members import PASSWORD, join
from tests.isolation.ways import asking, ways

STRAWBERRY = build_schema(production=False)
SCHEMA = STRAWBERRY._schema
NEEDED = {each.name: each.permission for each in operations(STRAWBERRY) if each.permission}

# What no organisation is, and what it holds; `tests/api/test_operators.py` has an operator.
OF_THE_OPERATOR = {"BreakGlass", "Operator"}
# What only a mutation shows, to whoever has just done it.
OF_PAYLOADS = {"Feedback.conversation"}


def fields_to_read(own):
    """Every field with a permission that a query can come to: its name, way and document."""
    for way in ways(SCHEMA, own).values():
        for name, field in SCHEMA.type_map[way.type_name].fields.items():
            known = f"{way.type_name}.{name}"
            if known in NEEDED and way.type_name not in OF_THE_OPERATOR:
                inner = "" if is_leaf_type(get_named_type(field.type)) else "{ __typename }"
                yield known, way, way.to(f"{asking(name, field, own)} {inner}")


@pytest.fixture
def sign_in(whole_app, unit_of_work, scope):
    """Somebody new in a role, signed in."""

    async def sign_in(browser, role):
        member = await join(unit_of_work, scope, role)
        async with unit_of_work(scope) as uow:
            email = (await Users(uow).get(member.user_id)).email
        assert (await browser.sign_in(email, PASSWORD)).status_code == 200

    return sign_in


def needed_for(known, way):
    """Every permission that it takes to come to a field."""
    nodes = {KINDS[each.removeprefix("node ")].permission for each in way.passed if " " in each}
    return {NEEDED[each] for each in (known, *way.passed) if each in NEEDED} | nodes


@pytest.mark.parametrize("role", [role for role in OF_ROLE if role is not Role.OWNER])
async def test_a_role_reads_what_it_may_and_nothing_else(role, whole_app, sign_in, own):
    held, wrong, opened = OF_ROLE[role], [], 0
    async with browse(whole_app) as browser:
        await sign_in(browser, role)
        for known, way, query in fields_to_read(own):
            errors = (await browser.post(query)).json().get("errors", [])
            refused = "FORBIDDEN" in [error["extensions"]["code"] for error in errors]
            opened += not refused
            if refused == (needed_for(known, way) <= held):
                wrong.append(known)
    assert wrong == []
    assert opened > 0


def test_every_field_with_a_permission_is_asked():
    ids = {kind: write_id(kind, UUID(int=0)) for kind in KINDS}
    asked = {known for known, _, _ in fields_to_read(ids)}
    others = ("Mutation.", "Subscription.", *(f"{kind}." for kind in OF_THE_OPERATOR))
    read = {name for name in NEEDED if not name.startswith(others)}
    assert read - asked == OF_PAYLOADS
