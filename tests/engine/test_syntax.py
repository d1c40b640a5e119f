"""Parsing from several threads at once, as jobs and requests do."""

import ast
import gc
import sys
import threading
from collections.abc import Callable, Iterator

import pytest

from generation.engine import syntax

SOURCE = "x = " + "+".join(["f(1, [2, 3], {'a': (4, 5)})"] * 60)


class Litter:
    """Garbage whose collection takes Python code, and so may let another thread run in the middle of a parse."""

    def __init__(self) -> None:
        self.itself = self

    def __del__(self) -> None:
        sum(range(2000))


@pytest.fixture
def restless() -> Iterator[None]:
    """Switch threads and collect garbage as often as can be."""
    interval, threshold = sys.getswitchinterval(), gc.get_threshold()
    sys.setswitchinterval(1e-6)
    gc.set_threshold(50)
    yield
    gc.set_threshold(*threshold)
    sys.setswitchinterval(interval)


def failures_of(parse: Callable[[str], ast.Module]) -> list[SystemError]:
    """Parse from four threads; return what went wrong."""
    failures: list[SystemError] = []

    def work() -> None:
        for _round in range(40):
            for _piece in range(20):
                Litter()
            try:
                parse(SOURCE)
            except SystemError as error:
                failures.append(error)

    threads = [threading.Thread(target=work) for _thread in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return failures


def test_four_threads_parse_side_by_side(restless: None) -> None:
    """`ast.parse` in its place fails nearly every time on CPython 3.11."""
    assert [failures for _try in range(2) if (failures := failures_of(syntax.parse))] == []
