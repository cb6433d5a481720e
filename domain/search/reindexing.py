"""Indexing everything of a tenant, a page at a time: after an upgrade, or where it never was."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from uuid import UUID

from domain.scope import Scope
from domain.sealed import is_open
from domain.search.indexing import VERSION, keep_rows
from domain.search.models import SearchKind
from domain.search.repository import Index
from domain.search.sources import SOURCES
from domain.work import UnitOfWork, UnitsOfWork

PAGE = 500


@dataclass(frozen=True)
class Step:
    """How far the rows of one kind are."""

    kind: SearchKind
    seen: int
    indexed: int
    last: UUID | None
    complete: bool


Report = Callable[[Step], Awaitable[None]]


async def reindex(
    work: UnitsOfWork, scope: Scope, kind: SearchKind, report: Report, *, after: UUID | None = None
) -> Step:
    """Index what is not, or in an older way, and forget what was erased.

    It says after each page how far it is, and can go on from there another time.
    """
    step = Step(kind, 0, 0, after, complete=False)
    while not step.complete:
        async with work(scope) as uow:
            step = await _page(uow, step)
        await report(step)
    return step


async def _page(uow: UnitOfWork, step: Step) -> Step:
    source = SOURCES[step.kind]
    rows = source.repository(uow).all().order_by("id").limit(PAGE)
    if step.last is not None:
        rows = rows.filter(id__gt=step.last)
    found = await rows
    known = await Index(uow).versions(source, [row.id for row in found])
    # Opened before it is known whether they are to be indexed: an erased one is to be forgotten.
    await uow.keys.open_remaining(found)
    stale = [row for row in found if known.get(row.id) != VERSION or not is_open(row)]
    indexed = await keep_rows(uow, source, stale, [row.id for row in stale])
    return Step(
        step.kind,
        step.seen + len(found),
        step.indexed + indexed,
        found[-1].id if found else step.last,
        complete=len(found) < PAGE,
    )
