"""Numbers and units as teachers write them."""

import math

import pytest

from generation.engine.understanding.quantities import Quantity, converted, groups, quantities, same_unit


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("lengths 0.5, 1 and 2 m", [[(0.5, "m"), (1, "m"), (2, "m")]]),
        ("half a metre", [[(0.5, "metre")]]),
        ("between 0 and 2 pi", [[(0, ""), (2 * math.pi, "")]]),
        ("from -2 to 5", [[(-2, "")], [(5, "")]]),
        ("minus 3 to 3", [[(-3, "")], [(3, "")]]),
        ("g = 1.6 m/s^2", [[(1.6, "m/s^2")]]),
        ("1,5 m", [[(1.5, "m")]]),
        ("2,000 throws", [[(2000, "")]]),
        ("5, 3, 8, 1", [[(5, ""), (3, ""), (8, ""), (1, "")]]),
        ("5,3,8,1", [[(5, ""), (3, ""), (8, ""), (1, "")]]),
        ("7 2 9 4 1", [[(7, ""), (2, ""), (9, ""), (4, ""), (1, "")]]),
        ("20 m/s and 60 degrees", [[(20, "m/s")], [(60, "degree")]]),
        ("72 km/h", [[(72, "km/h")]]),
        ("45°", [[(45, "°")]]),
        ("25 mL of 0.1 mol/L", [[(25, "mL")], [(0.1, "mol/L")]]),
        ("3/4 of it", [[(0.75, "")]]),
        ("1.5e-3 s", [[(0.0015, "s")]]),
        ("3 * 10^8 m/s", [[(3e8, "m/s")]]),
        ("two thousand throws", [[(2000, "")]]),
        ("2 in the air", [[(2, "")]]),
        ("10 in long", [[(10, "in")]]),
        ("CO2 and x2", []),
        ("40 newtons per metre", [[(40, "N/m")]]),
        ("1/0", [[(math.inf, "")]]),
        ("on [0,4]", [[(0, ""), (4, "")]]),
        ("-1.5..1.5", [[(-1.5, "")], [(1.5, "")]]),
        ("2pi/3", [[(2 * math.pi / 3, "")]]),
        ("5 hz vs 6 hz", [[(5, "hz"), (6, "hz")]]),
        ("from -30 °C to 120 °C", [[(-30, "°C")], [(120, "°C")]]),
        ("27 degrees Celsius", [[(27, "degree Celsius")]]),
        ("47 kΩ and 220 µF", [[(47, "kΩ")], [(220, "µF")]]),
        ("60 kJ/mol with 2 mol at 300 K", [[(60, "kJ/mol")], [(2, "mol")], [(300, "K")]]),
        ("550 nm, 3 µC, 20 mA, 4 g/m", [[(550, "nm")], [(3, "µC")], [(20, "mA")], [(4, "g/m")]]),
        ("$2000", [[(2000, "$")]]),
        ("2000 dollars", [[(2000, "$")]]),
        ("77 in binary", [[(77, "")]]),
        ("the half-life and a two-sided test", []),
        ("10 A level students", [[(10, "")]]),
        ("r = 0.4 K = 800", [[(0.4, "")], [(800, "")]]),
        ("my year 12 class and the 9th grade", []),
    ],
)
def test_numbers_are_found_in_lists_with_their_units(text, expected):
    found = [[(each.value, each.unit) for each in group] for group in groups(text, quantities(text))]
    assert found == expected


@pytest.mark.parametrize(
    ("value", "unit", "wanted", "result"),
    [
        (25, "cm", "m", 0.25),
        (6, "feet", "m", 1.8288),
        (72, "km/h", "m/s", 20),
        (0.5, "N/cm", "N/m", 50),
        (90, "deg", "°", 90),
        (2, "min", "s", 120),
        (300, "g", "kg", 0.3),
        (0.2, "M", "mol/L", 0.2),
        (1.6, "m/s^2", "m/s²", 1.6),
        (5, "", "m", 5),
        (5, "kg", "m", None),
        (5, "s", "m/s", None),
        (27, "°C", "K", 300.15),
        (300, "K", "°C", 26.85),
        (20, "degrees", "°C", 20),
        (47000, "ohms", "kΩ", 47),
        (470, "nF", "µF", 0.47),
        (0.5, "µm", "nm", 500),
        (3, "kg", "K", None),
    ],
)
def test_units_are_converted_or_do_not_fit(value, unit, wanted, result):
    from generation.engine.understanding.quantities import plain_unit

    assert converted(Quantity(value, plain_unit(unit) if unit else "", 0, 1), wanted) == (
        None if result is None else pytest.approx(result)
    )


def test_a_difference_of_temperatures_is_the_same_in_kelvin():
    assert converted(Quantity(10, "°C", 0, 1), "K", difference=True) == 10


def test_what_is_no_unit_is_like_no_unit():
    assert same_unit("metre", "m")
    assert not same_unit("none", "m")
    assert not same_unit("kg", "points")
    assert not same_unit("$", "€")
