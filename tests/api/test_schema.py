"""The shape of the schema: checked in, described, and by our conventions."""

from pathlib import Path

import pytest
from graphql import GraphQLEnumType, GraphQLObjectType, GraphQLUnionType, get_named_type

import api.graphql.schema
from api.graphql.nodes import KINDS
from api.graphql.schema import HANDLERS, build_schema, print_sdl

CHECKED_IN = Path(api.graphql.schema.__file__).with_name("schema.graphql")


@pytest.fixture(scope="module")
def types():
    known = build_schema(production=False)._schema.type_map.items()
    return {name: known for name, known in known if not name.startswith("__")}


def test_the_schema_is_checked_in():
    assert CHECKED_IN.read_text() == print_sdl()


def test_every_type_of_ours_is_described(types):
    ours = {name: known for name, known in types.items() if not isinstance(known, GraphQLUnionType)}
    assert [name for name, known in ours.items() if not known.description] == []


def test_every_mutation_follows_the_conventions(types):
    for name, field in types["Mutation"].fields.items():
        stem = name[0].upper() + name[1:]
        assert list(field.args) == ["input"], name
        assert str(field.args["input"].type) == f"{stem}Input!", name
        assert str(field.type) == f"{stem}Result!", name
        assert isinstance(get_named_type(field.type), GraphQLUnionType), name
        assert get_named_type(field.type).types[0].name == f"{stem}Payload", name


def test_every_other_member_of_a_result_is_a_user_error(types):
    user_error = types["UserError"]
    for union in (known for known in types.values() if isinstance(known, GraphQLUnionType)):
        for member in union.types[1:]:
            assert user_error in member.interfaces, (union.name, member.name)


def test_every_user_error_has_a_handler_and_a_union(types):
    errors = {
        name
        for name, known in types.items()
        if isinstance(known, GraphQLObjectType) and types["UserError"] in known.interfaces
    }
    assert errors == {handler.error_type.__name__ for handler in HANDLERS}


def test_every_node_can_be_fetched_by_its_id(types):
    nodes = {
        name
        for name, known in types.items()
        if isinstance(known, GraphQLObjectType) and types["Node"] in known.interfaces
    }
    assert nodes == KINDS.keys() | {"Tenant"}


def test_no_argument_names_a_tenant(types):
    objects = (known for known in types.values() if isinstance(known, GraphQLObjectType))
    arguments = {
        name for known in objects for field in known.fields.values() for name in field.args
    }
    assert not [name for name in arguments if "tenant" in name.lower()]


def test_enumerations_keep_the_words_of_the_core(types):
    values = {
        value.value: name
        for known in types.values()
        if isinstance(known, GraphQLEnumType)
        for name, value in known.values.items()
    }
    assert values["no_show"] == "NO_SHOW"
