"""Programs that take too much end at their limit with all they started, for root and for an ordinary user. (P-R, P-K07)

The controls, the same programs outside, are in tests/jail/test_limits.py; here each is seen at work before its end.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest

from tests.attacks.ends import PROGRAMS, WALL
from tests.attacks.users import USERS, run_as

pytestmark = [pytest.mark.jail, pytest.mark.render]
GRACE = 2.0  # seconds after its limit within which a program and all it started are gone
QUICK = {"R04 a block of memory", "R05 files without end", "R06 output without end"}  # may be over before anybody looks


@pytest.fixture(scope="module")
def told(open_folder: Path):
    """User -> lane -> program -> how it ended; every program runs once per user and lane."""

    @cache
    def of(user: str) -> dict[str, dict[str, list]]:
        folder = open_folder / f"ends-{user.replace(' ', '-')}"
        folder.mkdir()
        return json.loads(run_as(user, ["-m", "tests.attacks.ends", str(folder)], folder))

    return of


@pytest.mark.parametrize("user", USERS)
@pytest.mark.parametrize("lane", ["jail", "render"])
@pytest.mark.parametrize("program", PROGRAMS)
def test_a_program_ends_at_its_limit_and_leaves_nothing(program: str, lane: str, user: str, told) -> None:
    ended, seconds, left = told(user)[lane][program]
    _, reasons, codes = PROGRAMS[program]
    assert ended in (reasons if lane == "jail" else codes)
    assert seconds < WALL + GRACE
    assert seconds or program in QUICK, "the control proves nothing: it was never seen at work"
    assert not left
