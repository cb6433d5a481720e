"""The published vectors are what the signer makes, and every receiver judges them alike."""

import base64
import hashlib
import hmac
import json
import shutil

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from deskbell.webhook_vectors import PATH, written
from tests.fakes.npm import installed, run
from tests.plugins.webhooks.test_signatures import HERE as LIBRARY

PUBLISHED = json.loads(PATH.read_text())
EXPECTED = {each["name"]: each["valid"] for each in PUBLISHED["vectors"]}


def genuine(vector) -> bool:
    """A receiver's check, written from the specification and nothing else."""
    headers = vector["headers"]
    if abs(vector["now"] - int(headers["webhook-timestamp"])) > PUBLISHED["toleranceSeconds"]:
        return False
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.{vector['body']}".encode()
    prefix, _, material = vector["key"].partition("_")
    key = base64.b64decode(material)
    for each in headers["webhook-signature"].split(" "):
        version, _, text = each.partition(",")
        signature = base64.b64decode(text)
        if (prefix, version) == ("whsec", "v1") and hmac.compare_digest(
            hmac.digest(key, signed, hashlib.sha256), signature
        ):
            return True
        if (prefix, version) == ("whpk", "v1a") and verifies(key, signature, signed):
            return True
    return False


def verifies(key: bytes, signature: bytes, signed: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, signed)
    except InvalidSignature:
        return False
    return True


def test_what_is_published_is_what_the_signer_makes():
    assert PATH.read_text() == written()


def test_every_case_is_there_with_both_outcomes():
    assert len(EXPECTED) == len(PUBLISHED["vectors"])
    assert {"good", "tampered-body", "stale", "rotated-old-secret", "asymmetric"} <= set(EXPECTED)
    assert set(EXPECTED.values()) == {True, False}


def test_a_plain_check_judges_them_as_published():
    assert {each["name"]: genuine(each) for each in PUBLISHED["vectors"]} == EXPECTED


@pytest.mark.skipif(
    not (shutil.which("node") and shutil.which("npm")),
    reason="NODE IS MISSING: vectors are not checked with npm standardwebhooks",
)
async def test_the_library_of_receivers_judges_them_as_published():
    folder = await installed(LIBRARY)
    told = await run("node", "vectors.mjs", cwd=folder, given=PATH.read_bytes())
    assert json.loads(told) == EXPECTED
