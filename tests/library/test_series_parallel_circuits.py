"""The currents and voltages of electricity/series_parallel_circuits solve Kirchhoff's equations."""

import functools

import numpy as np
import pytest

CASES = [([4.0, 6.0], 12.0), ([4.0, 6.0, 12.0], 12.0), ([1.0, 100.0], 24.0), ([100.0, 1.0, 50.0], 1.0)]


@pytest.fixture
def run(run_template):
    return functools.partial(run_template, "electricity/series_parallel_circuits")


def solved_series(resistances, voltage):
    """Node potentials along a loop from conservation of charge at every inner node; the last node is at zero."""
    inner = len(resistances) - 1
    matrix, right = np.zeros((inner, inner)), np.zeros(inner)
    for node in range(inner):
        before, after = 1 / resistances[node], 1 / resistances[node + 1]
        matrix[node, node] = before + after
        if node:
            matrix[node, node - 1] = -before
        else:
            right[node] = before * voltage
        if node < inner - 1:
            matrix[node, node + 1] = -after
    potentials = [voltage, *np.linalg.solve(matrix, right), 0.0]
    return -np.diff(potentials)


@pytest.mark.parametrize(("resistances", "voltage"), CASES)
def test_in_series_the_voltages_solve_the_node_equations(run, resistances, voltage):
    names = run(resistances=resistances, voltage=voltage)
    drops = solved_series(resistances, voltage)
    assert names["series_voltages"]() == pytest.approx(list(drops))
    assert names["series_current"]() == pytest.approx(drops[0] / resistances[0])


@pytest.mark.parametrize(("resistances", "voltage"), CASES)
def test_in_parallel_two_at_a_time_combine_to_product_over_sum(run, resistances, voltage):
    names = run(resistances=resistances, voltage=voltage)
    whole = functools.reduce(lambda a, b: a * b / (a + b), resistances)
    assert names["parallel_resistance"]() == pytest.approx(whole)
    assert names["parallel_current"]() == pytest.approx(voltage / whole)
    assert whole < min(resistances)


def test_four_and_six_ohms_at_twelve_volts(run):
    names = run(resistances=[4.0, 6.0], voltage=12.0)
    assert names["series_voltages"]() == pytest.approx([4.8, 7.2])
    assert names["branch_currents"]() == pytest.approx([3.0, 2.0])
    assert names["power_text"](names["parallel_current"]()) == "60 W"


def test_a_burnt_out_resistor_stops_the_series_circuit_only(run):
    names = run(resistances=[4.0, 6.0, 12.0], voltage=12.0)
    assert names["currents_without"](names["LOST"]) == pytest.approx((0.0, 5.0))


def test_the_drawn_potential_falls_from_the_battery_to_zero(run):
    names = run(resistances=[4.0, 6.0, 12.0], voltage=12.0)
    heights = [point[1] for point in names["staircase"]()]
    assert heights == sorted(heights, reverse=True)
    assert heights[-2] == pytest.approx(heights[-1])


@pytest.mark.parametrize(("carriers", "moves"), [("conventional current", 1), ("electrons", -1)])
def test_electrons_run_against_the_conventional_current(run, carriers, moves):
    names = run(carriers=carriers)
    dots = names["charges"]([(0, 0), (10, 0)], lambda: 1.0)
    before = dots.points[0][0]
    dots.update(0.1)
    assert dots.points[0][0] - before == pytest.approx(0.1) if moves > 0 else dots.points[0][0] > before + 1
