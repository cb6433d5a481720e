"""No text that somebody may write is taken at any length."""

from graphql import GraphQLInputObjectType, get_named_type

from tests.api.everything import global_ids, own_everything
from tests.api.test_isolation import SCHEMA, filled_in, sample
from tests.factories.people import own_account

ENDLESS = "w" * 50_000


def texts(known, above=()):
    """Every text of an input, as the fields that lead to it."""
    for name, field in known.fields.items():
        inner = get_named_type(field.type)
        if isinstance(inner, GraphQLInputObjectType):
            yield from texts(inner, (*above, name))
        elif inner.name == "String":
            yield (*above, name)


def put(values, known, way):
    """Write an endless text there; what surrounds it is as it should be."""
    name, *further = way
    field = known.fields[name]
    inner = get_named_type(field.type)
    value = ENDLESS
    if further:
        value = {each: sample(one.type) for each, one in inner.fields.items()}
        put(value, inner, further)
    values[name] = [value] if "[" in str(field.type) else value


async def test_no_text_is_endless(owner, unit_of_work, scope):
    account = await own_account(unit_of_work, scope, "ours")
    own = global_ids(await own_everything(unit_of_work, scope, "ours") | account)
    taken = []
    for mutation, field in SCHEMA.mutation_type.fields.items():
        known = get_named_type(field.args["input"].type)
        query = f"mutation ($i: {known.name}!) {{ {mutation}(input: $i) {{ __typename }} }}"
        for way in texts(known):
            input = filled_in(mutation, "", own, own)
            put(input, known, way)
            answer = (await owner.post(query, i=input)).json()
            if "errors" not in answer and "Error" not in answer["data"][mutation]["__typename"]:
                taken.append((mutation, way))
    assert taken == []
