"""Nothing untrusted runs before every wall was tried; a missing wall is noticed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command

from generation.engine import jail
from generation.engine.errors import EngineFault
from generation.engine.jail import ladder
from generation.engine.jail.enter import WALLS
from generation.engine.jail.linux import NAMESPACES
from generation.engine.types import Limits

pytestmark = pytest.mark.jail

ROOT = Path(__file__).parents[2]
IN_A_JAIL = """if True:
    import json, sys
    sys.path.insert(0, sys.argv[1])
    from pathlib import Path
    from generation.engine.jail import run_file, selftest
    from generation.engine.types import Limits
    result = selftest()
    run = run_file(Path(sys.argv[2]), Limits(wall_seconds=20, processes=16, memory_bytes=300 << 20))
    print(json.dumps([result.level, [c.name for c in result.checks if not c.passed], run.stdout, run.reason]))
"""
ATTACK = """
import os, socket
acts = {
    "read": lambda: open("/etc/shadow").read(),
    "write": lambda: open("/usr/written", "w"),
    "connect": lambda: socket.socket(),
    "signal": lambda: os.kill(os.getppid() if os.getppid() > 1 else 12345, 0),
    "start": lambda: os.execv("/bin/true", ["true"]),
}
done = []
for name, act in acts.items():
    try: act(); done.append(name)
    except OSError: pass
n = 0
try:
    while n < 100:
        if os.fork() == 0: os._exit(0) if n > 50 else __import__("signal").pause()
        n += 1
except OSError: pass
print(done, os.getuid(), n <= 16)
"""


def test_every_check_passes_here():
    result = jail.selftest()
    assert [check for check in result.checks if not check.passed] == []
    assert result.level is not None
    assert len(result.checks) > 15


OUTER_WALLS = ("oom", *(f"{name} namespace" for name in NAMESPACES if name not in {"cgroup", "ipc", "uts"}))
# What the health page calls some of them.
NAMED = {
    "user namespace": ["namespaces: user namespaces can be made"],
    "net namespace": ["namespaces: a network of its own can be made"],
    "pid namespace": ["namespaces: other processes are out of reach"],
    "seccomp": ["namespaces: dangerous system calls are refused"],
    "landlock": ["namespaces: Landlock stands where the kernel has it"],
    "limits": ["namespaces: processor time, memory, files and processes are limited"],
    "user": ["namespaces: its user is one of its own"],
    "parent": ["namespaces: it dies with its parent"],
    "programs": ["namespaces: no program can be started"],
    "oom": ["namespaces: the kernel takes it first when memory runs out"],
}


@pytest.mark.parametrize("wall", (*WALLS, *OUTER_WALLS))
def test_a_missing_wall_is_noticed(wall):
    result = ladder.climb(without={wall})
    assert result.level is not jail.Level.NAMESPACES
    assert result.passed == (result.level is not None)
    assert any(check.name in NAMED.get(wall, [check.name]) for check in result.failed), result.failed
    if wall in WALLS and wall != "root":  # the lower rung needs neither a root of its own nor namespaces
        assert result.level is None


@pytest.mark.parametrize("refused", ["user namespace", "mount"])
def test_what_the_kernel_refuses_is_named(refused):
    result = ladder.climb(without={refused})
    names = [check.name.removeprefix("namespaces: ") for check in result.failed]
    assert {"user namespace": "user namespaces can be made", "mount": "a private root can be mounted"}[refused] in names


def test_a_lower_rung_than_required_is_refused(monkeypatch):
    """Where namespaces are forbidden the lower rung may be used, unless the operator rules it out."""

    def only_the_lower_rung(level, without):
        return (ladder.Check("user namespaces can be made", level is jail.Level.LANDLOCK, "forbidden"),)

    monkeypatch.setattr(ladder, "_try", only_the_lower_rung)
    dropped = ladder.climb()
    assert (dropped.level, dropped.passed) == (jail.Level.LANDLOCK, True)
    assert [check.found for check in dropped.failed] == ["forbidden"]  # the drop is visible
    monkeypatch.setenv("JAIL_LEVEL_REQUIRED", "namespaces")
    assert ladder.climb().level is None
    monkeypatch.setenv("JAIL_LEVEL_REQUIRED", "landlock")
    assert ladder.climb().level is jail.Level.LANDLOCK
    monkeypatch.setenv("JAIL_LEVEL_REQUIRED", "namepsaces")
    misspelt = ladder.climb()
    assert misspelt.level is None and "namepsaces" in misspelt.checks[0].found


def test_a_test_repeated_replaces_what_was_known_and_recovers(monkeypatch):
    monkeypatch.setattr(ladder, "_known", [])
    assert jail.selftest().passed
    real = ladder.climb
    monkeypatch.setattr(ladder, "climb", lambda: real(without={"seccomp"}))
    assert not jail.retest().passed
    with pytest.raises(EngineFault, match="box"):
        jail.require()
    monkeypatch.setattr(ladder, "climb", real)
    assert jail.retest().passed
    assert jail.require() is not None


def test_a_failed_test_is_repeated_sooner(monkeypatch):
    passed, failed = ladder.climb(), ladder.climb(without={"seccomp"})
    assert not passed.due and not failed.due
    assert jail.pause_after(None) < jail.pause_after(passed.level) <= 300
    monkeypatch.setattr(ladder, "AGAIN_SECONDS_FAILED", -1.0)
    assert failed.due and not passed.due


def test_nothing_runs_where_the_selftest_fails(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(ladder, "_known", [ladder.climb(without={"seccomp"})])
    file = tmp_path / "harmless.py"
    file.write_text("open('/tmp/ran', 'w')")
    for act in (
        lambda: jail.run_file(file, Limits()),
        lambda: jail.spawn(lambda: None, jail.Box()),
        lambda: jail.exec_in(["/bin/true"], jail.Box()),
    ):
        with pytest.raises(EngineFault) as refused:
            act()
        assert refused.value.fault.code == "jail_unavailable"
    with pytest.raises(SystemExit) as left:
        call_command("jail", "run", str(file), "--json")
    assert left.value.code == 1
    assert json.loads(capsys.readouterr().out)["reason"] == "jail_unavailable"


def test_a_process_with_threads_may_not_fork_into_a_jail(monkeypatch):
    import threading

    stop = threading.Event()
    other = threading.Thread(target=stop.wait)
    other.start()
    with pytest.raises(EngineFault, match="box"):
        jail.spawn(lambda: None, jail.Box())
    stop.set()
    other.join()


def _tree(folder: Path) -> None:
    """A copy of the engine that everybody may read, as the checkout may lie in a closed home."""
    for name in ("generation/__init__.py", "generation/engine"):
        source, target = ROOT / name, folder / "tree" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        (shutil.copytree if source.is_dir() else shutil.copy)(source, target)


def _as_user(python: str, user: int, arguments: list[str]) -> str:
    lower = ["setpriv", f"--reuid={user}", f"--regid={user}", "--clear-groups"] if user else []
    done = subprocess.run(
        [*lower, python, "-I", "-B", "-c", *arguments], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def _attack(python: str, *, user: int, folder: Path) -> list[object]:
    file = folder / "attack.py"
    file.write_text(ATTACK)
    _tree(folder)
    return json.loads(_as_user(python, user, [IN_A_JAIL, str(folder / "tree"), str(file)]))


LOWER_RUNG = """if True:
    import json, sys
    sys.path.insert(0, sys.argv[1])
    from pathlib import Path
    from generation.engine.jail import Level, ladder, run
    from generation.engine.types import Limits
    checks = ladder._try(Level.LANDLOCK, ())
    runs = [run.run_file(Path(p), Limits(wall_seconds=5, tmp_bytes=4 << 20), Level.LANDLOCK) for p in sys.argv[2:]]
    told = [[r.reason, r.exit_code, r.stdout, [f.name for f in r.files]] for r in runs]
    print(json.dumps([[c.name for c in checks if not c.passed], told]))
