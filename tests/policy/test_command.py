"""The commands on hostile files answer at once, since neither apps nor a database are loaded for them."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def _run(*arguments: str) -> dict[str, object]:
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments, "--json"],
        capture_output=True, text=True, cwd=ROOT, check=False, timeout=60,
        env={"PATH": "/usr/bin:/bin", "DJANGO_SETTINGS_MODULE": "no.such.settings"},
    )  # fmt: skip
    assert done.returncode == 1, done.stderr
    assert done.stdout.count("\n") <= 1
    return json.loads(done.stdout)


def test_a_refusal_costs_less_than_a_second_of_processor_time(tmp_path: Path) -> None:
    file = tmp_path / "hostile.py"
    file.write_text("from manim import *\ncapture(['touch', 'ran'])\n")
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    answer = _run("policy", "check", str(file))
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert (answer["allowed"], answer["rule"], answer["line"]) == (False, "name", 2)
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 1


@pytest.mark.jail
def test_a_run_ends_at_its_limit_and_says_so(tmp_path: Path) -> None:
    file = tmp_path / "hostile.py"
    file.write_text("import os\nprint('DID IT' if os.system('true') == 0 else 'no', flush=True)\nwhile True: pass")
    answer = _run("jail", "run", str(file), "--cpu", "1")
    assert (answer["reason"], answer["limit"], answer["stdout"]) == ("cpu", "cpu_seconds", "no\n")
