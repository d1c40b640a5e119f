"""Starting a Python callable or a system program in a jail from a warm, single-threaded process."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.jail

ROOT = Path(__file__).parents[2]


def daemon(code: str) -> str:
    """What a clean single-threaded process prints."""
    head = """
        import os, sys, time, json, signal
        from pathlib import Path
        from generation.engine.jail import *
        from generation.engine.types import Limits
        small = Limits(wall_seconds=10, cpu_seconds=5, tmp_bytes=8 << 20)
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(head) + textwrap.dedent(code)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT)},
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_a_callable_runs_with_the_memory_of_its_parent():
    assert daemon(
        """
        warm = {"answer": 42}
        with spawn(lambda: print(warm["answer"], os.getcwd()), Box(limits=small, stdout=1)) as job:
            ended = job.wait()
        print(ended.reason, ended.exit_code)
        """
    ).splitlines() == ["42 /tmp", "exited 0"]


def test_reasons_are_told():
    assert daemon(
        """
        def act(main, **more):
            with spawn(main, Box(limits=small)) as job: return job.wait(**more).reason
        def hungry(): return bytearray(10 << 30)
        print(act(hungry), act(lambda: sys.exit(3)), act(lambda: time.sleep(60), should_stop=lambda: True),
              act(lambda: time.sleep(60), deadline=time.monotonic() + 0.3))
        """
    ).split() == ["memory", "exited", "cancelled", "wall"]


def test_inputs_and_outputs_pass_by_descriptor_and_folder():
    assert (
        daemon(
            """
        ear, mouth = os.pipe()
        def main():
            Path("answer").write_text(Path("question").read_text().upper() + Path("/data/more").read_text())
            os.write(mouth, b"done")
            try: Path("/data/more").write_text("x")
            except OSError: os.write(mouth, b", read-only")
        box = Box(limits=small, keep_fds=(mouth,), files={"question": b"why", "/data/more": b"?"})
        with spawn(main, box) as job:
            ended = job.wait()
            print(os.read(ear, 50).decode(), collect(job.folder, "answer", limit=100).decode())
        """
        )
        == "done, read-only WHY?"
    )


def test_a_folder_descriptor_is_not_let_in():
    assert (
        daemon(
            """
        from generation.engine.errors import EngineFault
        try: spawn(lambda: None, Box(keep_fds=(os.open("/", os.O_RDONLY),)))
        except EngineFault as fault: print(fault.fault.code)
        """
        )
        == "jail_unavailable"
    )


def test_a_read_only_folder_is_shown_and_the_rest_of_the_project_is_not():
    kit = ROOT / "generation" / "engine" / "kit"
    assert daemon(
        f"""
        kit = Path({str(kit)!r})
        def main():
            print((kit / "theorama_kit.py").exists(), (kit.parents[2] / "manage.py").exists())
            try: (kit / "x").write_text("x")
            except OSError as error: print(error.errno in (13, 30))
        with spawn(main, Box(limits=small, stdout=1, read_only=(kit,))) as job: job.wait()
        """
    ).split() == ["True", "False", "True"]


def test_killing_the_daemon_takes_its_jobs_along():
    program = """if True:
        import time
        from generation.engine.jail import *
        job = spawn(lambda: time.sleep(1000), Box())
        print(job.pid, flush=True)
        job.wait()
    """
    started = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True, cwd=ROOT)
    assert started.stdout is not None
    pid = int(started.stdout.readline())
    os.kill(pid, 0)
    started.send_signal(signal.SIGKILL)
    started.wait()
    until = time.monotonic() + 3
    while time.monotonic() < until and Path(f"/proc/{pid}").exists():
        time.sleep(0.02)
    assert not Path(f"/proc/{pid}").exists()


def test_tex_runs_in_a_jail_and_gives_its_dvi_back():
    assert (
        daemon(
            r"""
        tex = rb"\documentclass{article}\begin{document}$x^2$\end{document}"
        box = Box(limits=small, files={"x.tex": tex})
        done = exec_in(["/usr/bin/latex", "-interaction=batchmode", "x.tex"], box,
                       keep=lambda folder: collect(folder, "x.dvi", limit=1 << 20, magic=b"\xf7\x02"))
        print(done.ended.exit_code, len(done.kept) > 100, sorted(f.name for f in done.files))
        """
        )
        == "0 True ['x.aux', 'x.dvi', 'x.log', 'x.tex']"
    )


def test_a_program_reads_its_input_and_a_missing_one_is_told():
    assert daemon(
        """
        done = exec_in(["/bin/cat"], Box(limits=small), b"x" * 300000)
        print(len(done.stdout), done.ended.exit_code)
        gone = exec_in(["/bin/nothing-here"], Box(limits=small))
        print(gone.ended.exit_code, gone.stderr.decode().strip())
        """
    ).splitlines() == ["65536 0", "127 /bin/nothing-here: No such file or directory"]


def test_a_jail_starts_in_milliseconds():
    milliseconds = float(
        daemon(
            """
            def once():
                began = time.perf_counter()
                with spawn(lambda: None, Box(limits=small)) as job: job.wait()
                return time.perf_counter() - began
            once()
            print(sorted(once() for _ in range(9))[2] * 1000)
            """
        )
    )
    assert milliseconds < 150
