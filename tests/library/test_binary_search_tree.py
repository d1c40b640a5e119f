"""The trees of computer_science/binary_search_tree agree with a tree of linked nodes written on its own."""

import functools
import math
import statistics

import pytest

LISTS = [
    [50, 30, 70, 20, 40, 60, 85, 35, 65],
    [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
    [9, 1, 8, 2, 7, 3],
    [50, 50, 20, 20, 80],
    [7, 7, 7],
]


@pytest.fixture
def run(run_template):
    return functools.partial(run_template, "computer_science/binary_search_tree")


def insert(tree, value, depth, depths):
    """A nested [value, left, right] tree, filled recursively."""
    if tree is None:
        depths[value] = depth
        return [value, None, None]
    if value != tree[0]:
        side = 1 if value < tree[0] else 2
        tree[side] = insert(tree[side], value, depth + 1, depths)
    return tree


def in_order(tree):
    return [] if tree is None else [*in_order(tree[1]), tree[0], *in_order(tree[2])]


def linked(numbers):
    tree, depths = None, {}
    for value in numbers:
        tree = insert(tree, value, 0, depths)
    return tree, depths


@pytest.mark.parametrize("numbers", LISTS)
def test_every_number_stands_as_deep_as_in_a_linked_tree(run, numbers):
    names = run(values=numbers)
    tree, depths = linked(numbers)
    assert names["DEPTH"] == depths
    assert names["ORDERED"] == in_order(tree)
    assert names["levels"](names["DEPTH"]) == max(depths.values()) + 1
    assert names["average_looks"](names["DEPTH"]) == pytest.approx(statistics.mean(d + 1 for d in depths.values()))


@pytest.mark.parametrize("numbers", LISTS)
def test_a_search_meets_the_numbers_a_linked_tree_leads_through(run, numbers):
    names = run(values=numbers)
    tree, _ = linked(numbers)
    for wanted in range(101):
        met, at = [], tree
        while at is not None:
            met.append(at[0])
            at = None if at[0] == wanted else at[1 if wanted < at[0] else 2]
        assert names["way_down"](names["PARENT"], wanted) == met


@pytest.mark.parametrize("size", range(1, 11))
def test_sorted_numbers_make_a_chain_and_middles_first_the_lowest_tree(run, size):
    names = run()
    ordered = list(range(10, 10 + size))
    assert names["levels"](names["grow"](ordered)[1]) == size
    balanced = names["middle_first"](ordered)
    assert sorted(balanced) == ordered
    assert names["levels"](names["grow"](balanced)[1]) == math.ceil(math.log2(size + 1)) == names["least_levels"](size)


@pytest.mark.parametrize(("count", "expected"), [(10**3, 10), (10**6, 20), (10**9, 30)])
def test_large_trees_need_as_few_levels_as_the_books_say(run, count, expected):
    assert run()["least_levels"](count) == expected == math.ceil(math.log2(count + 1))
