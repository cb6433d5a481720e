"""One step, from how somebody stands there to how they want it: every case at once."""

import ast
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.outreach.newsletters import Subscriber
from integrations.mailchimp import Entry, Member, Status
from plugins.mailchimp.rules import SENT_LETTERS, Step, step_to
from tests.architecture.source import written

AT = datetime(2026, 11, 16, 15, tzinfo=UTC)
PUT_THERE = {Step.ADD, Step.ASK, Step.RETURN, Step.CORRECT}


def wanted(hours=0):
    return Subscriber(UUID(int=1), "anna@example.com", "Anna", "en", AT + timedelta(hours=hours))


def entry(who):
    return Entry(who.email, {"FNAME": who.name}, who.language, who.asked_at)


def member(status, email="anna@example.com", name="Anna"):
    return Member("1", "2", email, status, AT, {"FNAME": name})


STATUSES = st.one_of(st.none(), st.sampled_from(Status))


@pytest.mark.promise("P120")
@given(STATUSES, st.booleans(), st.booleans())
def test_who_did_not_ask_is_never_put_there(status, only_kept, returns):
    there = member(status) if status else None
    step = step_to(there, None, None, only_kept=only_kept, returns=returns)
    assert step not in PUT_THERE
    assert (step is Step.NOTHING) == (
        status not in (SENT_LETTERS if only_kept else SENT_LETTERS | {Status.ARCHIVED})
    )


@given(st.booleans(), st.integers(-5, 5))
def test_who_left_there_comes_back_by_their_own_click_only(returns, hours):
    who = wanted(hours)
    step = step_to(member(Status.UNSUBSCRIBED), who, entry(who), returns=returns)
    assert step is (Step.ASK if hours > 0 else Step.NOTHING)


@pytest.mark.parametrize(
    ("there", "returns", "step"),
    [
        (None, False, Step.ADD),
        (member(Status.SUBSCRIBED), False, Step.NOTHING),
        (member(Status.SUBSCRIBED, "ANNA@example.com"), False, Step.NOTHING),
        (member(Status.SUBSCRIBED, name="Ana"), False, Step.CORRECT),
        (member(Status.PENDING, "anna@example.org"), False, Step.CORRECT),
        (member(Status.CLEANED), False, Step.NOTHING),
        (member(Status.CLEANED, "anna@example.org"), False, Step.ADD),
        (member(Status.ARCHIVED), False, Step.NOTHING),
        (member(Status.ARCHIVED), True, Step.RETURN),
        (member(Status.OTHER), False, Step.RETURN),
    ],
)
def test_who_asked_is_put_there_as_far_as_they_stand_there(there, returns, step):
    who = wanted()
    assert step_to(there, who, entry(who), returns=returns) is step


@pytest.mark.promise("P052", "P120")
def test_it_takes_people_from_one_place_and_knows_nothing_of_calls():
    ours = [each for each in written() if "/mailchimp/" in f"/{each.path}"]
    imported = {node.module for source in ours for node in source.of(ast.ImportFrom) if node.module}
    assert len(ours) >= 9
    assert "domain.outreach" in imported
    of_calls = ("appointments", "calls", "conversations", "leads", "messages", "recordings")
    assert not {name for name in imported for each in of_calls if name.startswith(f"domain.{each}")}
