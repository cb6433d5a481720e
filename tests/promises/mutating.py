"""A copy of the checkout in which one behaviour is switched off, and the test that must notice."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.architecture.source import ROOT

TABLE = Path(__file__).parent / "mutations.json"
# Seconds; what is switched off may leave a test waiting for it.
PATIENCE = 600
LEFT_OUT = shutil.ignore_patterns(
    ".venv", ".git", ".cache", ".tools", ".hypothesis", "__pycache__", ".*_cache", "node_modules"
)


@dataclass(frozen=True)
class Mutation:
    """A behaviour that is switched off: what is replaced in a file; `test` must fail then."""

    file: str
    original: str
    replacement: str
    test: str

    @property
    def path(self) -> Path:
        """The file, in this checkout."""
        return ROOT / self.file

    @property
    def mutated(self) -> str:
        """The file as it is without the behaviour."""
        return self.path.read_text().replace(self.original, self.replacement)


def mutations() -> dict[str, Mutation]:
    """The mutation of each promise that is kept."""
    return {id: Mutation(**each) for id, each in json.loads(TABLE.read_text()).items()}


@dataclass(frozen=True)
class Copy:
    """Another checkout of the same code; it shares the servers of this one's tests."""

    root: Path

    @classmethod
    def of_this(cls, root: Path) -> "Copy":
        """Copy what is not made by running something."""
        shutil.copytree(ROOT, root, ignore=LEFT_OUT, symlinks=True)
        (root / ".cache").symlink_to(ROOT / ".cache", target_is_directory=True)
        return cls(root)

    def run(self, *tests: str) -> subprocess.CompletedProcess[str]:
        """Run some tests in it."""
        words = ("-q", "-x", "-p", "no:cacheprovider", *tests)
        return subprocess.run(
            [sys.executable, "-m", "pytest", *words],
            cwd=self.root,
            env=self._environment,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )

    @property
    def _environment(self) -> dict[str, str]:
        # What does not change is compiled once for all runs.
        left_out = {"PYTHONDONTWRITEBYTECODE"}
        kept = {name: value for name, value in os.environ.items() if name not in left_out}
        return kept | {"PYTHONPATH": str(self.root)}

    @cache  # noqa: B019  # a copy lasts as long as the tests that use it
    def without(self, mutation: Mutation) -> subprocess.CompletedProcess[str]:
        """Run the test of a behaviour that is switched off, once for all who rest on it."""
        path = self.root / mutation.file
        before = path.read_text()
        path.write_text(mutation.mutated)
        try:
            return self.run(mutation.test)
        finally:
            path.write_text(before)
