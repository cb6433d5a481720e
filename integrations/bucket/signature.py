"""Signing a request to S3: AWS Signature Version 4.

Source: https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
"""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import quote, urlsplit

ALGORITHM = "AWS4-HMAC-SHA256"


@dataclass(frozen=True)
class Keys:
    """What opens a bucket."""

    id: str
    secret: str = field(repr=False)
    region: str = "us-east-1"


def signed(
    keys: Keys, method: str, url: str, headers: Mapping[str, str], body: bytes, at: datetime
) -> dict[str, str]:
    """The headers of a request without a query, with its signature among them."""
    parts, moment = urlsplit(url), at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    digest = hashlib.sha256(body).hexdigest()
    sent = {**headers, "x-amz-content-sha256": digest, "x-amz-date": moment}
    lines = {name.lower(): value.strip() for name, value in {**sent, "host": parts.netloc}.items()}
    names = ";".join(sorted(lines))
    asked = [
        method,
        quote(parts.path, safe="/~%"),
        "",
        *(f"{name}:{lines[name]}" for name in sorted(lines)),
        "",
        names,
        digest,
    ]
    scope = f"{moment[:8]}/{keys.region}/s3/aws4_request"
    canonical = hashlib.sha256("\n".join(asked).encode()).hexdigest()
    signature = _hmac(_key(keys, moment[:8]), f"{ALGORITHM}\n{moment}\n{scope}\n{canonical}").hex()
    credential = f"Credential={keys.id}/{scope}"
    proof = f"{ALGORITHM} {credential},SignedHeaders={names},Signature={signature}"
    return {**sent, "Authorization": proof}


def _key(keys: Keys, day: str) -> bytes:
    """The key of one day, region and service, made of the secret."""
    key = f"AWS4{keys.secret}".encode()
    for part in (day, keys.region, "s3", "aws4_request"):
        key = _hmac(key, part)
    return key


def _hmac(key: bytes, words: str) -> bytes:
    return hmac.new(key, words.encode(), hashlib.sha256).digest()
