"""Two linear equations in two letters: found, or left alone."""

import pytest

from generation.engine.understanding import equations


def test_a_system_is_read_with_its_coefficients_in_order():
    found = equations.find_system("solve 2x + y = 8 and x - y = 1")
    assert found is not None
    assert found.coefficients == (2, 1, 8, 1, -1, 1)


@pytest.mark.parametrize("text", ["Q = m c delta T and Q = m L", "x + y + z = 3 and x - y = 1", "2x + y = 8"])
def test_what_is_no_system_in_two_letters_is_left_alone(text):
    assert equations.find_system(text) is None