"""


@pytest.mark.parametrize("user", [0, 65534])
def test_the_lower_rung_holds_too(user, public_folder):
    """No namespaces: Landlock, the filter, limits and, for root, a user of its own."""
    python = shutil.which("python3", path="/usr/bin")
    if python is None or os.geteuid() != 0:
        pytest.skip("needs root and the system's Python")
    programs = {
        "read.py": f"print(open({str(public_folder / 'secret')!r}).read())",
        "reach.py": "import os\nfor act in (os.fork, lambda: os.kill(os.getppid(), 0), lambda: os.listdir('/'),\n"
        "  lambda: os.execv('/bin/true', ['true']), lambda: open('/proc/1/status')):\n"
        "    try: act(); print('DID IT')\n    except OSError: pass\nopen('left', 'w').write('x')",
        "fill.py": "import time\nfor n in range(99):\n    open(f'{n}', 'wb').write(bytes(1 << 20)); time.sleep(0.05)",
        "spell.py": "print('/job/x')",
    }
    (public_folder / "secret").write_text("a secret")
    _tree(public_folder)
    for name, code in programs.items():
        (public_folder / name).write_text(code)
    files = [str(public_folder / name) for name in programs]
    failed, told = json.loads(_as_user(python, user, [LOWER_RUNG, str(public_folder / "tree"), *files]))
    assert failed == []
    assert told[0][:3] == ["exited", 1, ""]
    assert told[1] == ["exited", 0, "", ["left"]]
    assert told[2][0] == "disk"
    assert told[3][2] == "/job/x\n"  # the program is run as it is written


@pytest.fixture
def public_folder():
    import tempfile

    folder = Path(tempfile.mkdtemp(prefix="jail-test-", dir="/var/tmp"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
def test_an_ordinary_user_has_the_same_jail(public_folder):
    python = shutil.which("python3", path="/usr/bin") or sys.executable
    assert _attack(python, user=65534, folder=public_folder) == ["namespaces", [], "[] 60000 True\n", "exited"]


def _pythons() -> list[str]:
    found = [sys.executable]
    for version in ("3.11", "3.12", "3.13"):
        places = [shutil.which(f"python{version}", path="/usr/bin:/usr/local/bin")]
        places += map(str, Path.home().glob(f".pyenv/versions/{version}.*/bin/python{version}"))
        found += [place for place in places if place]
    return sorted({os.path.realpath(place) for place in found})


@pytest.mark.parametrize("python", _pythons())
def test_every_python_here_has_the_same_jail(python, public_folder):
    level, failed, told, reason = _attack(python, user=0, folder=public_folder)
    assert (level, failed, reason) == ("namespaces", [], "exited")
    assert told == "[] 60000 True\n"
