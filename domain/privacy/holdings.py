"""Where a tenant's personal data is, read from the labels of the tables: there is no other list."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from tortoise import Tortoise
from tortoise.expressions import Q
from tortoise.functions import Count, Max, Min
from tortoise.models import Model

from domain.personal import DataClass, Personal, labels
from domain.tenancy import TenantModel
from domain.work import UnitOfWork

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


@dataclass(frozen=True)
class Tally:
    """How many rows there are, and when the oldest and the newest of them is from."""

    rows: int
    oldest: datetime | None = None
    newest: datetime | None = None

    def __add__(self, other: "Tally") -> "Tally":
        oldest = [moment for moment in (self.oldest, other.oldest) if moment]
        newest = [moment for moment in (self.newest, other.newest) if moment]
        return Tally(self.rows + other.rows, min(oldest, default=None), max(newest, default=None))


def holdings() -> tuple[Holding, ...]:
    """Every table of a tenant that holds personal data, by name."""
    found = {held.table: held for model in _models() if (held := _holding(model))}
    return tuple(found[table] for table in sorted(found))


async def count(uow: UnitOfWork, held: Holding, data_class: DataClass, until: datetime) -> Tally:
    """The rows of a table with data of one kind that is older than a moment."""
    clock = held.personal.clock
    there = [Q(**{f"{column}__isnull": False}) for column in held.columns[data_class]]
    older = held.model.filter(Q(*there, join_type=Q.OR), **{f"{clock}__lt": until})
    mine = older.filter(tenant_id=uow.tenant_id).using_db(uow.connection)
    counted = mine.annotate(rows=Count("id"), oldest=Min(clock), newest=Max(clock))
    return Tally(**(await counted.values("rows", "oldest", "newest"))[0])


def _models() -> Iterator[type[Model]]:
    for app in (Tortoise.apps or {}).values():
        yield from app.values()


def _holding(model: type[Model]) -> Holding | None:
    if not issubclass(model, TenantModel) or model.personal is None:
        return None
    columns: dict[DataClass, list[str]] = defaultdict(list)
    for column, data_class in labels(model).items():
        if data_class is not None and data_class not in IMPERSONAL:
            columns[data_class].append(column)
    kinds = {data_class: tuple(named) for data_class, named in columns.items()}
    return Holding(model, model.personal, kinds)
