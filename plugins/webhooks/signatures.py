"""Standard Webhooks signatures: `v1` (HMAC-SHA256) and `v1a` (Ed25519), and keys as JWKS.

The signed text is `id.timestamp.body`, so neither can be exchanged; the timestamp is that of the
sending, so that an old request cannot be played back for long.
https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
"""

import base64
import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from plugins.webhooks.models import WebhookAlgorithm, WebhookKey

KEY_BYTES = 32
SECRET_PREFIX = "whsec_"  # noqa: S105  # the mark of a secret, and none itself
PUBLIC_PREFIX = "whpk_"


@dataclass(frozen=True)
class NewKey:
    """Key material, and what the receiver is told of it."""

    secret: str
    """Base64, without a prefix."""
    public: str
    """The same for a public key; empty where there is none."""
    shown: str
    """What the receiver needs to check signatures."""


@dataclass(frozen=True)
class Signed:
    """A request's body and the headers that vouch for it."""

    headers: dict[str, str]
    body: bytes


def new_key(algorithm: WebhookAlgorithm, random: bytes) -> NewKey:
    """A key made from 32 random bytes."""
    secret = _text(random)
    if algorithm is WebhookAlgorithm.HMAC_SHA256:
        return NewKey(secret, "", SECRET_PREFIX + secret)
    made = Ed25519PrivateKey.from_private_bytes(random).public_key()
    public = _text(made.public_bytes(Encoding.Raw, PublicFormat.Raw))
    return NewKey(secret, public, PUBLIC_PREFIX + public)


def sign(keys: Iterable[WebhookKey], id: UUID, at: datetime, body: bytes) -> Signed:
    """The headers of a request, with one signature for each key."""
    stamp = str(int(at.timestamp()))
    text = f"{id}.{stamp}.".encode() + body
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "Deskbell-Webhooks/1",
        "webhook-id": str(id),
        "webhook-timestamp": stamp,
        "webhook-signature": " ".join(_signature(key, text) for key in keys),
    }
    return Signed(headers, body)


def jwks(keys: Iterable[WebhookKey]) -> dict[str, Any]:
    """The public keys as a JSON Web Key Set (RFC 7517, 8037)."""
    return {
        "keys": [
            {
                "kty": "OKP",
                "crv": "Ed25519",
                "use": "sig",
                "alg": "EdDSA",
                "kid": str(key.id),
                "x": _url_text(key.public_key),
            }
            for key in keys
            if key.algorithm is WebhookAlgorithm.ED25519
        ]
    }


def _signature(key: WebhookKey, text: bytes) -> str:
    secret = base64.b64decode(key.secret.read())
    if key.algorithm is WebhookAlgorithm.HMAC_SHA256:
        return f"v1,{_text(hmac.digest(secret, text, hashlib.sha256))}"
    return f"v1a,{_text(Ed25519PrivateKey.from_private_bytes(secret).sign(text))}"


def _text(value: bytes) -> str:
    return base64.b64encode(value).decode()


def _url_text(encoded: str) -> str:
    return encoded.replace("+", "-").replace("/", "_").rstrip("=")
