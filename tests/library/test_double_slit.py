"""The fringes of optics/double_slit lie where two exact waves add up."""

import functools

import numpy as np
import pytest
from scipy.signal import find_peaks


@pytest.fixture
def run(run_template):
    return functools.partial(run_template, "optics/double_slit")


def summed_waves(places, wavelength, gap, screen):
    """The brightness from adding two complex waves over the exact distances, all in metres; 1 at most."""
    ways = [np.hypot(screen, places - side * gap / 2) for side in (1, -1)]
    total = sum(np.exp(2j * np.pi * way / wavelength) for way in ways)
    return np.abs(total) ** 2 / 4


@pytest.mark.parametrize(("light", "gap", "screen"), [(550.0, 0.2, 2.0), (400.0, 1.0, 5.0), (700.0, 0.05, 0.5)])
def test_the_fringe_spacing_is_that_of_the_exact_waves(run, light, gap, screen):
    names = run(light=light, separation=gap, screen=screen)
    spacing = names["fringe_spacing"]()
    places = np.linspace(-3.3, 3.3, 6601) * spacing * 1e-3
    exact = summed_waves(places, light * 1e-9, gap * 1e-3, screen)
    peaks = places[find_peaks(exact)[0]] * 1000
    assert len(peaks) == 7
    assert list(np.diff(peaks)) == pytest.approx([spacing] * 6, rel=4e-3)
    assert [names["brightness"](x * 1000, spacing) for x in places[::50]] == pytest.approx(list(exact[::50]), abs=0.03)


def test_green_light_through_slits_a_fifth_of_a_millimetre_apart(run):
    names = run(light=550.0, separation=0.2, screen=2.0)
    assert names["length_text"](names["fringe_spacing"]()) == "5.5 mm"
    assert names["fringe_spacing"](550.0, 0.1) == pytest.approx(11.0)


def test_the_drawn_screen_is_as_bright_as_the_drawn_waves_make_it(run):
    names = run()
    reach = names["SCREEN_X"] - names["WALL_X"]
    heights = np.linspace(-2.4, 2.4, 49)
    exact = summed_waves(heights, names["WAVE"], 2 * names["HALF_GAP"], reach)
    assert [names["drawn_brightness"](h) for h in heights] == pytest.approx(list(exact), abs=1e-9)


@pytest.mark.parametrize("order", [0.5, 1.0, 1.5])
def test_a_height_is_found_for_every_path_difference(run, order):
    names = run()
    assert names["path_difference"](names["height_for"](order)) == pytest.approx(order, abs=1e-6)


def test_the_lines_of_meeting_crests_end_on_bright_fringes(run):
    names = run()
    for line in names["in_step_lines"]():
        x, y = line.get_end()[:2]
        if abs(x - names["SCREEN_X"]) < 0.02:
            assert names["drawn_brightness"](y - names["MIDDLE_Y"]) == pytest.approx(1.0, abs=0.02)


def test_colours_run_from_violet_to_red(run):
    colour = run()["colour_of"]
    violet, green, red = (colour(value).to_rgb() for value in (400, 530, 690))
    assert violet[2] > violet[1]
    assert green[1] > max(green[0], green[2])
    assert red[0] > max(red[1], red[2])
