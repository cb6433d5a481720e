"""`docs/webhook-vectors.json`: signed requests with which receivers test their own checks.

Made by the signer that signs real ones, from inputs that never change.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from domain.sealed import Sealed
from plugins.webhooks.models import WebhookAlgorithm, WebhookKey
from plugins.webhooks.signatures import NewKey, new_key, sign

PATH = Path(__file__).parents[1] / "docs" / "webhook-vectors.json"
STANDARD = "https://www.standardwebhooks.com/"
# Seconds by which a timestamp may be off, either way.
TOLERANCE = 300
ID = UUID("01a1e4df-4580-77a3-9e2e-544a227f79c6")
OTHER_ID = UUID("01a1e4df-4580-77a3-9e2e-544a227f79c7")
SENT = 1_700_000_000
BODY = '{"type":"webhook.tested","data":{"words":"Grüße, \\"world\\""}}'
HMAC, ED25519 = WebhookAlgorithm.HMAC_SHA256, WebhookAlgorithm.ED25519


def written() -> str:
    """The text of the file."""
    content = {
        "standard": STANDARD,
        "toleranceSeconds": TOLERANCE,
        "vectors": [vars(vector) for vector in vectors()],
    }
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"


@dataclass(frozen=True)
class Vector:
    """A request as it arrives at `now`, the key it is checked with, and whether it is genuine."""

    name: str
    why: str
    key: str
    now: int
    headers: Mapping[str, str]
    body: str
    valid: bool


def vectors() -> Iterator[Vector]:
    """Every case, the genuine ones in front of their forgeries."""
    yield from _symmetric()
    yield from _in_time()
    yield from _rotated()
    yield from _asymmetric()


def _symmetric() -> Iterator[Vector]:
    key, other = _key(HMAC, 0), _key(HMAC, 1)
    good = _headers([key])
    yield _vector("good", "as it was sent", key, good)
    yield _vector("tampered-body", "a space was added", key, good, body=BODY + " ", valid=False)
    forged = good | {"webhook-id": str(OTHER_ID)}
    yield _vector("tampered-id", "the id is another one", key, forged, valid=False)
    later = good | {"webhook-timestamp": str(SENT + 1)}
    yield _vector("tampered-timestamp", "the time is another one", key, later, valid=False)
    yield _vector("wrong-secret", "the secret is another one", other, good, valid=False)
    unknown = good | {"webhook-signature": good["webhook-signature"].replace("v1,", "v9,")}
    yield _vector("unknown-version", "no known signature is there", key, unknown, valid=False)


def _in_time() -> Iterator[Vector]:
    key = _key(HMAC, 0)
    good = _headers([key])
    for name, by, valid in (
        ("five-minutes-old", TOLERANCE, True),
        ("stale", TOLERANCE + 1, False),
        ("five-minutes-early", -TOLERANCE, True),
        ("from-the-future", -TOLERANCE - 1, False),
    ):
        yield _vector(name, f"it arrives {by} seconds after its time", key, good, by, valid=valid)


def _rotated() -> Iterator[Vector]:
    old, new = _key(HMAC, 0), _key(HMAC, 1)
    both, after = _headers([new, old]), _headers([new])
    yield _vector("rotated-new-secret", "both keys sign during the overlap", new, both)
    yield _vector("rotated-old-secret", "both keys sign during the overlap", old, both)
    yield _vector("overlap-over", "only the new key signs now", old, after, valid=False)


def _asymmetric() -> Iterator[Vector]:
    key, secret = _key(ED25519, 0), _key(HMAC, 0)
    good, mixed = _headers([key]), _headers([key, secret])
    yield _vector("asymmetric", "as it was sent", key, good)
    body = BODY.replace("tested", "forged")
    yield _vector("asymmetric-tampered", "a word was changed", key, good, body=body, valid=False)
    other = _key(ED25519, 1)
    yield _vector("asymmetric-wrong-key", "the key is another one", other, good, valid=False)
    yield _vector("moving-to-asymmetric", "an Ed25519 key signs beside a secret", key, mixed)
    yield _vector("moving-from-symmetric", "an Ed25519 key signs beside a secret", secret, mixed)


def _vector(
    name: str, why: str, key: "_Key", headers: Mapping[str, str], by: int = 0, **given: Any
) -> Vector:
    body, valid = given.get("body", BODY), given.get("valid", True)
    return Vector(name, why, key.made.shown, SENT + by, headers, body, valid)


@dataclass(frozen=True)
class _Key:
    made: NewKey
    row: WebhookKey


def _key(algorithm: WebhookAlgorithm, first: int) -> _Key:
    """The key made of the bytes from `first` on."""
    made = new_key(algorithm, bytes(range(first, first + 32)))
    secret = Sealed.text(made.secret)
    row = WebhookKey(algorithm=algorithm, secret=secret, public_key=made.public)
    return _Key(made, row)


def _headers(keys: Sequence[_Key]) -> dict[str, str]:
    at = datetime.fromtimestamp(SENT, UTC)
    signed = sign([key.row for key in keys], ID, at, BODY.encode())
    return {name: value for name, value in signed.headers.items() if name.startswith("webhook-")}
