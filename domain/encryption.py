"""Envelope encryption: a master key wraps tenant keys, which wrap the keys that seal data.

    master ─► tenant ─► subject (one contact)      contact, lead, appointment, consent
                    └─► conversation (one call…)   turns, recording, summary, messages
                    └─► index                      blind indexes

AES-256-GCM throughout (NIST SP 800-38D). Ciphertext is `version(1) | nonce(12) | data | tag(16)`
and is bound to its place by the associated data, so a value cannot be moved to another row.
"""

import hashlib
import hmac
import os
from pathlib import Path
from typing import Protocol
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from domain.private_files import read_or_make

VERSION = b"\x01"
NONCE_BYTES = 12
KEY_BYTES = 32


class WrongKey(RuntimeError):
    """Ciphertext that this key cannot open: another key, another place, or damage."""


class DataKey:
    """A key in use."""

    __slots__ = ("_cipher", "_secret")

    def __init__(self, secret: bytes) -> None:
        self._secret = secret
        self._cipher = AESGCM(secret)

    @property
    def secret(self) -> bytes:
        """The key itself: only ever to be sealed by another one."""
        return self._secret

    def seal(self, plain: bytes, place: bytes) -> bytes:
        """Encrypt, bound to a place."""
        nonce = os.urandom(NONCE_BYTES)
        return VERSION + nonce + self._cipher.encrypt(nonce, plain, place)

    def open(self, ciphertext: bytes, place: bytes) -> bytes:
        """Decrypt what was sealed for that place. Raises `WrongKey`."""
        if ciphertext[:1] != VERSION:
            raise WrongKey("Unknown version of ciphertext")
        body = 1 + NONCE_BYTES
        try:
            return self._cipher.decrypt(ciphertext[1:body], ciphertext[body:], place)
        except InvalidTag as problem:
            raise WrongKey("This key does not open that value") from problem

    def blind_index(self, column: str, value: str) -> str:
        """A keyed fingerprint (hex) by which equal values are found without being readable."""
        message = f"{column}\0{value.casefold()}".encode()
        return self.digest(message)[:16].hex()

    def derived(self, purpose: str) -> "DataKey":
        """A key for one purpose alone; it tells nothing of this one, nor of other purposes."""
        return DataKey(self.digest(b"for|" + purpose.encode()))

    def digest(self, message: bytes) -> bytes:
        """The keyed fingerprint of a message: 32 bytes."""
        return hmac.digest(self._secret, message, hashlib.sha256)

    def wrap(self, key_id: UUID, secret: bytes) -> bytes:
        """Encrypt another key under this one."""
        return self.seal(secret, b"key|" + key_id.bytes)

    def unwrap(self, key_id: UUID, wrapped: bytes) -> "DataKey":
        """Take another key out again."""
        return DataKey(self.open(wrapped, b"key|" + key_id.bytes))


class MasterKey(Protocol):
    """Whatever keeps the key above all keys: a file, or a key management service."""

    def wrap(self, key_id: UUID, secret: bytes) -> bytes:
        """Encrypt a tenant key."""

    def unwrap(self, key_id: UUID, wrapped: bytes) -> DataKey:
        """Decrypt a tenant key."""


def master_key_in(path: Path) -> DataKey:
    """The master key kept in a file that only its owner may read; made on first use."""
    secret = read_or_make(path, lambda: os.urandom(KEY_BYTES))
    if len(secret) != KEY_BYTES:
        raise WrongKey(f"{path.name} does not hold a {KEY_BYTES}-byte key")
    return DataKey(secret)


def place_of(tenant_id: UUID, table: str, column: str, row_id: UUID) -> bytes:
    """The associated data of one sealed column of one row."""
    return b"|".join((tenant_id.bytes, table.encode(), column.encode(), row_id.bytes))
