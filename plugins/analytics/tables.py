"""The tables that an owner gets, column by column; the schema and the documentation come of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from domain.spreadsheets import csv_lines

Line = Mapping[str, Any]


class Table(StrEnum):
    """What is told of a day."""

    CONVERSATIONS = "conversations"
    TOTALS = "totals"
    USAGE = "usage"


@dataclass(frozen=True)
class Column:
    """One column of a file; `type` as in a JSON Table Schema."""

    name: str
    type: str
    description: str


DAY = Column("day", "date", "The day, in the time zone of the business")
COLUMNS: Mapping[Table, tuple[Column, ...]] = {
    Table.CONVERSATIONS: (
        DAY,
        Column("channel", "string", "voice, chat or sms; other where several are told together"),
        Column("outcome", "string", "What they led to, such as booked; other likewise"),
        Column("conversations", "integer", "How many began on that day and have ended"),
        Column("seconds", "integer", "How long they lasted in all"),
        Column("latency_ms_median", "integer", "How long an answer took, in the middle"),
        Column("latency_ms_p95", "integer", "How long all but the slowest twentieth took at most"),
    ),
    Table.TOTALS: (
        DAY,
        Column("leads", "integer", "Leads that were captured"),
        Column("messages", "integer", "Messages that were left"),
        Column("appointments", "integer", "Appointments that were made, whenever they are"),
    ),
    Table.USAGE: (
        DAY,
        Column("name", "string", "What was used, such as voice.seconds: what costs follow from"),
        Column("unit", "string", "In which unit"),
        Column("quantity", "integer", "How much of it"),
    ),
}


def csv_of(table: Table, days: Iterable[tuple[str, Iterable[Line]]]) -> str:
    """The lines of some days as one file; what is not told is empty."""
    names = [column.name for column in COLUMNS[table]]
    lines = [{**line, DAY.name: day} for day, many in days for line in many]
    return csv_lines([names, *([_cell(line.get(name)) for name in names] for line in lines)])


def schema() -> dict[str, Any]:
    """What stands in the files, as a JSON Table Schema for each."""
    return {
        table.value: {
            "fields": [
                {"name": each.name, "type": each.type, "description": each.description}
                for each in columns
            ],
            "missingValues": [""],
        }
        for table, columns in COLUMNS.items()
    }


def _cell(value: Any) -> str:
    return "" if value is None else str(value)
