"""Results as a reader sees them: rows side by side, with their ratio to one of them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from rich.console import Console
from rich.table import Table as RichTable


@dataclass(frozen=True)
class Column:
    """One number of every row; with `better` it gets a ratio beside it."""

    key: str
    title: str
    better: Literal["more", "less", ""] = ""


@dataclass(frozen=True)
class Table:
    """Rows of one measurement; ratios say how many times better than `against` a row is."""

    name: str
    title: str
    columns: Sequence[Column]
    rows: Sequence[dict[str, Any]]
    against: str
    label: str = "server"

    def ratio(self, row: dict[str, Any], column: Column) -> float | None:
        """How many times better a row is, if that can be said."""
        base = self._base(row)
        if not column.better or base is None or base is row:
            return None
        mine, theirs = row[column.key], base[column.key]
        if not mine or not theirs:
            return None
        return float(mine / theirs if column.better == "more" else theirs / mine)

    def written(self) -> list[dict[str, Any]]:
        """For JSON: rows with their ratios."""
        return [{**row, "ratios": self._ratios(row)} for row in self.rows]

    def _base(self, row: dict[str, Any]) -> dict[str, Any] | None:
        """The row to compare with: of the same group, where rows come in groups."""
        group = row.get("group")
        for other in self.rows:
            if other[self.label] == self.against and other.get("group") == group:
                return other
        return None

    def _ratios(self, row: dict[str, Any]) -> dict[str, float]:
        found = {column.key: self.ratio(row, column) for column in self.columns}
        return {key: round(ratio, 3) for key, ratio in found.items() if ratio is not None}


@dataclass(frozen=True)
class Report:
    """Everything one bench has to say."""

    title: str
    tables: Sequence[Table]
    notes: Sequence[str] = field(default=())

    def written(self) -> dict[str, Any]:
        """For JSON."""
        return {**{table.name: table.written() for table in self.tables}, "notes": [*self.notes]}

    def show(self, console: Console) -> None:
        """For people."""
        for table in self.tables:
            console.print(_drawn(self.title, table))
        for note in self.notes:
            console.print(f"[bold yellow]{note}[/bold yellow]")


def _drawn(title: str, table: Table) -> RichTable:
    drawn = RichTable(title=f"{title}: {table.title}", title_justify="left")
    drawn.add_column(table.label)
    for column in table.columns:
        drawn.add_column(column.title, justify="right")
    for row in table.rows:
        name = " ".join(filter(None, [row.get("group"), row[table.label]]))
        drawn.add_row(name, *(_cell(table, row, column) for column in table.columns))
    return drawn


def _cell(table: Table, row: dict[str, Any], column: Column) -> str:
    value = row[column.key]
    written = f"{value:,.3g}" if isinstance(value, float) and abs(value) < 100 else _whole(value)
    ratio = table.ratio(row, column)
    return written if ratio is None else f"{written} [dim]({ratio:.3g}x)[/dim]"


def _whole(value: Any) -> str:
    return f"{value:,.0f}" if isinstance(value, int | float) else str(value)
