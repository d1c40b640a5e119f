"""The sorts of computer_science/sorting_bars really sort, and their counts are right."""

import numpy as np
import pytest


@pytest.fixture
def names(run_template):
    return run_template("computer_science/sorting_bars")


def replay(numbers, steps):
    row = list(numbers)
    for kind, i, j in steps:
        if kind == "swap":
            row[i], row[j] = row[j], row[i]
    return row


@pytest.mark.parametrize("method", ["bubble sort", "insertion sort", "selection sort"])
def test_replaying_the_swaps_sorts_any_list(names, method):
    random = np.random.default_rng(1)
    for _ in range(40):
        numbers = [int(value) for value in random.integers(1, 99, random.integers(2, 11))]
        steps, result = names["SORTS"][method](numbers)
        assert replay(numbers, steps) == result == sorted(numbers)


def test_a_reversed_list_costs_every_pair_once(names):
    numbers = list(range(10, 0, -1))
    for method in ("bubble sort", "insertion sort"):
        steps, _ = names["SORTS"][method](numbers)
        assert names["count"](steps, "compare") == names["count"](steps, "swap") == 45
    steps, _ = names["SORTS"]["selection sort"](numbers)
    assert (names["count"](steps, "compare"), names["count"](steps, "swap")) == (45, 5)


def test_insertion_sort_needs_as_many_swaps_as_there_are_inversions(names):
    numbers = [5, 2, 8, 1, 9, 4]
    inversions = sum(a > b for i, a in enumerate(numbers) for b in numbers[i + 1 :])
    steps, _ = names["SORTS"]["insertion sort"](numbers)
    assert names["count"](steps, "swap") == inversions


def test_merge_sort_sorts_and_stays_within_its_known_bound(names):
    random = np.random.default_rng(2)
    for size in (2, 7, 16, 40):
        numbers = [int(value) for value in random.permutation(size)]
        comparisons, result = names["merge_comparisons"](numbers)
        assert result == sorted(numbers)
        assert comparisons <= size * np.ceil(np.log2(size)) - 2 ** np.ceil(np.log2(size)) + 1
