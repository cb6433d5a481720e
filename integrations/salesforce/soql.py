"""Questions in SOQL, with whatever callers said kept inside its quotes.

Source: https://developer.salesforce.com/docs/atlas.en-us.soql_sosl.meta/soql_sosl/
sforce_api_calls_soql_select_quotedstringescapes.htm
"""

from collections.abc import Sequence
from datetime import UTC, datetime

ESCAPES = {
    "\\": "\\\\",
    "'": "\\'",
    '"': '\\"',
    "\n": "\\n",
    "\r": "\\r",
    "\t": "\\t",
    "\b": "\\b",
    "\f": "\\f",
}


def literal(text: str) -> str:
    """A text in quotes."""
    return f"'{''.join(ESCAPES.get(each, each) for each in text)}'"


def moment(at: datetime) -> str:
    """A moment; those stand without quotes."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{at.microsecond // 1000:03d}Z"


def written_anyhow(digits: str) -> str:
    """A pattern that fits a number however it is written: `(212) 555-0199`, `212.555.0199`."""
    return f"'%{'%'.join(each for each in digits if each.isdecimal())}%'"


def select(names: Sequence[str], object: str, where: str, order: str, most: int) -> str:
    """A question; names are those of fields and objects, never words of people."""
    # Whatever is not ours in a condition went through `literal`.
    columns = ", ".join(dict.fromkeys(names))
    parts = ("SELECT", columns, "FROM", object, "WHERE", where, "ORDER BY", order)
    return " ".join((*parts, "LIMIT", str(most)))
