"""A teacher's own equation, sequence, slope or graph is read as typed, or not at all."""

import pytest

from generation.engine.types import Outcome
from generation.engine.understanding import own_data
from generation.engine.understanding.reader import understand


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("solve 3x + 5 = 20", "3x + 5 = 20"),
        ("solve the equation 2(x-3) = x + 4 step by step", "2(x-3) = x + 4"),
        ("Show me how to solve 3y+2=14.", "3y+2=14"),
        ("solve a - 3 < 7", "a - 3 < 7"),
        ("solve x² ≥ 9 for my class", "x² ≥ 9"),
    ],
)
def test_an_equation_is_cut_out_of_its_sentence(said, read):
    assert own_data.equation(said).value == read


@pytest.mark.parametrize(
    ("said", "rule", "others"),
    [
        ("plot the sequence a_n = 1/n.", "1/n", {}),
        ("a_{n+1} = a_n/2 + 3 with a_1 = 10", "a/2 + 3", {"first": [10.0], "begin": 1}),
        ("u(n) = 2u(n-1) + 1, u_0 = 3", "2*a + 1", {"first": [3.0], "begin": 0}),
        ("a_(n+1) = 3a_n(1 - a_n), a_1=0.5", "3*a*(1 - a)", {"first": [0.5], "begin": 1}),
        ("a_n = a_{n-1} + a_{n-2}", "a + b", {"first": [1.0, 1.0]}),
        ("a_n = n a_{n-1}, a_1 = 1", "(n + 1)*a", {"first": [1.0], "begin": 1}),
        ("the sequence 2, 5, 8, 11", "a + 3", {"first": [2.0], "begin": 1}),
        ("3, 6, 12, 24", "2*a", {"first": [3.0], "begin": 1}),
        ("1, 3, 6, 10", "1/2*n^2 + 1/2*n", {"begin": 1}),
        ("Fibonacci numbers", "a + b", {"first": [1.0, 1.0]}),
    ],
)
def test_a_sequence_becomes_a_rule_with_its_first_terms(said, rule, others):
    found = own_data.sequence(said)
    assert (found.value, dict(found.others), found.fault) == (rule, others, "")


@pytest.mark.parametrize("said", ["a_n = foo", "a_{n+1} = a_n + c", "the sequence 1, 5, 2, 8"])
def test_a_rule_that_cannot_be_read_in_full_is_told_not_guessed(said):
    found = own_data.sequence(said)
    assert found.value == ""
    assert "write the rule" in found.fault


def test_a_slope_is_read_with_the_point_where_the_solution_starts():
    found = own_data.slope("y' = 0.5y(2-y) with y(0) = 1")
    assert (found.value, found.others) == ("0.5*y*(2 - y)", {"start_x": 0.0, "start_y": 1.0})
    assert "other than x and y" in own_data.slope("dy/dx = z + 1").fault


@pytest.mark.parametrize(
    ("said", "kind"),
    [("3x + 1 = 0", "equation"), ("m = 5", ""), ("y = 3x + 1", ""), ("v = 3t + 2", ""), ("dy/dx = x", "slope"),
     ("2x + y = 5", "")],
)  # fmt: skip
def test_a_value_or_a_function_is_no_equation_to_solve(said, kind):
    assert own_data.kind_of(said) == kind


@pytest.mark.parametrize(
    "said", ["breadth first search on A-B, A-C, B-D, C-D starting at A", "Dijkstra's shortest path A-B 4, B-C 2"]
)
def test_a_graph_of_ones_own_is_asked_about_and_never_replaced_by_another(said):
    decision = understand(said)
    assert decision.outcome is Outcome.ASK
    assert "can't draw yours" in decision.message


def test_two_ideas_of_which_one_is_an_equation_become_one_animation():
    decision = understand("first solve 2x + 3 = 7, then plot y = 2x + 3")
    assert [part.template for part in decision.parts] == ["equation_steps", "function_plot"]


@pytest.mark.parametrize(
    ("said", "read", "quantity"),
    [
        ("bar chart of apples 12, pears 7, plums 3", "apples 12, pears 7, plums 3", None),
        ("we sold 12 apples, 7 pears and 3 plums, bar chart please", "apples 12, pears 7, plums 3", None),
        ("books lent this week: Mon 3, Tue 5 and Wed 2. Find the mean", "Mon 3, Tue 5, Wed 2", None),
        ("heights 150, 152, 160 and 171 cm: show mean", "150, 152, 160, 171", "heights in cm"),
        ("temperature: Mon 12 °C, Tue 9 °C, Wed -1 °C", "Mon 12, Tue 9, Wed -1", "temperature in °C"),
        ("rainfall in mm: Jan 55, Feb 40, Mar 48.5", "Jan 55, Feb 40, Mar 48.5", "rainfall in mm"),
        ("pie chart: yes 40%, no 35%, don't know 25%", "yes 40, no 35, don't know 25", "%"),
        ("mean of 5 7 7 8 9", "5, 7, 7, 8, 9", None),
    ],
)
def test_named_values_and_lists_are_cut_out_of_their_sentence(said, read, quantity):
    found = own_data.data(said)
    assert (found.value, found.others.get("quantity")) == (read, quantity)


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("apples 12, pears 7, plums 3", "data"),
        ("Mon 3, Tue 5, Wed 2", "data"),
        ("median of 3, 9, 4 and 4", "data"),
        ("a ball of mass 2 kg, height 5 m, speed 3 m/s", ""),
        ("resistors of 4, 6 and 12 ohm in series", ""),
        ("normal distribution with mean 100 and sd 15", ""),
    ],
)
def test_only_a_chart_or_a_statistic_makes_numbers_data(said, kind):
    assert own_data.kind_of(said) == kind
