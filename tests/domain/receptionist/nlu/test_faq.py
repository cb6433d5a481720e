from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pytest

from domain.receptionist.nlu.faq import Entry, Knowledge
from domain.receptionist.nlu.faq_text import stems, terms

ENTRIES = (
    Entry("hours", "What are your opening hours?", "Monday to Friday from nine to five."),
    Entry("parking", "Is there parking?", "Yes, behind the building, free for patients."),
    Entry("price", "How much is a cleaning?", "A cleaning is 90 dollars."),
    Entry("insurance", "Which insurance do you take?", "Delta Dental and Cigna."),
    Entry("dogs", "May I bring my dog?", "Only guide dogs, please."),
    Entry("payment", "How can I pay?", "By card or cash."),
)


@pytest.mark.parametrize(
    ("question", "entry"),
    [
        ("when do you close today", "hours"),
        ("is there a garage for my car", "parking"),
        ("what does a cleaning cost", "price"),
        ("are you in network with my coverage", "insurance"),
        ("are pets allowed", "dogs"),
        ("do you accept apple pay or visa", "payment"),
        ("uh ok great and um do they have parking", "parking"),
    ],
)
def test_other_words_find_the_entry(question: str, entry: str) -> None:
    found = Knowledge(ENTRIES).answer(question)

    assert found is not None
    assert found.entry.id == entry


@pytest.mark.parametrize(
    "question", ["who painted the Mona Lisa", "is there a swimming pool", "uh"]
)
def test_a_strange_question_has_no_answer(question: str) -> None:
    assert Knowledge(ENTRIES).answer(question) is None


def test_search_ranks_every_entry() -> None:
    found = Knowledge(ENTRIES).search("parking", limit=10)

    assert len(found) == len(ENTRIES)
    assert found[0].entry.id == "parking"
    assert found[0].score > found[1].score


def test_the_name_of_the_business_means_nothing() -> None:
    knowledge = Knowledge(ENTRIES, names=["Cleaning Palace"])

    assert knowledge.answer("the Cleaning Palace") is None


def test_nothing_known_answers_nothing() -> None:
    assert Knowledge(()).answer("when do you open") is None


def test_words_lose_their_endings() -> None:
    assert stems("The cleanings") == stems("cleaning")
    assert "<price>" in terms("what are your fees")


class Letters:
    """An encoder for the test: counts of letters."""

    def embed(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        counts = np.array(
            [[text.lower().count(c) for c in "abcdefghij"] for text in texts], np.float32
        )
        return counts / np.maximum(np.linalg.norm(counts, axis=1, keepdims=True), 1e-9)


def test_an_embedder_may_be_plugged_in() -> None:
    found = Knowledge(ENTRIES, embedder=Letters()).answer("May I bring my dog?")

    assert found is not None
    assert found.entry.id == "dogs"
