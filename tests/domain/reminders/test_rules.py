"""When somebody is reminded, and what may be written."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from domain.errors import InvalidInput
from domain.reminders.models import RuleKind
from domain.reminders.replies import Meaning, meaning_of
from domain.reminders.rules import Quiet, check_timing, check_words, due

NIGHT = Quiet(21 * 60, 8 * 60)
NO_HOUR = Quiet(0, 0)
NEW_YORK, LOS_ANGELES = "America/New_York", "America/Los_Angeles"
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


def at(day: int, hour: int, minute: int = 0, zone: str = NEW_YORK, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=ZoneInfo(zone)).astimezone(UTC)


def when(starts_at, before, quiet=NIGHT, zones=(NEW_YORK,), now=LONG_AGO):
    return due(starts_at, before, quiet, zones, now)


def test_by_day_it_goes_when_the_rule_says():
    assert when(at(17, 10), 24 * 60) == at(16, 10)


def test_by_night_it_waits_for_the_morning():
    assert when(at(17, 10), 4 * 60) == at(17, 8)


def test_before_an_early_visit_it_goes_the_evening_before():
    assert when(at(17, 7, 30), 120) == at(16, 20, 45)


def test_the_night_is_that_of_the_recipient():
    assert when(at(17, 10), 60, zones=(LOS_ANGELES,)) == at(16, 20, 45, LOS_ANGELES)
    assert when(at(17, 16), 5 * 60, zones=(LOS_ANGELES,)) == at(17, 8, 0, LOS_ANGELES)


def test_whoever_may_be_in_two_zones_sleeps_in_neither():
    reminded = when(at(17, 16), 6 * 60, zones=(NEW_YORK, LOS_ANGELES))
    assert reminded == at(17, 8, 0, LOS_ANGELES)


def test_the_hour_stays_when_clocks_change():
    # On the first of November New York goes back at two in the morning.
    assert when(at(1, 12), 6 * 60) == at(1, 8)
    assert when(at(8, 12, month=3), 6 * 60, now=LONG_AGO) == at(8, 8, month=3)


def test_without_quiet_hours_it_goes_at_any():
    assert when(at(17, 10), 7 * 60, quiet=NO_HOUR) == at(17, 3)


def test_what_would_be_late_is_not_planned():
    assert when(at(17, 10), 60, now=at(17, 9)) is None
    # Its morning comes too late, and its evening is over.
    assert when(at(17, 7, 30), 120, now=at(17, 0)) is None


@pytest.mark.parametrize(
    "words", ["{phone}", "{name.__class__}", "{name!r}", "{name:>9}", "{", "{}", "{0}"]
)
def test_only_what_is_known_is_filled_in(words):
    with pytest.raises(InvalidInput):
        check_words(f"Hello {words}")


def test_words_may_have_every_place_and_braces():
    check_words("{{{name}}}, {service} {when} at {place}: {business}")


@pytest.mark.parametrize(
    ("kind", "minutes"),
    [
        (RuleKind.CONFIRMATION, 60),
        (RuleKind.REMINDER, None),
        (RuleKind.REMINDER, 14),
        (RuleKind.REMINDER, 31 * 24 * 60 + 1),
    ],
)
def test_a_reminder_says_how_long_before(kind, minutes):
    with pytest.raises(InvalidInput):
        check_timing(kind, minutes)


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("YES", Meaning.CONFIRM),
        (" y. ", Meaning.CONFIRM),
        ("c", Meaning.CONFIRM),
        ("Confirm!", Meaning.CONFIRM),
        ("No", Meaning.CANCEL),
        ("n", Meaning.CANCEL),
        ("R", Meaning.MOVE),
        ("reschedule", Meaning.MOVE),
        ("STOP", None),
        ("cancel", None),
        ("no idea what this is", None),
        ("yes but can I bring my dog", None),
        ("", None),
    ],
)
def test_short_answers_are_understood_and_no_others(text, meaning):
    assert meaning_of(text) is meaning
