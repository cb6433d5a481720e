"""Who we are to push services: Voluntary Application Server Identification (RFC 8292)."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Self
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from integrations.web_push import encoding
from integrations.web_push.encryption import CURVE, point

# At most a day (RFC 8292, section 2); half of it forgives clocks that are wrong.
GOOD_FOR = timedelta(hours=12)
NUMBER_BYTES = 32
# How many points the curve has (SP 800-186, 3.2.1.3); more bytes than that needs leave no number
# much likelier than others (FIPS 186-5, A.2.1).
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
WIDE_BYTES = 48
HEADER = {"typ": "JWT", "alg": "ES256"}


@dataclass(frozen=True)
class Vapid:
    """The identity of a deployment: subscriptions are made for its public key and no other."""

    key: ec.EllipticCurvePrivateKey = field(repr=False)
    contact: str
    """Where a push service reaches the operator: `mailto:` or `https://`."""

    @classmethod
    def read(cls, pem: bytes, contact: str) -> Self:
        """From a private key as a file holds it. Raises `ValueError`."""
        key = load_pem_private_key(pem, password=None)
        if not isinstance(key, ec.EllipticCurvePrivateKey) or key.curve.name != CURVE.name:
            raise ValueError("The key of pushes is a private key of P-256")
        return cls(key, contact)

    @classmethod
    def derived(cls, secret: bytes, contact: str) -> Self:
        """From a secret of the deployment: the same key wherever the secret is the same."""
        wide = HKDF(SHA256(), WIDE_BYTES, salt=None, info=b"push key").derive(secret)
        number = int.from_bytes(wide, "big") % (ORDER - 1) + 1
        return cls(ec.derive_private_key(number, CURVE), contact)

    @property
    def public_key(self) -> str:
        """What browsers are given to subscribe: `applicationServerKey`."""
        return encoding.written(point(self.key.public_key()))

    def authorization(self, endpoint: str, now: datetime) -> str:
        """The header that lets us push to one service for a while."""
        parts = urlsplit(endpoint)
        claims = {
            "aud": f"{parts.scheme}://{parts.netloc}",
            "exp": int((now + GOOD_FOR).timestamp()),
            "sub": self.contact,
        }
        signed = f"{_json(HEADER)}.{_json(claims)}"
        numbers = decode_dss_signature(self.key.sign(signed.encode(), ec.ECDSA(SHA256())))
        signature = b"".join(number.to_bytes(NUMBER_BYTES, "big") for number in numbers)
        return f"vapid t={signed}.{encoding.written(signature)}, k={self.public_key}"


def _json(value: Mapping[str, object]) -> str:
    return encoding.written(json.dumps(value, separators=(",", ":")).encode())
