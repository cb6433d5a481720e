"""Finding the rows that are due, in one statement: what a legal hold keeps is not among them."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from tortoise import fields
from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.models import Model

from domain.disposal.paths import dependents
from domain.privacy.holdings import Holding
from domain.retention.deeds import Deed, Over, Reach
from domain.retention.schedule import Window
from domain.tables import step

FIRST = UUID(int=0)
CHANGES = "SELECT has_table_privilege($1, 'UPDATE') AS changes"
# Some blocks of those that failed, or were never closed, may be there.
SOUND_THERE = "t0.state IN ('recording', 'ready', 'failed')"


@dataclass(frozen=True)
class Place:
    """Where a table's rows lead: the joins, and what names the people and the conversation."""

    joins: str
    contacts: tuple[str, ...]
    conversation: str | None


@dataclass(frozen=True)
class Tally:
    """What is due, what of it stays because it is held, or because something hangs on it."""

    due: int = 0
    held: int = 0
    needed: int = 0
    oldest: datetime | None = None
    newest: datetime | None = None

    @property
    def going(self) -> int:
        """How much goes."""
        return self.due - self.held - self.needed

    def __add__(self, other: "Tally") -> "Tally":
        oldest = [moment for moment in (self.oldest, other.oldest) if moment]
        newest = [moment for moment in (self.newest, other.newest) if moment]
        return Tally(
            self.due + other.due,
            self.held + other.held,
            self.needed + other.needed,
            min(oldest, default=None),
            max(newest, default=None),
        )


@dataclass
class Question:
    """A statement in the making, with the values that it is asked with."""

    deed: Deed
    held: Sequence[Holding]
    tenant_id: UUID
    values: list[Any] = field(default_factory=list)

    def __post_init__(self) -> None:
        # Questions that are asked in one statement share their values.
        if not self.values:
            self.values.append(self.tenant_id)

    def value(self, given: Any) -> str:
        """The name of a value within the statement."""
        self.values.append(given)
        return f"${len(self.values)}"

    @property
    def table(self) -> str:
        """The rows and what they lead to."""
        return f'"{self.deed.holding.table}" AS t0 {self.place.joins}'

    @property
    def place(self) -> Place:
        """Where the rows lead."""
        return place_of(self.deed.holding)

    def due(self) -> str:
        """The condition that a row's time is over, and that there is something to be done."""
        over = [self._is_over(each) for each in self.deed.due]
        return " AND ".join(["t0.tenant_id = $1", *over, *self._something_there()])

    def is_held(self) -> str:
        """The condition that a hold keeps a row."""
        place, ways = self.place, ["hold.scope = 'everything'"]
        ways += [f"hold.contact_id = {contact}" for contact in place.contacts]
        if place.conversation:
            ways.append(f"hold.conversation_id = {place.conversation}")
        if self.deed.holding.table == "contact":
            # Whoever held a held conversation stays, or nobody would know whose it was.
            ways.append(
                "EXISTS (SELECT FROM conversation WHERE conversation.tenant_id = $1"
                " AND conversation.id = hold.conversation_id"
                " AND conversation.contact_id = t0.id)"
            )
        return (
            "EXISTS (SELECT FROM legal_hold AS hold WHERE hold.tenant_id = $1"
            f" AND hold.released_at IS NULL AND ({' OR '.join(ways)}))"
        )

    def is_needed(self) -> str:
        """The condition that something with a time of its own would go with a row."""
        if self.deed.reach is not Reach.ROW or self.deed.columns:
            return "false"
        hanging = [
            f'EXISTS (SELECT FROM "{table}" AS d WHERE d.tenant_id = $1 AND d.{column} = t0.id)'
            for table, column in dependents(self.deed.holding, self.held)
        ]
        return " OR ".join(hanging) or "false"

    def _is_over(self, over: Over) -> str:
        clock = f"t0.{self.deed.holding.personal.clock}"
        ways = [self._within(clock, window) for window in over.windows]
        if over.columns:
            ways.append(" AND ".join(f"t0.{column} IS NULL" for column in over.columns))
        return f"({' OR '.join(ways)})"

    def _within(self, clock: str, window: Window) -> str:
        ends = f"{clock} < {self.value(window.ends)}"
        begins = f"{clock} >= {self.value(window.begins)} AND " if window.begins else ""
        return f"({begins}{ends})"

    def _something_there(self) -> Iterator[str]:
        if self.deed.reach is Reach.SOUND:
            yield SOUND_THERE
        elif self.deed.columns:
            known = self.deed.holding.model._meta.fields_map
            there = (_is_there(column, known[column]) for column in self.deed.columns)
            yield "(" + " OR ".join(there) + ")"


async def due_ids(
    connection: BaseDBAsyncClient, question: Question, after: UUID, most: int
) -> list[UUID]:
    """The next rows that go, locked; whoever works on one at this moment keeps it for today."""
    # What nobody may change cannot be locked either, and need not be.
    lock = "FOR UPDATE OF t0 SKIP LOCKED" if await _changes(connection, question) else ""
    due, held, needed = question.due(), question.is_held(), question.is_needed()
    first, limit = question.value(after), question.value(most)
    rows = await connection.execute_query_dict(
        f"SELECT t0.id FROM {question.table} WHERE {due} AND t0.id > {first}"  # noqa: S608
        f" AND NOT {held} AND NOT ({needed})"
        f" ORDER BY t0.id LIMIT {limit} {lock}",
        question.values,
    )
    return [row["id"] for row in rows]


