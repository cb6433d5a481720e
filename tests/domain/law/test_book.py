"""The dated tables: what is looked up, for whom, on which day, and that the rows can be trusted."""

import json
from datetime import date, timedelta

import pytest
from pydantic import ValidationError

from domain import law
from domain.law.book import TABLES, memberships, read
from domain.law.rows import Rule

TODAY = date(2026, 6, 1)
ROW = {
    "rule_id": "calling.window",
    "jurisdiction": "US",
    "effective_from": "2020-01-01",
    "effective_to": None,
    "value": ["08:00", "21:00"],
    "source_url": "https://example.org/law",
    "needs_counsel": False,
}


def table(folder, *rows):
    path = folder / "calling.json"
    path.write_text(json.dumps([ROW | row for row in rows]))
    return read([path])


def test_a_state_is_bound_by_its_country_too():
    found = law.rules("recording.consent", "US-CA", TODAY)
    assert [row.jurisdiction for row in found] == ["US-CA", "US"]


def test_a_country_is_bound_by_what_it_joined():
    assert [row.jurisdiction for row in law.rules("recording.consent", "FR", TODAY)] == [
        "EU",
        "EEA",
    ]
    assert [row.jurisdiction for row in law.rules("recording.consent", "NO", TODAY)] == ["EEA"]


def test_a_place_without_rows_falls_back():
    assert [row.jurisdiction for row in law.rules("recording.consent", "BR", TODAY)] == ["*"]


def test_the_fallback_never_joins_other_rows():
    assert "*" not in {row.jurisdiction for row in law.rules("recording.consent", "US", TODAY)}


def test_a_rule_that_nobody_made_is_refused():
    assert law.rules("calling.moon_phase", "US", TODAY) == ()
    with pytest.raises(law.NoSuchRule, match=r"calling\.moon_phase for US on 2026-06-01"):
        law.rule("calling.moon_phase", "US", TODAY)


@pytest.mark.parametrize(
    ("day", "joined"), [(date(2020, 12, 31), ("EU", "EEA")), (date(2021, 1, 1), ())]
)
def test_a_country_can_leave(day, joined):
    assert memberships("GB", day) == joined


def test_the_union_has_twenty_seven_members():
    rows = [row for row in law.in_force(TODAY) if row.rule_id == "membership"]
    # Parts of members that have a code of their own belong by the treaty.
    members = {row.jurisdiction for row in rows if "355" not in row.statute}
    assert len(members) == 30
    assert len(members - {"IS", "LI", "NO"}) == 27


@pytest.mark.law("L09")
@pytest.mark.parametrize(("day", "rows"), [(date(2026, 8, 1), 0), (date(2026, 8, 2), 1)])
def test_a_law_begins_on_its_first_day(day, rows):
    assert len(law.rules("ai.disclosure", "DE", day)) == rows


def test_every_row_has_a_source_and_its_own_reference():
    rows = law.every_rule()
    assert all(row.source_url.startswith("http") for row in rows)
    assert len({row.reference for row in rows}) == len(rows)


def test_every_place_of_an_area_code_has_a_rule():
    stored = json.loads((TABLES.parent / "area_codes.json").read_text())["codes"]
    ruled = {row.jurisdiction for row in law.every_rule() if row.rule_id == "recording.consent"}
    states = {place for place in stored if place.startswith("US-")} - {"US-VI"}
    assert len(states) == 51
    assert states <= ruled


def test_the_value_decides_the_version():
    rule = Rule.model_validate(ROW)
    assert rule.version != Rule.model_validate(ROW | {"value": ["08:00", "20:00"]}).version


def test_ending_a_rule_keeps_its_version():
    ended = Rule.model_validate(ROW | {"effective_to": "2027-01-01"})
    assert ended.version == Rule.model_validate(ROW).version


def test_two_rows_in_force_at_once_are_refused(tmp_path):
    with pytest.raises(ValueError, match=r"calling\.window for US are in force at once"):
        table(tmp_path, {"effective_to": "2026-01-01"}, {"effective_from": "2026-01-01"})


def test_one_row_may_follow_another(tmp_path):
    until = date(2026, 1, 1)
    rows = table(
        tmp_path,
        {"effective_to": str(until)},
        {"effective_from": str(until + timedelta(days=1)), "value": []},
    )
    assert [row.applies(until) for row in rows] == [True, False]


@pytest.mark.parametrize(
    "wrong",
    [
        {"jurisdiction": "Texas"},
        {"rule_id": "Calling"},
        {"source_url": "somewhere"},
        {"effective_to": "2019-01-01"},
        {"colour": "blue"},
    ],
)
def test_a_row_that_cannot_be_is_refused(wrong):
    with pytest.raises(ValidationError):
        Rule.model_validate(ROW | wrong)


@pytest.mark.parametrize(
    ("number", "place"),
    [
        ("+12125550100", "US-NY"),
        ("+14155550100", "US-CA"),
        ("+14165550100", "CA-ON"),
        ("+15145550100", "CA-QC"),
        ("+18005550100", "US"),
        ("+17875550100", "PR"),
        ("+4930123456", "DE"),
        ("+447400123456", "GB"),
        ("anonymous", None),
        ("", None),
        (None, None),
    ],
)
@pytest.mark.law("L02")
def test_a_number_hints_at_a_place(number, place):
    assert law.place_of_number(number) == place
