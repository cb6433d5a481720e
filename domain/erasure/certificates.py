"""Certificates: what is written in one, how it is signed and chained, and how it is checked.

A certificate is JSON in one canonical form (sorted names, no spaces, whole numbers only), signed
with Ed25519 over exactly those bytes. It names the hash of the tenant's certificate before it, so
none can be changed, dropped or put in between unseen. It holds ids, counts, rules and dates, and
nothing of the person. Pure functions; nothing here needs a database or a network.
"""

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from domain.erasure.errors import NotACertificate

FORMAT = "deskbell-erasure/1"
FIRST = "0" * 64
# A file larger than this is something else.
LARGEST = 1_000_000

Statement = Mapping[str, Any]


@dataclass(frozen=True)
class Signer:
    """Signs certificates with a key made from a secret that no database knows."""

    secret: bytes

    def __repr__(self) -> str:
        return "Signer(•••)"

    @property
    def public_key(self) -> str:
        """What checks the signatures, as base64 without padding."""
        made = Ed25519PrivateKey.from_private_bytes(self.secret).public_key()
        return _text(made.public_bytes(Encoding.Raw, PublicFormat.Raw))

    def sign(self, statement: Statement) -> str:
        """The file of a certificate."""
        written = {**statement, "format": FORMAT, "key": self.public_key}
        signature = Ed25519PrivateKey.from_private_bytes(self.secret).sign(canonical(written))
        return canonical({"certificate": written, "signature": _text(signature)}).decode()


@dataclass(frozen=True)
class Read:
    """A certificate whose signature is good."""

    statement: Statement
    hash: str
    known: bool
    """Whether the key that signed it is the one that was expected."""


def canonical(value: Statement) -> bytes:
    """The one way in which a statement is written."""
    written = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return written.encode()


def hash_of(file: str) -> str:
    """What the next certificate of the tenant names."""
    return hashlib.sha256(file.encode()).hexdigest()


def read(file: str, key: str | None = None) -> Read:
    """Check a certificate by itself. Raises `NotACertificate`."""
    if len(file) > LARGEST:
        raise NotACertificate("This file is too large to be a certificate")
    try:
        said = json.loads(file)
        statement, signature = said["certificate"], _bytes(said["signature"])
        if statement["format"] != FORMAT:
            raise NotACertificate("This is another kind of file")
        signer = Ed25519PublicKey.from_public_bytes(_bytes(statement["key"]))
        signer.verify(signature, canonical(statement))
    except InvalidSignature as forged:
        raise NotACertificate("The signature does not fit: it was changed, or forged") from forged
    except (KeyError, TypeError, ValueError) as broken:
        raise NotACertificate("This is not a certificate") from broken
    # As it is written, and in no other way: or two files would say the same with two hashes.
    if canonical(said).decode() != file.strip():
        raise NotACertificate("It is not written in the canonical form")
    return Read(statement, hash_of(file.strip()), key is not None and statement["key"] == key)


def chain(files: Sequence[str], key: str | None = None) -> list[Read]:
    """Check certificates of one tenant that follow each other. Raises `NotACertificate`."""
    read_all = sorted(
        (read(file, key) for file in files), key=lambda each: int(each.statement["number"])
    )
    for before, after in pairwise(read_all):
        number = after.statement["number"]
        if after.statement["tenant"] != before.statement["tenant"]:
            raise NotACertificate(f"Number {number} is another tenant's")
        if number != before.statement["number"] + 1:
            raise NotACertificate(
                f"Number {number} does not follow the one before it: one is missing"
            )
        if after.statement["previous"] != before.hash:
            raise NotACertificate(f"Number {number} does not name the one before it")
    return read_all


def _text(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
