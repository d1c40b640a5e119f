"""The digits of computer_science/binary_numbers agree with Python's own base conversion and addition."""

import functools
import itertools

import pytest

ENDS = list(itertools.product((1, 255), (1, 255), (4, 8)))


@pytest.fixture
def run(run_template):
    return functools.partial(run_template, "computer_science/binary_numbers")


def test_every_number_up_to_255_gets_its_binary_digits_by_both_ways(run):
    names = run()
    for value in range(1, 256):
        taken = "".join("1" if took else "0" for _, took, _ in names["take_places"](value, 8))
        assert taken == format(value, "08b")
        remainders = "".join(str(remainder) for _, _, remainder in names["halve"](value))
        assert remainders[::-1] == format(value, "b") == names["binary_text"](value)
        assert names["hex_text"](value) == format(value, "X")


def test_the_places_used_add_up_to_the_number(run):
    for value in (1, 45, 128, 255):
        steps = run(first=value)["take_places"](value, 8)
        assert sum(place for place, took, _ in steps if took) == value
        assert steps[-1][2] == 0


@pytest.mark.parametrize(("first", "second", "bits"), [(45, 27, 8), *ENDS])
def test_column_addition_gives_the_sum_and_its_overflow(run, first, second, bits):
    names = run(first=first, second=second, bits=bits)
    width = names["BITS"]
    steps = names["add_columns"](first, second, width)
    written = "".join(str(step[3]) for step in steps)[::-1]
    assert int(written, 2) == (first + second) % 2**width
    assert steps[-1][4] == (first + second) // 2**width == int(names["OVERFLOW"])
    assert width == max(bits, first.bit_length(), second.bit_length())


def test_a_column_says_what_it_writes_and_carries(run):
    names = run()
    for upper, lower, carry in itertools.product((0, 1), repeat=3):
        carried, written = divmod(upper + lower + carry, 2)
        line, action = names["column_line"](upper, lower, carry, written, carried)
        assert line.endswith(f"= {upper + lower + carry}")
        assert action == f"write {written}" + (", carry 1" if carried else "")
