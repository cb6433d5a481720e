"""The chain: what of an entry is hashed and how, and what is signed. Pure functions.

The hash of an entry is SHA-256 over the hash before it and the entry written as JSON with every
column in it. Details are in it as ciphertext and commitment, so the chain holds after their key
is destroyed. Statements about the chain are signed with a secret that no database knows.
"""

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

GENESIS = bytes(32)
# Every column but the hash itself; a test compares them with the table.
COLUMNS = (
    "id",
    "tenant_id",
    "at",
    "actor_kind",
    "actor_id",
    "via",
    "address",
    "action",
    "object_type",
    "object_id",
    "others",
    "purpose",
    "outcome",
    "discloses",
    "key_id",
    "details",
    "commitment",
    "position",
)


@dataclass(frozen=True)
class Head:
    """The end of a chain: the number of its last entry, from 1, and the hash there."""

    position: int = 0
    hash: bytes = GENESIS


class Claim(StrEnum):
    """What a signed statement says of a place in the chain."""

    SEALED = "sealed"
    EXPIRED = "expired"


def link(previous: bytes, entry: Mapping[str, Any]) -> bytes:
    """The hash of an entry that follows another."""
    written = {name: _plain(entry[name]) for name in COLUMNS}
    canonical = json.dumps(written, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(previous + canonical.encode()).digest()


def sign(secret: bytes, claim: Claim, tenant_id: UUID, head: Head) -> bytes:
    """The signature (HMAC-SHA-256) under a claim about one tenant's chain."""
    statement = f"{claim}|{tenant_id}|{head.position}|{head.hash.hex()}"
    return hmac.digest(secret, statement.encode(), hashlib.sha256)


def holds(secret: bytes, claim: Claim, tenant_id: UUID, head: Head, signature: bytes) -> bool:
    """Whether a signature is ours."""
    return hmac.compare_digest(sign(secret, claim, tenant_id, head), signature)


def _plain(value: Any) -> Any:
    """A value of the database as JSON knows it, the same wherever it is read."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    return str(value) if isinstance(value, UUID) else value
