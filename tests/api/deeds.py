"""Mutations by their name, and lists by theirs, for whoever is signed in."""

from typing import Any

from tests.api.conftest import Browser


async def do(owner: Browser, mutation: str, fields: str, **input: Any) -> Any:
    """Carry out one mutation, and return what its payload shows."""
    name = f"{mutation[0].upper()}{mutation[1:]}"
    query = (
        f"mutation ($input: {name}Input!) {{ {mutation}(input: $input) "
        f"{{ __typename ... on {name}Payload {{ {fields} }} }} }}"
    )
    result = (await owner.ask(query, input=input))[mutation]
    assert result.pop("__typename") == f"{name}Payload"
    return result


async def refuse(owner: Browser, mutation: str, **input: Any) -> Any:
    """The type of the error that a mutation is refused with."""
    name = f"{mutation[0].upper()}{mutation[1:]}"
    query = f"mutation ($input: {name}Input!) {{ {mutation}(input: $input) {{ __typename }} }}"
    return (await owner.ask(query, input=input))[mutation]["__typename"]


async def listed(owner: Browser, connection: str, fields: str, **arguments: Any) -> list[Any]:
    given = ", ".join(f"{name}: {value}" for name, value in arguments.items())
    given = f"({given})" if given else ""
    query = f"{{ tenant {{ {connection}{given} {{ edges {{ node {{ {fields} }} }} }} }} }}"
    data = await owner.ask(query)
    return [edge["node"] for edge in data["tenant"][connection]["edges"]]
