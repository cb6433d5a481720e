"""How long to wait, and when to give up."""

from datetime import timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from plugins.pace import Pace

PACE = Pace()


@given(st.integers(1, 200), st.uuids())
def test_pauses_stay_within_their_bounds(attempt: int, delivery: UUID):
    pause = PACE.pause(attempt, delivery)
    assert PACE.first_retry / 2 <= pause <= PACE.longest_retry


@given(st.integers(1, 10), st.uuids())
def test_pauses_double_but_for_the_jitter(attempt: int, delivery: UUID):
    doubled = PACE.first_retry * 2 ** (attempt - 1)
    assert doubled / 2 <= PACE.pause(attempt, delivery) <= doubled


@given(st.uuids(), st.uuids(), st.integers(1, 10))
def test_pauses_are_predictable(one: UUID, other: UUID, attempt: int):
    assert PACE.pause(attempt, one) == PACE.pause(attempt, one)


def test_the_limit_ends_every_round():
    pace = Pace(most_attempts=3)
    assert [number for number in range(1, 8) if pace.gives_up(number)] == [3, 6]


def test_a_delivery_is_tried_for_hours():
    longest = [PACE.pause(number, UUID(int=0)) for number in range(1, PACE.most_attempts)]
    assert timedelta(hours=1) < sum(longest, timedelta()) < timedelta(hours=6)
