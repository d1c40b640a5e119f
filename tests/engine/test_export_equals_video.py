"""The script a teacher takes home gives, with the plain `manim` command, the video that we made."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from generation.engine import drafting, pipeline, policy
from generation.engine.cache import SceneCache
from generation.engine.render.client import Renderer
from generation.engine.types import Quality
from tests.engine.videos import decode

pytestmark = [pytest.mark.render, pytest.mark.jail]
SAMPLES = 40
CLOSE = 2.0  # mean difference of grey levels: two encoders, one picture


def made_by_manim(script: Path, folder: Path) -> Path:
    """Render the script in an empty folder, with nothing of ours to import."""
    command = [sys.executable, "-I", "-m", "manim", "-ql", "--disable_caching", "--progress_bar", "none", str(script)]
    run = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=400, check=False)
    assert run.returncode == 0, run.stderr[-2000:]
    (video,) = (path for path in folder.rglob("*.mp4") if "partial_movie_files" not in path.parts)
    return video


@pytest.mark.parametrize("slug", ["graph_search", pytest.param("derivative_slope", marks=pytest.mark.sweep)])
def test_plain_manim_gives_the_same_frames(slug: str, tmp_path: Path):
    renderer = Renderer(tmp_path / "run")
    made = pipeline.produce(
        drafting.draft_template(slug, {}),
        quality=Quality.LOW,
        out=tmp_path / "out",
        renderer=renderer,
        cache=SceneCache(tmp_path / "scenes"),
    )
    renderer.close()
    assert made.faults == ()
    assert policy.check(made.script.read_text(encoding="utf-8")).allowed

    folder = tmp_path / "home"
    folder.mkdir()
    ours, theirs = decode(made.video), decode(made_by_manim(made.script, folder))

    assert len(ours) == len(theirs)
    places = np.linspace(0, len(ours) - 1, SAMPLES).astype(int)
    apart = [np.abs(ours[i].astype(float) - theirs[i].astype(float)).mean() for i in places]
    assert max(apart) < CLOSE
    other = np.abs(ours[places[2]].astype(float) - ours[places[-1]].astype(float)).mean()
    assert other > 2 * max(apart), "frames that all look alike would prove nothing"
