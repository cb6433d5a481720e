"""The state machine of a call, whatever order the news comes in."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise, permutations

from hypothesis import given
from hypothesis import strategies as st

from domain.calls.models import CallState
from domain.calls.rules import ORDER, News, Progress, after, reached

START = datetime(2026, 11, 16, 15, 0, tzinfo=UTC)
news = st.lists(st.sampled_from(News), max_size=12)


def follow(happenings, start=START):
    """Every stage a call goes through when it hears of something once a minute."""
    stages = [Progress()]
    for minute, what in enumerate(happenings):
        stages.append(after(stages[-1], what, start + timedelta(minutes=minute)))
    return stages


@given(news)
def test_a_call_only_moves_forward(happenings):
    order = [ORDER.index(stage.state) for stage in follow(happenings)]
    assert order == sorted(order)


@given(news)
def test_every_state_is_entered_at_most_once(happenings):
    stages = follow(happenings)
    entered = [state for a, b in pairwise(stages) for state in reached(a, b)]
    assert len(entered) == len(set(entered))


@given(news)
def test_old_news_changes_nothing(happenings):
    stage = follow(happenings)[-1]
    for what in happenings:
        assert after(stage, what, START + timedelta(hours=1)) == stage


@given(news)
def test_final_means_ended_and_all_settled(happenings):
    last = follow(happenings)[-1]
    complete = bool(last.ended_at and last.recording_settled and last.summary_settled)
    assert (last.state is CallState.FINALIZED) == complete == (last.finalized_at is not None)


@given(news)
def test_no_call_lasts_less_than_nothing(happenings):
    durations = [stage.duration_ms for stage in follow(happenings)]
    assert all(duration is None or duration >= 0 for duration in durations)


def test_every_order_of_all_news_ends_final():
    for order in permutations(News):
        assert follow(order)[-1].state is CallState.FINALIZED


def test_duration_runs_from_answer_to_end():
    assert follow([News.ANSWERED, News.SUMMARY_SETTLED, News.ENDED])[-1].duration_ms == 120_000


def test_unanswered_call_waits_for_no_recording():
    ended = follow([News.ENDED])[-1]
    assert (ended.recording_settled, ended.summary_settled, ended.duration_ms) == (True, False, 0)


def test_late_answer_is_noted_without_reopening():
    ended = after(Progress(), News.ENDED, START)
    late = after(ended, News.ANSWERED, START - timedelta(seconds=30))
    assert (late.state, late.duration_ms) == (CallState.ENDED, 30_000)
    assert reached(ended, late) == []


def test_end_can_make_a_call_final_at_once():
    settled = follow([News.ANSWERED, News.RECORDING_SETTLED, News.SUMMARY_SETTLED])[-1]
    final = after(settled, News.ENDED, START + timedelta(hours=1))
    assert reached(settled, final) == [CallState.ENDED, CallState.FINALIZED]
