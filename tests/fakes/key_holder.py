"""A tenant who holds the secret half of a key, and opens files in the format of age with it."""

import base64
import hmac

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
CHUNK = 64 * 1024 + 16


class NotForUs(Exception):
    """This key does not open that file."""


class KeyHolder:
    def __init__(self, secret: X25519PrivateKey) -> None:
        self.secret = secret
        self.point = secret.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)

    @classmethod
    def new(cls) -> "KeyHolder":
        return cls(X25519PrivateKey.generate())

    @classmethod
    def of(cls, written: str) -> "KeyHolder":
        data = written.lower().rpartition("1")[2][:-6]
        bits = "".join(f"{ALPHABET.index(sign):05b}" for sign in data)
        return cls(X25519PrivateKey.from_private_bytes(int(bits[:256], 2).to_bytes(32)))

    @property
    def public(self) -> str:
        """What the tenant tells us: `age1…`."""
        bits = "".join(f"{byte:08b}" for byte in self.point) + "0000"
        values = [int(bits[at : at + 5], 2) for at in range(0, len(bits), 5)]
        head = [*(ord(sign) >> 5 for sign in "age"), 0, *(ord(sign) & 31 for sign in "age")]
        check = polymod([*head, *values, *[0] * 6]) ^ 1
        values += [check >> 5 * (5 - place) & 31 for place in range(6)]
        return "age1" + "".join(ALPHABET[value] for value in values)

    def open(self, sealed: bytes) -> bytes:
        """What is in a file. Raises `NotForUs`."""
        try:
            return self._open(sealed)
        except (InvalidTag, ValueError) as problem:
            raise NotForUs from problem

    def _open(self, sealed: bytes) -> bytes:
        header, _, rest = sealed.partition(b"\n--- ")
        mac, _, body = rest.partition(b"\n")
        file_key = self._file_key(header.decode().split("\n"))
        written = hmac.digest(derived(file_key, b"", b"header"), header + b"\n---", "sha256")
        if written != plain_base64(mac.decode()):
            raise NotForUs
        cipher = ChaCha20Poly1305(derived(file_key, body[:16], b"payload"))
        chunks = [body[at : at + CHUNK] for at in range(16, len(body), CHUNK)]
        return b"".join(
            cipher.decrypt(number.to_bytes(11) + bytes([number == len(chunks) - 1]), chunk, None)
            for number, chunk in enumerate(chunks)
        )

    def _file_key(self, lines: list[str]) -> bytes:
        at = next(n for n, line in enumerate(lines) if line.startswith("-> X25519 "))
        share = plain_base64(lines[at].split(" ")[2])
        secret = self.secret.exchange(X25519PublicKey.from_public_bytes(share))
        key = derived(secret, share + self.point, b"age-encryption.org/v1/X25519")
        return ChaCha20Poly1305(key).decrypt(bytes(12), plain_base64(lines[at + 1]), None)


def derived(secret: bytes, salt: bytes, info: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt, info).derive(secret)


def plain_base64(written: str) -> bytes:
    return base64.b64decode(written + "=" * (-len(written) % 4))


def polymod(values: list[int]) -> int:
    check = 1
    for value in values:
        top, check = check >> 25, (check & 0x1FFFFFF) << 5 ^ value
        for place, word in enumerate(GENERATOR):
            check ^= word if top >> place & 1 else 0
    return check
