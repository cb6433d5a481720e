"""Leaky buckets in Redis or Valkey: the generic cell rate algorithm, for many buckets at once.

A bucket is one number, the moment at which it will be full again; it is forgotten once that has
passed. The server's own clock is used, so that machines need not agree on the time.
"""

import asyncio
from collections.abc import Sequence

from redis.asyncio import Redis
from redis.exceptions import RedisError

from domain.errors import Unavailable
from domain.ports import port
from domain.rates import Bucket, Taken

PREFIX = "deskbell:bucket:"
# Seconds. Whoever asks would rather not be limited than wait.
PATIENCE = 0.25
# More points than a bucket holds are granted when it is full. Milliseconds throughout.
TAKE = """
local time = redis.call('TIME')
local now = time[1] * 1000 + time[2] / 1000
local points = tonumber(ARGV[1])
local fulls, wait, remaining = {}, 0, math.huge
for i, key in ipairs(KEYS) do
  local size, each = tonumber(ARGV[2 * i]), tonumber(ARGV[2 * i + 1])
  local full = math.max(tonumber(redis.call('GET', key) or 0), now)
  local after = full + math.min(points, size) * each
  wait = math.max(wait, after - now - size * each)
  remaining = math.min(remaining, size - (after - now) / each)
  fulls[i] = after
end
if wait > 0.001 then
  remaining = math.huge
  for i, key in ipairs(KEYS) do
    local size, each = tonumber(ARGV[2 * i]), tonumber(ARGV[2 * i + 1])
    local full = math.max(tonumber(redis.call('GET', key) or 0), now)
    remaining = math.min(remaining, size - (full - now) / each)
  end
  return {0, math.floor(remaining), tostring(wait)}
end
for i, key in ipairs(KEYS) do
  redis.call('SET', key, string.format('%.3f', fulls[i]), 'PX', math.ceil(fulls[i] - now) + 1)
end
return {1, math.floor(remaining + 0.001), '0'}
"""


class BucketsInRedis:
    """Implements `RateLimiter`."""

    def __init__(self, redis: Redis, patience: float = PATIENCE) -> None:
        self._take = redis.register_script(TAKE)
        self._patience = patience

    @port
    async def take(self, buckets: Sequence[Bucket], points: int = 1) -> Taken:
        """Take points out of every bucket, or out of none. Raises `Unavailable`."""
        measures = [value for one in buckets for value in (one.points, 1000 / one.per_second)]
        keys = [PREFIX + one.name for one in buckets]
        try:
            async with asyncio.timeout(self._patience):
                granted, remaining, wait = await self._take(keys=keys, args=[points, *measures])
        except (RedisError, OSError, TimeoutError) as failure:
            raise Unavailable("It cannot be told how often this was done") from failure
        return Taken(bool(granted), int(remaining), float(wait) / 1000)
