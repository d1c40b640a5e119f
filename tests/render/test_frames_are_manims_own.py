"""What is encoded is, pixel for pixel and frame for frame, what plain Manim would have encoded."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.render.scenes import EXACT

pytestmark = pytest.mark.render
HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def frames() -> dict[str, dict[str, list[str]]]:
    wanted = json.dumps(EXACT)
    result = {}
    for script in ("plain_frames", "ring_frames"):
        run = subprocess.run(
            [sys.executable, str(HERE / f"{script}.py")],
            input=wanted,
            capture_output=True,
            text=True,
            timeout=150,
            check=False,
        )
        assert run.returncode == 0, run.stderr
        result[script] = json.loads(run.stdout)
    return result


@pytest.mark.parametrize("scene", EXACT)
def test_frames_equal_those_of_plain_manim(scene: str, frames: dict[str, dict[str, list[str]]]) -> None:
    plain, ours = frames["plain_frames"][scene], frames["ring_frames"][scene]
    assert len(plain) > 5
    assert len(set(plain)) > 2, "a scene in which nothing moves would prove nothing"
    assert len(ours) == len(plain)
    assert ours == plain
