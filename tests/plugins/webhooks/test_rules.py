"""Choosing events, sparing an endpoint, giving it up."""

from datetime import timedelta

import pytest

from domain.errors import InvalidInput
from domain.ids import uuid7
from plugins.webhooks.rules import (
    FAILING_UNTIL_OFF,
    FAILURES_UNTIL_PAUSE,
    FIRST_PAUSE,
    LONGEST_PAUSE,
    MOST_EVENTS,
    PACE,
    Health,
    chosen,
    matches,
    readable,
)
from tests.conftest import NOW

KNOWN = frozenset({"call.ended", "call.ringing", "lead.captured"})


@pytest.mark.parametrize(
    ("pattern", "event", "covered"),
    [
        ("*", "call.ended", True),
        ("call.*", "call.ended", True),
        ("call.*", "callback.ended", False),
        ("call.ended", "call.ended", True),
        ("call.ended", "call.ended_twice", False),
    ],
)
def test_a_choice_is_a_name_or_a_beginning(pattern, event, covered):
    assert matches(pattern, event) is covered


def test_a_choice_is_sorted_and_without_doubles():
    assert chosen(["lead.captured", "call.*", "call.*"], KNOWN) == ["call.*", "lead.captured"]


@pytest.mark.parametrize("name", ["call.gone", "nothing.*", "", "call", "ca*", "call.e*", "**"])
def test_a_choice_of_nothing_is_refused(name):
    with pytest.raises(InvalidInput):
        chosen([name], KNOWN)


@pytest.mark.parametrize("count", [0, MOST_EVENTS + 1])
def test_a_choice_has_its_limits(count):
    known = frozenset(f"call.e{'x' * n}" for n in range(count))
    with pytest.raises(InvalidInput):
        chosen(known, known)


def failed(times, at=NOW):
    health = Health()
    for _ in range(times):
        health = health.after_failure(at)
    return health


def test_a_few_failures_are_no_reason_to_pause():
    assert failed(FAILURES_UNTIL_PAUSE - 1).paused_until is None


def test_pauses_double_up_to_an_hour():
    pauses = [failed(FAILURES_UNTIL_PAUSE + n).paused_until - NOW for n in range(9)]
    assert pauses[:3] == [FIRST_PAUSE, FIRST_PAUSE * 2, FIRST_PAUSE * 4]
    assert pauses[-1] == LONGEST_PAUSE


def test_an_endpoint_is_spent_after_days_of_failure():
    health = failed(1)
    assert not health.is_spent(NOW + FAILING_UNTIL_OFF - timedelta(seconds=1))
    assert health.is_spent(NOW + FAILING_UNTIL_OFF)
    assert not Health().is_spent(NOW)


def test_while_one_goes_ahead_the_others_wait():
    assert failed(9).probing(NOW + timedelta(days=1)).paused_until > NOW + timedelta(days=1)


@pytest.mark.parametrize("tail", [0, 1, 77, 2**60, 2**73 - 1])
def test_a_delivery_is_tried_for_about_three_days(tail):
    id = uuid7(NOW, tail)
    pauses = (PACE.pause(number, id) for number in range(1, PACE.most_attempts))
    hours = sum(pauses, timedelta()) / timedelta(hours=1)
    assert 47 <= hours <= 96


def test_the_typical_delivery_is_tried_for_seventy_two_hours():
    totals = []
    for number in range(200):
        id = uuid7(NOW, number * 0x9E3779B97F4A7C15 % 2**73)
        pauses = (PACE.pause(each, id) for each in range(1, PACE.most_attempts))
        totals.append(sum(pauses, timedelta()) / timedelta(hours=1))
    assert 66 <= sum(totals) / len(totals) <= 80


def test_an_endpoint_is_lent_looking_only():
    assert readable({"calls:read", "calls:answer", "recordings:listen", "a:write"}) == [
        "calls:read"
    ]
