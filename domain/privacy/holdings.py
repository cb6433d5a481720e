"""Where a tenant's personal data is, read from the labels of the tables: there is no other list."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from domain.personal import DataClass, Personal, labels
from domain.tables import tables_of_tenants
from domain.tenancy import TenantModel

# Labels of what is nobody's, or is told to nobody.
IMPERSONAL = frozenset({DataClass.BUSINESS, DataClass.CREDENTIAL, DataClass.NONE})


@dataclass(frozen=True)
class Holding:
    """One table of a tenant that holds personal data: whose, how old, and which columns."""

    model: type[TenantModel]
    personal: Personal
    columns: Mapping[DataClass, tuple[str, ...]]

    @property
    def table(self) -> str:
        """Its name in the database."""
        return self.model._meta.db_table

    def carries(self, data_class: DataClass) -> bool:
        """Whether a row cannot stand without this kind of data: it goes as a whole."""
        fields = self.model._meta.fields_map
        return any(not fields[name].null for name in self.columns.get(data_class, ()))


def holdings() -> tuple[Holding, ...]:
    """Every table of a tenant that holds personal data, by name."""
    found = (_holding(model) for model in tables_of_tenants().values())
    return tuple(held for held in found if held)


def _holding(model: type[TenantModel]) -> Holding | None:
    if model.personal is None:
        return None
    columns: dict[DataClass, list[str]] = defaultdict(list)
    for column, data_class in labels(model).items():
        if data_class is not None and data_class not in IMPERSONAL:
            columns[data_class].append(column)
    kinds = {data_class: tuple(named) for data_class, named in columns.items()}
    return Holding(model, model.personal, kinds)
