"""What rows of Open Dental mean, how often it is asked, and up to where it was read."""

import asyncio
import json
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from domain.calendars.ports import Busy
from domain.calendars.reading import Reading
from domain.clock import FixedClock
from integrations.open_dental import Paces, rows
from integrations.open_dental.patients import names, telephone
from integrations.open_dental.token import Token

NOW = datetime(2026, 11, 16, 15, 0, tzinfo=UTC)
TEN = datetime(2026, 11, 17, 15, 0, tzinfo=UTC)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
THERE = Reading("America/New_York")


class Bed:
    """Sleeps at once, and remembers for how long."""

    def __init__(self):
        self.clock = FixedClock(NOW)
        self.slept = []

    async def sleep(self, seconds):
        self.slept.append(seconds)
        self.clock.advance(timedelta(seconds=seconds))


async def test_a_practice_is_asked_once_a_second():
    bed = Bed()
    paces = Paces(bed.sleep)
    for _ in range(3):
        await paces.of("one", bed.clock).turn(1.0)
    assert bed.slept == [1.0, 1.0]
    await paces.of("another", bed.clock).turn(1.0)
    bed.clock.advance(timedelta(seconds=5))
    await paces.of("one", bed.clock).turn(1.0)
    assert bed.slept == [1.0, 1.0]


async def test_who_asks_at_once_comes_one_after_the_other():
    clock, slept = FixedClock(NOW), []

    async def sleep(seconds):
        slept.append(seconds)

    pace = Paces(sleep).of("one", clock)
    await asyncio.gather(*(pace.turn(5.0) for _ in range(3)))
    assert slept == [5.0, 10.0]


@pytest.mark.parametrize(
    ("minutes", "characters"), [(5, 1), (20, 4), (52, 11), (60, 12), (540, 108), (600, 108)]
)
def test_a_pattern_has_a_character_for_five_minutes(minutes, characters):
    assert rows.pattern(minutes * MINUTE) == "X" * characters


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"AptDateTime": "2026-11-17 10:00:00", "Pattern": "//XX"}, (TEN, TEN + 20 * MINUTE)),
        ({"AptDateTime": "0001-01-01 00:00:00", "Pattern": "//XX"}, None),
        ({"AptDateTime": "2026-11-17 10:00:00", "Pattern": ""}, None),
        ({"AptDateTime": "17/11/2026", "Pattern": "X"}, None),
        ({}, None),
    ],
)
def test_an_appointment_is_as_long_as_its_pattern(row, expected):
    assert rows.span(row, THERE) == expected


def test_a_mark_is_found_among_other_words():
    id = UUID(int=7)
    assert rows.visit_in({"Note": f"Exam · {rows.mark(id)} Nervous, call first"}) == id
    for note in ("", "Deskbell", "Deskbell 123", f"{id}"):
        assert rows.visit_in({"Note": note}) is None


def test_numbers_are_read_as_text_too():
    assert (rows.number({"ProvNum": "3"}, "ProvNum"), rows.number({"ProvNum": 3}, "ProvNum")) == (
        3,
        3,
    )
    assert rows.number({}, "ProvNum") == rows.number({"ProvNum": None}, "ProvNum") == 0


@pytest.mark.parametrize(
    ("there", "away"),
    [
        ([], [(0, 8)]),
        ([(0, 8)], []),
        ([(5, 6), (1, 3), (2, 4)], [(0, 1), (4, 5), (6, 8)]),
        ([(-2, 1), (7, 9)], [(1, 7)]),
    ],
)
def test_outside_of_what_is_open_nobody_is_there(there, away):
    spans = [(TEN + start * HOUR, TEN + end * HOUR) for start, end in there]
    expected = [Busy(TEN + start * HOUR, TEN + end * HOUR) for start, end in away]
    assert list(rows.outside(spans, TEN, TEN + 8 * HOUR)) == expected


def test_names_are_parted_at_the_last_word():
    assert names("  Anna  Maria Schmidt ") == ("Anna Maria", "Schmidt")
    assert names("Schmidt") == ("", "Schmidt")


def test_a_number_is_written_as_practices_do():
    assert telephone("+12125550142") == "(212)555-0142"
    assert telephone("+442071838750") == "+442071838750"


@pytest.mark.parametrize(
    "text",
    ["", "{}", "[]", "no", json.dumps({"read_at": "x", "since": "", "seen": [], "ours": []})],
)
def test_a_token_that_cannot_be_read_has_everything_read(text):
    assert Token.read(text, NOW) is None


def test_a_token_lasts_for_an_hour():
    token = Token(NOW, "2026-11-16 10:00:00")
    assert Token.read(token.text, NOW + 59 * MINUTE) == token
    assert Token.read(token.text, NOW + 60 * MINUTE) is None
    assert Token.read(token.text, NOW - MINUTE) is None


def test_a_token_looks_back_a_minute_and_tells_nothing_twice():
    first = {"AptNum": 1, "DateTStamp": "2026-11-16 09:59:30"}
    old = {"AptNum": 2, "DateTStamp": "2026-11-16 08:00:00"}
    token = Token(NOW, "").after("2026-11-16 10:00:00", [first, old], [first])
    assert token.asked_from == "2026-11-16 09:59:00"
    again = {"AptNum": 1, "DateTStamp": "2026-11-16 09:59:45"}
    assert token.news([first, again]) == [again]
    assert token.ours == {1}
