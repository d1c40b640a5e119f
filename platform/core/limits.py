"""How often somebody may do something: token buckets, taken from atomically, in Redis or in the database.

An act that RATES names has a bucket for each subject that counts: a user, an API key, an organisation, an address. A
bucket holds as many tokens as its rate says and fills evenly over the rate's time. `take` takes one token from each of
the act's buckets, or none from any. docs/trust.md says what happens while Redis is away.
"""

from __future__ import annotations

import hashlib
import hmac
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.http.response import HttpResponseBase
from django.utils.module_loading import import_string

from core import buckets
from core.buckets import Bucket

SECONDS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400}
REQUEST_ATTRIBUTE = "rate_verdict"


@dataclass(frozen=True, slots=True)
class Rate:
    """`tokens` at once, and as many in any `seconds` in the long run."""

    tokens: int
    seconds: int


@dataclass(frozen=True, slots=True)
class Counted:
    """How one bucket is after a take: tokens left, and seconds until it is full again."""

    scope: str
    rate: Rate
    remaining: int
    full_in: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the act may be done. `retry_after` is in whole seconds, 0 where it may."""

    act: str
    allowed: bool
    retry_after: int
    counted: Sequence[Counted]


@cache
def parse(text: str) -> Rate:
    """Read "20/hour" or "10/5 minutes". Raises ValueError."""
    amount, _slash, time = text.partition("/")
    words = time.split()
    count, unit = (int(words[0]), words[1].removesuffix("s")) if len(words) == 2 else (1, time.strip())
    if unit not in SECONDS or int(amount) < 1 or count < 1:
        raise ValueError(f"A rate is written as 20/hour or 10/5 minutes, not {text!r}.")
    return Rate(int(amount), count * SECONDS[unit])


def take(act: str, subjects: Mapping[str, object], *, rates: Mapping[str, str] | None = None) -> Verdict:
    """Take a token for an act from the bucket of each subject: {"user": key, "address": "192.0.2.1"}.

    Subjects that the act has no rate for are not counted. `rates` replaces those of RATES, e.g. for a better tier.
    """
    table = {scope: parse(text) for scope, text in (rates or settings.RATES[act]).items()}
    counted = [(scope, table[scope], str(subjects[scope])) for scope in sorted(table) if subjects.get(scope)]
    wanted = [Bucket(_key(act, scope, one), rate.tokens, rate.tokens / rate.seconds) for scope, rate, one in counted]
    if not wanted:
        return Verdict(act, allowed=True, retry_after=0, counted=())
    allowed, levels = buckets.take(wanted)
    state = [
        Counted(scope, rate, max(0, math.floor(level)), math.ceil((rate.tokens - level) / bucket.per_second))
        for (scope, rate, _subject), bucket, level in zip(counted, wanted, levels, strict=True)
    ]
    lacking = [(1 - level) / bucket.per_second for bucket, level in zip(wanted, levels, strict=True) if level < 1]
    retry_after = 0 if allowed else max(1, math.ceil(max(lacking, default=1.0)))
    return Verdict(act, allowed, retry_after, state)


def take_for(request: Any, act: str, **more: object) -> Verdict:
    """Take for the sender of a request, known by user, key, organisation and address, and note it for the headers."""
    scopes = set(settings.RATES[act])
    subjects = import_string(settings.RATE_SUBJECTS)(request, scopes) | more
    verdict = take(act, subjects)
    setattr(getattr(request, "_request", request), REQUEST_ATTRIBUTE, verdict)  # REST framework wraps Django's
    return verdict


def add_headers(request: Any, response: HttpResponseBase) -> None:
    """Say in RateLimit and RateLimit-Policy what `take_for` counted (draft-ietf-httpapi-ratelimit-headers-10)."""
    verdict: Verdict | None = getattr(request, REQUEST_ATTRIBUTE, None)
    if verdict is None or not verdict.counted:
        return
    names = [f'"{verdict.act}-{one.scope}"' for one in verdict.counted]
    pairs = list(zip(names, verdict.counted, strict=True))
    response.headers["RateLimit-Policy"] = ", ".join(
        f"{n};q={one.rate.tokens};w={one.rate.seconds}" for n, one in pairs
    )
    response.headers["RateLimit"] = ", ".join(f"{n};r={one.remaining};t={one.full_in}" for n, one in pairs)
    if not verdict.allowed:
        response.headers.setdefault("Retry-After", str(verdict.retry_after))


def _key(act: str, scope: str, subject: str) -> str:
    """Name a bucket without saying whose it is: an address is personal data."""
    digest = hmac.new(settings.SECRET_KEY.encode(), f"{act}:{scope}:{subject}".encode(), hashlib.sha256)
    return f"{act}:{scope}:{digest.hexdigest()[:32]}"
