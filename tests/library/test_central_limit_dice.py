"""The chances of statistics/central_limit_dice are exact."""

import itertools
import math
from collections import Counter

import pytest
from scipy import integrate, stats


@pytest.fixture
def names(run_template):
    return run_template("statistics/central_limit_dice")


@pytest.mark.parametrize("count", [1, 2, 4])
def test_chances_equal_counting_every_case(names, count):
    cases = Counter(map(sum, itertools.product(range(1, 7), repeat=count)))
    assert names["exact"](count) == pytest.approx({total: n / 6**count for total, n in cases.items()})


def test_the_spread_is_that_of_a_uniform_die_divided_by_the_root_of_the_count(names):
    for count in (1, 4, 10):
        chances = names["exact"](count)
        mean = sum(total * chance for total, chance in chances.items())
        variance = sum((total - mean) ** 2 * chance for total, chance in chances.items())
        assert mean == pytest.approx(3.5 * count)
        assert names["deviation"](count) == pytest.approx(math.sqrt(variance) / count)


def test_the_bell_is_the_normal_density(names):
    assert names["bell"](3.1, 4) == pytest.approx(stats.norm(3.5, math.sqrt(35 / 48)).pdf(3.1))
    assert integrate.quad(lambda x: names["bell"](x, 2), -10, 17)[0] == pytest.approx(1)


def test_shares_of_all_throws_add_up_to_one_and_stay_near_the_chances(names):
    shares = names["shares"](names["throws"])
    assert sum(shares.values()) == pytest.approx(1)
    assert max(abs(shares[total] - chance) for total, chance in names["exact"](names["dice"]).items()) < 0.05
