"""Products, lengths and angles agree with NumPy and with SymPy's expansion."""

import numpy as np
import pytest
import sympy

COMPLEX = "algebra/complex_multiplication"
CASES = [(2, 1, 1, 1.5), (-3, -3, -3, -3), (3, 3, 3, 3), (0, 1, 0, 1), (-2, 0.25, 0.5, -1), (0.25, 0, -0.25, 0)]


def run(run_template, parts):
    return run_template(
        COMPLEX, **dict(zip(("z_real", "z_imaginary", "w_real", "w_imaginary"), map(float, parts), strict=True))
    )


@pytest.mark.parametrize("parts", CASES)
def test_the_product_is_the_expanded_one(run_template, parts):
    names = run(run_template, parts)
    a, b, c, d = map(sympy.Rational, map(str, parts))
    wanted = complex(sympy.expand((a + b * sympy.I) * (c + d * sympy.I)))
    assert names["PRODUCT"] == pytest.approx(wanted)


@pytest.mark.parametrize("parts", CASES)
def test_lengths_multiply_and_angles_add_up_to_a_full_turn(run_template, parts):
    names = run(run_template, parts)
    z, w = complex(*parts[:2]), complex(*parts[2:])
    assert names["angle_of"](z) == pytest.approx(np.degrees(np.angle(z)))
    assert abs(names["PRODUCT"]) == pytest.approx(np.hypot(*parts[:2]) * np.hypot(*parts[2:]))
    total = names["angle_within"](names["angle_of"](z) + names["angle_of"](w))
    gap = total - np.degrees(np.angle(z * w))
    assert np.cos(np.radians(gap)) == pytest.approx(1)
    assert -180 < total <= 180


@pytest.mark.parametrize("parts", CASES)
def test_the_way_from_one_to_w_begins_and_ends_right(run_template, parts):
    names = run(run_template, parts)
    assert names["partway"](0) == pytest.approx(1)
    assert names["partway"](1) == pytest.approx(complex(*parts[2:]))
    assert abs(names["partway"](0.5)) ** 2 == pytest.approx(np.hypot(*parts[2:]))


def test_numbers_are_written_as_in_textbooks(run_template):
    write = run_template(COMPLEX)["complex_text"]
    shown = [
        write(each).replace(run_template(COMPLEX)["MINUS"], "-")
        for each in (2 - 3j, 1 + 1j, -1j, 4 + 0j, 0.5j, -1.5 - 1j)
    ]
    assert shown == ["2 - 3i", "1 + i", "-i", "4", "0.5i", "-1.5 - i"]


def test_zero_is_refused_with_a_sentence(run_template):
    with pytest.raises(ValueError, match="nothing turns"):
        run(run_template, (0, 0, 1, 1))


@pytest.mark.parametrize("parts", CASES)
def test_the_picture_holds_all_numbers_with_equal_units(run_template, parts):
    names = run(run_template, parts)
    numbers = [names["Z"], names["W"], names["PRODUCT"]]
    (left, right), (low, high) = names["ranges_for"](numbers)
    assert all(left < each.real < right and low < each.imag < high for each in [0j, *numbers])
    assert (right - left) / (high - low) == pytest.approx(1.6)
