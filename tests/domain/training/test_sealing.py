"""Only whoever holds the secret half opens a file; the format is that of age."""

import base64

import pytest

from domain.errors import InvalidInput
from domain.training.sealing import CHUNK, PublicKey, seal
from tests.fakes.key_holder import KeyHolder, NotForUs

# Sealed by `rage` (through pyrage 1.4.0), to show that what opens ours opens theirs.
SECRET = "AGE-SECRET-KEY-1STU8KZMNTJ42U70NQ695YKEXJU7DF69EMWE30JE3X7Z8F2FARW8SJFHSQN"
PUBLIC = "age1yxkerut7gswwn4g88g29q0y4npmxaa9t9y3ftupsqengmuq50afqv3xfk8"
OF_AGE = (
    "YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IFgyNTUxOSBDaFVaaE1ZMHhTT0lMYlp0MnZmWEVZcVh2eE9uejkrQ25tWVI1"
    "bzFYdjBNCmE4cmRtVTU5S1BvaHFQVHRpM3FhdWNKTWFCQzB1Y2VXVnNLcWYrdUQ0bm8KLT4gVm5fX3Ehby1ncmVhc2Ug"
    "bnQgO1R3CkUzVi9zZ1UKLS0tIENJZkIycFZCbUg1UE9kWXJIaWFiaWNJRVJWQ3FjTGRBd0xGNGk0VSsxT0EKevvrGl/g"
    "9wOW3hptCy6m4IFLMQoTLrF5NVtbQ7O7Q84LBb5v4lQ2pNERZNaj7CybF3LgUFBqHM0Xj5x0r/Psamk9wx5MnlprpTto"
    "M0ELvg4r"
)


def test_the_holder_opens_what_age_sealed():
    words = "Für niemanden sonst, even after the second chunk"
    assert KeyHolder.of(SECRET).open(base64.b64decode(OF_AGE)).decode() == words


@pytest.mark.parametrize("length", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK])
def test_the_holder_opens_what_was_sealed(length):
    plain = bytes(index % 251 for index in range(length))
    assert KeyHolder.of(SECRET).open(seal(plain, PublicKey.read(PUBLIC))) == plain


@pytest.mark.promise("P103")
@pytest.mark.law("L07")
def test_nobody_else_opens_it():
    sealed = seal(b"what was said", PublicKey.read(PUBLIC))
    with pytest.raises(NotForUs):
        KeyHolder.new().open(sealed)


def test_what_was_changed_or_cut_is_not_opened():
    holder, sealed = KeyHolder.of(SECRET), seal(bytes(2 * CHUNK), PublicKey.read(PUBLIC))
    for spoiled in (sealed[:-1], sealed[: -CHUNK - 16], sealed[:300] + b"\0" + sealed[301:]):
        with pytest.raises(NotForUs):
            holder.open(spoiled)


def test_the_same_words_are_never_sealed_the_same_way():
    key = PublicKey.read(PUBLIC)
    assert seal(b"words", key) != seal(b"words", key)


@pytest.mark.parametrize(
    "written", ["", "age1", PUBLIC[:-1] + "q", "ssh-ed25519 AAAA", PUBLIC + "q", SECRET]
)
def test_what_is_no_public_key_is_refused(written):
    with pytest.raises(InvalidInput):
        PublicKey.read(written)


def test_a_secret_key_is_sent_back_with_a_warning():
    with pytest.raises(InvalidInput, match="public half"):
        PublicKey.read(SECRET)
