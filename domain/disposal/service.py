"""Doing away with data: rows, what is stored for them outside, and the keys that open them.

The rows go in the unit of work; objects and keys after it, by a job that is due until nothing is
left of them (`sweeper`). Whoever is killed in between has lost nothing and left nothing behind.
"""

from collections import Counter
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, field
from uuid import UUID

from domain.disposal import statements
from domain.disposal.models import LeftoverKind
from domain.disposal.paths import copies_of, dependents
from domain.disposal.repository import Leftovers, gone, home_of_key, needed, run
from domain.disposal.rules import Fate, concerned, fate
from domain.personal import DataClass
from domain.privacy.holdings import Holding, holdings
from domain.privacy.policy import Action
from domain.work import UnitOfWork

SWEEP = "disposal.sweep"

Left = tuple[LeftoverKind, str]


@dataclass(frozen=True)
class Going:
    """What goes, how, and because of what."""

    cause_id: UUID
    """An erasure, or a run of retention: what is left over is counted under it."""
    classes: Set[DataClass] = frozenset(DataClass)
    action: Action = Action.DELETE


@dataclass(frozen=True)
class Disposal:
    """What was done away with."""

    deleted: Counter[str] = field(default_factory=Counter)
    """Rows by table."""
    cleared: Counter[str] = field(default_factory=Counter)
    """Rows that stay, without the data that went, by table."""
    classes: Counter[tuple[str, DataClass]] = field(default_factory=Counter)
    """Rows by table and kind of data."""
    leftovers: frozenset[Left] = frozenset()
    """What is to be removed outside; it is on its way already."""

    def __add__(self, other: "Disposal") -> "Disposal":
        return Disposal(
            self.deleted + other.deleted,
            self.cleared + other.cleared,
            self.classes + other.classes,
            self.leftovers | other.leftovers,
        )

    @property
    def rows(self) -> int:
        """How many rows were touched."""
        return self.deleted.total() + self.cleared.total()


@dataclass(frozen=True)
class _Outside:
    """What belongs to a row elsewhere: its key, and its folder."""

    key: UUID | None
    folder: str | None


async def dispose(uow: UnitOfWork, held: Holding, ids: Sequence[UUID], going: Going) -> Disposal:
    """Do away with some kinds of data in some rows of one table.

    A row goes as a whole when nothing personal would be left of it, or when it cannot stand
    without what goes; otherwise its columns are blanked. A row on which others still hang that
    would be swept away with it only loses its columns: come back when those are gone. What was
    made from a row goes with it.
    """
    ending = fate(held, going.classes, going.action)
    if not ids or not (ending.whole or ending.blanks):
        return Disposal()
    outside = await _outside(uow, held, ids)
    free = await _free(uow, held, ids) if ending.whole else []
    copies = await _copies(uow, held, free, going)
    deleted = await _delete(uow, held, free)
    cleared = await _blank(uow, held, set(ids) - deleted, ending)
    left = await _left(uow, held, outside, (deleted, cleared), ending)
    await leave(uow, going.cause_id, left)
    await _forget_timers(uow, deleted)
    done = Disposal(
        +Counter({held.table: len(deleted)}),
        +Counter({held.table: len(cleared)}),
        +Counter(dict.fromkeys(_kinds(held, going), len(deleted) + len(cleared))),
        frozenset(left),
    )
    return done + copies


async def leave(uow: UnitOfWork, cause_id: UUID, left: Iterable[Left]) -> None:
    """Have objects and keys removed once this is committed."""
    found = sorted(left)
    if not found:
        return
    await Leftovers(uow).leave(cause_id, found)
    payload = {"cause_id": str(cause_id)}
    uow.schedule(SWEEP, at=uow.now, key=f"{SWEEP}:{cause_id}", payload=payload)


def _kinds(held: Holding, going: Going) -> list[tuple[str, DataClass]]:
    return [(held.table, kind) for kind in sorted(concerned(held, going.classes))]


async def _outside(uow: UnitOfWork, held: Holding, ids: Sequence[UUID]) -> dict[UUID, _Outside]:
    """What belongs to rows elsewhere; nothing, where a table has neither keys nor objects."""
    model = held.model
    key = model.sealed_by if home_of_key(model) else None
    if not (key or model.objects_in):
        return {}
    rows = await run(uow, statements.outside(held.table, key, model.objects_in), ids)
    return {row["id"]: _Outside(row["key"], row["folder"]) for row in rows}


async def _free(uow: UnitOfWork, held: Holding, ids: Sequence[UUID]) -> list[UUID]:
    """The rows on which nothing hangs any more, held until they go."""
    rows = await run(uow, statements.free(held.table, dependents(held, holdings())), ids)
    return [row["id"] for row in rows]


async def _delete(uow: UnitOfWork, held: Holding, ids: Sequence[UUID]) -> set[UUID]:
    rows = await run(uow, statements.delete(held.table), ids) if ids else []
    return {row["id"] for row in rows}


async def _blank(uow: UnitOfWork, held: Holding, ids: Set[UUID], ending: Fate) -> set[UUID]:
    """Blank columns in the rows that stay and have something in them."""
    if not ids or not ending.blanks:
        return set()
    rows = await run(uow, statements.blank(held.table, ending.blanks), sorted(ids))
    return {row["id"] for row in rows}


async def _left(
    uow: UnitOfWork,
    held: Holding,
    outside: dict[UUID, _Outside],
    ended: tuple[set[UUID], set[UUID]],
    ending: Fate,
) -> set[Left]:
    """The folders and keys that nothing needs any more."""
    deleted, cleared = ended
    emptied = deleted | (cleared if held.model.objects_in in ending.columns else set())
    folders = {found.folder for id, found in outside.items() if id in emptied and found.folder}
    touched = deleted | cleared
    keys = {found.key for id, found in outside.items() if id in touched and found.key}
    return {(LeftoverKind.FOLDER, folder) for folder in folders} | await _spent(uow, held, keys)


async def _spent(uow: UnitOfWork, held: Holding, keys: set[UUID]) -> set[Left]:
    home = home_of_key(held.model)
    if not keys or home is None:
        return set()
    # Whoever is gone will never need a key again; where the row stays, something may be under it.
    last = await gone(uow, home, sorted(keys))
    unused = keys - last - await needed(uow, sorted(keys - last))
    spent = {(LeftoverKind.LAST_KEY, str(key)) for key in last}
    return spent | {(LeftoverKind.KEY, str(key)) for key in unused}


async def _forget_timers(uow: UnitOfWork, deleted: set[UUID]) -> None:
    """Whatever was to be done later about rows that are gone is not done."""
    if deleted:
        values = [uow.tenant_id, [str(id) for id in deleted]]
        await uow.connection.execute_query(statements.FORGET_TIMERS, values)


async def _copies(uow: UnitOfWork, held: Holding, ids: Sequence[UUID], going: Going) -> Disposal:
    """What was made from rows that go goes before them, with all there is in it."""
    done, everything = Disposal(), Going(going.cause_id)
    if not ids:
        return done
    for copy, column in copies_of(held.table, holdings()):
        rows = await run(uow, statements.naming(copy.table, column), ids)
        done += await dispose(uow, copy, [row["id"] for row in rows], everything)
    return done
