"""Prompts measured with the real reader, policy, checks and renders."""

from dataclasses import replace

import pytest

from generation.engine import drafting
from generation.engine.errors import EngineFault
from generation.engine.scorecard import suite
from generation.engine.scorecard.measuring import Bench
from generation.engine.scorecard.suite import Prompt
from generation.engine.scorecard.writers import Answer, from_library
from generation.engine.types import Fault

pytestmark = pytest.mark.render

BROKEN = """from manim import *


class Broken(Scene):
    def construct(self):
        self.play(Create(Circle()))
        self.wait(1 / 0)


class Fine(Scene):
    def construct(self):
        self.play(Create(Circle()))
"""
SPRING = Prompt("Hooke's law with a spring of stiffness 40 N/m", "Mechanics", "secondary", ("hookes_law",), (40,))


def written(source: str, **facts) -> Answer:
    return Answer(drafting.draft_source(source, title="Mine"), **facts)


def test_three_prompts_are_measured_from_end_to_end(renderer, small_suite):
    prompts = suite.load("small")
    rows = {row.key: row for row in Bench(from_library, renderer).run([(each, 0) for each in prompts])}
    one, two, none = (rows[each.prompt, 0] for each in prompts)

    for row, templates in ((one, ("hookes_law",)), (two, ("binary_search", "tower_of_hanoi"))):
        assert (row.outcome, row.shown, row.expected, row.policy) == ("served", templates, True, True)
        assert row.first_try
        assert row.runs
        assert row.layout_faults == 0
        assert row.numbers is True
        assert all(scene.seconds > 0 for scene in row.scenes)
    assert (none.outcome, none.expected, none.honest, none.scenes) == ("refused", True, True, ())


def test_a_value_that_the_animation_does_not_have_is_named(renderer):
    asked = Prompt(SPRING.prompt, "Mechanics", "secondary", ("hookes_law",), (40, 7))

    row = Bench(from_library, renderer).measure(asked, 0)

    assert (row.numbers, row.missing) == (False, (7,))


@pytest.mark.parametrize(
    ("knobs", "missing"),
    [
        ({"stiffness": 40}, ()),
        ({"mass": 40}, ("mass: 40", "stiffness: 40.0, not asked for")),
        ({}, ("stiffness: 40.0, not asked for",)),
    ],
)
def test_a_value_must_be_in_its_own_knob_and_no_other_be_turned(renderer, knobs, missing):
    asked = replace(SPRING, values=(40,), knobs=knobs)

    row = Bench(from_library, renderer).measure(asked, 0)

    assert (row.numbers, row.missing) == (not missing, missing)


def test_one_broken_scene_is_told_with_its_fault(renderer):
    row = Bench(lambda prompt, seed: written(BROKEN), renderer).measure(SPRING, 0)

    broken, fine = row.scenes
    assert (broken.runs, fine.runs, row.runs) == (False, True, False)
    assert broken.fault.startswith("zero_division: ")


def test_a_scene_that_the_writer_mended_did_not_run_at_first(renderer):
    source = BROKEN.replace("        self.wait(1 / 0)\n", "")
    answer = written(source, tokens=321, mended=frozenset({"Broken"}))

    row = Bench(lambda prompt, seed: answer, renderer).measure(SPRING, 0)

    assert (row.first_try, row.runs, row.tokens) == (False, True, 321)


def test_trouble_of_the_provider_is_told_apart(renderer):
    def away(prompt: str, seed: int) -> Answer:
        raise EngineFault(Fault("model_unreachable", "The model does not answer."))

    row = Bench(away, renderer).measure(SPRING, 0)

    assert (row.outcome, row.judged) == ("trouble", False)
    assert row.message == "model_unreachable: The model does not answer."


def test_a_render_gives_times_and_a_contact_sheet(renderer):
    source = BROKEN.replace("        self.wait(1 / 0)\n", "")

    row = Bench(lambda prompt, seed: written(source), renderer, render=True).measure(SPRING, 0)

    assert row.runs
    assert row.first_frame_seconds is not None
    assert row.video_seconds is not None
    assert 0 < row.first_frame_seconds <= row.video_seconds
    assert row.sheet.startswith("/9j/")  # a JPEG in base64


def test_a_render_where_no_scene_could_be_drawn_is_no_refusal(renderer):
    source = BROKEN[: BROKEN.index("class Fine")]

    row = Bench(lambda prompt, seed: written(source), renderer, render=True).measure(SPRING, 0)

    assert (row.outcome, row.first_try, row.runs) == ("served", False, False)
