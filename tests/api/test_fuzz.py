"""Inputs made up from the schema: whatever is sent, nothing breaks on our side."""

from random import Random
from typing import Any

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNonNull,
    get_named_type,
)

from api.graphql.schema import build_schema
from tests.api.everything import global_ids, kind_of, own_everything
from tests.factories.people import own_account

SCHEMA = build_schema(production=False)._schema
ROUNDS = 8
# Words of every sort: none, blank, foreign, right to left, too long, and ones with a meaning.
WORDS = ["", " ", "x", "Zoë", "日本語", "مرحبا", "\U0001f600", "\ufffe", "' OR 1=1 --", "%s{0}"]
MEANT = ["notify", "USD", "en", "yes", "a", "911", "k" * 250, "w" * 20_000]
SCALARS: dict[str, list[Any]] = {
    "Boolean": [True, False],
    "Date": ["0001-01-01", "2026-11-17", "2026-03-08", "9999-12-31"],
    "DateTime": ["0001-01-01T00:00:00Z", "2026-11-17T15:00:00Z", "9999-12-31T23:59:59Z"],
    "Duration": ["PT0S", "PT1H", "P30D", "-PT1S", "P999999999D"],
    "EmailAddress": ["anna@example.com", "a@b.c", "ü@ü.ü"],
    "Int": [-(2**31), -1, 0, 1, 5, 30, 2**31 - 1],
    "JSON": [None, {}, [], 1, "x", {"to": ["a@b.c"]}, {"to": 5}, {"x": {"y": [None]}}],
    "PhoneNumber": ["+12125550142", "(212) 555-0142", "000", "+1(((", "12345678901234567890"],
    "String": WORDS + MEANT,
    "Time": ["00:00:00", "09:00:00", "17:00:00", "23:59:59.999999"],
    "Url": ["https://hooks.example/", "http://127.0.0.1/", "https://[::1]:1/x", "https://"],
    "TimeZone": ["Europe/London", "Antarctica/Troll", "UTC"],
}


def made_up(known: Any, dice: Random) -> Any:
    """Some value that an input type takes, or only seems to take."""
    if isinstance(known, GraphQLNonNull):
        return made_up(known.of_type, dice)
    if isinstance(known, GraphQLList):
        return [made_up(known.of_type, dice) for _ in range(dice.randrange(4))]
    if isinstance(known, GraphQLEnumType):
        return dice.choice(list(known.values))
    if isinstance(known, GraphQLInputObjectType):
        return {name: made_up(known.fields[name].type, dice) for name in chosen(known, dice)}
    return dice.choice(SCALARS[known.name])


def chosen(known: GraphQLInputObjectType, dice: Random) -> list[str]:
    """The fields to fill in: all that must be, and some that may."""
    fields = known.fields.items()
    return [n for n, f in fields if isinstance(f.type, GraphQLNonNull) or dice.random() < 0.5]


def input_of(
    mutation: str, known: GraphQLInputObjectType, own: dict[str, str], dice: Random
) -> Any:
    """A whole input, mostly with ids of what there is."""
    sent = {}
    for name in chosen(known, dice):
        field_type = known.fields[name].type
        if get_named_type(field_type).name != "ID":
            sent[name] = made_up(field_type, dice)
            continue
        id = (
            own[kind_of(mutation, name)] if dice.random() < 0.8 else dice.choice(list(own.values()))
        )
        sent[name] = [id] if "[" in str(field_type) else id
    return sent


@pytest.fixture
async def own(unit_of_work, scope):
    account = await own_account(unit_of_work, scope, "mark")
    owned = await own_everything(unit_of_work, scope, "mark") | account
    return global_ids(owned) | {"": "garbage"}


def ends(mutation: tuple[str, Any]) -> bool:
    """Whether a mutation takes something away: better after those that need it."""
    return mutation[0].endswith(("Delete", "Remove", "Release", "Unlist"))


async def test_no_input_breaks_anything_of_ours(owner, own):
    dice = Random(2026)
    for mutation, field in sorted(SCHEMA.mutation_type.fields.items(), key=ends) * ROUNDS:
        known = get_named_type(field.args["input"].type)
        query = f"mutation ($i: {known.name}!) {{ {mutation}(input: $i) {{ __typename }} }}"
        sent = input_of(mutation, known, own, dice)
        answer = (await owner.post(query, i=sent)).json()
        codes = [error["extensions"]["code"] for error in answer.get("errors", ())]
        assert "INTERNAL" not in codes, (mutation, sent)
