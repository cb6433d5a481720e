"""Time and identifiers come from the clock and the ids that were handed in, and nowhere else."""

import ast
import re

from tests.architecture.source import written

CLOCK = "domain/clock.py"
# A caller's script and its fake carrier run in real time beside the product, not inside it.
OUTSIDE = ("integrations/vonage/fake/",)
ASKING = re.compile(
    r"^(datetime\.)?(datetime|date)\.(now|utcnow|today)$"
    r"|^time\.(time|monotonic|perf_counter)(_ns)?$"
    r"|^(uuid\.)?uuid[167]$"
    r"|^loop\.time$"
)
SQL_TIME = re.compile(
    r"\b(now|uuidv7|gen_random_uuid|clock_timestamp|statement_timestamp|transaction_timestamp)\(\)"
    r"|\bCURRENT_(TIMESTAMP|DATE|TIME)\b"
)
STAMPS = {"auto_now", "auto_now_add"}
# `domain/ids.py` builds an identifier from the moment it is given.
BUILDS_IDS = "domain/ids.py"


def test_only_the_clock_knows_what_time_it_is():
    asking = [
        f"{source.path}:{call.lineno} {name}"
        for source in written()
        if not source.is_one_of((CLOCK, BUILDS_IDS, *OUTSIDE))
        for name, call in source.calls
        if ASKING.search(name)
    ]
    assert asking == []


def test_the_database_is_never_asked_for_time_or_ids():
    asking = [
        f"{source.path}: {found.group()}"
        for source in written()
        for text in _statements(source)
        if (found := SQL_TIME.search(text))
    ]
    assert asking == []


def test_no_column_stamps_itself():
    stamping = [
        f"{source.path}:{call.lineno}"
        for source in written()
        for _, call in source.calls
        for keyword in call.keywords
        if keyword.arg in STAMPS
    ]
    assert stamping == []


def test_only_the_clock_imports_bare_time():
    importing = [
        source.path
        for source in written()
        if source.path != CLOCK
        for node in source.of(ast.ImportFrom)
        if node.module == "time" and {alias.name for alias in node.names} - {"sleep"}
    ]
    assert importing == []


def _statements(source):
    return (text for text in source.strings if re.search(r"\b[A-Z]{4,}\b", text))
