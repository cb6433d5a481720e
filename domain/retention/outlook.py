"""What a run would do, and the schedule that it goes by: read, never changed."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from domain.personal import DataClass
from domain.privacy.holdings import Holding
from domain.privacy.policy import Action
from domain.retention.deeds import Reach, classes, deeds
from domain.retention.finding import Question, Tally, oldest_left, tally, tally_together
from domain.retention.promises import Promises
from domain.retention.schedule import Segment, Segments, due_at, windows
from domain.retention.service import READ, kept
from domain.work import UnitOfWork


@dataclass(frozen=True)
class Forecast:
    """What one deed of a run would do now."""

    table: str
    data_class: DataClass
    reach: Reach
    action: Action
    tally: Tally


@dataclass(frozen=True)
class Next:
    """When the next rows of a table are due."""

    table: str
    data_class: DataClass
    at: datetime


@dataclass(frozen=True)
class Outlook:
    """What would go now, and what comes next."""

    as_of: datetime
    forecasts: Sequence[Forecast]
    next: Sequence[Next]


async def look_ahead(uow: UnitOfWork, promises: Promises) -> Outlook:
    """Count what a run would do; nothing changes."""
    uow.require(READ)
    held, laid = kept(), promises.laid(uow.now)
    forecasts = []
    for deed in deeds(held, laid, uow.now, promises.life):
        counted = await tally(uow.connection, Question(deed, held, uow.tenant_id))
        if counted.due:
            told = (deed.holding.table, deed.leading, deed.reach, deed.action)
            forecasts.append(Forecast(*told, counted))
    coming = [await _next(uow, each, laid, promises) for each in held]
    return Outlook(uow.now, forecasts, sorted(filter(None, coming), key=lambda each: each.at))


async def due_by_kind(uow: UnitOfWork, promises: Promises, at: datetime) -> dict[DataClass, Tally]:
    """How much of each kind of data would be due at a moment under some promises."""
    uow.require(READ)
    held = kept()
    asked: dict[tuple[DataClass, str], list[Question]] = defaultdict(list)
    for deed in deeds(held, promises.laid(at), at, promises.life):
        same = asked[deed.leading, deed.holding.table]
        values = same[0].values if same else []
        same.append(Question(deed, held, uow.tenant_id, values))
    found: dict[DataClass, Tally] = defaultdict(Tally)
    for (kind, _), questions in asked.items():
        found[kind] += await tally_together(uow.connection, questions)
    return found


def written(laid: Segments, held: Sequence[Holding]) -> list[dict[str, Any]]:
    """The data retention schedule, for machines: one entry for each rule and span of time."""
    return [
        entry
        for data_class in sorted(laid)
        for entry in _entries(data_class, laid[data_class], held)
    ]


def told(seen: Outlook) -> dict[str, Any]:
    """An outlook, for machines."""
    return {
        "asOf": seen.as_of,
        "forecasts": [
            {
                "table": each.table,
                "dataClass": each.data_class.value,
                "reach": each.reach.value,
                "action": each.action.value,
                **vars(each.tally),
            }
            for each in seen.forecasts
        ],
        "next": [
            {"table": each.table, "dataClass": each.data_class.value, "at": each.at}
            for each in seen.next
        ],
    }


async def _next(
    uow: UnitOfWork, holding: Holding, laid: Segments, promises: Promises
) -> Next | None:
    """When the oldest row that is not due yet will be."""
    for data_class in classes(holding)[:1]:
        segments = laid.get(data_class, ())
        over = windows(segments, uow.now, promises.life)
        since = max((window.ends for window in over), default=None)
        oldest = await oldest_left(uow.connection, uow.tenant_id, holding, since)
        at = due_at(segments, oldest, promises.life) if oldest else None
        if at is not None:
            return Next(holding.table, data_class, at)
    return None


def _entries(
    data_class: DataClass, segments: Sequence[Segment], held: Sequence[Holding]
) -> Iterator[dict[str, Any]]:
    places = {
        each.table: list(each.columns[data_class]) for each in held if data_class in each.columns
    }
    for segment in segments:
        yield {
            "dataClass": data_class.value,
            "version": segment.version,
            "collectedFrom": segment.begins,
            "collectedUntil": segment.ends,
            "keep": str(segment.rule.keep),
            "since": segment.rule.since.value,
            "then": segment.rule.then.value,
            "archived": str(segment.rule.archived) if segment.rule.archived else None,
            "purpose": segment.rule.purpose.value,
            "basis": segment.rule.basis.value,
            "tables": places,
        }
