"""`deskbell law`."""

import json

import pytest
from typer.testing import CliRunner

from deskbell.cli import app


def listed(*arguments):
    result = CliRunner().invoke(app, ["law", "--json", *arguments])
    assert result.exit_code == 0
    return json.loads(result.stdout)


@pytest.mark.law("L01", "L12")
def test_the_law_of_a_day_is_listed():
    before = listed("--as-of", "2026-08-01", "--rule", "ai.disclosure")
    after = listed("--as-of", "2026-08-02", "--rule", "ai.disclosure")
    [new] = [row for row in after if row not in before]
    assert (new["jurisdiction"], new["value"]) == ("EU", "at_start")
    assert new["source_url"] == "https://eur-lex.europa.eu/eli/reg/2024/1689/oj"


def test_people_get_a_table_that_is_no_advice():
    result = CliRunner().invoke(app, ["law", "--as-of", "2026-08-02"])
    assert "rules in force on 2026-08-02. This is not legal advice." in result.stdout


def test_a_day_that_is_none_is_refused():
    assert CliRunner().invoke(app, ["law", "--as-of", "someday"]).exit_code == 2
