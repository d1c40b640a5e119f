"""Sums, limits and the areas of the pieces agree with SymPy's summation."""

import pytest
import sympy

SERIES = "algebra/geometric_series"
CASES = [
    (0.5, 0.5),
    (10.0, -0.95),
    (0.1, 0.95),
    (3.0, 0.2),
    (1.0, 0.0),
    (2.0, 1.0),
    (1.0, -1.0),
    (0.5, 1.5),
    (0.5, -1.5),
]


@pytest.mark.parametrize(("first", "ratio"), CASES)
def test_partial_sums_are_those_of_sympy(run_template, first, ratio):
    names = run_template(SERIES, first=first, ratio=ratio)
    k = sympy.Symbol("k", integer=True)
    a, r = sympy.Rational(str(first)), sympy.Rational(str(ratio))
    for n in (1, 4, 12, 30):
        wanted = float(a + sympy.summation(a * r**k, (k, 1, n - 1)))
        assert names["partial_sum"](n) == pytest.approx(wanted, rel=1e-9, abs=1e-9)
        assert names["closed_sum"](n) == pytest.approx(wanted, rel=1e-9, abs=1e-9)


@pytest.mark.parametrize(("first", "ratio"), CASES)
def test_there_is_a_limit_just_where_the_ratio_is_below_one(run_template, first, ratio):
    names = run_template(SERIES, first=first, ratio=ratio)
    if abs(ratio) < 1:
        assert names["limit"]() == pytest.approx(names["partial_sum"](2000), rel=1e-9)
    else:
        assert names["limit"]() != names["limit"]()
        assert names["behaviour"]() in ("runs away", "swings")


@pytest.mark.parametrize("ratio", [0.05, 0.5, 0.35, 0.95, -0.5])
def test_areas_of_the_pieces_are_in_the_ratio_of_the_terms_and_fill_the_square(run_template, ratio):
    names = run_template(SERIES, ratio=ratio, first=2.0)
    sizes = [w * h for _x, _y, w, h in names["pieces"](0.0, 0.0, 1.0, 1.0, 400)]
    whole = names["limit"](names["FILL_FIRST"], names["FILL_RATIO"])
    for k in range(5):
        assert sizes[k] * whole == pytest.approx(names["term"](k, names["FILL_FIRST"], names["FILL_RATIO"]))
    assert sum(sizes) == pytest.approx(1)


def test_pieces_lie_side_by_side(run_template):
    found = run_template(SERIES)["pieces"](0.0, 0.0, 1.0, 1.0, 10)
    for i, (x, y, w, h) in enumerate(found):
        for u, v, p, q in found[i + 1 :]:
            across, up = min(x + w, u + p) - max(x, u), min(y + h, v + q) - max(y, v)
            assert min(across, up) < 1e-12
