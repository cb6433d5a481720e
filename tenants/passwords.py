"""Passwords: strong enough to be kept, and kept as Argon2id hashes (RFC 9106)."""

import asyncio
import re
import threading
from dataclasses import dataclass
from functools import cache

from pwdlib import PasswordHash
from pwdlib.exceptions import UnknownHashError
from pwdlib.hashers.argon2 import Argon2Hasher
from zxcvbn import zxcvbn

from domain.errors import FieldProblem, InvalidInput

SHORTEST = 12
LONGEST = 1000
# Of 0 to 4: what is guessed within 10^8 attempts is refused, for a stolen hash allows as many.
STRONG_ENOUGH = 3
# What follows adds nothing to an estimate, and much to its cost.
ESTIMATED = 72
WORD = re.compile(r"\w+")

# zxcvbn keeps the words of whoever asks in a global, and we ask from several threads.
_estimating = threading.Lock()
_hasher = PasswordHash((Argon2Hasher(),))


@dataclass(frozen=True)
class Verdict:
    """Whether a password is right; and its hash at today's cost, where that has changed."""

    right: bool
    renewed: str | None = None


def use_cost(*, memory_kib: int, rounds: int) -> None:
    """Set the cost of hashing; tests use the least that Argon2 allows."""
    global _hasher  # noqa: PLW0603  # one cost for the process, set at start-up
    hasher = Argon2Hasher(time_cost=rounds, memory_cost=memory_kib, parallelism=1)
    _hasher = PasswordHash((hasher,))
    _nobody.cache_clear()


@cache
def _nobody() -> str:
    """Verified when no user has the address, so that this takes as long as where one has.

    Most processes sign nobody in, and are spared a third of a second.
    """
    return _hasher.hash("nobody's password")


def hash_password(password: str, *own: str, path: str = "password") -> str:
    """Hash a new password; `own` are words that others know of its owner.

    Raises `InvalidInput`, with every reason, if it is too short or easily guessed.
    """
    problems = [FieldProblem(path, message, code) for code, message in weaknesses(password, *own)]
    if problems:
        raise InvalidInput("Choose another password", *problems)
    return _hasher.hash(password)


def weaknesses(password: str, *own: str) -> list[tuple[str, str]]:
    """Why a password cannot be kept, as codes and words; empty if it can."""
    if len(password) < SHORTEST:
        return [("TOO_SHORT", f"Use at least {SHORTEST} characters")]
    if len(password) > LONGEST:
        return [("TOO_LONG", f"Use at most {LONGEST} characters")]
    known = [word for words in own for word in (words, *WORD.findall(words))]
    with _estimating:
        estimate = zxcvbn(password[:ESTIMATED], user_inputs=known)
    if estimate["score"] >= STRONG_ENOUGH:
        return []
    told = estimate["feedback"]
    reasons = [told["warning"], *told["suggestions"]]
    return [("TOO_COMMON", each) for each in reasons if each] or [
        ("TOO_COMMON", "This is easily guessed")
    ]


async def hashed(password: str, *own: str, path: str = "password") -> str:
    """The same elsewhere: Argon2 is slow on purpose, and lets go of the interpreter."""
    return await asyncio.to_thread(hash_password, password, *own, path=path)


async def check(password: str, stored: str | None) -> Verdict:
    """Whether a password is the stored one; None stands for an unknown user."""
    return await asyncio.to_thread(_check, password, stored)


def _check(password: str, stored: str | None) -> Verdict:
    # Made for a known address too, so that the first one asked for is not told by the time.
    nobody = _nobody()
    try:
        right, renewed = _hasher.verify_and_update(password, stored or nobody)
    except UnknownHashError:
        return Verdict(right=False)
    return Verdict(right and bool(stored), renewed)
