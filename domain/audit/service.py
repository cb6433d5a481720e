"""Searching the audit trail, and giving it out."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from tortoise.expressions import Q
from tortoise.queryset import QuerySet

from domain.audit.repository import AuditEntries
from domain.errors import InvalidInput
from domain.scope import ActorKind, Scope
from domain.spreadsheets import csv_lines
from domain.trail import AuditEntry, Trace
from domain.work import UnitOfWork, UnitsOfWork

PAGE = 1000
EXPORTED = "audit.exported"
HEADINGS = (
    "id",
    "at",
    "actor",
    "via",
    "address",
    "action",
    "object",
    "others",
    "purpose",
    "outcome",
    "position",
    "hash",
)


@dataclass(frozen=True)
class Search:
    """Which entries; what is None does not matter. `object` is `(noun, id)`; `until` is exclusive.

    `action` may end in `.*`, as in `recording.*`.
    """

    action: str | None = None
    actor: str | None = None
    object: tuple[str, UUID] | None = None
    since: datetime | None = None
    until: datetime | None = None


def find(uow: UnitOfWork, search: Search) -> QuerySet[AuditEntry]:
    """The entries that fit. Raises `InvalidInput`."""
    uow.require("audit:read")
    if search.since and search.until and search.since > search.until:
        raise InvalidInput.at("until", "The end lies before the beginning")
    return AuditEntries(uow).all().filter(*_conditions(search))


async def disclosures(uow: UnitOfWork, contact_id: UUID) -> QuerySet[AuditEntry]:
    """Who saw or received what is known of a person."""
    uow.require("audit:read")
    return await AuditEntries(uow).disclosures(contact_id)


async def export(work: UnitsOfWork, scope: Scope, search: Search) -> AsyncIterator[str]:
    """The entries that fit as CSV, the oldest in front. Raises `Forbidden` and `InvalidInput`.

    That somebody takes them away is on record before the first line leaves.
    """
    async with work(scope) as uow:
        uow.require("audit:export")
        find(uow, search)
        uow.trace(Trace(EXPORTED, details={"search": _told(search)}))
        upto = uow.now
    return _lines(work, scope, search, upto)


async def _lines(
    work: UnitsOfWork, scope: Scope, search: Search, upto: datetime
) -> AsyncIterator[str]:
    yield csv_lines([HEADINGS])
    last: UUID | None = None
    while True:
        # One transaction a page: a slow reader holds no connection.
        async with work(scope, read_only=True) as uow:
            wanted = find(uow, search).filter(at__lte=upto)
            wanted = wanted if last is None else wanted.filter(id__gt=last)
            rows = await wanted.order_by("id").limit(PAGE)
        if rows:
            yield csv_lines([_cells(row) for row in rows])
        if len(rows) < PAGE:
            return
        last = rows[-1].id


def _conditions(search: Search) -> list[Q]:
    conditions = []
    if search.action is not None:
        family = search.action.removesuffix("*")
        whole = family == search.action
        conditions.append(Q(action=family) if whole else Q(action__startswith=family))
    if search.actor is not None:
        conditions.append(_by(search.actor))
    if search.object is not None:
        noun, id = search.object
        conditions.append(Q(object_id=id) | Q(others__contains=[f"{noun}:{id}"]))
    if search.since is not None:
        conditions.append(Q(at__gte=search.since))
    if search.until is not None:
        conditions.append(Q(at__lt=search.until))
    return conditions


def _by(actor: str) -> Q:
    """Whose entries: `member:` and an id, or a kind alone. Raises `InvalidInput`."""
    kind, _, id = actor.partition(":")
    if kind not in set(ActorKind):
        raise InvalidInput.at("actor", f"Begin with one of {', '.join(ActorKind)}")
    return Q(actor_kind=ActorKind(kind), actor_id=id) if id else Q(actor_kind=ActorKind(kind))


def _told(search: Search) -> dict[str, str]:
    return {name: str(value) for name, value in vars(search).items() if value is not None}


def _cells(row: AuditEntry) -> list[str]:
    about = f"{row.object_type}:{row.object_id}" if row.object_id else row.object_type
    return [
        str(row.id),
        row.at.astimezone(UTC).isoformat(),
        f"{row.actor_kind}:{row.actor_id}",
        row.via,
        row.address,
        row.action,
        about,
        json.dumps(row.others) if row.others else "",
        row.purpose,
        row.outcome.value,
        "" if row.position is None else str(row.position),
        bytes(row.hash).hex() if row.hash else "",
    ]
