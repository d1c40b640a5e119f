"""The Riemann sum template's numbers agree with SciPy's quadrature and with sums worked out by hand."""

import math
from collections.abc import Callable
from typing import Any

import pytest
from scipy.integrate import quad

RIEMANN = "calculus/riemann_sum"
Load = Callable[..., dict[str, Any]]


@pytest.mark.parametrize(
    ("text", "start", "end", "function"),
    [
        ("x^2", 0.0, 3.0, lambda x: x**2),
        ("sin(x)", -1.0, 7.5, math.sin),
        ("sqrt(x)", 0.0, 4.0, math.sqrt),
        ("abs(x) - 1", -3.0, 2.0, lambda x: abs(x) - 1),
    ],
)
def test_the_integral_is_the_one_scipy_finds(
    run_template: Load, text: str, start: float, end: float, function: Callable[[float], float]
) -> None:
    names = run_template(RIEMANN, formula_text=text, left_end=start, right_end=end)
    wanted, _accuracy = quad(function, start, end, points=[0.0] if start < 0 < end else None, limit=200)
    assert names["EXACT"] == pytest.approx(wanted, rel=1e-5, abs=1e-7)


@pytest.mark.parametrize(("rule", "place"), [("left", 0.0), ("midpoint", 0.5), ("right", 1.0)])
@pytest.mark.parametrize("count", [1, 7, 60])
def test_each_rule_reads_the_heights_at_its_own_place(run_template: Load, rule: str, place: float, count: int) -> None:
    names = run_template(RIEMANN, formula_text="x^3 - 2x", left_end=-1.0, right_end=2.5, rule=rule, strips=count)
    wide = 3.5 / count
    xs = [-1.0 + (i + place) * wide for i in range(count)]
    assert names["riemann"](count) == pytest.approx(math.fsum((x**3 - 2 * x) * wide for x in xs))


def test_doubling_the_strips_halves_the_error_of_the_left_rule_and_quarters_that_of_the_midpoint_rule(
    run_template: Load,
) -> None:
    assert run_template(RIEMANN)["shrink"]() == pytest.approx(2, abs=0.05)
    assert run_template(RIEMANN, rule="midpoint")["shrink"]() == pytest.approx(4, abs=0.01)


def test_the_midpoint_rule_has_no_error_on_a_straight_line(run_template: Load) -> None:
    names = run_template(RIEMANN, formula_text="2x + 1", left_end=-1.0, right_end=1.0, rule="midpoint")
    assert names["error"](20) == 0 == names["error"](7)


@pytest.mark.parametrize("text", ["1/x", "1/(x-0.7131)", "ln(x)"])
def test_an_integral_that_does_not_exist_is_refused_with_a_sentence(run_template: Load, text: str) -> None:
    with pytest.raises(ValueError, match="Choose other ends"):
        run_template(RIEMANN, formula_text=text, left_end=-1.0, right_end=1.0)
