"""What is written down for others is what the code says today."""

import pytest

from deskbell.cli.schema import ROOT, checked_in
from deskbell.settings import Settings


@pytest.fixture(scope="module")
def current():
    return {str(path.relative_to(ROOT)): (path, text) for path, text in checked_in().items()}


def test_the_api_the_events_and_the_settings_are_checked_in(current):
    assert {"api/graphql/schema.graphql", "domain/events.schema.json", ".env.example"} <= set(
        current
    )


def test_what_is_checked_in_is_current(current):
    stale = [name for name, (path, text) in current.items() if path.read_text() != text]
    assert stale == [], "run `deskbell schema`"


def test_every_setting_says_what_it_is():
    silent = [name for name, field in Settings.model_fields.items() if not field.description]
    assert silent == []


def test_the_example_sets_nothing_by_itself(current):
    _, text = current[".env.example"]
    assert [line for line in text.splitlines() if line and not line.startswith("#")] == []
