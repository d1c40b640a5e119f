"""Scenes in space come out as unpatched Manim draws them, and what is special is left to Manim."""

from pathlib import Path
from typing import Any

import manim.scene.scene
import numpy as np
import pytest
from manim import ThreeDCamera, tempconfig

from generation.engine.render import quick, space, space_brush
from generation.engine.render.drawing import ring_renderer
from tests.render import space_scenes

pytestmark = pytest.mark.render


class Frames(list):
    """Takes every frame that is sent."""

    def play_begins(self) -> None:
        pass

    def send(self, pixels: np.ndarray, repeat: int, bands: Any = None) -> None:
        self.append(pixels.astype(np.int16))


class Counted:
    """Counts the shapes that are painted our way, and paints them."""

    def __init__(self) -> None:
        self.shapes = 0

    def __call__(self, context: Any, shapes: Any, heights: Any) -> None:
        self.shapes += len(shapes)
        space_brush.paint(context, shapes, heights)


def drawn(scene: Any, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Frames:
    frames = Frames()
    monkeypatch.setattr(manim.scene.scene, "CairoRenderer", ring_renderer(frames))
    size = {"pixel_width": 320, "pixel_height": 180, "frame_rate": 8}
    quiet = {"media_dir": str(folder), "progress_bar": "none", "verbosity": "ERROR", "disable_caching": True}
    np.random.seed(1)
    with tempconfig({**size, **quiet}):
        scene().render()
    return frames


@pytest.fixture
def pair(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A function that draws a scene Manim's way and ours, and counts the shapes that were painted our way."""

    def draw(scene: Any) -> tuple[Frames, Frames, int]:
        monkeypatch.setattr(ThreeDCamera, "capture_mobjects", space._CAPTURE)
        theirs = drawn(scene, tmp_path, monkeypatch)
        painted = Counted()
        monkeypatch.setattr(space, "paint", painted)
        with monkeypatch.context() as quickened:  # as in the daemon
            for patch in quick.PATCHES:
                quickened.setattr(patch.owner, patch.name, patch.make(vars(patch.owner)[patch.name]))
            space.install()
            return theirs, drawn(scene, tmp_path, monkeypatch), painted.shapes

    return draw


def assert_alike(theirs: Frames, ours: Frames) -> None:
    assert len(theirs) == len(ours)
    assert any((frame != theirs[0]).any() for frame in theirs), "a scene in which nothing moves would prove nothing"
    for number, (one, two) in enumerate(zip(theirs, ours, strict=True)):
        assert (one == two).all(), f"frame {number}"


@pytest.mark.parametrize("scene", space_scenes.OURS)
def test_on_one_core_every_pixel_is_manims(scene: Any, pair: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(space_brush, "_cores", lambda: 1)
    theirs, ours, shapes = pair(scene)
    assert shapes >= len(ours)
    assert_alike(theirs, ours)


@pytest.mark.parametrize("cores", [2, 3])
def test_on_several_cores_every_pixel_is_manims(cores: int, pair: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(space_brush, "_cores", lambda: cores)
    painters = []
    band = space_brush._Band
    monkeypatch.setattr(space_brush, "_Band", lambda *place: painters.append(place[2]) or band(*place))
    theirs, ours, _ = pair(space_scenes.ManyFaces)
    assert max(painters) == cores - 1
    assert_alike(theirs, ours)


def test_what_is_strange_among_faces_is_drawn_by_manim(pair: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    left = set()
    draw = space._Picture.draw

    def noted(picture: Any) -> None:
        left.update(type(mobject).__name__ for mobject in picture.mobjects if mobject not in picture.ordinary)
        draw(picture)

    monkeypatch.setattr(space._Picture, "draw", noted)
    theirs, ours, shapes = pair(space_scenes.Strange)
    assert left == {"Square", "VMobject", "Moody", "ImageMobject", "PointCloudDot", "ValueTracker"}
    assert shapes > 20 * len(ours)
    assert_alike(theirs, ours)


@pytest.mark.parametrize("scene", space_scenes.MANIMS)
def test_a_camera_of_ones_own_is_left_alone(scene: Any, pair: Any) -> None:
    theirs, ours, shapes = pair(scene)
    assert shapes == 0
    assert_alike(theirs, ours)
