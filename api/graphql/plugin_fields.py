"""What plugins add to the schema, under `Tenant.plugin<Name>`."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Optional

import strawberry
from strawberry.types.field import StrawberryField

from api.graphql.context import Info
from plugins.admission import admission
from plugins.errors import PluginNotEnabled
from plugins.graphql_kit import Needs
from plugins.parts import Fields
from plugins.settings import READ


@contextmanager
def extended(type: Any, added: Iterable[Fields]) -> Iterator[None]:
    """Give a type the fields of plugins for as long as a schema is being made of it.

    The type is the same for every schema of the process, of which some have no plugins.
    """
    own = type.__strawberry_definition__.fields
    before = list(own)
    own.extend(_field(each, type) for each in added)
    try:
        yield
    finally:
        own[:] = before


def _field(added: Fields, owner: Any) -> StrawberryField:
    async def resolve(info: Info) -> Any:
        uow = await info.context.read(READ)
        if (await admission(uow, info.context.registry, added.plugin)).shut:
            raise PluginNotEnabled(added.plugin)
        return added.type()

    # Null beside the error: one plugin that is off spoils nothing else of an answer.
    resolve.__annotations__["return"] = Optional[added.type]  # noqa: UP045  # made at run time
    field: Any = strawberry.field(
        resolver=resolve,
        name=added.name,
        description=f"What the plugin {added.plugin} adds; PLUGIN_NOT_ENABLED where it is off.",
        extensions=[Needs(READ)],
    )
    field.python_name, field.origin = f"plugin_{added.plugin}", owner
    made: StrawberryField = field
    return made
