"""Mean, median, quartiles and shares agree with numpy and statistics; what cannot be drawn is refused in words."""

import math
import random
import statistics

import numpy as np
import pytest

CHART = "statistics/data_table_chart"


def made_up(seed, count):
    """Values with one decimal, some of them equal."""
    chance = random.Random(seed)
    return [round(chance.uniform(-50, 200), 1) if chance.random() < 0.8 else 7.0 for _ in range(count)]


def typed(values):
    return ", ".join(f"{each:g}" for each in values)


@pytest.mark.parametrize("count", [*range(4, 13)])
def test_the_statistics_of_a_list_are_those_of_numpy(run_template, count):
    values = made_up(count, count)
    names = run_template(CHART, data=typed(values))
    assert values == names["VALUES"]
    assert (names["KIND"], names["NAMES"]) == ("box plot", [])
    assert names["MEAN"] == pytest.approx(np.mean(values))
    assert names["MEDIAN"] == pytest.approx(statistics.median(values))
    assert pytest.approx(np.ptp(values)) == names["SPAN"]
    # The medians of both halves, an odd middle left out: numpy's "hazen" for even counts, "weibull" for odd ones.
    method = "weibull" if count % 2 else "hazen"
    assert names["quartiles_of"](values) == pytest.approx(tuple(np.quantile(values, [0.25, 0.75], method=method)))


def test_quartiles_are_those_of_the_textbook(run_template):
    names = run_template(CHART, data="6, 7, 15, 36, 39, 40, 41, 42, 43, 47, 49")
    assert (names["MEDIAN"], names["quartiles_of"](names["VALUES"])) == (40, (15, 43))


def test_the_middle_bars_are_those_that_make_the_median(run_template):
    for count in (2, 3, 6, 9):
        values = made_up(90 + count, count)
        data = ", ".join(f"{chr(97 + i)} {each:g}" for i, each in enumerate(values))
        names = run_template(CHART, data=data)
        assert statistics.mean(values[i] for i in names["MIDDLE"]) == pytest.approx(statistics.median(values))
        assert [values[i] for i in names["ORDER"]] == sorted(values)


def test_the_shares_of_a_pie_make_the_whole(run_template):
    names = run_template(CHART, data="apples 12, pears 7, plums 3, figs 0", chart="pie chart")
    assert names["shares"]() == pytest.approx([12 / 22, 7 / 22, 3 / 22, 0])
    assert math.fsum(names["shares"]()) == pytest.approx(1)


@pytest.mark.parametrize(
    ("data", "named", "values"),
    [
        ("Mon 3, Tue 5, Wed 2", ["Mon", "Tue", "Wed"], [3, 5, 2]),
        ("Tea: 12; iced coffee = 8", ["Tea", "iced coffee"], [12, 8]),
        ("5 7 7 8.5 9", [], [5, 7, 7, 8.5, 9]),
        ("yes 40%, no 60%", ["yes", "no"], [40, 60]),
        ("Jan \u22124, Feb -2.5", ["Jan", "Feb"], [-4, -2.5]),
    ],
)
def test_data_are_taken_as_people_type_them(run_template, data, named, values):
    names = run_template(CHART, data=data)
    assert (names["NAMES"], names["VALUES"]) == (named, values)


@pytest.mark.parametrize(
    ("knobs", "reason"),
    [
        ({"data": "Mon three, Tue 5"}, "three.* is not a number"),
        ({"data": "a 1, b nan"}, "is not a number"),
        ({"data": "1, 2, x 3"}, "every number a name"),
        ({"data": "36: 4, 37: 7"}, "numbers as names"),
        ({"data": "12"}, "at least two"),
        ({"data": ", ".join(f"{letter} 1" for letter in "abcdefghijk")}, "at most 10"),
        ({"data": ", ".join("1" for _ in range(25))}, "4 to 24"),
        ({"data": "1, 2, 3", "chart": "box plot"}, "4 to 24"),
        ({"data": "a -1, b 2", "chart": "pie chart"}, "no value may be negative"),
        ({"data": "a 0, b 0", "chart": "pie chart"}, "parts of a whole"),
        ({"data": "a 2000000, b 3"}, "another unit"),
        ({"data": "a 1, a 2"}, "twice"),
        ({"data": "a very long name for one bar 3, b 2"}, "too long"),
    ],
)
def test_what_cannot_be_drawn_honestly_is_refused_in_words(run_template, knobs, reason):
    with pytest.raises(ValueError, match=reason):
        run_template(CHART, **knobs)


def test_a_rounded_mean_is_marked_as_rounded(run_template):
    names = run_template(CHART, data="a 1, b 1, c 2")
    assert names["rounded"](names["MEAN"]) == "≈ 1.333"
    assert names["rounded"](2.5) == "= 2.5"
