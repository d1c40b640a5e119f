"""A small model is asked for one scene in a few words, and slips that a rule can correct need no second answer."""

from __future__ import annotations

import pytest

from generation.engine.render import Renderer
from generation.engine.served import prompts
from generation.engine.served.attempts import Step
from generation.engine.served.mending import mended
from generation.engine.served.planning import one_scene
from generation.engine.served.profile import SMALL
from generation.engine.served.writer import NothingWritten, ServedWriter
from tests.served.conftest import client_of
from tests.served.stub import Stub
from tests.served.test_writer import asked_name, codes, replies, says, scene

PROMPT = "Show a dot that moves to the right"


def small(stub: Stub, renderer: Renderer) -> ServedWriter:
    return ServedWriter(client_of(stub.url, patience={"retries": 0}), renderer.check, SMALL)


@pytest.mark.render
def test_it_is_asked_for_one_scene_without_a_storyboard(stub: Stub, renderer: Renderer) -> None:
    stub.otherwise = lambda body: says(scene(asked_name(body)))
    written = small(stub, renderer).write(PROMPT)
    assert codes(written.attempts) == [(Step.WRITE, ())]
    (card,) = written.draft.storyboard.scenes
    assert (card.title, card.shown) == (PROMPT, PROMPT)
    (asked,) = stub.asked
    assert (asked["temperature"], asked["max_tokens"]) == (0.0, 1024)
    assert "response_format" not in asked


@pytest.mark.render
def test_a_former_name_and_a_bare_function_are_put_right_by_rule(stub: Stub, renderer: Renderer) -> None:
    lines = ("dot = Dot(RIGHT * sin(0.5))", "self.play(ShowCreation(dot), run_time=0.2)", "self.pause(0.2)")
    stub.otherwise = lambda body: says(scene(asked_name(body), *lines))
    written = small(stub, renderer).write(PROMPT)
    assert codes(written.attempts) == [(Step.WRITE, ())]
    assert "np.sin(0.5)" in written.draft.source
    assert "Create(dot)" in written.draft.source


@pytest.mark.render
def test_what_never_runs_is_never_shown(stub: Stub, renderer: Renderer) -> None:
    stub.otherwise = replies("I cannot draw.")
    with pytest.raises(NothingWritten) as caught:
        small(stub, renderer).write(PROMPT)
    assert caught.value.attempts


def test_the_short_card_is_a_fraction_of_the_whole_one() -> None:
    short, whole = prompts.system_for_code(whole=False), prompts.system_for_code()
    assert len(short) < 0.35 * len(whole)
    assert "self.heading" in short
    assert prompts.CANARY in short


def test_names_that_the_scene_itself_defines_are_left_alone() -> None:
    code = "from manim import *\n\n\ndef sin(x):\n    return x\n\n\nY = sin(1)\n"
    assert mended(code) == code
    assert (
        mended("from manim import *\nX = [cos(0), pi, RED]\n") == "from manim import *\nX = [np.cos(0), np.pi, RED]\n"
    )


def test_a_long_prompt_becomes_a_storyboard_within_its_lengths() -> None:
    (card,) = one_scene("Show\na dot\tthat moves. " * 60).scenes
    assert len(card.title) <= 60
    assert "\n" not in card.shown
