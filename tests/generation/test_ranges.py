"""Range headers, sensible and not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generation.ranges import ByteRange, NotSatisfiable, parse


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("bytes=0-", ByteRange(0, 99)),
        ("bytes=0-0", ByteRange(0, 0)),
        ("bytes=10-19", ByteRange(10, 19)),
        ("bytes=90-500", ByteRange(90, 99)),
        ("bytes=-10", ByteRange(90, 99)),
        ("bytes=-500", ByteRange(0, 99)),
    ],
)
def test_a_single_range_is_read(header: str, expected: ByteRange) -> None:
    assert parse(header, 100) == expected


@pytest.mark.parametrize(
    "header", ["", "bytes", "bytes=", "bytes=-", "bytes=5-2", "bytes=a-b", "lines=0-1", "bytes=0-1,5-6", "bytes=٣-"]
)
def test_anything_else_means_the_whole_file(header: str) -> None:
    assert parse(header, 100) is None


@pytest.mark.parametrize(
    ("header", "size"), [("bytes=100-", 100), ("bytes=5-9", 0), ("bytes=-0", 100), ("bytes=-5", 0)]
)
def test_a_range_outside_the_file_cannot_be_satisfied(header: str, size: int) -> None:
    with pytest.raises(NotSatisfiable):
        parse(header, size)


@given(header=st.text(max_size=40), size=st.integers(0, 10**12))
def test_no_header_breaks_it(header: str, size: int) -> None:
    try:
        found = parse(header, size)
    except NotSatisfiable:
        return
    assert found is None or 0 <= found.first <= found.last < size
