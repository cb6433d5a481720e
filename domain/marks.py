"""Ids in links, with a mark by which we know again that we made them."""

import base64
import hashlib
import hmac
from uuid import UUID

MARK_BYTES = 16
ID_BYTES = 16


def marked(secret: bytes, noun: str, *ids: UUID) -> str:
    """Some ids as a part of an address; the `noun` keeps links of one kind from being another."""
    named = b"".join(id.bytes for id in ids)
    return base64.urlsafe_b64encode(named + _mark(secret, noun, named)).rstrip(b"=").decode()


def ids_in(secret: bytes, noun: str, token: str, count: int) -> tuple[UUID, ...] | None:
    """The ids of a link that we made; None for any other."""
    try:
        raw = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
    except ValueError:
        return None
    named, mark = raw[: count * ID_BYTES], raw[count * ID_BYTES :]
    if len(named) < count * ID_BYTES or not hmac.compare_digest(mark, _mark(secret, noun, named)):
        return None
    starts = range(0, len(named), ID_BYTES)
    return tuple(UUID(bytes=named[start : start + ID_BYTES]) for start in starts)


def _mark(secret: bytes, noun: str, named: bytes) -> bytes:
    return hmac.digest(secret, noun.encode() + b"|" + named, hashlib.sha256)[:MARK_BYTES]
