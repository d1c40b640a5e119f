"""What is encoded is, pixel for pixel and frame for frame, what plain Manim would have encoded.

Only the selected scenes are drawn: `pytest tests/render/test_frames_are_manims_own.py -k Zoomed` takes a few seconds.
"""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from generation.engine.render.client import ENVIRONMENT
from tests.render.conformance.cases import CASES, Case
from tests.render.conformance.recording import Recorder, Recording, changing, differences

pytestmark = [pytest.mark.render, pytest.mark.jail]
ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 300.0  # seconds until one more scene is drawn; a busy machine is slow
Pair = tuple[Recording, Recording]  # plain Manim's, ours


@pytest.fixture(scope="module")
def recorded(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable]:
    """Start both sides on all selected scenes at once; returns a function that waits for one scene's recordings."""
    params = [item.callspec.params for item in request.session.items if hasattr(item, "callspec")]
    names = list(dict.fromkeys(found["case"].name for found in params if isinstance(found.get("case"), Case)))
    folders = {script: tmp_path_factory.mktemp(script) for script in ("plain_frames", "ring_frames")}
    running = {}
    for script, folder in folders.items():
        command = [sys.executable, "-m", f"tests.render.{script}", str(folder), *names]
        with (folder / "log").open("wb") as log:
            # Both as their commands start: the daemon with few variables, which also keep numpy to one thread.
            variables = ENVIRONMENT if script == "ring_frames" else None
            running[script] = subprocess.Popen(command, cwd=ROOT, env=variables, stdout=log, stderr=log)

    def wait(case: Case) -> Pair:
        pair = tuple(Recording(folder, case.name) for folder in folders.values())
        end = time.monotonic() + PATIENCE
        for recording, (script, process) in zip(pair, running.items(), strict=True):
            while not recording.whole:
                ended = process.poll() is not None
                if not recording.whole and (ended or time.monotonic() > end):
                    pytest.fail(f"{script} gave nothing:\n{(folders[script] / 'log').read_text()[-3000:]}")
                time.sleep(0.05)
            assert recording.fault is None, f"{script}: {recording.fault}"
        return pair

    yield wait
    for process in running.values():
        process.kill()
        process.wait()


scenes = pytest.mark.parametrize("case", CASES.values(), ids=CASES)


@scenes
def test_frames_equal_those_of_plain_manim(case: Case, recorded: Callable[[Case], Pair]) -> None:
    plain, ours = recorded(case)
    assert len(plain.frames()) > 5
    assert len(list(changing(plain))) > 2, "a scene in which nothing moves would prove nothing"
    assert len(ours.frames()) == len(plain.frames())
    lines = differences(plain, ours, apart=case.apart, share=case.share)
    assert not lines, "\n" + "\n".join(lines)


@scenes
def test_video_has_the_frames_and_times_of_plain_manims(case: Case, recorded: Callable[[Case], Pair]) -> None:
    plain, ours = recorded(case)
    assert len(ours.times()) == len(ours.frames())
    # Joining the files of its plays, Manim rounds where each begins: a third of a millisecond.
    assert ours.times() == pytest.approx(plain.times(), abs=0.002)


@pytest.mark.parametrize(("change", "apart", "share"), [(1, 0, 0.0), (3, 2, 1.0), (1, 2, 0.0001)])
def test_a_difference_is_found_and_named(change: int, apart: int, share: float, tmp_path: Path) -> None:
    picture = np.full((40, 60, 4), 100, np.uint8)
    changed = picture.copy()
    changed[7, 20, 1] += change
    changed[9, 22, 3] -= change
    folders = [tmp_path / "one", tmp_path / "two"]
    for folder, frames in zip(folders, ([picture, picture], [picture, changed]), strict=True):
        folder.mkdir()
        recorder = Recorder(folder, "Scene")
        for frame in frames:
            recorder.add(frame, 1)
        recorder.finish(None)
    one, two = (Recording(folder, "Scene") for folder in folders)
    assert differences(one, one, apart=0, share=0) == []
    (line,) = differences(one, two, apart=apart, share=share)
    assert line.startswith("frame 1: 2 pixels differ")
    assert f"by up to {change} of 255, in rows 7 to 9, columns 20 to 22" in line
