"""The looks of computer_science/binary_search agree with the standard library's bisection and with logarithms."""

import bisect
import functools
import itertools
import math

import pytest

LIST = [4, 8, 15, 16, 23, 42, 47, 58, 61]


@pytest.fixture
def run(run_template):
    return functools.partial(run_template, "computer_science/binary_search")


def test_numbers_in_the_list_are_found_where_bisection_puts_them(run):
    names = run(values=LIST[::-1])
    for wanted in range(101):
        place = bisect.bisect_left(LIST, wanted)
        expected = place if place < len(LIST) and LIST[place] == wanted else None
        assert names["look_up"](names["NUMBERS"], wanted)[1] == expected


def test_every_look_keeps_at_most_half_and_never_loses_the_number(run):
    names = run(values=LIST)
    for wanted in LIST:
        looks, found = names["look_up"](LIST, wanted)
        for (low, middle, high), (next_low, _, next_high) in itertools.pairwise(looks):
            assert middle == (low + high) // 2
            assert next_high - next_low + 1 <= (high - low + 1) / 2
            assert next_low <= found <= next_high


@pytest.mark.parametrize("size", [1, 2, 7, 8, 15, 64, 1000, 10**6, 10**9])
def test_the_worst_case_is_the_textbook_logarithm(run, size):
    assert run()["most_looks"](size) == math.floor(math.log2(size)) + 1


@pytest.mark.parametrize(("size", "total"), [(5, 11), (7, 17), (15, 49)])
def test_the_looks_for_every_place_add_up_to_the_depths_of_a_balanced_tree(run, size, total):
    names = run()
    counts = names["looks_for_place"](size)
    assert sum(counts) == total  # 1 + 2·2 + 4·3 + 8·4 for 15 cells
    assert max(counts) == names["most_looks"](size)


def test_the_two_comparisons_tell_which_half_is_left(run):
    names = run(values=LIST, target=42)
    assert names["compare_line"](LIST.index(23))[1] == "23 < 42: go right"
    assert names["compare_line"](LIST.index(58))[1] == "58 > 42: go left"
    assert "place 5" in names["compare_line"](LIST.index(42))[0]
    assert "place 6" in run(values=LIST, target=42, first_place="1")["compare_line"](5)[0]
