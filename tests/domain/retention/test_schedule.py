"""Which promise governs which rows, as values; no database."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.personal import DataClass
from domain.privacy.periods import Period
from domain.privacy.policy import Action, Preset, Retention, Since
from domain.privacy.presets import CALLERS, CUSTOMERS
from domain.privacy.purposes import Basis, Purpose
from domain.retention.schedule import (
    Life,
    Version,
    due_at,
    gone_by,
    rule_of,
    segments,
    windows,
)

NOW = datetime(2026, 11, 16, 15, tzinfo=UTC)
KIND = DataClass.TRANSCRIPT


def rule(keep: str, **more: object) -> Retention:
    period = Period.read(keep)
    values = {"purpose": Purpose.CALL_DELIVERY, "basis": Basis.CONTRACT, **more}
    return Retention(keep=period, **values)


def version(
    number: int, keep: str, days: int | None = None, *, to_existing: bool = True
) -> Version:
    since = None if days is None else NOW + timedelta(days=days)
    return Version(number, {KIND: rule(keep)}, since, to_existing)


def laid(*versions: Version, now: datetime = NOW):
    return segments(versions, now)[KIND]


def is_due(found, clock: datetime, now: datetime, life: Life | None = None) -> bool:
    over = windows(found, now, life or Life())
    return any((each.begins is None or each.begins <= clock) and clock < each.ends for each in over)


@pytest.mark.promise("P055")
def test_a_new_promise_leaves_what_was_there_under_the_old_one():
    found = laid(version(0, "P90D"), version(1, "P30D", -10, to_existing=False))
    assert [(each.rule.keep.days, each.begins, each.ends) for each in found] == [
        (90, None, NOW - timedelta(days=10)),
        (30, NOW - timedelta(days=10), None),
    ]
    old, new = NOW - timedelta(days=40), NOW - timedelta(days=5)
    assert due_at(found, old) == old + timedelta(days=90)
    assert due_at(found, new) == new + timedelta(days=30)
    # What is forty days old is not due, though the promise in force says thirty.
    assert not is_due(found, old, NOW)


@pytest.mark.promise("P055")
def test_a_promise_for_everything_replaces_all_before_it():
    found = laid(
        version(0, "P90D"),
        version(1, "P30D", -10, to_existing=False),
        version(2, "P60D", -1),
    )
    assert [each.rule.keep.days for each in found] == [60]
    assert is_due(found, NOW - timedelta(days=61), NOW)


def test_a_promise_that_is_still_to_come_governs_nothing():
    found = laid(version(0, "P90D"), version(1, "P1D", +1))
    assert [each.version for each in found] == [0]


def test_a_promise_may_begin_before_an_earlier_one():
    found = laid(
        version(0, "P90D"),
        version(1, "P60D", -10, to_existing=False),
        version(2, "P30D", -20, to_existing=False),
    )
    assert [(each.version, each.ends) for each in found] == [
        (0, NOW - timedelta(days=20)),
        (2, None),
    ]


def test_every_moment_has_one_rule():
    found = laid(*(version(n, f"P{n + 1}D", -n, to_existing=False) for n in range(9, 0, -1)))
    edges = [each.begins for each in found[1:]]
    assert [each.ends for each in found[:-1]] == edges
    for moment in (*edges, NOW, NOW - timedelta(days=4000)):
        assert rule_of(found, moment) is not None or found[0].begins is not None


def test_closure_counts_for_everything_once_it_is_over():
    found = segments([Version(0, CUSTOMERS[Preset.HEALTHCARE].retention)], NOW)[DataClass.ACCOUNT]
    young = NOW - timedelta(days=1)
    assert not is_due(found, young, NOW)
    assert not is_due(found, young, NOW, Life(closed_at=NOW - timedelta(days=89)))
    assert is_due(found, young, NOW, Life(closed_at=NOW - timedelta(days=90)))
    assert due_at(found, young) is None
    assert due_at(found, young, Life(closed_at=NOW)) == NOW + timedelta(days=90)


@pytest.mark.promise("P062")
def test_inactivity_ends_within_a_year_whatever_the_archive_does():
    account = CUSTOMERS[Preset.INACTIVITY].retention[DataClass.ACCOUNT]
    assert account.since is Since.INACTIVITY
    assert gone_by(account, NOW) == NOW + timedelta(days=365)
    for each in CALLERS[Preset.INACTIVITY].retention.values():
        if each.then is Action.ARCHIVE:
            assert gone_by(each, NOW) == NOW + timedelta(days=365)


PERIODS = st.builds(
    Period,
    st.integers(0, 8),
    st.integers(0, 30),
    st.integers(0, 400),
)
SECONDS = st.integers(0, 60 * 365 * 24 * 3600)
MOMENTS = SECONDS.map(lambda seconds: datetime(2000, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds))


@given(PERIODS, MOMENTS, st.timedeltas(timedelta(seconds=1), timedelta(days=900)))
def test_nothing_is_due_before_its_time(period, now, before):
    found = laid(Version(0, {KIND: rule(str(period))}), now=now)
    clock = now - before
    if is_due(found, clock, now):
        assert period.after(clock) <= now


@given(PERIODS, MOMENTS)
def test_nothing_stays_four_days_beyond_its_time(period, clock):
    found = laid(Version(0, {KIND: rule(str(period))}), now=clock)
    assert is_due(found, clock, period.after(clock) + timedelta(days=4))
