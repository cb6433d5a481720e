"""The ledger of promises says no more than is so, and the build fails when it does."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from deskbell import promises
from deskbell.cli import app
from deskbell.promises import IDS, Entry, Results, Standing, faults, ledger, marked
from tests.architecture.source import ROOT

TEST = "tests/test_a.py::test_a"
PROVED = {id: [TEST] for id in IDS}


def test_the_ledger_says_what_is_so():
    assert faults(ledger(), marked()) == []


def test_every_promise_and_law_has_its_entry():
    assert (len(IDS), IDS[0], IDS[127], IDS[-1]) == (183, "P001", "P128", "L55")
    assert [entry.id for entry in ledger()] == list(IDS)


def with_entry(entry: Entry) -> list[Entry]:
    return [entry if each.id == entry.id else each for each in ledger()]


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"status": Standing.KEPT, "missing": "much"}, "is kept, and something is missing"),
        ({"status": Standing.PLANNED, "missing": ""}, "is planned, and nothing is missing"),
        (
            {"status": Standing.ORGANISATIONAL, "evidence": ""},
            "is kept by people, and nothing shows it",
        ),
        ({"says": ""}, "does not say what it is"),
        ({"conflict": "P002, P003: either"}, "has a conflict that is not about it"),
    ],
)
def test_an_entry_that_says_too_little_is_found(changes, fault):
    entry = replace(ledger()[0], **changes)
    assert faults(with_entry(entry), PROVED) == [f"P001 {fault}"]


def test_what_is_kept_needs_a_test():
    entry = replace(ledger()[0], status=Standing.KEPT, missing="")
    without = {id: tests for id, tests in PROVED.items() if id != "P001"}
    assert faults(with_entry(entry), without) == ["P001 is kept, and no test says so"]


def test_a_promise_without_an_entry_is_found():
    assert faults(ledger()[1:], PROVED) == ["P001 has no entry"]


def test_a_marker_that_names_no_promise_is_found():
    assert faults(ledger(), PROVED | {"P129": [TEST]}) == ["P129 is no promise"]


def test_entries_stand_in_order():
    first, second, *rest = ledger()
    assert faults([second, first, *rest], PROVED) == [
        "The entries are not in order, or some are there twice"
    ]


def test_what_people_keep_is_shown_by_a_page():
    shown = [entry.evidence for entry in ledger() if entry.status is Standing.ORGANISATIONAL]
    assert shown
    assert all((ROOT / page).exists() for page in shown)


def test_the_command_tells_each_with_its_tests():
    done = CliRunner().invoke(app, ["promises", "--json"])
    told = json.loads(done.stdout)
    assert [list(each) for each in told] == [["id", "status", "tests", "last"]] * len(IDS)
    by_id = {each["id"]: each for each in told}
    assert "tests/deskbell/test_tls.py" in "".join(by_id["P104"]["tests"])
    assert {each["last"] for each in told} <= {"passed", "failed", None}


def test_the_command_shows_people_what_is_missing():
    done = CliRunner().invoke(app, ["promises"], env={"COLUMNS": "200"})
    assert done.exit_code == 0
    assert " planned" in done.stdout.splitlines()[-1]
    assert "P128" in done.stdout


PROMISING = """
import pytest

@pytest.mark.promise("P001")
def test_good(): pass

@pytest.mark.promise("P002")
@pytest.mark.law("L01")
@pytest.mark.parametrize("broken", [False, True, False])
def test_bad(broken): assert not broken

@pytest.mark.law("L02")
@pytest.mark.skipif(True, reason="not here")
def test_left_out(): pass

@pytest.fixture
def unready(): raise RuntimeError

@pytest.mark.promise("P003")
def test_never_began(unready): pass

def test_of_nothing(): pass
"""
OF_A_MODULE = """
import pytest

pytestmark = [pytest.mark.law("L04"), pytest.mark.promise("P004")]

@pytest.mark.promise("P005", "P006")
def test_several(): pass

