"""Sealing a file to a key that only the tenant holds, in the format of age (age-encryption.org/v1).

The tenant makes a key with `age-keygen` and tells us its public half, `age1…`. What is sealed to
it we cannot open ourselves: the secret half has never been here.
"""

import base64
import hashlib
import hmac
import os
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from domain.errors import InvalidInput

VERSION = "age-encryption.org/v1"
X25519_INFO = b"age-encryption.org/v1/X25519"
PREFIX = "age"
KEY_BYTES = 32
FILE_KEY_BYTES = NONCE_BYTES = 16
CHUNK = 64 * 1024

# Bech32 (BIP 173): an alphabet without letters that look alike, and a checksum of six.
_ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_CHECKSUM = 6


@dataclass(frozen=True)
class PublicKey:
    """The public half of a tenant's key."""

    written: str
    """As the tenant gave it: `age1…`."""
    point: bytes

    @classmethod
    def read(cls, written: str) -> "PublicKey":
        """Read a recipient. Raises `InvalidInput`, above all if it is a secret key."""
        written = written.strip()
        if written.upper().startswith("AGE-SECRET-KEY-"):
            raise InvalidInput.at("key", "Keep this one: name the public half, which begins age1")
        point = _bech32(written.lower())
        if point is None or len(point) != KEY_BYTES:
            raise InvalidInput.at("key", "A public key of age begins age1 and has 62 characters")
        return cls(written.lower(), point)

    @property
    def fingerprint(self) -> str:
        """Short, and different for every key."""
        return hashlib.sha256(self.point).hexdigest()[:16]


def seal(plain: bytes, key: PublicKey) -> bytes:
    """A file that only the holder of the secret half can open."""
    file_key = os.urandom(FILE_KEY_BYTES)
    header = f"{VERSION}\n{_stanza(file_key, key)}\n---".encode()
    mac = hmac.digest(_derived(file_key, b"", b"header"), header, "sha256")
    nonce = os.urandom(NONCE_BYTES)
    payload = _stream(plain, _derived(file_key, nonce, b"payload"))
    return header + b" " + _base64(mac) + b"\n" + nonce + payload


def _stanza(file_key: bytes, key: PublicKey) -> str:
    ephemeral = X25519PrivateKey.generate()
    share = ephemeral.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    secret = ephemeral.exchange(X25519PublicKey.from_public_bytes(key.point))
    wrapping = _derived(secret, share + key.point, X25519_INFO)
    # Each wrapping key is used once, so its nonce may be nothing but zeros.
    body = ChaCha20Poly1305(wrapping).encrypt(bytes(12), file_key, None)
    return f"-> X25519 {_base64(share).decode()}\n{_base64(body).decode()}"


def _stream(plain: bytes, key: bytes) -> bytes:
    """Chunks, each under its number, of which the last says so: none can be cut off unseen."""
    cipher, last = ChaCha20Poly1305(key), max(0, (len(plain) - 1) // CHUNK)
    return b"".join(
        cipher.encrypt(
            number.to_bytes(11) + bytes([number == last]),
            plain[number * CHUNK : (number + 1) * CHUNK],
            None,
        )
        for number in range(last + 1)
    )


def _derived(secret: bytes, salt: bytes, info: bytes) -> bytes:
    return HKDF(SHA256(), KEY_BYTES, salt, info).derive(secret)


def _base64(raw: bytes) -> bytes:
    return base64.b64encode(raw).rstrip(b"=")


def _bech32(written: str) -> bytes | None:
    prefix, found, rest = written.rpartition("1")
    if not found or prefix != PREFIX or not set(rest) <= set(_ALPHABET):
        return None
    values = [_ALPHABET.index(sign) for sign in rest]
    expanded = [*(ord(sign) >> 5 for sign in prefix), 0, *(ord(sign) & 31 for sign in prefix)]
    if len(values) < _CHECKSUM or _polymod([*expanded, *values]) != 1:
        return None
    return _regrouped(values[:-_CHECKSUM])


def _polymod(values: list[int]) -> int:
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for place, word in enumerate(_GENERATOR):
            check ^= word if top >> place & 1 else 0
    return check


def _regrouped(fives: list[int]) -> bytes | None:
    """Groups of five bits as bytes; None if something else than zeros is left over."""
    bits = "".join(f"{value:05b}" for value in fives)
    whole = len(bits) // 8 * 8
    if "1" in bits[whole:] or len(bits) - whole >= 5:
        return None
    return int(bits[:whole] or "0", 2).to_bytes(whole // 8)
