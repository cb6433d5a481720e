"""By when a request is answered: the arithmetic of every regime, and which of them apply."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import law
from domain.privacy.policy import Deadline, Preset
from domain.privacy.presets import CALLERS
from domain.rights.clocks import (
    Circumstances,
    Duty,
    Terms,
    extendable_to,
    no_question_before,
    places,
    running,
    shortest,
    warns_at,
)
from domain.rights.days import after_working
from domain.rights.kinds import RequestKind

NINETY, MINIMAL = CALLERS[Preset.NINETY_DAYS], CALLERS[Preset.MINIMAL]


def asked(kind, day, **about):
    """A request of that kind that arrives at noon of a day."""
    given = {"timezone": "Europe/Berlin", "region": "DE"} | about
    zoned = datetime.fromisoformat(f"{day}T11:00:00+00:00")
    return Circumstances(RequestKind(kind), zoned, **given)


def last_day(regime, about, promises=MINIMAL, duty=Duty.ANSWER):
    [clock] = [c for c in running(about, promises) if (c.regime, c.duty) == (regime, duty)]
    return clock.due_on


@pytest.mark.law("L21")
@pytest.mark.parametrize(
    ("received", "due"),
    [
        ("2027-01-31", date(2027, 2, 28)),
        ("2028-01-31", date(2028, 2, 29)),
        ("2026-11-16", date(2026, 12, 16)),
        ("2026-12-31", date(2027, 1, 31)),
        ("2027-03-31", date(2027, 4, 30)),
    ],
)
def test_a_month_ends_on_the_same_day_or_the_last_one(received, due):
    assert last_day("GDPR", asked("access", received)) == due


@pytest.mark.law("L21")
def test_two_more_months_count_from_the_beginning():
    """31 January, extended, ends on 30 April: not on the 28th, two months after February."""
    about = asked("access", "2027-01-31", extended=True)
    assert last_day("GDPR", about) == date(2027, 4, 30)


@pytest.mark.law("L21")
def test_the_whole_last_day_counts_where_the_business_is():
    [clock] = [c for c in running(asked("access", "2027-06-01"), MINIMAL) if c.regime == "GDPR"]
    assert clock.due_at == datetime(2027, 7, 1, 22, 0, tzinfo=UTC)


@pytest.mark.law("L21")
def test_a_day_begins_where_the_business_is():
    """Late in the evening in California it is the next day in London, but not there."""
    late = datetime(2027, 2, 1, 6, 30, tzinfo=UTC)
    about = Circumstances(RequestKind.ACCESS, late, "America/Los_Angeles", "US", "DE")
    assert last_day("GDPR", about) == date(2027, 2, 28)


@pytest.mark.law("L33")
def test_california_confirms_in_ten_days_and_answers_in_forty_five():
    about = asked("access", "2026-11-16", timezone="America/Los_Angeles", region="US")
    california = about.__class__(**{**vars(about), "place": "US-CA"})
    assert last_day("CCPA", california, duty=Duty.CONFIRM) == date(2026, 11, 26)
    assert last_day("CCPA", california) == date(2026, 12, 31)
    longer = about.__class__(**{**vars(california), "extended": True})
    assert last_day("CCPA", longer) == date(2026, 11, 16) + timedelta(days=90)


@pytest.mark.law("L33")
def test_an_opt_out_takes_fifteen_days_on_which_people_work():
    """From 16 November: Thanksgiving and four weekends lie between."""
    about = asked("sale_opt_out", "2026-11-16", timezone="America/New_York", region="US")
    answers = [c.due_on for c in running(about, MINIMAL) if c.regime == "CCPA"]
    assert date(2026, 12, 8) in answers
    assert len(answers) == 3


@pytest.mark.law("L33")
def test_whoever_opted_out_is_left_alone_for_a_year():
    at = datetime(2026, 11, 16, 15, 0, tzinfo=UTC)
    assert no_question_before(at, "US", "US-CA") == at.replace(year=2027)
    assert no_question_before(at, "BR", None) == at.replace(year=2027)


@pytest.mark.law("L41")
def test_health_is_answered_in_thirty_days_and_thirty_more_once():
    about = asked("access", "2026-11-16", timezone="America/New_York", region="US", hipaa=True)
    assert last_day("HIPAA", about) == date(2026, 12, 16)
    longer = about.__class__(**{**vars(about), "extended": True})
    assert last_day("HIPAA", longer) == date(2027, 1, 15)
    [clock] = [c for c in running(longer, MINIMAL) if c.regime == "HIPAA"]
    assert clock.extendable_to is None


@pytest.mark.law("L41")
def test_health_has_no_clock_where_none_is_handled():
    about = asked("access", "2026-11-16", timezone="America/New_York", region="US")
    assert "HIPAA" not in {clock.regime for clock in running(about, MINIMAL)}


@pytest.mark.promise("P083")
@pytest.mark.law("L32")
def test_a_wish_to_be_deleted_takes_five_working_days():
    """The seed says five to seven; the stricter is promised. A weekend and a holiday are free."""
    about = asked("deletion", "2026-11-20", timezone="America/New_York", region="US")
    clock = shortest(running(about, NINETY), Duty.ANSWER)
    assert (clock.regime, clock.due_on) == ("policy", date(2026, 11, 30))


@pytest.mark.promise("P084")
def test_a_question_is_answered_in_thirty_days():
    about = asked("complaint_information", "2026-11-16", region="BR", timezone="UTC")
    [clock] = running(about, MINIMAL)
    assert (clock.regime, clock.due_on) == ("policy", date(2026, 12, 16))


@pytest.mark.promise("P085", "P086")
@pytest.mark.law("L32")
def test_the_shortest_clock_is_shown():
    quick = MINIMAL.model_copy(update={"answer_within": Deadline(days=3)})
    about = asked("access", "2026-11-16")
    assert shortest(running(about, quick), Duty.ANSWER).due_on == date(2026, 11, 19)
    slow = MINIMAL.model_copy(update={"answer_within": Deadline(days=90)})
    assert shortest(running(about, slow), Duty.ANSWER).regime == "GDPR"


@pytest.mark.law("L32")
def test_both_sides_bring_their_law():
    about = asked("access", "2026-11-16", region="US", timezone="America/New_York", place="DE")
    regimes = {clock.regime for clock in running(about, MINIMAL)}
    assert {"GDPR", "CCPA", "policy"} <= regimes


def test_a_state_that_is_not_known_is_taken_for_the_strictest():
    day = date(2026, 11, 16)
    assert places("US", None, day) == ("US-CA",)
    assert places("US", "US-TX", day) == ("US-TX",)
    assert places("DE", "US", day) == ("US-CA", "DE")


def test_a_law_that_is_not_in_force_yet_has_no_clock():
    about = asked("access", "2018-05-24")
    assert {clock.regime for clock in running(about, MINIMAL)} == {"policy"}


def test_what_one_law_does_not_extend_is_not_extended():
    about = asked("access", "2026-11-16", region="CA", timezone="America/Toronto", place="CA-QC")
    assert extendable_to(running(about, MINIMAL)) is None
    alone = asked("access", "2026-11-16")
    assert extendable_to(running(alone, MINIMAL)) == date(2027, 2, 16)


def test_working_days_are_those_of_the_country():
    """The Emirates work on Fridays now; where nothing is known, weekends alone are free."""
    assert after_working(date(2026, 12, 24), 1, "US") == date(2026, 12, 28)
    assert after_working(date(2026, 12, 24), 1, "GB") == date(2026, 12, 29)
    assert after_working(date(2026, 12, 24), 1, "ZZ") == date(2026, 12, 25)


def test_every_row_can_be_read():
    rows = [r for r in law.every_rule() if r.rule_id.startswith(("rights.answer", "rights.amend"))]
    assert len(rows) > 10
    assert all(Terms.model_validate(row.value).within.least_days for row in rows)


@given(st.integers(1, 400), st.sampled_from(list(RequestKind)))
def test_an_alarm_rings_before_the_time_is_over(days, kind):
    began = datetime(2026, 11, 16, 15, 0, tzinfo=UTC)
    due = began + timedelta(days=days)
    assert began < warns_at(began, due) < due
    assert due - warns_at(began, due) <= timedelta(days=7)
