"""Commits every act three ways, as the user that runs this: outside, in `run_file`'s jail, in the renderer's jail.

`python -m tests.attacks.drive FOLDER` prints one JSON object: lane -> name of the act -> what it printed.
"""

from __future__ import annotations

import json
import subprocess
import sys
import textwrap
from pathlib import Path

from generation.engine.jail import run_file
from generation.engine.render import Renderer
from generation.engine.types import Limits, Quality
from tests.attacks.acts import BY_ITSELF, every_act
from tests.jail.conftest import hosted

LIMITS = Limits(wall_seconds=120, cpu_seconds=60, output_bytes=256 << 10)
# Each act in a process of its own, with its output caught and five seconds to live.
ONE_BY_ONE = r"""
import json, os, select, signal, sys, time

def commit(code):
    ear, mouth = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            os.close(ear); os.dup2(mouth, 1)
            if mouth != 1: os.close(mouth)
            sys.stdout = open(1, "w", closefd=False)
            exec(compile(code, "act", "exec"), {"__name__": "act"})
        except BaseException as error:
            print(type(error).__name__, error); sys.stdout.flush(); os._exit(1)
        finally:
            try: sys.stdout.flush()
            finally: os._exit(0)
    os.close(mouth)
    told, until = b"", time.monotonic() + 5
    while time.monotonic() < until:
        if select.select([ear], [], [], 0.1)[0]:
            more = os.read(ear, 4096)
            if not more: break
            told += more
    os.kill(pid, signal.SIGKILL); os.waitpid(pid, 0); os.close(ear)
    return told.decode(errors="replace")[-2000:]

def commit_all():
    return {name: commit(code) for name, code in ACTS.items()}
"""
SCENE = """
from manim import *

class A(Scene):
    def construct(self):
        self.play(Create(Square()), run_time=0.1)
        told = commit_all()
        did = [name for name, words in told.items() if "DID IT" in words or "REACHED " in words]
        raise ValueError(f"{len(told)} committed, done: {did}")
"""


def main(folder: Path) -> None:
    """Print what every act did in every lane."""
    with hosted() as host:
        acts = {name: host.aimed(code) for name, code in every_act().items()}
        answers = {"outside": _outside(acts, folder), "jail": _jail(acts, folder), "render": _render(acts, folder)}
    json.dump(answers, sys.stdout)


def _program(acts: dict[str, str]) -> str:
    return f"ACTS = {acts!r}\n{ONE_BY_ONE}"


def _outside(acts: dict[str, str], folder: Path) -> dict[str, str]:
    done = subprocess.run(
        [sys.executable, "-I", "-c", _program(acts) + "print(json.dumps(commit_all()))"],
        capture_output=True, text=True, timeout=120, check=True, cwd=folder, env={"THEORAMA_SECRET": "canary"},
    )  # fmt: skip
    return json.loads(done.stdout)


def _jail(acts: dict[str, str], folder: Path) -> dict[str, str]:
    told: dict[str, str] = json.loads(_in_jail(_program(acts) + "print(json.dumps(commit_all()))", folder))
    return told | {name: _in_jail(textwrap.dedent(acts[name]), folder) for name in BY_ITSELF}


def _in_jail(code: str, folder: Path) -> str:
    file = folder / "act.py"
    file.write_text(code)
    run = run_file(file, LIMITS)
    assert run.reason == "exited", run
    return run.stdout


def _render(acts: dict[str, str], folder: Path) -> dict[str, str]:
    """The jail of a scene, which holds other descriptors, shared memory and a socket. What was done is its error."""
    renderer = Renderer(folder / "run")
    try:
        report = renderer.render(
            _program(acts) + SCENE, "A", quality=Quality.LOW, out=folder / "never.mp4", limits=LIMITS
        )
    finally:
        renderer.close()
    assert report.fault is not None, report
    assert f"{len(acts)} committed" in report.fault.message, report
    return {name: "DID IT" if repr(name) in report.fault.message else "" for name in acts}


if __name__ == "__main__":
    main(Path(sys.argv[1]))
