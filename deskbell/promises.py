"""What was promised, what keeps it, which tests prove it, and how they went last.

`promise_ledger.json` holds one entry for each published promise (P001 to P128) and each legal
behaviour (L01 to L55), written by hand. Tests say with a marker which of them they prove;
`make test` writes how they went to `promise_results.json`, which every wheel carries.
"""

import ast
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
LEDGER = HERE / "promise_ledger.json"
RESULTS = HERE / "promise_results.json"
# Only a checkout has it; an installed package knows its tests from the results.
TESTS = HERE.parent / "tests"
PROOF_OF_CHECKOUT = "promise_results.py"
IDS = (*(f"P{n:03}" for n in range(1, 129)), *(f"L{n:02}" for n in range(1, 56)))
MARKERS = frozenset({"promise", "law"})


class Standing(StrEnum):
    """How it stands with a promise."""

    KEPT = "kept"
    ORGANISATIONAL = "organisational"
    """Kept by people, not by code: the evidence is named."""
    PLANNED = "planned"
    """Not kept yet, or not wholly: what is missing is named."""


@dataclass(frozen=True)
class Entry:
    """One promise, in a sentence, and what we do about it."""

    id: str
    says: str
    behaviour: str
    status: Standing
    evidence: str = ""
    missing: str = ""
    conflict: str = ""
    """Where published policies contradict each other: which ones, and what was chosen."""

    @property
    def in_conflict(self) -> list[str]:
        """Which promises contradict each other: the numbers before the colon."""
        return self.conflict.partition(":")[0].split(", ")

    @classmethod
    def read(cls, written: dict[str, Any]) -> "Entry":
        """The entry of a line of the ledger."""
        return cls(**{**written, "status": Standing(written["status"])})


Proofs = Mapping[str, Iterable[str]]


def ledger(path: Path = LEDGER) -> list[Entry]:
    """Every entry, in order."""
    return [Entry.read(written) for written in json.loads(path.read_text())]


def faults(entries: Iterable[Entry], proofs: Proofs) -> list[str]:
    """What is wrong with a ledger, given the tests that are marked."""
    known = list(entries)
    listed = [entry.id for entry in known]
    found = [f"{id} has no entry" for id in IDS if id not in listed]
    found += [f"{id} is no promise" for id in proofs if id not in IDS]
    if not found and listed != list(IDS):
        found.append("The entries are not in order, or some are there twice")
    return found + [fault for entry in known for fault in _faults(entry, proofs)]


def _faults(entry: Entry, proofs: Proofs) -> Iterator[str]:
    if not entry.says or not entry.behaviour:
        yield f"{entry.id} does not say what it is"
    if entry.status is Standing.KEPT and not list(proofs.get(entry.id, ())):
        yield f"{entry.id} is kept, and no test says so"
    if entry.status is Standing.KEPT and entry.missing:
        yield f"{entry.id} is kept, and something is missing"
    if entry.status is Standing.PLANNED and not entry.missing:
        yield f"{entry.id} is planned, and nothing is missing"
    if entry.status is Standing.ORGANISATIONAL and not entry.evidence:
        yield f"{entry.id} is kept by people, and nothing shows it"
    if entry.conflict and entry.id not in entry.in_conflict:
        yield f"{entry.id} has a conflict that is not about it"


def marked(folder: Path = TESTS) -> dict[str, list[str]]:
    """The tests of a checkout by the promises that they prove, as pytest names them."""
    proofs: dict[str, list[str]] = defaultdict(list)
    for path in sorted(folder.rglob("test_*.py")):
        text = path.read_text()
        if "mark.promise(" in text or "mark.law(" in text:
            name = path.relative_to(folder.parent)
            for id, test in _marked_in(ast.parse(text)):
                proofs[id].append(f"{name}::{test}")
    return dict(sorted(proofs.items()))


def _marked_in(tree: ast.Module) -> Iterator[tuple[str, str]]:
    of_all = [id for node in tree.body for id in _of_module(node)]
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            ids = [id for decorator in node.decorator_list for id in _promises(decorator)]
            if node.name.startswith("test_"):
                ids += of_all
            yield from ((id, node.name) for id in dict.fromkeys(ids))


def _of_module(node: ast.stmt) -> list[str]:
    """The ids in `pytestmark = pytest.mark.promise("P001")`, alone or in a list."""
    match node:
        case ast.Assign(targets=[ast.Name(id="pytestmark")], value=ast.List(elts=marks)):
            return [id for mark in marks for id in _promises(mark)]
        case ast.Assign(targets=[ast.Name(id="pytestmark")], value=mark):
            return _promises(mark)
    return []


def _promises(mark: ast.expr) -> list[str]:
    """The ids in `pytest.mark.promise("P001", "P002")`."""
    match mark:
        case ast.Call(
            func=ast.Attribute(attr=name, value=ast.Attribute(attr="mark")), args=args
        ) if name in MARKERS:
            return [str(arg.value) for arg in args if isinstance(arg, ast.Constant)]
    return []


@dataclass(frozen=True)
class Results:
    """How each test went last, and what it proves."""

    tests: dict[str, dict[str, Any]]

    @classmethod
    def load(cls, path: Path = RESULTS) -> "Results":
        """What was written last; nothing where nothing was."""
        return cls(json.loads(path.read_text()) if path.exists() else {})

    def after(self, run: dict[str, dict[str, Any]], proofs: Proofs) -> "Results":
        """These, with those of another run; tests that prove nothing any more are left out."""
        current = {test for tests in proofs.values() for test in tests}
        known = {test: told for test, told in (self.tests | run).items() if test in current}
        return Results(dict(sorted(known.items())))

    def save(self, path: Path = RESULTS) -> None:
        """Write them, whole or not at all."""
        partial = path.with_suffix(".partial")
        partial.write_text(json.dumps(self.tests, indent=1) + "\n")
        partial.replace(path)

    def proofs(self) -> dict[str, list[str]]:
        """The tests by the promises they prove."""
        proofs: dict[str, list[str]] = defaultdict(list)
        for test, told in self.tests.items():
            for id in told["ids"]:
                proofs[id].append(test)
        return proofs

    def of(self, tests: Iterable[str]) -> str | None:
        """How all of some tests went: `passed` only if each of them ran and passed."""
        outcomes = {self.tests[test]["outcome"] if test in self.tests else None for test in tests}
        if "failed" in outcomes:
            return "failed"
        return "passed" if outcomes == {"passed"} else None


def told(results: Results | None = None) -> list[dict[str, Any]]:
    """Each promise with its tests and their last result: what `deskbell promises --json` prints."""
    results = results or Results.load()
    proofs = marked() if (TESTS / PROOF_OF_CHECKOUT).exists() else results.proofs()
    return [
        {
            "id": entry.id,
            "status": entry.status.value,
            "tests": (tests := list(proofs.get(entry.id, ()))),
            "last": results.of(tests),
        }
        for entry in ledger()
    ]
