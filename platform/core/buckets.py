"""Where token buckets are kept: in Redis where there is one, else in rows of the database. Both take atomically.

While Redis cannot be reached the rows take over, so nobody goes uncounted; a bucket is full there at first.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from redis import Redis
from redis.exceptions import RedisError

from core.models import RateBucket

REDIS_SECONDS = 0.5  # to wait for an answer
AWAY_SECONDS = 5.0  # how long a Redis that did not answer is not asked again
PREFIX = "limits:"
# All buckets are looked at before one is changed; Redis runs a script as one. Times are those of Redis.
SCRIPT = """
local clock = redis.call('TIME')
local now = tonumber(clock[1]) + tonumber(clock[2]) / 1000000
local levels, allowed = {}, 1
for i, key in ipairs(KEYS) do
  local cap, rate = tonumber(ARGV[2 * i - 1]), tonumber(ARGV[2 * i])
  local kept = redis.call('HMGET', key, 'level', 'at')
  local level, at = tonumber(kept[1]) or cap, tonumber(kept[2]) or now
  levels[i] = math.min(cap, level + math.max(0, now - at) * rate)
  if levels[i] < 1 then allowed = 0 end
end
local said = {allowed}
for i, key in ipairs(KEYS) do
  if allowed == 1 then
    levels[i] = levels[i] - 1
    redis.call('HSET', key, 'level', string.format('%.6f', levels[i]), 'at', string.format('%.6f', now))
    redis.call('PEXPIRE', key, math.ceil(1000 * ARGV[2 * i - 1] / ARGV[2 * i]) + 1000)
  end
  said[i + 1] = string.format('%.6f', levels[i])
end
return said
"""
# One statement takes from a row, or makes it: a conflicting writer waits, then sees what the first one left.
STATEMENT = """
INSERT INTO core_ratebucket (key, level, at, full_at) VALUES (%(key)s, %(cap)s - 1, %(now)s, %(now)s + 1 / %(rate)s)
ON CONFLICT (key) DO UPDATE SET
    level = {level} - 1, at = %(now)s, full_at = %(now)s + (%(cap)s - {level} + 1) / %(rate)s
WHERE {level} >= 1
RETURNING level
"""
LEVEL = "{least}(%(cap)s, core_ratebucket.level + {greatest}(0, %(now)s - core_ratebucket.at) * %(rate)s)"
WORDS = {"sqlite": {"least": "MIN", "greatest": "MAX"}, "postgresql": {"least": "LEAST", "greatest": "GREATEST"}}

logger = logging.getLogger(__name__)
_away_until = 0.0


@dataclass(frozen=True, slots=True)
class Bucket:
    """A bucket that holds at most `cap` tokens and gets `per_second`."""

    key: str
    cap: int
    per_second: float


class _Empty(Exception):
    """One of the buckets holds less than a token."""


def take(wanted: Sequence[Bucket]) -> tuple[bool, list[float]]:
    """Take one token from each bucket, or none; return whether, and the levels after it."""
    global _away_until  # noqa: PLW0603 - each process learns for itself that Redis is away
    if settings.LIMITS_REDIS_URL and time.monotonic() >= _away_until:
        try:
            return _take_from_redis(wanted)
        except (RedisError, OSError) as error:
            _away_until = time.monotonic() + AWAY_SECONDS
            logger.warning("Redis cannot be reached, so limits are counted in the database: %s", error)
    return _take_from_rows(wanted)


# --- Redis ---------------------------------------------------------------------------------------
def _take_from_redis(wanted: Sequence[Bucket]) -> tuple[bool, list[float]]:
    script = _script(settings.LIMITS_REDIS_URL)
    numbers = [number for bucket in wanted for number in (bucket.cap, bucket.per_second)]
    allowed, *levels = script(keys=[PREFIX + bucket.key for bucket in wanted], args=numbers)
    return bool(allowed), [float(level) for level in levels]


@cache
def _script(address: str) -> Any:
    wait = {"socket_timeout": REDIS_SECONDS, "socket_connect_timeout": REDIS_SECONDS}
    return Redis.from_url(address, **wait).register_script(SCRIPT)


# --- Rows ----------------------------------------------------------------------------------------
def _take_from_rows(wanted: Sequence[Bucket]) -> tuple[bool, list[float]]:
    now = time.time()
    if len(wanted) == 1:
        level = _take_from_row(wanted[0], now)
        return level is not None, [level] if level is not None else _levels(wanted, now)
    ordered = sorted(wanted, key=lambda bucket: bucket.key)  # two takers lock in one order
    levels: dict[str, float] = {}
    try:
        with transaction.atomic():
            for bucket in ordered:
                level = _take_from_row(bucket, now)
                if level is None:
                    raise _Empty
                levels[bucket.key] = level
    except _Empty:
        return False, _levels(wanted, now)
    return True, [levels[bucket.key] for bucket in wanted]


def _take_from_row(bucket: Bucket, now: float) -> float | None:
    """Return the level after the take; None where the bucket holds less than a token, and is left as it is."""
    numbers = {"cap": float(bucket.cap), "rate": bucket.per_second, "now": now}
    level = LEVEL.format(**WORDS[connection.vendor])
    with connection.cursor() as cursor:
        cursor.execute(STATEMENT.format(level=level), {"key": bucket.key, **numbers})
        row = cursor.fetchone()
    return float(row[0]) if row else None


def _levels(wanted: Sequence[Bucket], now: float) -> list[float]:
    rows = {row.key: row for row in RateBucket.objects.filter(key__in=[bucket.key for bucket in wanted])}
    found = []
    for bucket in wanted:
        row = rows.get(bucket.key)
        level = row.level + max(0.0, now - row.at) * bucket.per_second if row else bucket.cap
        found.append(min(float(bucket.cap), level))
    return found


def sweep() -> int:
    """Remove the rows of buckets that are full again; return how many."""
    removed, _by_model = RateBucket.objects.filter(full_at__lt=time.time()).delete()
    return removed
