"""What only a device can read: Message Encryption for Web Push (RFC 8291, over RFC 8188)."""

import os
from collections.abc import Callable
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from integrations.web_push import encoding

CURVE = ec.SECP256R1()
POINT_BYTES, AUTH_BYTES, SALT_BYTES = 65, 16, 16
# One record holds all of it; push services need not take more than these bytes (RFC 8291, 4).
RECORD_BYTES = 4096
HEADER_BYTES = SALT_BYTES + 4 + 1 + POINT_BYTES
# The mark of the last record, and the tag of the cipher.
ADDED_BYTES = 1 + 16
LONGEST = RECORD_BYTES - HEADER_BYTES - ADDED_BYTES
# How long something is tells what it may be: all but the longest are made equal.
PADDED_TO = 1024
LAST_RECORD = b"\x02"


class UnusableKeys(ValueError):
    """A browser did not make these keys; `path` says which of them."""

    def __init__(self, path: str) -> None:
        super().__init__(f"{path} is no key of a push subscription")
        self.path = path


@dataclass(frozen=True)
class Device:
    """A browser's subscription: where to push to, and the keys to lock it up with."""

    endpoint: str
    p256dh: str = field(repr=False)
    auth: str = field(repr=False)

    def check(self) -> None:
        """Raise `UnusableKeys` unless something can be locked up with the keys."""
        self.public()
        self.secret()

    def public(self) -> ec.EllipticCurvePublicKey:
        """The key of the browser. Raises `UnusableKeys`."""
        try:
            return ec.EllipticCurvePublicKey.from_encoded_point(
                CURVE, _whole(self.p256dh, POINT_BYTES)
            )
        except ValueError as problem:
            raise UnusableKeys("p256dh") from problem

    def secret(self) -> bytes:
        """What the browser shares with us beside the key. Raises `UnusableKeys`."""
        try:
            return _whole(self.auth, AUTH_BYTES)
        except ValueError as problem:
            raise UnusableKeys("auth") from problem


def encrypted(
    plain: bytes,
    device: Device,
    *,
    salt: bytes | None = None,
    own: ec.EllipticCurvePrivateKey | None = None,
    padded_to: int = PADDED_TO,
) -> bytes:
    """The body of a push; salt and key are fresh ones, but to compare with the RFC's example.

    Raises `ValueError` for what is too long, and `UnusableKeys`.
    """
    if len(plain) > LONGEST:
        raise ValueError(f"A push holds at most {LONGEST} bytes")
    salt, own = salt or os.urandom(SALT_BYTES), own or ec.generate_private_key(CURVE)
    theirs, ours = device.public(), point(own.public_key())
    secret = own.exchange(ec.ECDH(), theirs)
    info = b"WebPush: info\x00" + point(theirs) + ours
    material = _derive(32, device.secret(), info)(secret)
    key = _derive(16, salt, b"Content-Encoding: aes128gcm\x00")(material)
    nonce = _derive(12, salt, b"Content-Encoding: nonce\x00")(material)
    padding = bytes(max(0, padded_to - len(plain)))
    header = salt + RECORD_BYTES.to_bytes(4, "big") + bytes([POINT_BYTES]) + ours
    return header + AESGCM(key).encrypt(nonce, plain + LAST_RECORD + padding, None)


def point(key: ec.EllipticCurvePublicKey) -> bytes:
    """A public key, uncompressed."""
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def _derive(length: int, salt: bytes, info: bytes) -> Callable[[bytes], bytes]:
    return HKDF(SHA256(), length, salt, info).derive


def _whole(text: str, length: int) -> bytes:
    data = encoding.read(text)
    if len(data) != length:
        raise ValueError(f"{length} bytes are needed")
    return data
