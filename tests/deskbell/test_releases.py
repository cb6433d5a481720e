"""A release's schema is kept, and what breaks it is refused unless that was accepted."""

from datetime import date
from importlib.metadata import version

import pytest

from api.graphql.schema import print_sdl
from deskbell.releases import ACCEPTED, RELEASES, faults, latest, release, release_of

TODAY = date(2027, 6, 1)
OLD = "type Query { call: Int  note: String }"
NEW = "type Query { call: Int }"
BREAK = "FIELD_REMOVED: Field Query.note was removed."


@pytest.fixture
def folder(tmp_path):
    release_of(tmp_path, "0.1.0").write_text(OLD)
    (tmp_path / ACCEPTED).write_text("")
    return tmp_path


def accept(folder, change, reason):
    (folder / ACCEPTED).write_text(f'[[accepted]]\nchange = "{change}"\nreason = "{reason}"\n')


def test_what_breaks_the_last_release_is_refused(folder):
    [told] = faults(NEW, TODAY, folder)
    assert told.startswith(BREAK)
    assert faults(OLD, TODAY, folder) == []


def test_a_break_is_accepted_with_a_reason_only(folder):
    accept(folder, BREAK, "It never worked.")
    assert faults(NEW, TODAY, folder) == []
    accept(folder, BREAK, " ")
    [told] = faults(NEW, TODAY, folder)
    assert "Say why" in told


def test_a_break_that_is_none_is_not_accepted(folder):
    accept(folder, BREAK, "It never worked.")
    [told] = faults(OLD, TODAY, folder)
    assert "is not so" in told


def test_a_deprecation_without_an_end_is_refused(folder):
    [told] = faults(OLD.replace("note: String", "note: String @deprecated"), TODAY, folder)
    assert told.startswith("Query.note: ")


def test_versions_are_compared_as_numbers(folder):
    release_of(folder, "0.10.0").write_text(NEW)
    release_of(folder, "0.9.0").write_text(OLD)
    assert latest(folder).name == "schema-0.10.0.graphql"


def test_a_release_keeps_its_schema(folder):
    assert release(NEW, folder) == release_of(folder, version("deskbell"))
    assert latest(folder).read_text() == NEW


def test_the_present_schema_breaks_no_client_of_the_last_release():
    assert latest(RELEASES).exists()
    assert faults(print_sdl(), TODAY) == []