async def _changes(connection: BaseDBAsyncClient, question: Question) -> bool:
    """Whether rows of the table are ever changed."""
    rows = await connection.execute_query_dict(CHANGES, [question.deed.holding.table])
    return bool(rows[0]["changes"])


async def tally(connection: BaseDBAsyncClient, question: Question) -> Tally:
    """How many rows are due, and what keeps some of them."""
    return await _counted(connection, _asked(question), question.values)


async def tally_together(connection: BaseDBAsyncClient, asked: Sequence[Question]) -> Tally:
    """The same over several deeds on one table, which share their values: each row counts once."""
    each = " UNION ALL ".join(_asked(question) for question in asked)
    once = (
        "SELECT bool_or(one.held) AS held, bool_and(one.needed) AS needed, min(one.at) AS at"  # noqa: S608
        f" FROM ({each}) AS one GROUP BY one.id"
    )
    return await _counted(connection, once, asked[0].values)


def _asked(question: Question) -> str:
    """The rows that are due, and what keeps each of them."""
    due, held, needed = question.due(), question.is_held(), question.is_needed()
    clock = question.deed.holding.personal.clock
    return (
        f"SELECT t0.id, {held} AS held, ({needed}) AS needed, t0.{clock} AS at"  # noqa: S608
        f" FROM {question.table} WHERE {due}"
    )


async def _counted(connection: BaseDBAsyncClient, rows: str, values: list[Any]) -> Tally:
    found = await connection.execute_query_dict(
        "SELECT count(*) AS due, count(*) FILTER (WHERE kept.held) AS held,"  # noqa: S608
        " count(*) FILTER (WHERE NOT kept.held AND kept.needed) AS needed,"
        f" min(kept.at) AS oldest, max(kept.at) AS newest FROM ({rows}) AS kept",
        values,
    )
    return Tally(**found[0])


async def oldest_left(
    connection: BaseDBAsyncClient, tenant_id: UUID, holding: Holding, since: datetime | None
) -> datetime | None:
    """The clock of the oldest row that is not due yet."""
    clock, values = holding.personal.clock, [tenant_id, *([since] if since else [])]
    later = f" AND {clock} >= $2" if since else ""
    rows = await connection.execute_query_dict(
        f'SELECT min({clock}) AS oldest FROM "{holding.table}" WHERE tenant_id = $1{later}',  # noqa: S608
        values,
    )
    found: datetime | None = rows[0]["oldest"]
    return found


async def empty_columns(
    connection: BaseDBAsyncClient, deed: Deed, tenant_id: UUID, ids: Sequence[UUID]
) -> None:
    """Take away what rows can be without."""
    known = deed.holding.model._meta.fields_map
    emptied = ", ".join(f"{one} = {_empty(known[one])}" for one in deed.columns)
    await connection.execute_query(
        f'UPDATE "{deed.holding.table}" SET {emptied}'  # noqa: S608
        " WHERE tenant_id = $1 AND id = ANY($2::uuid[])",
        [tenant_id, list(ids)],
    )


def place_of(holding: Holding) -> Place:
    """Follow the path to the person, looking for people and conversations on the way."""
    *columns, last = holding.personal.subject.split(".")
    model: type[Model] = holding.model
    joins, aliases = [], [("t0", model)]
    for number, column in enumerate(columns, 1):
        model = step(model, column)
        joins.append(
            f'LEFT JOIN "{model._meta.db_table}" AS t{number} ON t{number}.tenant_id = $1'
            f" AND t{number}.id = t{number - 1}.{column}"
        )
        aliases.append((f"t{number}", model))
    contacts = {f"{alias}.contact_id" for alias, one in aliases if _has(one, "contact_id")}
    contacts |= {f"{alias}.id" for alias, one in aliases if one._meta.db_table == "contact"}
    if last == "phone_index":
        contacts.add(_by_phone(f"{aliases[-1][0]}.phone_index"))
    return Place(" ".join(joins), tuple(sorted(contacts)), _conversation(aliases))


def _conversation(aliases: Sequence[tuple[str, type[Model]]]) -> str | None:
    for alias, model in aliases:
        if model._meta.db_table == "conversation":
            return f"{alias}.id"
        if _has(model, "conversation_id"):
            return f"{alias}.conversation_id"
    return None


def _by_phone(index: str) -> str:
    same = f"contact.tenant_id = $1 AND contact.phone_index = {index}"
    return f"(SELECT contact.id FROM contact WHERE {same} LIMIT 1)"  # noqa: S608


def _has(model: type[Model], column: str) -> bool:
    return column in model._meta.fields_map


def _is_there(name: str, column: fields.Field[Any]) -> str:
    return f"t0.{name} IS NOT NULL" if column.null else f"t0.{name} <> {_empty(column)}"


def _empty(column: fields.Field[Any]) -> str:
    if column.null:
        return "NULL"
    if isinstance(column, fields.JSONField):
        made = column.default() if callable(column.default) else {}
        return f"'{json.dumps(made)}'::jsonb"
    return "''"
