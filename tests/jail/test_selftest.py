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


@pytest.mark.parametrize("wall", WALLS)
def test_a_missing_wall_is_noticed(wall):
    result = ladder.climb(without={wall})
    assert result.level is None
    assert not result.passed
    assert any(not check.passed for check in result.checks)


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


def _attack(python: str, *, user: int | None, folder: Path) -> list[object]:
    file = folder / "attack.py"
    file.write_text(ATTACK)
    for name in ("generation/__init__.py", "generation/engine"):
        source, target = ROOT / name, folder / "tree" / name
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            (shutil.copytree if source.is_dir() else shutil.copy)(source, target)
    lower = ["setpriv", f"--reuid={user}", f"--regid={user}", "--clear-groups"] if user else []
    done = subprocess.run(
        [*lower, python, "-I", "-B", "-c", IN_A_JAIL, str(folder / "tree"), str(file)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


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
    level, failed, told, reason = _attack(python, user=None, folder=public_folder)
    assert (level, failed, reason) == ("namespaces", [], "exited")
    assert told == "[] 60000 True\n"
