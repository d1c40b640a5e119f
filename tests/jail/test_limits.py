"""Programs that take too much are ended within their limits, with everything they started. (P-R, P-K07)"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from generation.engine.types import Limits
from tests.jail.conftest import SMALL

pytestmark = pytest.mark.jail


def processes() -> int:
    """How many processes the host has."""
    return sum(entry.name.isdigit() for entry in Path("/proc").iterdir())


def test_without_the_jail_neither_loops_nor_sleepers_end():
    """The control of the tests below: nothing but the jail's limits ends such programs."""
    for code in ("while True: pass", "import time; time.sleep(1000)"):
        program = subprocess.Popen([sys.executable, "-I", "-c", code])
        with pytest.raises(subprocess.TimeoutExpired):
            program.wait(2)
        program.kill()
        program.wait()


def test_endless_loop_ends_at_its_cpu_limit(inside):
    run = inside("while True: pass", replace(SMALL, cpu_seconds=1))
    assert (run.reason, run.limit) == ("cpu", "cpu_seconds")
    assert run.exit_code == -signal.SIGXCPU


def test_endless_loop_that_ignores_every_signal_ends_too(inside):
    run = inside(
        """
        import signal
        for number in range(1, 65):
            try: signal.signal(number, signal.SIG_IGN)
            except (OSError, ValueError): pass
        while True: pass
        """,
        replace(SMALL, cpu_seconds=1),
    )
    assert (run.reason, run.limit) == ("cpu", "cpu_seconds")


@pytest.mark.parametrize(
    "code",
    [
        "import time; time.sleep(1000)",
        "import os, signal; os.kill(os.getpid(), signal.SIGSTOP)",
        "import os, time; os.close(1); os.close(2); time.sleep(1000)",
        "import signal\nsignal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))\nsignal.pause()",
    ],
)
def test_idle_program_ends_at_its_wall_limit(inside, code):
    run = inside(code, replace(SMALL, wall_seconds=1))
    assert (run.reason, run.limit) == ("wall", "wall_seconds")
    assert run.seconds < 3


def test_fork_bomb_ends_and_leaves_nothing(inside, outside):
    before = processes()
    assert "200 children" in outside(
        """
        import os, signal
        children = []
        for _ in range(200):
            pid = os.fork()
            if pid == 0: signal.pause(); os._exit(0)
            children.append(pid)
        for pid in children: os.kill(pid, 9); os.waitpid(pid, 0)
        print(len(children), "children")
        """
    )
    run = inside("import os\nwhile True:\n    try: os.fork()\n    except OSError: pass", replace(SMALL, wall_seconds=2))
    assert run.limit in {"wall_seconds", "cpu_seconds"}
    time.sleep(0.5)
    assert processes() <= before + 15  # others start things too; a bomb's leavings would be dozens


def test_forks_stop_at_the_limit(inside):
    run = inside(
        """
        import os, signal
        n = 0
        try:
            while True:
                if os.fork() == 0: signal.pause()
                n += 1
        except OSError as error: print(n, error.errno)
        """
    )
    count, errno = run.stdout.split()
    assert 10 < int(count) <= SMALL.processes
    assert errno == "11"


def test_daemon_dies_with_its_job(inside, tmp_path, outside):
    """A heartbeat in a session of its own: outside it goes on after its parent, inside it is gone at the end."""
    code = """
        import os, sys, time
        if os.fork() == 0:
            os.setsid()
            if os.fork() == 0:
                for fd in (0, 1, 2): os.close(fd)
                for _ in range(30):
                    open(PLACE, "a").write("x"); time.sleep(0.1)
            os._exit(0)
        time.sleep(0.3); print("left", len(open(PLACE).read()))
    """
    place = tmp_path / "heartbeat"
    assert "left" in outside(code.replace("PLACE", repr(str(place))))
    beats = place.stat().st_size
    time.sleep(0.5)
    assert place.stat().st_size > beats, "the control proves nothing: the daemon did not outlive its parent"
    before = processes()
    run = inside(code.replace("PLACE", "'heartbeat'"))
    assert "left" in run.stdout
    assert run.seconds < 2  # it did not wait for the daemon
    assert processes() <= before + 10


def test_memory_beyond_the_limit_is_told_as_such(inside, outside):
    assert "got it" in outside("b = bytearray(300 << 20); print('got it')")
    run = inside("b = [bytearray(50 << 20) for _ in range(100)]", replace(SMALL, memory_bytes=256 << 20))
    assert (run.reason, run.limit, run.exit_code) == ("memory", "memory_bytes", 1)
    array = inside("import numpy as np; np.zeros((10**6, 10**6))")
    assert array.reason == "memory"


