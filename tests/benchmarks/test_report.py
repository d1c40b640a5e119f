"""The benchmark's own arithmetic: means, bars, likeness of pictures, the plot. No timing."""

from xml.etree import ElementTree

import numpy as np
import pytest

from tests.benchmarks import bars, fidelity, plot, repertoire


def result(scene: str, quality: str, **ratios: float) -> dict:
    return {
        "scene": scene,
        "quality": quality,
        "ratios": {arm: {"wall": ratio, "cpu": ratio} for arm, ratio in ratios.items()},
        "seconds": {"plain": 8.0, **{arm: 8 / ratio for arm, ratio in ratios.items()}},
        "first_frame": dict.fromkeys(ratios, 0.2),
    }


RESULTS = [
    result("text_and_shapes", "l", ultrafast=4, cold=2),
    result("surface_3d", "l", ultrafast=16, cold=8),
    result("surface_3d", "h", superfast=5, ultrafast=7),
]


def test_a_bar_compares_the_geometric_mean_over_the_scenes() -> None:
    found = {bar.name: bar for bar in bars.bars(RESULTS, {})}
    kept, none_kept = (
        found["-ql, formulas kept: plain over ours, wall"],
        found["-ql, no formula kept: plain over ours, wall"],
    )
    assert (kept.value, kept.reached) == (pytest.approx(8), True)
    assert (none_kept.value, none_kept.reached) == (pytest.approx(4), False)


def test_the_3d_scene_is_judged_where_it_is_slowest() -> None:
    (solid,) = [bar for bar in bars.bars(RESULTS, {}) if bar.name.startswith("3D")]
    assert (solid.value, solid.reached) == (5, False)


def test_what_was_not_measured_is_neither_reached_nor_missed() -> None:
    (medium,) = [bar for bar in bars.bars(RESULTS, {}) if bar.name.startswith("-qm")]
    assert medium.reached is None
    assert medium.line().endswith("not measured")


def test_likeness_is_one_for_equal_pictures_and_falls_with_every_change() -> None:
    picture = np.random.default_rng(1).uniform(0, 255, (60, 80)).astype(np.float32)
    moved = np.roll(picture, 1, axis=1)
    assert fidelity.ssim(picture, picture) == pytest.approx(1)
    assert fidelity.ssim(picture, picture + 10) < 0.9999
    assert fidelity.ssim(picture, moved) < 0.5


def test_the_plot_is_an_svg_that_names_scenes_and_bars() -> None:
    about = {
        "date": "2030-01-31",
        "cores": 2,
        "cpu": "Some <fast> CPU",
        "load_average_before": (0.1, 0, 0),
        "load_average_after": (0.2, 0, 0),
        "versions": {"manim": "0.22.0"},
    }
    shown = [{**bar_facts(bar), "reached": bar.reached} for bar in bars.bars(RESULTS, {})]
    drawing = ElementTree.fromstring(plot.svg({"environment": about, "scenes": RESULTS, "bars": shown}))
    words = [element.text for element in drawing.iter() if element.tag.endswith("}text")]
    assert {"text and shapes", "surface 3d", "16.0", "missed", "not measured"} <= set(words)


def bar_facts(bar: bars.Bar) -> dict:
    return {name: getattr(bar, name) for name in ("name", "wanted", "unit", "at_least", "value")}


@pytest.mark.parametrize("name", repertoire.NAMES)
def test_every_scene_is_found_with_its_class(name: str) -> None:
    scene = repertoire.load(name)
    assert f"class {scene.cls}(" in scene.source
