"""Joining scenes and taking a poster."""

import numpy as np
import pytest
from PIL import Image

from generation.engine.media import assemble
from tests.engine.videos import decode, times, write_video


def test_a_joined_video_has_every_frame_of_every_scene_in_order(tmp_path):
    dark = write_video(tmp_path / "a.mp4", frames=21, shade=20)
    light = write_video(tmp_path / "b.mp4", frames=10, shade=200)

    assemble.join([dark, light], tmp_path / "whole.mp4")

    levels = [frame.mean() for frame in decode(tmp_path / "whole.mp4")]
    assert len(levels) == 31
    assert max(levels[:21]) < 60
    assert min(levels[21:]) > 150


def test_frames_of_a_joined_video_are_evenly_spaced(tmp_path):
    scenes = [write_video(tmp_path / f"{n}.mp4", frames=n, rate=30) for n in (7, 31, 2)]

    assemble.join(scenes, tmp_path / "whole.mp4")

    stamps = times(tmp_path / "whole.mp4")
    assert len(stamps) == 40
    assert np.allclose(np.diff(stamps), 1 / 30, atol=1e-3)


def test_a_broken_scene_leaves_no_half_written_video(tmp_path):
    good = write_video(tmp_path / "a.mp4", frames=5)
    (tmp_path / "broken.mp4").write_bytes(b"not a video")

    with pytest.raises(OSError):
        assemble.join([good, tmp_path / "broken.mp4"], tmp_path / "whole.mp4")

    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.mp4", "broken.mp4"]


def test_the_poster_is_a_frame_with_something_on_it(tmp_path):
    video = write_video(tmp_path / "a.mp4", frames=60, shade=10, dots=12)

    assemble.poster(video, tmp_path / "poster.jpg")

    picture = np.asarray(Image.open(tmp_path / "poster.jpg").convert("L"))
    assert picture.max() > 200
