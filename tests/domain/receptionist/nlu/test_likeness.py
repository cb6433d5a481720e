import pytest

from domain.receptionist.nlu.faq_text import bare, common_words, without
from domain.receptionist.nlu.likeness import Likeness, letters, sound, sounds


@pytest.mark.parametrize(
    ("one", "other"), [("dogs", "docks"), ("knight", "night"), ("cell", "sel")]
)
def test_words_that_sound_alike_are_spelt_alike(one: str, other: str) -> None:
    assert sound(one) == sound(other)


def test_a_misheard_question_is_likest_to_what_was_meant() -> None:
    entries = ["is there luggage storage", "do you offer breakfast", "is there a swimming pool"]

    heard = Likeness([sounds(entry) for entry in entries]).of(sounds("bagage stare"))

    assert heard.index(max(heard)) == 0


def test_a_text_is_as_like_itself_as_can_be() -> None:
    alike = Likeness([letters("parking lot"), letters("high chairs")]).of(letters("parking lot"))

    assert alike[0] == pytest.approx(1)
    assert alike[1] < 0.2


def test_nothing_is_like_nothing() -> None:
    assert Likeness([letters(""), letters("pool")]).of(letters("")) == [0, 0]


def test_politeness_is_no_part_of_a_question() -> None:
    assert bare("Uh great, and do you know if they accept cards?") == "they accept cards"
    assert bare("Thank you!") == "thank you!"


def test_what_every_entry_says_tells_none_apart() -> None:
    texts = ["Does Blue Door serve wine?", "Blue Door has wifi", "Is Blue Door open", "Dogs?"]

    common = common_words(texts)

    assert {"blue", "door"} <= common
    assert not {"wine", "dogs", "does"} & common
    assert without("Does Blue Door serve wine?", common) == "does serve wine"
