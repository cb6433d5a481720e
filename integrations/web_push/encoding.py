"""Base64url without padding, as push services and browsers write it (RFC 7515, section 2)."""

import base64
import binascii


def written(data: bytes) -> str:
    """Bytes as text."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def read(text: str) -> bytes:
    """Text as bytes, with or without padding. Raises `ValueError`."""
    try:
        stripped = text.rstrip("=").encode("ascii")
        padded = stripped + b"=" * (-len(stripped) % 4)
        return base64.b64decode(padded, altchars=b"-_", validate=True)
    except (binascii.Error, UnicodeEncodeError) as problem:
        raise ValueError("That is not base64url") from problem
