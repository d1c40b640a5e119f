"""The numbers of waves/wave_superposition equal sums of complex numbers and a spectrum."""

import cmath
import math

import numpy as np
import pytest

WAVES = "waves/wave_superposition"


@pytest.mark.parametrize(("first", "second", "phase"), [(1, 1, 60), (5, 0.2, 180), (2, 3, 0), (1, 1, 180)])
def test_the_amplitude_of_the_sum_is_that_of_the_added_arrows(run_template, first, second, phase):
    names = run_template(WAVES, first_amplitude=first, second_amplitude=second, phase=phase)
    arrow = first + second * cmath.exp(1j * math.radians(phase))
    assert names["sum_amplitude"](phase) == pytest.approx(abs(arrow), abs=1e-7)
    x = np.linspace(0, 1, 20001)
    total = names["first_wave"](x, 0.3) + names["second_wave"](x, 0.3, phase)
    assert np.max(np.abs(total)) == pytest.approx(abs(arrow), abs=1e-4)


@pytest.mark.parametrize(("first", "second"), [(10, 12), (20, 19.5), (2, 20)])
def test_the_outline_repeats_at_the_difference_of_the_frequencies(run_template, first, second):
    names = run_template(WAVES, first_frequency=first, second_frequency=second, second_amplitude=0.7)
    time = np.linspace(0, 2, 4000, endpoint=False)
    total = names["first_tone"](time) + names["second_tone"](time)
    assert np.all(np.abs(total) <= names["envelope"](time) + 1e-9)
    spectrum = np.abs(np.fft.rfft(names["envelope"](time) ** 2 - np.mean(names["envelope"](time) ** 2)))
    assert np.argmax(spectrum) / 2 == pytest.approx(abs(first - second))
    assert names["beat_frequency"]() == pytest.approx(abs(first - second))


def test_waves_travel_to_the_right(run_template):
    names = run_template(WAVES)
    assert names["first_wave"](1.25, 0.25) == pytest.approx(names["first_wave"](1.0, 0.0), abs=1e-9)


def test_wave_2_is_ahead_in_the_direction_of_travel(run_template):
    names = run_template(WAVES)
    x = np.linspace(0, 1, 3601)
    crests = [x[np.argmax(wave)] for wave in (names["first_wave"](x, 0), names["second_wave"](x, 0, 60))]
    assert crests[1] - crests[0] == pytest.approx(60 / 360, abs=1e-3)
