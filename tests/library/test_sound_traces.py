"""The numbers of waves/sound_traces equal spectra, textbook values and the wave equation."""

import numpy as np
import pytest

SOUND = "waves/sound_traces"


@pytest.mark.parametrize(("hertz", "size"), [(100, 5), (440, 40), (1000, 100)])
def test_the_spectrum_of_the_trace_has_one_line_at_the_frequency(run_template, hertz, size):
    names = run_template(SOUND)
    times = np.arange(0, 1000, 0.25)  # one second in steps of a quarter millisecond
    lines = np.abs(np.fft.rfft([names["signal"](t, hertz, size) for t in times])) / (len(times) / 2)
    assert int(np.argmax(lines)) == hertz
    assert lines.max() == pytest.approx(size, rel=1e-6)


def test_concert_pitch_has_a_wave_of_78_centimetres_and_a_period_of_2_27_milliseconds(run_template):
    names = run_template(SOUND, frequency=440)
    assert names["WAVELENGTH"] == pytest.approx(0.78, abs=0.005)
    assert names["PERIOD"] == pytest.approx(2.27, abs=0.005)


def test_particles_swing_about_their_place_and_do_not_travel(run_template):
    names = run_template(SOUND, frequency=250)
    times = np.linspace(0, 3 * names["PERIOD"], 3001)[:-1]
    swings = [names["swing"](-1.0, t) for t in times]
    assert np.mean(swings) == pytest.approx(0, abs=1e-9)
    assert max(swings) == pytest.approx(names["SWING"], rel=1e-4)


def test_one_wavelength_further_the_air_swings_one_period_later(run_template):
    names = run_template(SOUND, frequency=250)
    here, there = -3.0, -3.0 + names["DRAWN_WAVE"]
    for t in (0.3, 1.1, 2.9):
        assert names["swing"](there, t + names["PERIOD"]) == pytest.approx(names["swing"](here, t))


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"second_frequency": 660, "second_amplitude": 20}, ("higher", "quieter")),
        ({"second_frequency": 220, "second_amplitude": 80}, ("lower", "louder")),
        ({"second_frequency": 440, "second_amplitude": 40}, ("the same pitch", "just as loud")),
    ],
)
def test_the_two_tones_are_compared_rightly(run_template, values, said):
    assert run_template(SOUND, frequency=440, amplitude=40, **values)["comparison"]() == said