def test_memory_spread_over_processes_is_bounded(inside):
    """Each child stays below its own limit; together they would hold 3 GB."""
    run = inside(
        """
        import os, time
        for _ in range(16):
            if os.fork() == 0:
                b = bytearray(200 << 20)
                for i in range(0, len(b), 4096): b[i] = 1
                time.sleep(20); os._exit(0)
        time.sleep(15); print("all held")
        """,
        replace(SMALL, memory_bytes=300 << 20, wall_seconds=10),
    )
    assert (run.reason, run.limit) == ("memory", "memory_bytes")


IN_A_WATCHED_JAIL = """if True:
    import json, sys
    sys.path.insert(0, sys.argv[1])
    from dataclasses import replace
    from generation.engine.jail import cgroups, jailed, programs
    from generation.engine.jail.box import Box, Level
    from generation.engine.types import Limits
    cgroups.make = lambda limits: cgroups.Group(())  # a machine that lends no control groups
    if sys.argv[3] == "blind":
        cgroups.held_by = lambda pid: 0
    limits = Limits(wall_seconds=4, processes=32, memory_bytes=200 << 20, tmp_bytes=16 << 20)
    done = programs.exec_in([sys.executable, "-I", "-c", sys.argv[2]], Box(limits=limits), level=Level.NAMESPACES)
    print(json.dumps([done.ended.reason, done.ended.limit, done.ended.seconds]))
"""


@pytest.mark.parametrize("held", ["bytearray(100 << 20)", "__import__('mmap').mmap(-1, 100 << 20)"])
def test_memory_of_all_processes_is_watched_where_no_control_group_is_lent(held):
    """Each child stays below its own limit, in memory of its own or shared; the control has the watcher blinded."""
    _assert_noticed(
        f"""if True:
        import os, time
        for _ in range(4):
            if os.fork() == 0:
                b = {held}
                for i in range(0, len(b), 4096): b[i] = 1
                time.sleep(20); os._exit(0)
        time.sleep(20)
        """
    )


def test_memory_of_what_a_thread_forked_is_watched_too():
    """The kernel lists such children with the thread, not with its process."""
    _assert_noticed(
        """if True:
        import os, threading, time
        def breed():
            for _ in range(4):
                if os.fork() == 0:
                    b = bytearray(100 << 20)
                    for i in range(0, len(b), 4096): b[i] = 1
                    time.sleep(20); os._exit(0)
            time.sleep(20)
        breeder = threading.Thread(target=breed)
        breeder.start()
        breeder.join()  # from Python 3.12 on no thread may fork once the main one has come to its end
        """
    )


def _assert_noticed(code: str) -> None:
    assert _watched(code, "blind")[:2] == ["wall", "wall_seconds"]
    reason, limit, seconds = _watched(code, "seeing")
    assert (reason, limit) == ("memory", "memory_bytes")
    assert seconds < 4


