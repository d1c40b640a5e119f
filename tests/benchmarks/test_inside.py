"""The script that measures the jail and the encoder still fits the engine it measures. No timing."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from generation.engine.render.client import ENVIRONMENT

pytestmark = [pytest.mark.render, pytest.mark.jail]


def test_it_draws_a_scene_outside_inside_and_watched() -> None:
    command = [sys.executable, "-m", "tests.benchmarks.inside", "1", "mostly_waiting"]
    root = Path(__file__).resolve().parents[2]
    run = subprocess.run(command, capture_output=True, text=True, cwd=root, env=ENVIRONMENT, check=False)
    assert run.returncode == 0, run.stderr
    told = json.loads(run.stdout)
    assert set(told["pairs"]["mostly_waiting"][0]) == {"outside", "inside", "watched"}
    assert all(milliseconds > 0 for milliseconds in told["unjailed_ms"])
