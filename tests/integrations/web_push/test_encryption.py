"""What is locked up for a device, compared with the RFC's example and read by others' code."""

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from integrations.web_push import Device, UnusableKeys
from integrations.web_push.encoding import read, written
from integrations.web_push.encryption import LONGEST, encrypted
from tests.fakes.push_service import Browser

# RFC 8291, appendix A.
OWN = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"
THEIRS = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
AUTH, SALT = "BTBZMqHH6r4Tts7J_aSIgg", "DGv6ra1nlYgDCS1FRnbzlw"
BODY = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6"
    "TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulc"
    "y4a-fN"
)


def test_the_example_of_the_rfc_comes_out():
    own = ec.derive_private_key(int.from_bytes(read(OWN), "big"), ec.SECP256R1())
    body = encrypted(
        b"When I grow up, I want to be a watermelon",
        Device("https://push.example.net/", THEIRS, AUTH),
        salt=read(SALT),
        own=own,
        padded_to=0,
    )
    assert written(body) == BODY


@pytest.mark.parametrize("length", [0, 1, 1023, 1024, 1025, LONGEST])
def test_a_browser_reads_what_was_written(length):
    browser, plain = Browser("one"), b"x" * length
    assert browser.read(encrypted(plain, browser.device)) == plain


def test_short_ones_are_all_of_one_length():
    device = Browser("one").device
    assert len(encrypted(b"", device)) == len(encrypted(b"a call from Anna Lee", device))


def test_nobody_else_reads_it():
    body = encrypted(b"hello", Browser("one").device)
    with pytest.raises(Exception, match=r"decrypt|[Tt]ag"):
        Browser("two").read(body)


def test_what_is_too_long_is_refused():
    with pytest.raises(ValueError, match="at most"):
        encrypted(b"x" * (LONGEST + 1), Browser("one").device)


@pytest.mark.parametrize(
    ("p256dh", "auth", "path"),
    [
        ("", AUTH, "p256dh"),
        ("words", AUTH, "p256dh"),
        (written(b"\x04" + bytes(64)), AUTH, "p256dh"),
        (THEIRS, "", "auth"),
        (THEIRS, "é", "auth"),
        (THEIRS, THEIRS, "auth"),
    ],
)
def test_keys_that_no_browser_made_are_refused(p256dh, auth, path):
    with pytest.raises(UnusableKeys) as refused:
        Device("https://push.example.net/", p256dh, auth).check()
    assert refused.value.path == path
