"""How the tables hang together: which rows lead to a person, and what must go before what.

All of it is read from the labels: the paths of `Personal`, and the references between tables.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import reduce
from graphlib import TopologicalSorter

from tortoise.models import Model

from domain import tables
from domain.personal import Personal
from domain.privacy.holdings import Holding
from domain.tables import step, tables_of_tenants
from domain.tenancy import TenantModel

CASCADE = "CASCADE"


@dataclass(frozen=True)
class Path:
    """Tables joined from one to another: `t0` is where it begins, `t<length>` where it ends."""

    tables: tuple[str, ...]
    columns: tuple[str, ...]
    names: str
    """The column at the end that names the person."""

    @property
    def joined(self) -> str:
        """The FROM clause; the tenant is held fast at every step."""
        steps = (
            f' JOIN "{table}" AS t{number} ON t{number}.tenant_id = t0.tenant_id'
            f' AND t{number}.id = t{number - 1}."{column}"'
            for number, (table, column) in enumerate(
                zip(self.tables[1:], self.columns, strict=True), 1
            )
        )
        return f'"{self.tables[0]}" AS t0' + "".join(steps)

    @property
    def end(self) -> str:
        """The alias of the last table."""
        return f"t{len(self.columns)}"

    @property
    def subject(self) -> str:
        """The column that names the person, with its table."""
        return f'{self.end}."{self.names}"'


def path(model: type[Model], subject: str) -> Path:
    """The way from a table along a path such as `conversation_id.contact_id`."""
    *columns, names = subject.split(".")
    passed = [model]
    for column in columns:
        passed.append(step(passed[-1], column))
    return Path(tuple(each._meta.db_table for each in passed), tuple(columns), names)


def end(model: type[Model], subject: str) -> type[Model]:
    """The table at the end of a path."""
    return reduce(step, subject.split(".")[:-1], model)


def source_column(model: type[Model]) -> str | None:
    """The column that leads to what a row was made from, if it was made from anything."""
    personal: Personal | None = getattr(model, "personal", None)
    named = personal.derived_from if personal else None
    if named is None or named in model._meta.fields_map:
        return named
    references = getattr(model, "references", {}).items()
    return next((column for column, found in references if found.table == named), None)


def source_path(model: type[Model], personal: Personal) -> Path | None:
    """The way to the person through what a row was made from, if that is another way."""
    column = source_column(model)
    if column is None or personal.subject.partition(".")[0] == column:
        return None
    source: Personal | None = getattr(step(model, column), "personal", None)
    return path(model, f"{column}.{source.subject}") if source else None


def children_first(held: Iterable[Holding]) -> list[Holding]:
    """Tables in the order in which their rows must go: whatever refers to a row before the row."""
    by_table = {each.table: each for each in held}
    order: TopologicalSorter[str] = TopologicalSorter(dict.fromkeys(sorted(by_table), ()))
    for child in by_table.values():
        for parent in sorted(set(_parents(child.model)) & by_table.keys() - {child.table}):
            order.add(parent, child.table)
    return [by_table[table] for table in order.static_order()]


def dependents(held: Holding, among: Iterable[Holding]) -> list[tuple[str, str]]:
    """Which rows would be swept away with one of this table, but for mere copies of it."""
    return [
        (child.table, column)
        for child in among
        for column, reference in child.model.references.items()
        if reference.table == held.table
        and reference.on_delete == CASCADE
        and column != source_column(child.model)
    ]


def copies_of(table: str, among: Iterable[Holding]) -> list[tuple[Holding, str]]:
    """The derived data of a table: whatever was made from its rows, and by which column."""
    found = [(each, source_column(each.model)) for each in among]
    return [
        (each, column)
        for each, column in found
        if column and step(each.model, column)._meta.db_table == table
    ]


def _parents(model: type[TenantModel]) -> Iterator[str]:
    for column, reference in model.references.items():
        yield reference.table
        yield step(model, column)._meta.db_table
    personal = model.personal
    assert personal is not None
    first, dot, _ = personal.subject.partition(".")
    for led in (first if dot else None, source_column(model)):
        if led is not None:
            yield step(model, led)._meta.db_table


def of_tenants() -> list[type[TenantModel]]:
    """Every table of a tenant whose rows do not outlive it, children first."""
    known = tables_of_tenants().items()
    found = {table: model for table, model in known if model.outlives is None}
    return [found[table] for table in tables.children_first(found)]
