"""Requirements, judged by what stood on the stage, with the real dry run."""

from __future__ import annotations

from typing import Any

import pytest

from generation.engine.render.client import Renderer
from generation.engine.scorecard.requirements import met, which
from generation.engine.types import CheckReport, Fault

HEAD = "from manim import *\nfrom theorama_kit import *\n\n\nclass A(Stage):\n    def construct(self):\n"
LINES = (
    "t = ValueTracker(0.0)",
    'axes = graph((0, 4), (0, 16), MAIN, "x", "y")',
    "dot = always_redraw(lambda: Dot(axes.c2p(t.get_value(), 4), color=RED))",
    'self.say("The dot wanders.")',
    "self.play(FadeIn(axes), FadeIn(dot), FadeIn(fit(formula(r\"a^{2} + b^2\"), SIDE)))",
    "self.play(t.animate.set_value(3))",
    "self.pause(1.0)",
)  # fmt: skip


@pytest.fixture(scope="module")
def report(renderer: Renderer) -> CheckReport:
    found = renderer.check(HEAD + "".join(f"        {line}\n" for line in LINES), "A")
    assert found.fault is None, found.fault
    return found


@pytest.mark.render
@pytest.mark.parametrize(
    ("requirement", "holds"),
    [
        ({"shows": "Axes"}, True),
        ({"shows": "Circle"}, True),  # a dot is one
        ({"shows": "Square"}, False),
        ({"shows": "NumberLine", "count": 2}, True),
        ({"shows": "Axes", "count": 2}, False),
        ({"moves": "Dot"}, True),
        ({"moves": "Axes"}, False),
        ({"moves": "ValueTracker"}, True),
        ({"writes": "a^2+b^2"}, True),
        ({"writes": "c^2"}, False),
        ({"colour": "Dot", "is": "red"}, True),
        ({"colour": "Dot", "is": "blue"}, False),
        ({"seconds": [2, 20]}, True),
        ({"seconds": [30, 60]}, False),
        ({"says": "wanders"}, True),
        ({"says": "flies"}, False),
    ],
)
def test_a_requirement_is_judged_by_what_was_there(report: CheckReport, requirement: Any, holds: bool) -> None:
    assert met(requirement, report) is holds


def test_what_did_not_run_meets_nothing(report: CheckReport) -> None:
    broken = CheckReport("B", fault=Fault("name_error", "no"))

    assert which([{"shows": "Axes"}, {"seconds": [0, 99]}], [broken]) == (False, False)
    assert which([{"shows": "Axes"}], [broken, report]) == (True,)


@pytest.mark.parametrize("wrong", [{}, {"shows": "Dot", "moves": "Dot"}, {"contains": "Dot"}])
def test_a_requirement_that_is_none_is_an_error(wrong: Any) -> None:
    with pytest.raises(ValueError, match="a requirement is one of"):
        met(wrong, CheckReport("A"))
