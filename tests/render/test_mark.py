"""The mark in the corner: in every picture, over whatever changes below it, and in nothing else."""

import io
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from generation.engine.cache import animation_key, scene_key
from generation.engine.render import Renderer
from generation.engine.render.encoder import Encoder
from generation.engine.render.mark import LONGEST, Mark
from generation.engine.types import Quality, Storyboard
from tests.render.scenes import HEAD

TEXT = "Made with Theorama"
SIZES = [(quality.width, quality.height) for quality in Quality]
# Its child paints the corner over and over, in every layer that a scene has.
COVERS = HEAD + (
    "class Covers(Scene):\n    def construct(self):\n"
    "        cover = Rectangle(width=15, height=9, fill_opacity=1, color=WHITE).set_z_index(10**6)\n"
    "        self.add_foreground_mobject(cover)\n        self.play(cover.animate.set_color(BLACK), run_time=0.4)\n"
    "        self.wait(0.2)\n"
)


def picture(width: int, height: int, value: int) -> np.ndarray:
    return np.full((height, width, 4), value, np.uint8)


def frames(path: Path) -> list[np.ndarray]:
    with av.open(str(path)) as video:
        return [frame.to_ndarray(format="rgb24").astype(int) for frame in video.decode(video=0)]


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize("ground", [0, 16, 128, 240, 255])
def test_it_is_small_in_the_corner_and_stands_out_on_every_ground(width, height, ground):
    shown = picture(width, height, ground)
    mark = Mark(TEXT, width, height)
    mark.burn(shown, (0, height, 0, width))
    top, bottom, left, right = mark.part
    assert (bottom - top) * (right - left) < 0.01 * width * height
    assert bottom <= height and right <= width and top > 0.9 * height and left > 0.7 * width
    changed = np.abs(shown[..., :3].astype(int) - ground).max(axis=2)
    assert changed[top:bottom, left:right].max() > 90, "it can be told from the ground"
    changed[top:bottom, left:right] = 0
    assert not changed.any(), "nothing else is touched"


def test_whatever_changes_below_it_it_lies_on_top_as_if_drawn_anew(tmp_path):
    width, height, random = 320, 180, np.random.default_rng(7)
    encoder = Encoder(tmp_path / "x.mp4", width, height, 15, mark=TEXT)
    mark, clean = Mark(TEXT, width, height), np.zeros((height, width, 4), np.uint8)
    met = 0
    for _change in range(400):
        top, left = int(random.integers(0, height - 1)), int(random.integers(0, width - 1))
        rows, columns = int(random.integers(1, height - top + 1)), int(random.integers(1, width - left + 1))
        part = random.integers(0, 256, (rows, columns, 4), dtype=np.uint8)
        encoder.update(part, top, left)
        clean[top : top + rows, left : left + columns] = part
        expected = clean.copy()
        mark.burn(expected, (0, height, 0, width))
        assert (encoder.picture == expected).all()
        met += top + rows > mark.part[0] and left + columns > mark.part[2]
    encoder.write()
    encoder.finish()
    assert met > 50


def test_without_a_mark_the_encoder_changes_nothing(tmp_path):
    encoder = Encoder(tmp_path / "x.mp4", 320, 180, 15)
    part = np.random.default_rng(7).integers(0, 256, (180, 320, 4), dtype=np.uint8)
    encoder.update(part, 0)
    assert (encoder.picture == part).all()
    encoder.write()
    encoder.finish()


def test_the_preview_carries_it(tmp_path):
    pictures = []
    for text in ("", TEXT):
        encoder = Encoder(tmp_path / f"{text}.mp4", 854, 480, 15, mark=text)
        encoder.update(picture(854, 480, 20), 0)
        encoder.write()
        pictures.append(np.asarray(Image.open(io.BytesIO(encoder.preview())).convert("L")).astype(int))
        encoder.finish()
    assert np.abs(pictures[0] - pictures[1]).max() > 60


def test_a_text_that_fills_the_picture_is_no_mark():
    with pytest.raises(ValueError, match="too long"):
        Mark("x" * (LONGEST + 1), 854, 480)


def test_what_is_kept_is_kept_apart():
    source, board = "class A(Scene):\n    pass\n", Storyboard("A", ())
    assert scene_key(source, "A", Quality.LOW) == scene_key(source, "A", Quality.LOW, "")
    assert scene_key(source, "A", Quality.LOW) != scene_key(source, "A", Quality.LOW, TEXT)
    keys = [animation_key(source, board, "a", "A", Quality.LOW, mark) for mark in ("", TEXT)]
    assert keys[0] != keys[1]


@pytest.mark.render
def test_a_scene_that_paints_over_the_whole_picture_does_not_cover_it(renderer: Renderer, tmp_path):
    pieces: list[bytes | None] = []
    previews: list[bytes] = []
    plain = renderer.render(COVERS, "Covers", quality=Quality.LOW, out=tmp_path / "plain.mp4")
    marked = renderer.render(
        COVERS,
        "Covers",
        quality=Quality.LOW,
        out=tmp_path / "marked.mp4",
        mark=TEXT,
        on_preview=lambda _scene, jpeg: previews.append(jpeg),
        on_segment=lambda _scene, piece: pieces.append(piece),
    )
    assert plain.fault is None and marked.fault is None
    top, bottom, left, right = Mark(TEXT, 854, 480).part
    (tmp_path / "segments.mp4").write_bytes(b"".join(piece for piece in pieces if piece))
    without = frames(tmp_path / "plain.mp4")
    for name in ("marked.mp4", "segments.mp4"):
        pairs = list(zip(frames(tmp_path / name), without, strict=True))
        assert len(pairs) == marked.frames
        for one, other in pairs:
            differs = np.abs(one - other).max(axis=2)
            assert differs[top:bottom, left:right].max() > 60
            differs[top - 8 : bottom + 8, left - 8 : right + 8] = 0
            assert differs.max() <= 12, "the rest is the same, but for what coding does around it"
    assert previews
