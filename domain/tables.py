"""The tables that the features declare, and where their columns lead: there is no other list."""

from collections.abc import Mapping
from functools import cache
from graphlib import TopologicalSorter

from tortoise import Tortoise
from tortoise.models import Model

from domain.tenancy import TenantModel

KEYRING = "keyring"


def tables() -> dict[str, type[Model]]:
    """Every table of the main database, by name."""
    apps = (Tortoise.apps or {}).items()
    models = [model for name, app in apps if name != KEYRING for model in app.values()]
    named = {model._meta.db_table: model for model in models}
    return {name: named[name] for name in sorted(named)}


def tables_of_tenants() -> dict[str, type[TenantModel]]:
    """Those whose rows belong to a tenant, by name."""
    found = tables().items()
    return {name: model for name, model in found if issubclass(model, TenantModel)}


def children_first(held: Mapping[str, type[TenantModel]]) -> list[str]:
    """Names of tables in an order in which whatever refers to a row goes before the row."""
    order: TopologicalSorter[str] = TopologicalSorter(dict.fromkeys(sorted(held), ()))
    for name, model in sorted(held.items()):
        for reference in model.references.values():
            if reference.table in held and reference.table != name:
                order.add(reference.table, name)
    return list(order.static_order())


@cache
def step(model: type[Model], column: str) -> type[Model]:
    """The table that a column of a path leads to."""
    declared = getattr(model, "references", {}).get(column)
    # What outlives its reference has none in the database, but is named after its table.
    return tables()[declared.table if declared else column.removesuffix("_id")]
