"""How often something may be done: buckets of points that fill again by themselves."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from domain.errors import RateLimited, Unavailable

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Bucket:
    """Who is limited, and how: so many points at once, so many a second in the long run."""

    name: str
    points: int
    per_second: float


@dataclass(frozen=True)
class Taken:
    """Whether the points were there; otherwise none were taken."""

    granted: bool
    remaining: int
    """Points left in the emptiest bucket."""
    retry_after: float
    """Seconds until the points are there; 0 if they were."""


class RateLimiter(Protocol):
    """Counts for all processes at once."""

    async def take(self, buckets: Sequence[Bucket], points: int = 1) -> Taken:
        """Take points out of every bucket, or out of none. Raises `Unavailable`."""


async def charge(limiter: RateLimiter, buckets: Sequence[Bucket], points: int = 1) -> Taken | None:
    """What a limiter says; None while it is away, for limits protect us from load, not people."""
    try:
        return await limiter.take(buckets, points)
    except Unavailable as away:
        log.warning("nobody is limited: %s", away.message)
        return None


async def admit(limiter: RateLimiter, buckets: Sequence[Bucket], refusal: str) -> None:
    """Take one point. Raises `RateLimited` with these words if it is not there."""
    taken = await charge(limiter, buckets)
    if taken is not None and not taken.granted:
        raise RateLimited(refusal, retry_after=taken.retry_after)
