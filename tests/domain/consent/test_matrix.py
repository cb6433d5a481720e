"""Every state against every other, and countries beside them, against a table of its own."""

import csv
from datetime import date
from itertools import product
from pathlib import Path

import pytest

from domain import law
from domain.consent.rules import decide
from domain.consent.terms import Choices, Leg, Method, Requirement, Situation

AS_OF = date(2026, 9, 1)
TABLE = Path(__file__).parents[2] / "data" / "consent" / "places.csv"
with TABLE.open() as written:
    ROWS = list(csv.DictReader(written))
STATES = [row for row in ROWS if row["place"].startswith("US-")]
STRICT = ("nothing", "notice", "express")
METHODS = {
    "nothing": Method.NONE,
    "notice": Method.STAY_ON_LINE,
    "express": Method.VERBAL,
}
LAW_ONLY = Choices(always_tell=False)


def decided(*legs, choices=LAW_ONLY):
    return decide(Situation(legs), choices, AS_OF)


def stricter(*rows):
    return max((row["asks"] for row in rows), key=STRICT.index)


def test_the_table_holds_every_state():
    assert len(STATES) == 51
    assert sum(row["asks"] == "notice" for row in STATES) == 14


@pytest.mark.law("L01")
@pytest.mark.law("L02")
def test_the_stricter_state_wins_everywhere():
    wrong = [
        (caller["place"], business["place"])
        for caller, business in product(ROWS, ROWS)
        if decided(Leg(caller["number"]), Leg(place=business["place"])).method
        is not METHODS[stricter(caller, business)]
    ]
    assert len(ROWS) ** 2 > 51 * 51
    assert wrong == []


@pytest.mark.law("L01")
@pytest.mark.promise("P089")
def test_the_classes_are_those_of_the_table():
    classes = {
        row.jurisdiction: str(row.value)
        for row in law.in_force(AS_OF)
        if row.rule_id == "recording.consent"
    }
    announced = {place for place, kind in classes.items() if kind in ("all_party", "mixed")}
    expected = {row["place"] for row in STATES if row["asks"] == "notice"}
    assert {place for place in announced if place.startswith("US-")} == expected
    mixed = {place for place, kind in classes.items() if kind == "mixed"}
    assert mixed == {"US-CT", "US-MI", "US-OR"}


@pytest.mark.law("L02")
@pytest.mark.parametrize("number", [None, "anonymous", "+18005550142", "+15550142", "+88216123456"])
@pytest.mark.parametrize("business", STATES[:3])
def test_a_caller_from_nowhere_is_told(number, business):
    decision = decided(Leg(number), Leg(place=business["place"]))
    assert decision.requirement is Requirement.NOTICE
    assert not decision.before.record


@pytest.mark.law("L02")
def test_a_business_that_may_be_anywhere_tells():
    assert decided(Leg("+12145550142"), Leg(place="US")).method is Method.STAY_ON_LINE


@pytest.mark.law("L03")
@pytest.mark.parametrize("row", [row for row in ROWS if row["asks"] == "express"])
@pytest.mark.parametrize("choices", [Choices(), LAW_ONLY, Choices(training=True)])
def test_nothing_is_kept_there_without_a_yes(row, choices):
    decision = decided(Leg(row["number"]), Leg(place="US-TX"), choices=choices)
    assert decision.method is Method.VERBAL
    assert decision.needs_counsel
    assert not decision.before.record
    assert not decision.declined.record
    assert decision.question
