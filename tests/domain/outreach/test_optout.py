"""The seven words of US law, and whatever else a reasonable person understands."""

from datetime import date
from itertools import product
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.outreach.optout import HelpAsked, OptIn, OptOut, Reach, Topic, Way, find_wish
from domain.outreach.rules import reaches, revokes_everything

SEVEN = ("stop", "quit", "end", "revoke", "opt out", "cancel", "unsubscribe")
CASES = (str.lower, str.upper, str.capitalize, str.swapcase)
MARKS = ("{}", "{}.", "{}!", " {} ", '"{}"', "{}!!!", "{} please", "please {}", "({})", "{}\n")


@pytest.mark.law("L15")
@pytest.mark.parametrize(("word", "case", "mark"), list(product(SEVEN, CASES, MARKS)))
def test_the_seven_words_count_however_they_are_written(word, case, mark) -> None:
    assert isinstance(find_wish(mark.format(case(word))), OptOut)


@pytest.mark.law("L15")
@pytest.mark.parametrize(
    "text",
    [
        "no más", "ya no me manden mensajes", "keine Nachrichten mehr", "arrêtez les messages",
        "stpo", "unsubcribe", "lose my number", "don't text me again", "wrong number please stop",
        "I revoke my consent to be contacted", "take me off your list",
    ],
)  # fmt: skip
def test_other_reasonable_words_count_too(text) -> None:
    assert isinstance(find_wish(text), OptOut)


@pytest.mark.law("L15")
@pytest.mark.parametrize(
    "text",
    [
        "cancel my appointment", "I'll stop by tomorrow", "don't stop my texts", "end of the month",
        "what time do you stop serving", "para mañana", "I quit smoking", "why did the texts stop",
    ],
)  # fmt: skip
def test_talk_of_other_things_refuses_nothing(text) -> None:
    assert find_wish(text) is None


@pytest.mark.law("L18")
def test_start_and_help_are_understood() -> None:
    assert all(isinstance(find_wish(text), OptIn) for text in ("START", "unstop", "opt me back in"))
    assert all(isinstance(find_wish(text), HelpAsked) for text in ("HELP", "info", "ayuda"))


def test_what_is_named_is_what_is_refused() -> None:
    assert find_wish("stop the marketing texts").reach == Reach(Topic.MARKETING)
    assert find_wish("no more reminders please").reach == Reach(Topic.REMINDERS)
    assert find_wish("stop calling me").reach.ways == {Way.CALLS}
    assert find_wish("stop texting me").reach.ways == set(Way)


def test_the_words_are_pointed_at() -> None:
    text = "Hi, this is Ann. Please stop texting me, thanks"
    start, end = find_wish(text).span
    assert text[start:end] == "stop texting"


@pytest.mark.law("L17")
def test_a_stop_ends_everything_unless_the_business_asks_for_less() -> None:
    before, after = date(2027, 1, 30), date(2027, 1, 31)
    assert revokes_everything(before, by_topic=False)
    assert not revokes_everything(before, by_topic=True)
    assert revokes_everything(after, by_topic=True)
    kept = reaches(Reach(), Topic.REMINDERS, before, by_topic=True)
    assert kept.topic is Topic.REMINDERS
    assert reaches(Reach(), Topic.REMINDERS, after, by_topic=True).topic is Topic.EVERYTHING


@given(st.text(max_size=200))
def test_any_text_can_be_read(text) -> None:
    find_wish(text)


@pytest.mark.parametrize("text", ["stop " * 800, "do not " * 600, "no more of these " * 200])
def test_no_text_takes_long(text) -> None:
    begun = perf_counter()
    find_wish(text)
    assert perf_counter() - begun < 1
