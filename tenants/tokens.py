"""Secrets that are shown once: how they are made, and what is kept of them."""

import hashlib
import secrets

SECRET_BYTES = 32


def new_token(prefix: str = "") -> str:
    """A secret of 256 bits that nobody can guess."""
    return prefix + secrets.token_urlsafe(SECRET_BYTES)


def hashed(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()
