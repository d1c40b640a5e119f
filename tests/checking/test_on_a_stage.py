"""What is written on a real stage is read in the dry run: joined in rows, at its moment, as it last looked."""

import pytest

from generation.engine.checking.card import Evidence, Item, collect
from generation.engine.checking.judging import Verdict
from generation.engine.render.client import Renderer
from generation.engine.types import CheckReport

pytestmark = [pytest.mark.render, pytest.mark.jail]


def look(renderer: Renderer, *lines: str) -> CheckReport:
    body = "\n".join(f"        {line}" for line in lines)
    source = f"from manim import *\nfrom theorama_kit import *\nclass A(Scene):\n    def construct(self):\n{body}\n"
    report = renderer.check(source, "A")
    assert report.fault is None, report.fault
    return report


def wrong(report: CheckReport) -> list[Item]:
    found = collect([Evidence(report.scene, report.written, report.captions, report.layout)])
    return [item for item in found if item.verdict is Verdict.WRONG]


def test_a_label_its_number_and_its_unit_are_one_line(renderer: Renderer) -> None:
    report = look(renderer, "self.play(FadeIn(readout('T', lambda: 2.006, 's')))")
    assert [line.text for line in report.written] == ["T = 2.01 s"]


def test_a_wrong_sum_is_found_with_its_moment(renderer: Renderer) -> None:
    report = look(renderer, "self.wait(2)", "self.play(FadeIn(words('3 × 4 = 21')), run_time=1)")
    (item,) = wrong(report)
    assert (item.text, item.value, item.seconds) == ("3 × 4 = 21", "12", 3.0)


def test_a_formula_of_plain_manim_is_found_too(renderer: Renderer) -> None:
    report = look(renderer, r"self.play(Write(MathTex(r'\frac{d}{dx} x^2', '=', '3x')))")
    assert [item.note for item in wrong(report)] == ["not_identity"]


def test_a_sum_over_two_lines_is_read_as_one(renderer: Renderer) -> None:
    report = look(renderer, "self.play(FadeIn(VGroup(words('2 + 2 + 2'), words('= 7')).arrange(DOWN, buff=0.2)))")
    assert [item.value for item in wrong(report)] == ["6"]


def test_a_transformed_text_says_what_it_became(renderer: Renderer) -> None:
    report = look(
        renderer, "t = words('2 × 2 = 4')", "self.play(FadeIn(t))", "self.play(Transform(t, words('2 × 2 = 5')))"
    )
    assert [line.text for line in report.written] == ["2 × 2 = 4", "2 × 2 = 5"]
    assert [item.text for item in wrong(report)] == ["2 × 2 = 5"]


def test_however_much_a_scene_writes_little_is_kept(renderer: Renderer) -> None:
    report = look(
        renderer, "for n in range(300):", "    t = words(f'{n} + 1')", "    self.add(t)", "    self.wait(0.1)",
        "    self.remove(t)", "self.play(Create(Square()))",
    )  # fmt: skip
    assert len(report.written) == 250
