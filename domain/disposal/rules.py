"""What becomes of a row some of whose data goes. Pure decisions about a table's columns."""

from collections.abc import Set
from dataclasses import dataclass

from tortoise import fields
from tortoise.fields.base import Field

from domain.personal import DataClass
from domain.privacy.holdings import Holding
from domain.privacy.policy import Action
from domain.sealed import SealedField

# What says who did something is no reason to keep what was done.
BESIDE = frozenset({DataClass.AUDIT})
# What a row that is made anonymous may keep: how often, how long and when, and never who.
COUNTED = frozenset({DataClass.CALL_METADATA, DataClass.USAGE})


@dataclass(frozen=True)
class Fate:
    """Whether rows go as a whole, and which columns are blanked in those that stay."""

    whole: bool
    blanks: tuple[tuple[str, str], ...] = ()
    """Columns and the SQL that takes the place of their values."""

    @property
    def columns(self) -> tuple[str, ...]:
        """What is blanked."""
        return tuple(column for column, _ in self.blanks)


def fate(held: Holding, classes: Set[DataClass], action: Action) -> Fate:
    """What becomes of rows of a table when some kinds of data in them go."""
    if held.model.outlives is not None:
        return Fate(whole=False)
    return _anonymous(held, classes) if action is Action.ANONYMISE else _deleted(held, classes)


def concerned(held: Holding, classes: Set[DataClass]) -> frozenset[DataClass]:
    """Which of the kinds that go a table holds."""
    return frozenset(held.columns) & classes


def _deleted(held: Holding, classes: Set[DataClass]) -> Fate:
    going = concerned(held, classes)
    blanks = tuple(
        (column, "NULL")
        for each in sorted(going)
        for column in held.columns[each]
        if _null(held, column)
    )
    nothing_left = not frozenset(held.columns) - going - BESIDE
    return Fate(bool(going) and (nothing_left or any(map(held.carries, going))), blanks)


def _anonymous(held: Holding, classes: Set[DataClass]) -> Fate:
    blanks, stays = [], True
    for each, columns in sorted(held.columns.items()):
        for column in columns:
            if each in classes & COUNTED and not _names(held, column):
                continue
            blank = blank_of(_field(held, column))
            stays = stays and blank is not None
            blanks.append((column, blank or "NULL"))
    if not concerned(held, classes):
        return Fate(whole=False)
    return Fate(not stays, (*blanks, *_loose(held)) if stays else ())


def _loose(held: Holding) -> list[tuple[str, str]]:
    """The columns that tie a row to its person, where it can be untied."""
    first, dot, _ = held.personal.subject.partition(".")
    tied = [] if dot or first == "id" else [first]
    known = {column for columns in held.columns.values() for column in columns}
    return [(column, "NULL") for column in tied if column not in known and _null(held, column)]


def blank_of(field: Field) -> str | None:  # type: ignore[type-arg]
    """What may stand where a value stood, as SQL; None where nothing may."""
    if field.null:
        return "NULL"
    if isinstance(field, SealedField) or getattr(field, "enum_type", None):
        return None
    if isinstance(field, fields.JSONField):
        return "'[]'" if field.default is list else "'{}'"
    if isinstance(field, fields.CharField):
        # Some words are unique; the row's own id names nobody.
        return (
            f"left(replace(id::text, '-', ''), {field.max_length:d})"
            if field.default is None
            else "''"
        )
    return None


def _names(held: Holding, column: str) -> bool:
    field = _field(held, column)
    return isinstance(field, SealedField) or bool(getattr(field, "names", False))


def _null(held: Holding, column: str) -> bool:
    return bool(_field(held, column).null)


def _field(held: Holding, column: str) -> Field:  # type: ignore[type-arg]
    return held.model._meta.fields_map[column]
