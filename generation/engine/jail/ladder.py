"""Does the jail hold on this machine, now? Nothing untrusted runs before the answer was yes.

The answer is asked for anew every few minutes by whoever lives long (worker and daemon): a kernel setting, a security
module or a mount may change while we run. When a wall is missing nothing runs until it is back.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Collection
from dataclasses import dataclass, field

from generation.engine.errors import EngineFault
from generation.engine.jail.box import Level
from generation.engine.jail.jailed import unavailable
from generation.engine.jail.run import ask_launcher

CHOSEN = "JAIL"  # in the environment: auto (the ladder), namespaces (its first rung only) or container
_RUNGS = {
    "auto": (Level.NAMESPACES, Level.LANDLOCK),
    "namespaces": (Level.NAMESPACES,),
    "container": (Level.CONTAINER,),
}
AGAIN_SECONDS = 180.0  # a test that passed is repeated after this
AGAIN_SECONDS_FAILED = 15.0  # one that failed sooner: people wait
REQUIRED = "JAIL_LEVEL_REQUIRED"  # in the environment: the lowest level that may be used
_PATIENCE = 60.0
_lock = threading.Lock()
_known: list[SelfTest] = []

# What could not be set up, by the first word of the error -> the wall in words.
_STARTS = {
    "runtime": "a container can be made",
    "clone": "user namespaces can be made",
    "net namespace": "a network of its own can be made",
    "user namespace": "user namespaces can be made",
    "root": "a private root can be mounted",
    "session": "a session of its own can be made",
    "capabilities": "capabilities can be dropped",
    "user": "a user of its own can be taken",
    "limits": "limits can be set",
    "parent": "a parent-death signal can be set",
    "privileges": "new privileges can be ruled out",
    "landlock": "Landlock can be set",
    "seccomp": "a system call filter can be set",
}


@dataclass(frozen=True, slots=True)
class Check:
    """One act tried inside; `found` says what was wrong."""

    name: str
    passed: bool
    found: str = ""


@dataclass(frozen=True, slots=True)
class SelfTest:
    """What the jail is on this machine; `level` is None when there is none and nothing may run.

    `checks` are those of the level, or of all levels tried when none held. `above` names what kept a higher level
    from being used. `at` is a time.monotonic() instant.
    """

    level: Level | None
    passed: bool
    checks: tuple[Check, ...]
    seconds: float
    above: tuple[Check, ...] = ()
    at: float = field(default_factory=time.monotonic, compare=False)

    @property
    def failed(self) -> tuple[Check, ...]:
        """What is missing, also for a level higher than the one that holds."""
        return tuple(check for check in (*self.checks, *self.above) if not check.passed)

    @property
    def due(self) -> bool:
        """Whether it is time to test again."""
        return time.monotonic() - self.at > pause_after(self.level)


def pause_after(level: Level | None) -> float:
    """Seconds between a self-test that found `level` and the next one."""
    return AGAIN_SECONDS_FAILED if level is None else AGAIN_SECONDS


def selftest() -> SelfTest:
    """What is known in this process, tried once: the highest level of the ladder whose every check passes."""
    with _lock:
        if not _known:
            _known.append(climb())
        return _known[0]


def retest() -> SelfTest:
    """Try again now; what is found holds for this process and all it forks from here on."""
    found = climb()
    with _lock:
        _known[:] = [found]
    return found


def require() -> Level:
    """The level to run untrusted code at; EngineFault code "jail_unavailable" when there is none."""
    result = selftest()
    if result.level is None:
        failed = "; ".join(f"{check.name}: {check.found}" for check in result.checks if not check.passed)
        raise unavailable(failed)
    return result.level


def climb(without: Collection[str] = ()) -> SelfTest:
    """Try the levels from the best down to the one required. `without` leaves walls out, to show that this is seen."""
    began = time.monotonic()
    chosen, lowest = os.environ.get(CHOSEN, "") or "auto", os.environ.get(REQUIRED, "")
    for name, value, known in ((CHOSEN, chosen, [*_RUNGS]), (REQUIRED, lowest, ["", *Level])):
        if value not in known:
            wrong = Check(f"{name} is a word we know", False, f"it is {value!r}, not one of {', '.join(known)}")
            return SelfTest(None, False, (wrong,), 0.0)
    failed: list[Check] = []
    for level in _RUNGS[chosen]:
        checks = _try(level, without)
        if all(check.passed for check in checks):
            return SelfTest(level, True, checks, time.monotonic() - began, tuple(c for c in failed if not c.passed))
        failed += [Check(f"{level}: {check.name}", check.passed, check.found) for check in checks]
        if level == lowest:
            break
    return SelfTest(None, False, tuple(failed), time.monotonic() - began)


def _try(level: Level, without: Collection[str]) -> tuple[Check, ...]:
    request = {"act": "selftest", "level": level.value, "without": sorted(without)}
    try:
        answer = ask_launcher(request, patience=_PATIENCE)
    except EngineFault as fault:
        return (Check(_named(fault.fault.log), False, fault.fault.log),)
    return tuple(Check(name, passed, found) for name, passed, found in answer["checks"])


def _named(why: str) -> str:
    """The wall that could not be put up, from the words of the error that says so."""
    found = [wall for act, wall in _STARTS.items() if f"{act}:" in why]
    return found[0] if found else "a jail can be started"
