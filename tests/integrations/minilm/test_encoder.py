import numpy as np
import pytest

from domain.receptionist.nlu.meaning import Embedder
from integrations.minilm import installed_encoder


@pytest.fixture(scope="module")
def encoder() -> Embedder:
    found = installed_encoder()
    assert found is not None
    return found


def test_other_words_of_one_meaning_are_near(encoder: Embedder) -> None:
    asked, same, other = encoder.embed(
        ["can I bring my dog", "are pets allowed", "how much is the parking"]
    )

    assert asked @ same > asked @ other + 0.2


def test_every_sentence_is_of_length_one(encoder: Embedder) -> None:
    rows = encoder.embed(["hello", "", "word " * 1000])

    assert rows.shape == (3, 384)
    assert np.linalg.norm(rows, axis=1) == pytest.approx([1, 1, 1], abs=1e-5)


def test_the_same_text_is_the_same_row(encoder: Embedder) -> None:
    assert (encoder.embed(["when do you open"]) == encoder.embed(["when do you open"])).all()


def test_no_sentence_has_no_row(encoder: Embedder) -> None:
    assert encoder.embed([]).shape == (0, 384)
