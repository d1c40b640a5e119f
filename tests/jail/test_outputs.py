"""What a job leaves behind is data: nothing in it is followed, waited for or believed. (security cases P-H)"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from generation.engine.errors import RequestFault
from generation.engine.jail import collect, list_files, run_file
from generation.engine.jail.ground import Ground
from generation.engine.types import Limits
from generation.management.commands.render import read_source

pytestmark = pytest.mark.jail


@pytest.fixture
def folder(tmp_path: Path):
    opened = os.open(tmp_path, os.O_RDONLY | os.O_DIRECTORY)
    yield opened
    os.close(opened)


def test_a_plain_file_is_collected(tmp_path: Path, folder: int):
    (tmp_path / "x.dvi").write_bytes(b"\xf7\x02rest")
    assert collect(folder, "x.dvi", limit=100, magic=b"\xf7\x02") == b"\xf7\x02rest"


def _link(place: Path) -> None:
    place.symlink_to("/etc/passwd")


def _hard_link(place: Path) -> None:
    (place.parent / "other").write_text("secret")
    os.link(place.parent / "other", place)


def _socket(place: Path) -> None:
    socket.socket(socket.AF_UNIX).bind(str(place))


@pytest.mark.parametrize(
    "make",
    [_link, _hard_link, _socket, os.mkfifo, Path.mkdir, Path.touch, lambda place: place.write_bytes(b"x" * 101),
     lambda place: place.write_bytes(b"text, not video"), lambda place: None],
    ids=["link", "hard link", "socket", "fifo", "folder", "empty", "too large", "wrong type", "missing"],
)  # fmt: skip
def test_anything_else_is_refused_at_once(make, tmp_path: Path, folder: int):
    make(tmp_path / "out.mp4")
    began = time.monotonic()
    with pytest.raises(RequestFault) as refused:
        collect(folder, "out.mp4", limit=100, magic=b"\0\0\0")
    assert refused.value.fault.code == "bad_output"
    assert time.monotonic() - began < 1


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can make devices")
def test_a_device_is_refused(tmp_path: Path, folder: int):
    os.mknod(tmp_path / "out.mp4", 0o20666, os.makedev(1, 5))
    with pytest.raises(RequestFault):
        collect(folder, "out.mp4", limit=100)


@pytest.mark.parametrize("name", ["../canary", "/etc/passwd", "a/b", "", ".", "..", "x\0y"])
def test_names_that_lead_elsewhere_are_refused(name, folder: int):
    with pytest.raises(RequestFault):
        collect(folder, name, limit=100)


def test_hostile_names_are_listed_as_harmless_text(inside):
    run = inside(
        r"""
        import os
        for name in (b"a\nb", b"\xff\xfe", b"\x1b[31mred", "\u202egnp.exe".encode(), b"x" * 255, b"..."):
            open(name, "wb").close()
        os.symlink("/etc/shadow", "passwords")
        os.symlink("/", "everything")
        deep = "."
        for n in range(30):
            deep += "/d"; os.mkdir(deep)
        """
    )
    assert run.exit_code == 0, run.stderr
    names = {file.name: file for file in run.files}
    assert {"a\\nb", "\\xff\\xfe", "\\x1b[31mred", "x" * 255, "..."} <= set(names)
    assert names["passwords"].kind == names["everything"].kind == "link"
    assert all(name.isprintable() for name in names)
    assert not any("shadow" in name or name.startswith("everything/") for name in names)
    assert max(name.count("/") for name in names) < 10


def test_files_named_like_the_jails_own_are_listed(inside):
    run = inside("for name in ('main.py', 'start.py', 'sieve'): open(name, 'w').close()\nprint(__file__)")
    assert [file.name for file in run.files] == ["main.py", "sieve", "start.py"]
    assert run.stdout == "/job/main.py\n"


def test_a_folder_of_any_depth_is_removed(tmp_path: Path):
    """Deeper than a path may be long and than Python may call itself, with folders closed to their owner."""
    ground = Ground(tmp_path / "ground", os.geteuid(), os.getegid())
    ground.folder.mkdir()
    deep = """if True:
        import os
        for _ in range(1500):
            os.mkdir("d" * 100); os.symlink("/", "everything"); os.chdir("d" * 100)
        os.mkdir("closed"); open("closed/file", "w").close(); os.chmod("closed", 0)
    """
    subprocess.run([sys.executable, "-I", "-c", deep], cwd=ground.folder, check=True)
    ground.remove()
    assert not ground.folder.exists()


@pytest.mark.parametrize("make", [os.mkfifo, Path.mkdir, _socket, lambda place: place.symlink_to("/dev/zero")],
                         ids=["fifo", "folder", "socket", "device"])  # fmt: skip
def test_only_plain_files_are_programs(make, tmp_path: Path):
    make(tmp_path / "program.py")
    began = time.monotonic()
    for act in (lambda: run_file(tmp_path / "program.py", Limits()), lambda: read_source(tmp_path / "program.py")):
        with pytest.raises(RequestFault) as refused:
            act()
        assert refused.value.fault.code in {"unreadable", "no_file"}
    assert time.monotonic() - began < 3


def test_a_closed_folder_and_a_race_do_not_stop_the_listing(inside):
    run = inside(
        """
        import os
        os.mkdir("closed"); open("closed/x", "w").close(); os.chmod("closed", 0)
        if os.fork() == 0:
            while True:
                os.rename("closed", "a"); os.symlink("/", "closed"); os.unlink("closed"); os.rename("a", "closed")
        print("done")
        """
    )
    assert run.stdout == "done\n"
    assert not [file for file in run.files if file.name.startswith("closed/usr")]


def test_listing_many_files_is_bounded(tmp_path: Path, folder: int):
    for number in range(3000):
        (tmp_path / f"f{number}").touch()
    began = time.monotonic()
    assert len(list_files(folder)) == 200
    assert time.monotonic() - began < 2


def test_the_output_can_be_anything(inside):
    run = inside("import sys; sys.stdout.buffer.write(bytes(range(256))); sys.stderr.buffer.write(b'\\xff' * 10)")
    assert run.exit_code == 0
    assert run.stderr == "\ufffd" * 10
