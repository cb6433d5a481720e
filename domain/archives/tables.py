"""Which tables are packed, read from their labels: there is no list to keep by hand.

Of a person: every table with their data. Of a business: every table with what it made or learnt,
but nothing that opens doors, belongs to the operator, or means something at this deployment only.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from tortoise.expressions import Subquery
from tortoise.models import Model
from tortoise.queryset import QuerySet

from domain.archives.models import Whose
from domain.personal import DataClass, Personal, fingerprinted, labels
from domain.privacy.policy import OF_CALLERS
from domain.tables import children_first, step, tables, tables_of_tenants
from domain.tenancy import TenantModel
from domain.work import UnitOfWork

SILENT = frozenset({DataClass.AUDIT, DataClass.CREDENTIAL, DataClass.NONE})
OF_BUSINESS = OF_CALLERS | {DataClass.BUSINESS}


@dataclass(frozen=True)
class Subject:
    """Somebody, under every name by which a table may know them."""

    contact_id: UUID | None = None
    user_id: UUID | None = None
    phone_index: str | None = None

    def named(self, last: str, end: type[Model]) -> Any:
        """What the last column of a subject path holds for them; None if it is not about them."""
        if last == "id":
            return {"contact": self.contact_id, "user": self.user_id}.get(end._meta.db_table)
        return getattr(self, last, None)


def of_whom(whose: Whose) -> list[str]:
    """The names of the tables of an archive, in the order in which they can be taken in."""
    if whose is Whose.TENANT:
        return parents_first(portable())
    ends = "contact" if whose is Whose.CONTACT else "user"
    return [name for name, model in tables().items() if _leads_to(model) == ends]


def portable() -> dict[str, type[TenantModel]]:
    """What a business takes along when it moves."""
    known = tables_of_tenants()
    found = {name: model for name, model in known.items() if _is_own(model)}
    # What only ties such rows together goes with them.
    ties = {name: model for name, model in known.items() if _is_tie(model, found)}
    return found | ties


def parents_first(held: dict[str, type[TenantModel]]) -> list[str]:
    """Tables in an order in which every row finds what it refers to."""
    return children_first(held)[::-1]


def columns(model: type[Model]) -> list[str]:
    """The columns that are packed: no credential, no blind index, and not whose tenant it is."""
    hidden = fingerprinted(model).keys() | {"tenant_id"}
    hidden |= {name for name, label in labels(model).items() if label is DataClass.CREDENTIAL}
    return [name for name in labels(model) if name not in hidden]


def rows(uow: UnitOfWork, model: type[Model], subject: Subject | None) -> QuerySet[Any]:
    """The rows of a table that belong to somebody, or all of the business if it is nobody."""
    query = _of_tenant(uow, model)
    if subject is None:
        return query
    personal: Personal = model.personal  # type: ignore[attr-defined]  # `of_whom` saw to it
    return _along(uow, model, personal.subject.split("."), subject)


def _along(uow: UnitOfWork, model: type[Model], path: list[str], subject: Subject) -> QuerySet[Any]:
    query = _of_tenant(uow, model)
    first, *rest = path
    if not rest:
        return query.filter(**{first: subject.named(first, model)})
    inner = _along(uow, step(model, first), rest, subject)
    return query.filter(**{f"{first}__in": Subquery(inner.values("id"))})


def _of_tenant(uow: UnitOfWork, model: type[Model]) -> QuerySet[Any]:
    mine = {"tenant_id": uow.tenant_id} if issubclass(model, TenantModel) else {}
    return model.filter(**mine).using_db(uow.connection)


def _leads_to(model: type[Model]) -> str | None:
    """Whose a table is: `contact` or `user`; None if nobody's."""
    personal: Personal | None = getattr(model, "personal", None)
    # What was made from other rows says nothing that they do not, and is made again from them.
    if personal is None or personal.derived_from is not None:
        return None
    *way, last = personal.subject.split(".")
    for column in way:
        model = step(model, column)
    if last == "id":
        return model._meta.db_table
    return "user" if last == "user_id" else "contact"


def _is_own(model: type[TenantModel]) -> bool:
    if model.stays_here:
        return False
    if model.personal is not None and model.personal.derived_from is not None:
        return False
    held = set(labels(model).values())
    return bool(held & OF_BUSINESS) and held <= OF_BUSINESS | SILENT and not _opens_doors(model)


def _is_tie(model: type[TenantModel], held: dict[str, type[TenantModel]]) -> bool:
    if model.stays_here or not model.references:
        return False
    tied = {reference.table for reference in model.references.values()}
    return set(labels(model).values()) == {DataClass.NONE} and tied <= held.keys()


def _opens_doors(model: type[TenantModel]) -> bool:
    """Whether a row is worth nothing without the credential in it."""
    fields, kept = model._meta.fields_map, labels(model).items()
    return any(label is DataClass.CREDENTIAL and not fields[name].null for name, label in kept)
