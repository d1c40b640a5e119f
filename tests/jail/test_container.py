"""The same jail made by an OCI runtime: what runs in a container of its own is shut in as well, and nothing is left."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from generation.engine.errors import EngineFault
from generation.engine.jail import JailRun, Level, container, ladder, run
from generation.engine.jail.box import Box
from generation.engine.jail.cgroups import hierarchies
from generation.engine.limits import Limits
from generation.engine.render import Renderer
from generation.engine.types import Quality
from tests.jail.conftest import SMALL, Host
from tests.render.scenes import SQUARE

RUNTIMES = ("runc", "crun", "runsc")
ROOT = Path(__file__).parents[2]

pytestmark = [
    pytest.mark.jail,
    pytest.mark.skipif(os.geteuid() != 0, reason="containers without user namespaces take root"),
]


@pytest.fixture(params=RUNTIMES)
def runtime(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Each runtime that is installed and starts anything here at all."""
    name = str(request.param)
    if shutil.which(name) is None:
        pytest.skip(f"the OCI runtime {name} is not installed (apt-get install {name})")
    if name == "crun" and _mixed_hierarchies():
        pytest.skip("crun refuses a machine that has both kinds of control groups")
    monkeypatch.setenv("JAIL_RUNTIME", name)
    return name


@pytest.fixture
def runc(monkeypatch: pytest.MonkeyPatch) -> None:
    """A runtime that shares the host's kernel, for what takes descriptors or the kernel's own limits."""
    if shutil.which("runc") is None:
        pytest.skip("the OCI runtime runc is not installed (apt-get install runc)")
    monkeypatch.setenv("JAIL_RUNTIME", "runc")


def _mixed_hierarchies() -> bool:
    return len({kind for _, _, kind, _ in hierarchies()}) > 1


@pytest.fixture(autouse=True)
def nothing_is_left():
    """No bundle, no mount and no container of ours outlives its job."""
    yield
    assert list(Path("/tmp").glob("theorama-box-*")) == []
    assert "theorama-box-" not in Path("/proc/self/mountinfo").read_text()


@pytest.fixture
def contained(tmp_path: Path, host: Host) -> Callable[..., JailRun]:
    """Run code in a container with the policy off."""

    def act(code: str, limits: Limits = SMALL) -> JailRun:
        file = tmp_path / "attack.py"
        file.write_text(host.aimed(textwrap.dedent(code)))
        return run.run_file(file, limits, Level.CONTAINER)

    return act


