"""Parsing from several threads at once, as jobs and requests do."""

import threading

from generation.engine import syntax

SOURCE = "x = " + "+".join(["f(1, [2, 3], {'a': (4, 5)})"] * 300)


def test_threads_may_parse_side_by_side() -> None:
    """`ast.parse` itself fails here on CPython 3.11 with "AST constructor recursion depth mismatch"."""
    failures: list[BaseException] = []

    def parse() -> None:
        try:
            for _round in range(30):
                syntax.parse(SOURCE)
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=parse) for _thread in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
