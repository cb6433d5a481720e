"""Decisions about times and numbers, against the plainest way to say the same."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import InvalidInput
from tenants.watch.rules import (
    MOST_REFERENCES,
    NO_JOURNEY_KM,
    NORMS,
    Rule,
    Seen,
    Severity,
    evidence_of,
    excesses,
    is_too_fast,
    raised,
    terms,
    usual,
)

START = datetime(2026, 11, 16, 15, 0, tzinfo=UTC)
WINDOW = timedelta(minutes=15)
SEEN = st.lists(
    st.builds(
        lambda second, weight: Seen(START + timedelta(seconds=second), weight),
        st.integers(0, 4 * 3600),
        st.integers(1, 5),
    ),
    max_size=60,
).map(lambda seen: sorted(seen, key=lambda each: each.at))


def total(seen, begin, end):
    return sum(each.weight for each in seen if begin <= each.at < end)


@given(SEEN, st.integers(1, 40))
def test_an_excess_is_found_if_and_only_if_some_window_holds_it(seen, threshold):
    windows = [total(seen, each.at, each.at + WINDOW) for each in seen]
    assert bool(excesses(seen, WINDOW, threshold)) == any(w >= threshold for w in windows)


@given(SEEN, st.integers(1, 40))
def test_what_is_found_fits_in_the_window_and_is_no_more_than_needed(seen, threshold):
    for found in excesses(seen, WINDOW, threshold):
        assert found[-1].at - found[0].at < WINDOW
        assert sum(each.weight for each in found) >= threshold
        assert sum(each.weight for each in found[:-1]) < threshold


@given(SEEN, st.integers(1, 40))
def test_nothing_is_counted_twice_and_the_order_is_that_of_time(seen, threshold):
    found = [each for excess in excesses(seen, WINDOW, threshold) for each in excess]
    assert found == sorted(found, key=lambda each: each.at)
    assert len(found) == len({id(each) for each in found})


@given(SEEN, SEEN, st.integers(1, 40))
def test_a_later_burst_is_not_hidden_by_an_earlier_one(early, late, threshold):
    later = [Seen(each.at + timedelta(days=1), each.weight) for each in late]
    apart = [*excesses(early, WINDOW, threshold), *excesses(later, WINDOW, threshold)]
    assert excesses([*early, *later], WINDOW, threshold) == apart


def test_a_window_does_not_hold_what_is_its_length_apart():
    pair = [Seen(START), Seen(START + WINDOW)]
    assert excesses(pair, WINDOW, 2) == []
    closer = [Seen(START), Seen(START + WINDOW - timedelta(microseconds=1))]
    assert excesses(closer, WINDOW, 2) == [closer]


@given(SEEN)
def test_what_is_usual_lies_between_the_quietest_and_the_busiest_window(seen):
    by_window = {}
    for each in seen:
        number = each.at.timestamp() // WINDOW.total_seconds()
        by_window[number] = by_window.get(number, 0) + each.weight
    average = usual(seen, WINDOW)
    if seen:
        assert min(by_window.values()) - 1e-9 <= average <= max(by_window.values()) + 1e-9
    else:
        assert average == 0


@pytest.mark.parametrize(("usually", "threshold"), [(0, 30), (7.5, 30), (7.6, 31), (25, 100)])
def test_who_does_much_may_do_more_and_nobody_less(usually, threshold):
    assert raised(30, usually, 4) == threshold


@given(st.floats(NO_JOURNEY_KM, 20_000), st.floats(0, 48), st.integers(300, 5000))
def test_a_journey_is_too_fast_if_its_speed_is(kilometres, hours, limit):
    took = timedelta(hours=hours)
    real = took / timedelta(hours=1)
    assert is_too_fast(kilometres, took, limit) is (kilometres > limit * real)


@pytest.mark.parametrize("kilometres", [None, 0.0, NO_JOURNEY_KM - 1])
def test_what_is_near_or_unknown_is_no_journey(kilometres):
    assert not is_too_fast(kilometres, timedelta(0), 300)


def test_clocks_that_disagree_make_no_journey_slower():
    assert is_too_fast(6000.0, -timedelta(hours=1), 1000)


@given(st.sampled_from(Rule), st.integers(-10, 2_000_000))
def test_thresholds_are_set_within_their_bounds_only(rule, threshold):
    norm = NORMS[rule]
    within = norm.threshold is not None and norm.bounds[0] <= threshold <= norm.bounds[1]
    if within:
        assert terms(rule, threshold).threshold == threshold
    else:
        with pytest.raises(InvalidInput):
            terms(rule, threshold)


@pytest.mark.parametrize("rule", Rule)
def test_every_rule_is_within_its_own_bounds_and_stays_quiet_for_its_window(rule):
    norm = NORMS[rule]
    assert terms(rule).threshold == norm.threshold
    if norm.threshold is not None:
        assert norm.bounds[0] <= norm.threshold <= norm.bounds[1]
    # Or what one look finds, the next would tell again.
    assert norm.quiet >= norm.window


@pytest.mark.promise("P128")
@pytest.mark.parametrize("rule", Rule)
def test_what_is_severe_cannot_be_kept_from_the_owner(rule):
    if NORMS[rule].severity is Severity.SEVERE:
        with pytest.raises(InvalidInput):
            terms(rule, letters=False)
    else:
        assert not terms(rule, letters=False).letters


def test_only_a_stolen_session_freezes_by_itself():
    assert [rule for rule in Rule if terms(rule).freeze] == [Rule.STOLEN_SESSION]


@pytest.mark.parametrize("rule", [rule for rule in Rule if not NORMS[rule].can_freeze])
def test_where_there_is_nobody_nobody_is_frozen(rule):
    with pytest.raises(InvalidInput):
        terms(rule, freeze=True)


def test_evidence_is_short_however_much_there_is():
    seen = [Seen(START, 1, f"10.0.{n}.0/24", (str(n),)) for n in range(200)]
    evidence = evidence_of(seen)
    assert len(evidence["networks"]) == len(evidence["ids"]) == MOST_REFERENCES
