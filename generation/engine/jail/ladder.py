"""Does the jail hold on this machine, now? Nothing untrusted runs before the answer was yes."""

from __future__ import annotations

import threading
import time
from collections.abc import Collection
from dataclasses import dataclass

from generation.engine.errors import EngineFault
from generation.engine.jail.box import Level
from generation.engine.jail.jailed import unavailable
from generation.engine.jail.run import ask_launcher

_PATIENCE = 60.0
_lock = threading.Lock()
_known: list[SelfTest] = []


@dataclass(frozen=True, slots=True)
class Check:
    """One act tried inside; `found` says what was wrong."""

    name: str
    passed: bool
    found: str = ""


@dataclass(frozen=True, slots=True)
class SelfTest:
    """What the jail is on this machine; `level` is None when there is none and nothing may run."""

    level: Level | None
    passed: bool
    checks: tuple[Check, ...]
    seconds: float


def selftest() -> SelfTest:
    """The result for this process, tried once: the highest level of the ladder whose every check passes."""
    with _lock:
        if not _known:
            _known.append(climb())
        return _known[0]


def require() -> Level:
    """The level to run untrusted code at; EngineFault code "jail_unavailable" when there is none."""
    result = selftest()
    if result.level is None:
        failed = "; ".join(f"{check.name}: {check.found}" for check in result.checks if not check.passed)
        raise unavailable(failed)
    return result.level


def climb(without: Collection[str] = ()) -> SelfTest:
    """Try the levels from the best down. `without` leaves walls out, to show that their absence is noticed."""
    began = time.monotonic()
    failed: list[Check] = []
    for level in Level:
        checks = _try(level, without)
        if all(check.passed for check in checks):
            return SelfTest(level, True, checks, time.monotonic() - began)
        failed += [Check(f"{level}: {check.name}", check.passed, check.found) for check in checks]
    return SelfTest(None, False, tuple(failed), time.monotonic() - began)


def _try(level: Level, without: Collection[str]) -> tuple[Check, ...]:
    request = {"act": "selftest", "level": level.value, "without": sorted(without)}
    try:
        answer = ask_launcher(request, patience=_PATIENCE)
    except EngineFault as fault:
        return (Check("a jail can be started", False, fault.fault.log),)
    return tuple(Check(name, passed, found) for name, passed, found in answer["checks"])
