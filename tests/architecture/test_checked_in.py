"""What is written down for others is what the code says today."""

import pytest

from deskbell.cli.schema import ROOT, checked_in
from deskbell.settings import Settings


@pytest.fixture(scope="module")
def current():
    return {str(path.relative_to(ROOT)): (path, text) for path, text in checked_in().items()}


@pytest.mark.parametrize(
    "name", ["api/graphql/schema.graphql", "domain/events.schema.json", ".env.example"]
)
def test_a_checked_in_file_is_current(current, name):
    path, text = current[name]
    assert path.read_text() == text, "run `deskbell schema`"


def test_every_setting_says_what_it_is():
    silent = [name for name, field in Settings.model_fields.items() if not field.description]
    assert silent == []


def test_the_example_sets_nothing_by_itself(current):
    _, text = current[".env.example"]
    assert [line for line in text.splitlines() if line and not line.startswith("#")] == []