def used_by_tests(): pass
"""
INI = "[pytest]\nmarkers =\n  promise(id): x\n  law(id): x\naddopts = --strict-markers\n"


@pytest.fixture
def checkout(tmp_path):
    """A folder with tests of its own."""
    (tmp_path / "tests").mkdir()
    (tmp_path / "pytest.ini").write_text(INI)
    (tmp_path / "tests/test_it.py").write_text(PROMISING)
    return tmp_path


def run(checkout: Path, *words: str) -> subprocess.CompletedProcess[str]:
    recording = ("-p", "tests.promise_results", "--record-promises", "out.json")
    # Without -P their `tests` would stand before ours.
    command = [sys.executable, "-P", "-m", "pytest", "-q", "-c", "pytest.ini", *recording, *words]
    environment = {"PYTHONPATH": str(ROOT), "PYTHONSAFEPATH": "1"}
    return subprocess.run(
        command, cwd=checkout, env=environment, capture_output=True, text=True, check=False
    )


def outcomes(checkout: Path) -> dict[str, tuple[list[str], str]]:
    """What was written down of each test."""
    tests = Results.load(checkout / "out.json").tests
    return {test.partition("::")[2]: (told["ids"], told["outcome"]) for test, told in tests.items()}


@pytest.mark.parametrize("workers", [(), ("-n", "2")])
def test_results_are_written_down(checkout, workers):
    run(checkout, *workers, "tests")
    assert outcomes(checkout) == {
        "test_bad": (["L01", "P002"], "failed"),
        "test_good": (["P001"], "passed"),
        "test_left_out": (["L02"], "skipped"),
        "test_never_began": (["P003"], "failed"),
    }
    results = Results.load(checkout / "out.json")
    proofs = results.proofs()
    assert [results.of(proofs[id]) for id in ("P001", "P002", "L02")] == ["passed", "failed", None]
    assert results.of([]) is None


def test_a_run_of_some_keeps_what_is_known_of_the_others(checkout):
    run(checkout, "tests")
    fixed = PROMISING.replace("not broken", "True").replace("test_good", "test_better")
    (checkout / "tests/test_it.py").write_text(fixed)
    run(checkout, "tests/test_it.py", "-k", "bad")
    assert {test: outcome for test, (_, outcome) in outcomes(checkout).items()} == {
        "test_bad": "passed",
        "test_left_out": "skipped",
        "test_never_began": "failed",
    }


def test_a_marker_that_names_no_promise_stops_the_run(checkout):
    (checkout / "tests/test_it.py").write_text(PROMISING.replace("P001", "P999"))
    done = run(checkout, "tests")
    assert done.returncode == pytest.ExitCode.USAGE_ERROR
    assert "proves ['P999'], which nobody promised" in done.stderr + done.stdout


def test_markers_are_found_without_running_anything(checkout):
    assert marked(checkout / "tests") == {
        "L01": ["tests/test_it.py::test_bad"],
        "L02": ["tests/test_it.py::test_left_out"],
        "P001": ["tests/test_it.py::test_good"],
        "P002": ["tests/test_it.py::test_bad"],
        "P003": ["tests/test_it.py::test_never_began"],
    }


def test_markers_of_a_module_and_of_several_are_found(checkout):
    (checkout / "tests/test_it.py").write_text(OF_A_MODULE)
    several = ["tests/test_it.py::test_several"]
    assert marked(checkout / "tests") == dict.fromkeys(("L04", "P004", "P005", "P006"), several)
    run(checkout, "tests")
    [(ids, _)] = outcomes(checkout).values()
    assert ids == ["L04", "P004", "P005", "P006"]


def test_an_installed_package_knows_its_tests_from_the_results(monkeypatch, tmp_path):
    monkeypatch.setattr(promises, "TESTS", tmp_path / "nowhere")
    [first, *_] = promises.told(Results({TEST: {"ids": ["P001"], "outcome": "passed"}}))
    assert first == {"id": "P001", "status": first["status"], "tests": [TEST], "last": "passed"}


def test_the_wheel_carries_ledger_and_results():
    settings = (ROOT / "pyproject.toml").read_text()
    assert 'artifacts = ["deskbell/promise_results.json"]' in settings
    assert promises.LEDGER.parent == promises.RESULTS.parent == ROOT / "deskbell"
