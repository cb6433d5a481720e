"""What is to be done with what is due, read from the labels of the tables.

A row goes as a whole when the last kind of data in it is due; at once with a sealed column that it
cannot be without (a turn without its words is nothing). What it can be without is emptied as soon
as its own kind is due.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from tortoise import fields
from tortoise.fields.base import Field

from domain.disposal import children_first
from domain.personal import DataClass
from domain.privacy.holdings import Holding
from domain.privacy.policy import OF_CALLERS, OF_CUSTOMERS, Action
from domain.retention.schedule import Life, Segments, Window, actions, windows
from domain.sealed import SealedField

# Who did something goes with the row it was done to; the audit trail has a time of its own.
KINDS = (OF_CALLERS | OF_CUSTOMERS) - {DataClass.AUDIT}


class Reach(StrEnum):
    """How much of a row a deed is about."""

    COLUMNS = "columns"
    ROW = "row"
    SOUND = "sound"
    """What a recording's row says is stored elsewhere."""


@dataclass(frozen=True)
class Over:
    """That one kind of data in a row is due, or is not there: `columns` are all empty."""

    windows: tuple[Window, ...]
    columns: tuple[str, ...] = ()

    @property
    def can_be(self) -> bool:
        """Whether any row can fit."""
        return bool(self.windows or self.columns)


@dataclass(frozen=True)
class Deed:
    """One thing to do with the rows of one table of which all of `due` are true."""

    holding: Holding
    reach: Reach
    action: Action
    leading: DataClass
    due: tuple[Over, ...]
    columns: tuple[str, ...] = field(default=())
    """What is emptied; without any, the row is deleted."""

    @property
    def name(self) -> str:
        """The same in every run: a run that was interrupted finds its place by it."""
        return f"{self.holding.table}.{self.leading}.{self.reach}.{self.action}"


def deeds(held: Sequence[Holding], laid: Segments, now: datetime, life: Life) -> tuple[Deed, ...]:
    """Everything to do at a moment, what hangs on a row before the row itself."""
    due = {data_class: windows(each, now, life) for data_class, each in laid.items()}
    return tuple(deed for each in children_first(held) for deed in _deeds(each, due))


def classes(holding: Holding) -> tuple[DataClass, ...]:
    """The kinds of data in a table whose time decides over its rows, the main one in front."""
    found = _decisive(holding)
    return tuple(sorted(found, key=lambda kind: (-len(found[kind]), kind)))


def is_empty_able(column: Field[Any]) -> bool:
    """Whether a row can be without the value of a column."""
    if column.null:
        return True
    words = isinstance(column, fields.CharField | fields.TextField)
    return (words and not getattr(column, "enum_type", None)) or isinstance(
        column, fields.JSONField
    )


def _deeds(holding: Holding, due: Mapping[DataClass, tuple[Window, ...]]) -> Iterator[Deed]:
    if holding.model.outlives is not None:
        yield from _of_proof(holding, due)
        return
    if DataClass.RECORDING in holding.columns:
        yield from _of_class(holding, DataClass.RECORDING, Reach.SOUND, due)
    yield from _of_rows(holding, due)
    for kind in _emptied(holding):
        yield from _of_class(holding, kind, Reach.COLUMNS, due)


def _of_proof(holding: Holding, due: Mapping[DataClass, tuple[Window, ...]]) -> Iterator[Deed]:
    """What must be shown stays whole for the time of consent; what is no proof stays for good."""
    if classes(holding)[:1] == (DataClass.CONSENT,):
        for _, over in actions(due.get(DataClass.CONSENT, ())):
            yield Deed(holding, Reach.ROW, Action.DELETE, DataClass.CONSENT, (Over(over),))


def _of_class(
    holding: Holding, kind: DataClass, reach: Reach, due: Mapping[DataClass, tuple[Window, ...]]
) -> Iterator[Deed]:
    columns = holding.columns[kind]
    for action, over in actions(due.get(kind, ())):
        # What is emptied is anonymous by that.
        kept = Action.DELETE if action is Action.ANONYMISE else action
        yield Deed(holding, reach, kept, kind, (Over(over),), columns)


def _of_rows(holding: Holding, due: Mapping[DataClass, tuple[Window, ...]]) -> Iterator[Deed]:
    kinds = classes(holding)
    if not kinds:
        return
    bound = _sealed_for_good(holding)
    for leading in bound or kinds[:1]:
        rest = () if bound else (kind for kind in kinds if kind != leading)
        others = tuple(Over(due.get(kind, ()), _absent(holding, kind)) for kind in rest)
        for action, over in actions(due.get(leading, ())):
            if action is Action.ANONYMISE and not bound:
                told = _identifying(holding)
                yield Deed(holding, Reach.ROW, action, leading, (Over(over),), told)
            elif all(each.can_be for each in others):
                kept = Action.DELETE if action is Action.ANONYMISE else action
                yield Deed(holding, Reach.ROW, kept, leading, (Over(over), *others))


def _absent(holding: Holding, kind: DataClass) -> tuple[str, ...]:
    """The columns of a kind, if a row may be without all of them."""
    known, columns = holding.model._meta.fields_map, _decisive(holding)[kind]
    return columns if all(known[column].null for column in columns) else ()


def _decisive(holding: Holding) -> dict[DataClass, tuple[str, ...]]:
    """The kinds of data of a table with their columns, without those that only say when or whose.

    Where there are no others, these decide.
    """
    kinds = {kind: named for kind, named in holding.columns.items() if kind in KINDS}
    if bound := _sealed_for_good(holding):
        return {kind: kinds[kind] for kind in bound}
    said = {holding.personal.clock, _link(holding)}
    telling = {
        kind: tuple(one for one in named if one not in said) for kind, named in kinds.items()
    }
    return {kind: named for kind, named in telling.items() if named} or kinds


def _sealed_for_good(holding: Holding) -> tuple[DataClass, ...]:
    """The kinds of sealed data without which a row cannot be."""
    known = holding.model._meta.fields_map
    return tuple(
        sorted(
            kind
            for kind, named in holding.columns.items()
            if kind in KINDS and any(_is_sealed_for_good(known[column]) for column in named)
        )
    )


def _is_sealed_for_good(column: Field[Any]) -> bool:
    return isinstance(column, SealedField) and not column.null


def _emptied(holding: Holding) -> list[DataClass]:
    """The kinds of data that a row can be without while the rest of it stays."""
    known, said = holding.model._meta.fields_map, {holding.personal.clock, _link(holding)}
    apart = {DataClass.RECORDING, *_sealed_for_good(holding)}
    return sorted(
        kind
        for kind, named in holding.columns.items()
        if kind in KINDS - apart
        and not said.intersection(named)
        and all(is_empty_able(known[column]) for column in named)
    )


def _identifying(holding: Holding) -> tuple[str, ...]:
    """What is emptied so that a row tells of nobody: whose it is, what it refers to, and the rest.

    What the row is there for (the counts) stays.
    """
    known, main = holding.model._meta.fields_map, classes(holding)[0]
    others = {
        column
        for kind, named in holding.columns.items()
        for column in named
        if kind is not main or getattr(known[column], "names", False)
    }
    linked = {_link(holding), *holding.model.references}
    able = (column for column in sorted(others | linked) if is_empty_able(known[column]))
    return tuple(able)


def _link(holding: Holding) -> str:
    """The column that leads to the person."""
    return holding.personal.subject.partition(".")[0]
