"""Rows of people who want their data kept and not used: found by the labels, and left out."""

from typing import Any, TypeVar

from tortoise.expressions import Q, Subquery
from tortoise.models import Model
from tortoise.queryset import QuerySet

from domain.personal import Personal
from domain.tables import step
from domain.work import UnitOfWork

M = TypeVar("M", bound=Model)


def unrestricted(uow: UnitOfWork, query: QuerySet[M]) -> QuerySet[M]:
    """A query without the rows whose person has them restricted."""
    personal: Personal | None = getattr(query.model, "personal", None)
    if personal is None:
        return query
    column, *rest = personal.subject.split(".")
    if not rest and column == "id":
        return query.filter(restricted_at=None)
    if not rest and column != "contact_id":
        return query
    wanted = _restricted(uow, query.model, column, rest)
    # A row that is nobody's is nobody's to restrict.
    known: dict[str, Any] = {f"{column}__isnull": True}
    theirs: dict[str, Any] = {f"{column}__in": wanted}
    return query.filter(Q(**known) | ~Q(**theirs))


def _restricted(uow: UnitOfWork, model: type[Model], column: str, rest: list[str]) -> Any:
    """The ids in a column that lead to somebody restricted."""
    target = step(model, column)
    rows = target.filter(tenant_id=uow.tenant_id).using_db(uow.connection)
    if not rest:
        return Subquery(rows.filter(restricted_at__isnull=False).values("id"))
    first, *further = rest
    inner = _restricted(uow, target, first, further)
    return Subquery(rows.filter(**{f"{first}__in": inner}).values("id"))
