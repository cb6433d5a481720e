"""The tables: read once, checked, and looked up by rule, place and day."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path

from pydantic import TypeAdapter

from domain.errors import NotFound
from domain.law.places import EVERYWHERE, bodies
from domain.law.rows import Rule

TABLES = Path(__file__).parent / "tables"

_ROWS = TypeAdapter(tuple[Rule, ...])


class NoSuchRule(NotFound):
    """No row of this rule is in force there on that day."""

    code = "NO_SUCH_RULE"

    def __init__(self, rule_id: str, jurisdiction: str, as_of: date) -> None:
        super().__init__(f"There is no rule {rule_id} for {jurisdiction} on {as_of}")


def rules(rule_id: str, jurisdiction: str, as_of: date) -> tuple[Rule, ...]:
    """Every row of a rule that binds a place on a day, the most particular in front.

    A state is bound by its country's rows too, and a country by those of the EU or EEA while it
    belongs to them. The row for `*` stands in only where there is no other.
    """
    found = [
        row
        for body in bodies(jurisdiction, memberships(jurisdiction, as_of))
        for row in _of(rule_id, body, as_of)
    ]
    return tuple(found) or _of(rule_id, EVERYWHERE, as_of)


def rule(rule_id: str, jurisdiction: str, as_of: date) -> Rule:
    """The most particular row of a rule. Raises `NoSuchRule`."""
    found = rules(rule_id, jurisdiction, as_of)
    if not found:
        raise NoSuchRule(rule_id, jurisdiction, as_of)
    return found[0]


def in_force(as_of: date) -> tuple[Rule, ...]:
    """Everything that applies on a day, in the order of the tables."""
    return tuple(row for row in every_rule() if row.applies(as_of))


def memberships(jurisdiction: str, as_of: date) -> tuple[str, ...]:
    """The bodies whose law binds a country on a day."""
    joined: list[str] = []
    for row in _of("membership", jurisdiction.partition("-")[0], as_of):
        joined.extend(TypeAdapter(tuple[str, ...]).validate_python(row.value))
    return tuple(joined)


@cache
def every_rule() -> tuple[Rule, ...]:
    """All rows of all tables, of all times. Raises `ValueError` for a table that cannot be."""
    return read(TABLES.glob("*.json"))


def read(tables: Iterable[Path]) -> tuple[Rule, ...]:
    """The rows of some tables. Raises `ValueError`: wrong, or two at once for one place."""
    rows = [row for path in sorted(tables) for row in _ROWS.validate_json(path.read_bytes())]
    for held in _by_place(rows).values():
        _check_apart(held)
    return tuple(rows)


def _of(rule_id: str, jurisdiction: str, as_of: date) -> tuple[Rule, ...]:
    held = _index().get((rule_id, jurisdiction), ())
    return tuple(row for row in held if row.applies(as_of))


@cache
def _index() -> Mapping[tuple[str, str], list[Rule]]:
    return _by_place(every_rule())


def _by_place(rows: Iterable[Rule]) -> dict[tuple[str, str], list[Rule]]:
    held: dict[tuple[str, str], list[Rule]] = defaultdict(list)
    for row in rows:
        held[row.rule_id, row.jurisdiction].append(row)
    return dict(held)


def _check_apart(rows: list[Rule]) -> None:
    """Of one rule in one place, one row is in force at a time."""
    ordered = sorted(rows, key=lambda row: row.effective_from or date.min)
    for earlier, later in pairwise(ordered):
        ends, begins = earlier.effective_to, later.effective_from
        if ends is None or begins is None or begins <= ends:
            where = f"{later.rule_id} for {later.jurisdiction}"
            raise ValueError(f"two rows of {where} are in force at once")
