"""Lines for spreadsheets, in which nothing is taken for a formula."""

import csv
import io
from collections.abc import Iterable, Sequence

# What a spreadsheet would take for the beginning of one.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_lines(lines: Iterable[Sequence[str]]) -> str:
    """Lines as CSV (RFC 4180); what could be a formula begins with an apostrophe."""
    written = io.StringIO()
    csv.writer(written).writerows([harmless(cell) for cell in line] for line in lines)
    return written.getvalue()


def harmless(cell: str) -> str:
    """A cell that is shown as it is."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell
