"""The statements of disposal, put together from the names of tables and columns: never from values.

Every one takes the tenant as `$1` and, where it is about some rows, their ids as `$2`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from domain.disposal.paths import Path

FORGET_TIMERS = """
DELETE FROM outbox WHERE tenant_id = $1 AND kind = 'timer' AND done_at IS NULL
AND EXISTS (SELECT FROM jsonb_each_text(payload) AS said WHERE said.value = ANY($2::text[]))
"""
_THERE = 'SELECT id FROM "{table}" WHERE tenant_id = $1 AND id = ANY($2::uuid[])'
_DELETE = """
DELETE FROM "{table}" WHERE tenant_id = $1 AND id = ANY($2::uuid[]) RETURNING id
"""
_BLANK = """
UPDATE "{table}" SET {blanked}
WHERE tenant_id = $1 AND id = ANY($2::uuid[]) AND ({filled}) RETURNING id
"""
_OUTSIDE = """
SELECT id, {key} AS key, {folder} AS folder FROM "{table}"
WHERE tenant_id = $1 AND id = ANY($2::uuid[])
"""
_NAMING = 'SELECT id FROM "{table}" WHERE tenant_id = $1 AND "{column}" = ANY($2::uuid[])'
_FREE = """
SELECT gone.id FROM "{table}" AS gone
WHERE gone.tenant_id = $1 AND gone.id = ANY($2::uuid[]){alone}{lock}
"""
_ALONE = """
AND NOT EXISTS (SELECT FROM "{table}" AS hung
                WHERE hung.tenant_id = gone.tenant_id AND hung."{column}" = gone.id)
"""
_NEEDED = """
SELECT DISTINCT "{key}" AS id FROM "{table}"
WHERE tenant_id = $1 AND "{key}" = ANY($2::uuid[]) AND ({filled})
"""
_LEADING = "SELECT t0.id FROM {joined} WHERE t0.tenant_id = $1 AND {named} AND {condition}"
_CLAIM = """
UPDATE "{table}" SET "{names}" = $3 WHERE tenant_id = $1 AND "{names}" IS NULL
AND id IN (SELECT {end}.id FROM {joined} WHERE t0.tenant_id = $1 AND t0."{number}" = $2)
RETURNING id
"""


def there(table: str) -> str:
    """Which rows are there."""
    return _THERE.format(table=table)


def delete(table: str) -> str:
    """Rows go."""
    return _DELETE.format(table=table)


def blank(table: str, blanks: Iterable[tuple[str, str]]) -> str:
    """Columns are blanked in the rows that have something in them."""
    pairs = list(blanks)
    blanked = ", ".join(f'"{column}" = {value}' for column, value in pairs)
    filled = " OR ".join(f'"{column}" IS DISTINCT FROM {value}' for column, value in pairs)
    return _BLANK.format(table=table, blanked=blanked, filled=filled)


def outside(table: str, key: str | None, folder: str | None) -> str:
    """What belongs to rows elsewhere: the columns that name their key and their folder."""
    its_key = f'"{key}"' if key else "NULL::uuid"
    its_folder = f'"{folder}"' if folder else "NULL::text"
    return _OUTSIDE.format(table=table, key=its_key, folder=its_folder)


def naming(table: str, column: str) -> str:
    """The rows of which a column names others."""
    return _NAMING.format(table=table, column=column)


def free(table: str, hanging: Iterable[tuple[str, str]]) -> str:
    """The rows on which nothing hangs, held until they go; `hanging` are tables and columns."""
    alone = "".join(_ALONE.format(table=other, column=column) for other, column in hanging)
    # Where nothing can come to hang on them nothing is held; some rows nobody may lock or change.
    return _FREE.format(table=table, alone=alone, lock=" FOR UPDATE" if alone else "")


@dataclass(frozen=True)
class Sealing:
    """A table, the column that names the key of a row, and what is under it."""

    table: str
    key: str
    columns: tuple[str, ...]


def any_needed(sealing: Iterable[Sealing]) -> str:
    """The keys under which something is still sealed, in any of some tables."""
    return " UNION ALL ".join(_needed(each) for each in sealing)


def _needed(sealing: Sealing) -> str:
    filled = " OR ".join(f'"{column}" IS NOT NULL' for column in sealing.columns)
    return _NEEDED.format(table=sealing.table, key=sealing.key, filled=filled)


def leading(ways: Sequence[tuple[Path, str]], limit: int | None = None) -> str:
    """The rows that lead to whom `$2` names, by any of some ways, each with its condition."""
    found = " UNION ".join(
        _LEADING.format(joined=way.joined, named=f"{way.subject} = $2", condition=condition)
        for way, condition in ways
    )
    return found + (f" LIMIT {limit:d}" if limit else "")


def belonging(way: Path, number: int) -> str:
    """The rows whose way leads through some rows of its table of that number."""
    named = f"t{number}.id = ANY($2::uuid[])"
    return _LEADING.format(joined=way.joined, named=named, condition="true")


def claim(way: Path, number: str) -> str:
    """Rows at the end of a way that name nobody name `$3`, if `$2` is the number at its start."""
    return _CLAIM.format(
        table=way.tables[-1], names=way.names, end=way.end, joined=way.joined, number=number
    )
