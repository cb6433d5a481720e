"""Passwords, hashed with Argon2id (RFC 9106)."""

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from domain.errors import InvalidInput

SHORTEST = 10

_hasher = PasswordHasher()
# Verified when no user has the address, so that an unknown address takes as long as a known one.
_nobody = _hasher.hash("nobody's password")


def use_cost(*, memory_kib: int, rounds: int) -> None:
    """Set the cost of hashing; tests use the least that Argon2 allows."""
    global _hasher, _nobody  # noqa: PLW0603  # one cost for the process, set at start-up
    _hasher = PasswordHasher(time_cost=rounds, memory_cost=memory_kib, parallelism=1)
    _nobody = _hasher.hash("nobody's password")


def hash_password(password: str) -> str:
    """Hash a new password. Raises `InvalidInput` if it is too short."""
    if len(password) < SHORTEST:
        raise InvalidInput.at("password", f"Use at least {SHORTEST} characters", "TOO_SHORT")
    return _hasher.hash(password)


def matches(password: str, hashed: str | None) -> bool:
    """Whether a password is the hashed one; None stands for an unknown user."""
    try:
        return _hasher.verify(hashed or _nobody, password) and hashed is not None
    except (Argon2Error, InvalidHashError):
        return False
