"""A pytest plugin: with `--record-promises FILE`, how the tests went that prove promises.

Workers of xdist tell it in the properties of their reports; one process writes it down.
"""

from pathlib import Path
from typing import Any

import pytest

from deskbell.promises import IDS, MARKERS, Results, marked

PROPERTY = "promises"


def pytest_addoption(parser: pytest.Parser) -> None:
    """The option."""
    group = parser.getgroup("promises")
    group.addoption("--record-promises", metavar="FILE", help="write how promises were proved")


def pytest_configure(config: pytest.Config) -> None:
    """Listen to the reports, in the one process that gets all of them."""
    file = config.getoption("--record-promises")
    if file and not hasattr(config, "workerinput"):
        config.pluginmanager.register(Recorder(Path(file), config.rootpath / "tests"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Refuse a marker that names no promise, and send along what each test proves."""
    for item in items:
        marks = [mark for name in MARKERS for mark in item.iter_markers(name)]
        ids = sorted({id for mark in marks for id in mark.args})
        if unknown := sorted(set(ids) - set(IDS)):
            raise pytest.UsageError(f"{item.nodeid} proves {unknown}, which nobody promised")
        if ids:
            item.user_properties.append((PROPERTY, ids))


class Recorder:
    """Gathers outcomes; of a test with parameters the worst one counts."""

    WORST_FIRST = ("failed", "skipped", "passed")

    def __init__(self, file: Path, tests: Path) -> None:
        self._file, self._tests = file, tests
        self._run: dict[str, dict[str, Any]] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note how a part of a test went."""
        ids = dict(report.user_properties).get(PROPERTY)
        if not ids or (report.when != "call" and report.outcome == "passed"):
            return
        test = report.nodeid.partition("[")[0]
        earlier = self._run.get(test, {}).get("outcome", report.outcome)
        outcome = min(earlier, report.outcome, key=self.WORST_FIRST.index)
        self._run[test] = {"ids": ids, "outcome": outcome}

    def pytest_sessionfinish(self) -> None:
        """Write it beside what earlier runs found."""
        Results.load(self._file).after(self._run, marked(self._tests)).save(self._file)