def _watched(code: str, how: str) -> list:
    root = str(Path(__file__).parents[2])
    done = subprocess.run(
        [sys.executable, "-I", "-B", "-c", IN_A_WATCHED_JAIL, root, code, how],
        capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    return json.loads(done.stdout)


def test_folder_has_a_size_and_a_number_of_files(inside):
    run = inside(
        """
        import os
        def fill(write):
            n = 0
            try:
                while True: write(n); n += 1
            except OSError as error: return n, error.errno
        print(*fill(lambda n: open(f"mib{n}", "wb").write(bytes(1 << 20))))
        for n in range(20):
            try: os.unlink(f"mib{n}")
            except OSError: pass
        print(*fill(lambda n: open(f"empty{n}", "wb").close()))
        """,
        replace(SMALL, tmp_inodes=500),
    )
    (size, full), (files, no_more) = (map(int, line.split()) for line in run.stdout.splitlines())
    assert (size, full) == (16, 28) or (size == 15 and full == 28)
    assert files < 500
    assert no_more == 28
    assert len(run.files) <= 200


def test_one_huge_file_is_refused(inside):
    run = inside("f = open('x', 'wb')\nf.truncate(20 << 30)")
    assert run.exit_code != 0
    assert sum(file.size for file in run.files) <= SMALL.tmp_bytes


@pytest.mark.parametrize("stream", ["stdout", "stderr"])
def test_flood_is_cut_and_ended(inside, stream):
    run = inside(f"import sys\nwhile True: sys.{stream}.write('x' * 65536)")
    assert (run.reason, run.limit) == ("output", "output_bytes")
    assert len(getattr(run, stream)) == SMALL.output_bytes


def test_zombies_are_reaped(inside):
    run = inside(
        """
        import os, time
        for _ in range(200):
            while True:
                try: pid = os.fork(); break
                except OSError: time.sleep(0.01)
            if pid == 0:
                try:
                    os.fork()  # the grandchild is orphaned and falls to the first process
                finally: os._exit(0)
            os.waitpid(pid, 0)
        print("done")
        """
    )
    assert run.stdout == "done\n"


def test_ends_are_told_apart(inside):
    assert (inside("raise SystemExit(3)").exit_code, inside("import os; os._exit(0)").exit_code) == (3, 0)
    killed = inside("import os; os.kill(os.getpid(), 9)")
    assert (killed.exit_code, killed.reason) == (-9, "signal")
    crashed = inside("import ctypes; ctypes.string_at(0)")
    assert (crashed.exit_code, crashed.reason) == (-11, "signal")
    assert inside("def broken(:").exit_code == 1


@pytest.mark.parametrize(
    ("code", "exit_code", "reason"),
    [
        ("raise SystemExit(71)", 71, "exited"),  # our own sign for a lack of memory
        ("raise SystemExit(70)", 70, "exited"),
        ("raise SystemExit(127)", 127, "exited"),
        ("raise SystemExit('all is well')", 1, "exited"),
        ("import atexit, os; atexit.register(os._exit, 5)", 5, "exited"),
        ("import os\nif os.fork() == 0: os._exit(0)\nos.wait(); os._exit(4)", 4, "exited"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGXCPU)", -signal.SIGXCPU, "signal"),
        ("import signal, time; signal.setitimer(signal.ITIMER_REAL, 0.1); time.sleep(9)", -signal.SIGALRM, "signal"),
        ("import os; os.killpg(0, 9)", -9, "signal"),
        ("import os; os.abort()", -signal.SIGABRT, "signal"),
    ],
)
def test_a_program_cannot_feign_its_end(inside, code, exit_code, reason):
    run = inside(code)
    assert (run.exit_code, run.reason, run.limit) == (exit_code, reason, None)


def test_an_answer_written_by_the_program_is_only_its_output(inside):
    forged = '{"ended": [0, null, "exited", null, 0], "exit_code": 0}'
    run = inside(
        f"""
        import os
        for fd in range(100):
            try: os.write(fd, {forged!r}.encode())
            except OSError: pass
        os._exit(9)
        """
    )
    assert (run.exit_code, run.reason, run.stdout) == (9, "exited", forged)


def test_the_callers_umask_does_not_close_the_box(inside):
    code = "import os; print(sorted(os.listdir('/etc/fonts'))[:1], open('/etc/passwd').read()[:3], os.listdir('/dev'))"
    usual = inside(code)
    before = os.umask(0o077)
    try:
        strict = inside(code)
    finally:
        os.umask(before)
    assert usual.exit_code == strict.exit_code == 0, strict.stderr
    assert sorted(usual.stdout) == sorted(strict.stdout)


def test_killing_the_caller_leaves_nothing(tmp_path: Path):
    """kill -9 of whoever started the jail takes the jail with it."""
    file = tmp_path / "sleeper.py"
    file.write_text("import time\nprint('x', flush=True)\ntime.sleep(77777)")
    program = """if True:
        import sys
        from pathlib import Path
        from generation.engine.jail import run_file
        from generation.engine.types import Limits
        run_file(Path(sys.argv[1]), Limits())
    """
    caller = subprocess.Popen([sys.executable, "-c", program, str(file)], cwd=Path(__file__).parents[2])
    tree: set[int] = set()
    until = time.monotonic() + 20
    while time.monotonic() < until and not any(_runs_main(pid) for pid in tree):
        time.sleep(0.1)
        tree |= _below(caller.pid)
    assert any(_runs_main(pid) for pid in tree), "the job never started"
    caller.kill()
    caller.wait()
    until = time.monotonic() + 3
    while time.monotonic() < until and any(_alive(pid) for pid in tree):
        time.sleep(0.05)
    assert not [pid for pid in tree if _alive(pid)]


def _below(pid: int) -> set[int]:
    try:
        children = {int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()}
    except OSError:
        return set()
    return children.union(*(_below(child) for child in children))


def _alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def _runs_main(pid: int) -> bool:
    try:
        return b"/job/start.py" in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False


def test_jobs_beside_each_other_do_not_meet(inside, tmp_path):
    """One fills its folder and its processes while another works."""
    from concurrent.futures import ThreadPoolExecutor

    from generation.engine.jail import run_file

    greedy, modest = tmp_path / "greedy.py", tmp_path / "modest.py"
    greedy.write_text(
        "import os\nopen('mine', 'w').write('x')\nwhile True:\n    try: os.fork()\n    except OSError: pass"
    )
    modest.write_text("import os, time\ntime.sleep(0.5)\nprint('mine' in os.listdir(), os.fork() >= 0)")
    with ThreadPoolExecutor(2) as pool:
        jobs = [
            pool.submit(run_file, greedy, Limits(wall_seconds=3, processes=16)),
            pool.submit(run_file, modest, SMALL),
        ]
        assert "False True" in jobs[1].result().stdout
        assert jobs[0].result().reason in {"wall", "cpu"}
