"""A renderer for the module's tests, and rows made up for reports."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from generation.engine.scorecard.report import Report
from generation.engine.scorecard.rows import Row, SceneRow
from generation.engine.scorecard.suite import Prompt


@pytest.fixture
def make_row() -> Callable[..., Row]:
    """`make_row("a pendulum", outcome="asked")`: a served row with one good scene, but for what is said."""

    def make(
        words: str, *, expect: tuple[str, ...] = ("hookes_law",), values: tuple[Any, ...] = (), **other: Any
    ) -> Row:
        facts: dict[str, Any] = {
            "outcome": "served",
            "shown": ("hookes_law",),
            "policy": True,
            "scenes": (SceneRow("First", "First", first_try=True, runs=True, seconds=8.0),),
            "missing": (),
        } | other
        return Row(Prompt(words, "Mechanics", "secondary", expect, values), 0, **facts)

    return make


@pytest.fixture
def make_report() -> Callable[..., Report]:
    def make(*rows: Row) -> Report:
        return Report("small", "library", 1, False, {"Manim": "0"}, rows)

    return make


@pytest.fixture
def small_suite(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The suite `small`: a topic of the library, two ideas, and one that the library does not have."""
    (tmp_path / "suites").mkdir()
    path = tmp_path / "suites" / "small.jsonl"
    path.write_text(
        '{"prompt": "Hooke\'s law with a spring of stiffness 40 N/m", "subject": "Mechanics", "level": "secondary",'
        ' "expect": ["hookes_law"], "values": [40]}\n'
        '{"prompt": "First binary search, then the tower of Hanoi with 4 disks", "subject": "Computer science",'
        ' "level": "secondary", "expect": ["binary_search", "tower_of_hanoi"], "values": [4]}\n'
        '{"prompt": "the history of the French revolution", "subject": "None", "level": "primary",'
        ' "expect": "refuse"}\n',
        encoding="utf-8",
    )
    monkeypatch.setattr("generation.engine.scorecard.suite.SUITES", path.parent)
    return path