def test_every_wall_stands(runtime: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JAIL", "container")
    result = ladder.climb()
    assert (result.level, result.failed) == (Level.CONTAINER, ())


@pytest.mark.parametrize(
    "wall", ["seccomp", "landlock", "limits", "oom", "programs", "net namespace", "pid namespace", "parent"]
)
@pytest.mark.usefixtures("runc")
def test_a_missing_wall_is_noticed(wall: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JAIL", "container")
    result = ladder.climb(without={wall})
    assert result.level is None and result.failed, wall


ACTS = """
    import os, socket
    acts = {
        "read": lambda: open("{canary}").read(),
        "write": lambda: open("{folder}/written", "w").write("x"),
        "connect": lambda: socket.create_connection(("127.0.0.1", {port}), 2).recv(9),
        "unix": lambda: socket.socket(socket.AF_UNIX).connect("{path}"),
        "signal": lambda: os.kill({victim}, 0),
        "start": lambda: os.spawnv(os.P_WAIT, "/bin/true", ["true"]) and 1 / 0,
        "hide": lambda: os.environ["THEORAMA_SECRET"],
    }
    done = []
    for name, act in acts.items():
        try: act(); done.append(name)
        except (OSError, ArithmeticError, LookupError): pass
    print(",".join(done), os.getuid() != 0)
"""


def test_nothing_of_the_host_is_within_reach(runtime: str, contained: Callable[..., JailRun], outside) -> None:
    assert outside(ACTS).startswith("read,write,connect,unix,signal,start,hide"), "the control proves nothing"
    inside = contained(ACTS)
    assert (inside.stdout, inside.reason) == (" True\n", "exited"), inside.stderr


def test_ends_are_told_apart(runtime: str, contained: Callable[..., JailRun]) -> None:
    left = contained("open('left', 'w').write('xx')\nraise SystemExit(3)")
    assert (left.exit_code, left.reason) == (3, "exited")
    assert [(file.name, file.kind, file.size) for file in left.files] == [("left", "file", 2)]
    assert contained("print('next')").stdout == "next\n"


def test_limits_hold(runtime: str, contained: Callable[..., JailRun]) -> None:
    late = contained("import time; time.sleep(99)", replace(SMALL, wall_seconds=6))
    assert (late.reason, late.limit) == ("wall", "wall_seconds")
    flood = contained("while True: print('x' * 65536)")
    assert (flood.reason, flood.limit) == ("output", "output_bytes")
    full = contained("try:\n    open('f', 'wb').write(bytes(20 << 20))\nexcept OSError as error: print(error.errno)")
    assert int(full.stdout) in {27, 28}
    forks = contained(
        """
        import os, signal
        n = 0
        try:
            while n < 200:
                if os.fork() == 0: signal.pause()
                n += 1
        except OSError as error: print(n <= 32, error.errno)
        """
    )
    assert forks.stdout == "True 11\n", forks


@pytest.mark.usefixtures("runc")
def test_memory_and_processor_time_are_bounded(contained: Callable[..., JailRun]) -> None:
    spun = contained("while True: pass", replace(SMALL, cpu_seconds=1))
    assert (spun.reason, spun.limit, spun.exit_code) == ("cpu", "cpu_seconds", -signal.SIGXCPU)
    alone = contained("held = [bytearray(50 << 20) for _ in range(100)]", replace(SMALL, memory_bytes=300 << 20))
    assert (alone.reason, alone.limit) == ("memory", "memory_bytes")
    together = contained(
        """
        import os, time
        for _ in range(16):
            if os.fork() == 0:
                held = bytearray(b'x') * (100 << 20)
                time.sleep(20); os._exit(0)
        time.sleep(20)
        """,
        replace(SMALL, memory_bytes=300 << 20),
    )
    assert (together.reason, together.limit) == ("memory", "memory_bytes")


@pytest.mark.usefixtures("runc")
def test_killing_the_caller_leaves_nothing_running(tmp_path: Path) -> None:
    file = tmp_path / "sleeper.py"
    file.write_text("import time\ntime.sleep(77777)")
    program = """if True:
        import sys
        from pathlib import Path
        from generation.engine.jail import Level, run
        from generation.engine.limits import Limits
        run.run_file(Path(sys.argv[1]), Limits(), Level.CONTAINER)
    """
    caller = subprocess.Popen([sys.executable, "-c", program, str(file)], cwd=ROOT)
    until = time.monotonic() + 30
    while time.monotonic() < until and not _sleepers():
        time.sleep(0.1)
    assert _sleepers(), "the job never started"
    caller.kill()
    caller.wait()
    until = time.monotonic() + 10
    while time.monotonic() < until and _sleepers():
        time.sleep(0.1)
    assert not _sleepers()
    container._sweep()  # what its maker could not clear away, the next one does


def _sleepers() -> list[str]:
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                if b"/job/start.py" in (entry / "cmdline").read_bytes():
                    found.append(entry.name)
            except OSError:
                continue
    return found


def test_without_a_runtime_nothing_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JAIL", "container")
    monkeypatch.setenv("JAIL_RUNTIME", "no-such-runtime")
    result = ladder.climb()
    assert result.level is None
    assert [check.name for check in result.failed] == ["container: a container can be made"]
    assert "no-such-runtime is not installed" in result.failed[0].found


@pytest.mark.usefixtures("runc")
def test_what_cannot_be_carried_in_is_refused() -> None:
    with pytest.raises(EngineFault) as refused:
        container.start(lambda: None, Box())
    assert refused.value.fault.code == "jail_unavailable" and "carried into" in refused.value.fault.log


def test_a_runtime_that_passes_no_descriptors_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    if shutil.which("runsc") is None:
        pytest.skip("the OCI runtime runsc is not installed (apt-get install runsc)")
    monkeypatch.setenv("JAIL_RUNTIME", "runsc")
    with pytest.raises(EngineFault, match="box") as refused:
        container.start(partial(print), Box(keep_fds=(5,)))
    assert "no descriptors" in refused.value.fault.log


@pytest.mark.render
@pytest.mark.usefixtures("runc")
def test_a_scene_drawn_in_a_container_is_the_same_to_the_byte(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = []
    for way in ("namespaces", "container"):
        monkeypatch.setenv("JAIL", way)
        renderer = Renderer(tmp_path / way)
        try:
            report = renderer.render(SQUARE, "Square1", quality=Quality.LOW, out=tmp_path / f"{way}.mp4")
            checked = renderer.check(SQUARE.replace("Square()", "Sqare()"), "Square1")
        finally:
            renderer.close()
        assert report.fault is None and report.file is not None, report.fault
        assert checked.fault is not None and checked.fault.code == "name_error"
        files.append(report.file.read_bytes())
    assert files[0] == files[1]


@pytest.mark.usefixtures("runc")
def test_the_frames_memory_cannot_be_shortened_by_who_holds_it() -> None:
    from generation.engine.render.ring import Ring

    ring = Ring(64, 36, by_descriptor=True)
    memory = ring.child_fds[-1]
    for size in (0, 1 << 30):
        with pytest.raises(PermissionError):
            os.ftruncate(memory, size)
    ring.pixels[0] = 7
    ring.close_child_end()
    assert ring.pixels[0].max() == 7
