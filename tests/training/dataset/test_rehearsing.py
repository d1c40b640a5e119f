"""Rows are asked in the words of serving and proved by its checks; what those refuse is no row."""

from __future__ import annotations

import json

import pytest

from generation.engine.library import catalogue
from generation.engine.render.client import Renderer
from generation.engine.served import filling, prompts
from generation.engine.served.profile import SMALL
from training.dataset import rehearsing
from training.dataset.rehearsing import Rejected

pytestmark = pytest.mark.render
REQUEST = "a dot moves along a line"


def scene(body: str, name: str = "Scene1ADotMovesAlongALine") -> str:
    lines = "\n".join(f"        {line}" for line in body.strip().split("\n"))
    head = "from manim import *\nfrom theorama_kit import *\n\n\n"
    return f"{head}class {name}(Stage):\n    def construct(self):\n{lines}\n"


GOOD = scene(
    'self.heading("A dot moves")\n'
    "line = Line([-4, 0, 0], [1, 0, 0], color=SKY)\n"
    "dot = Dot(line.get_start(), color=YELLOW)\n"
    'self.say("Look at the dot.")\n'
    "self.play(Create(line), FadeIn(dot), run_time=1)\n"
    "self.play(MoveAlongPath(dot, line), run_time=2)\n"
    "self.pause(1.0)"
)


def test_a_scene_that_runs_becomes_a_row_in_the_words_of_serving(renderer: Renderer):
    messages, _ = rehearsing.written(REQUEST, GOOD, renderer.check)
    system, user, answer = (each["content"] for each in messages)
    assert [each["role"] for each in messages] == ["system", "user", "assistant"]
    assert system.partition("(kit-card")[0] == prompts.system_for_code(whole=SMALL.whole_card).partition("(kit-card")[0]
    assert REQUEST in user
    assert answer == f"```python\n{GOOD.rstrip()}\n```"


def test_the_mark_of_the_process_never_stands_in_a_row(renderer: Renderer):
    messages, _ = rehearsing.written(REQUEST, GOOD, renderer.check)
    assert prompts.CANARY not in json.dumps(messages)
    assert messages == rehearsing.written(REQUEST, GOOD, renderer.check)[0]


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (GOOD.replace("Create(line)", "ShowTheLine(line)"), "api"),
        (GOOD.replace("Create(line)", "Create(lien)"), "api"),
        (GOOD.replace("self.pause(1.0)", "import os\n        self.pause(1.0)"), "policy"),
        (GOOD.replace("run_time=2)", "run_time=2"), "syntax"),
        (GOOD.replace("FadeIn(dot)", 'FadeIn(dot), FadeIn(words("far", 30).shift(9 * RIGHT))'), "layout"),
        (GOOD.replace("Scene1ADotMovesAlongALine", "Main"), "shape"),
    ],
    ids=["unknown name", "misspelt", "policy", "syntax", "off the frame", "another name"],
)
def test_what_a_check_speaks_against_is_no_row(renderer: Renderer, wrong: str, code: str):
    with pytest.raises(Rejected) as refused:
        rehearsing.written(REQUEST, wrong, renderer.check)
    assert refused.value.code == code


def test_a_repair_tells_what_the_checks_truly_said(renderer: Renderer):
    broken = GOOD.replace("line.get_start()", "line.get_begin()")
    messages, wrong = rehearsing.repaired(REQUEST, broken, GOOD, renderer.check)
    assert [each["role"] for each in messages] == ["system", "user", "assistant", "user", "assistant"]
    assert "get_begin" in messages[2]["content"]
    assert "A Line has no get_begin" in messages[3]["content"]
    assert wrong.codes == ("api",)
    assert messages[4]["content"] == f"```python\n{GOOD.rstrip()}\n```"


def test_a_scene_that_works_is_no_repair(renderer: Renderer):
    with pytest.raises(Rejected, match="not_broken"):
        rehearsing.repaired(REQUEST, GOOD, GOOD, renderer.check)


def test_a_wish_is_answered_with_the_lines_that_the_editor_takes(renderer: Renderer):
    draft = rehearsing.draft_of(GOOD, "A dot")
    line = "        dot = Dot(line.get_start(), color=YELLOW)"
    number = GOOD.split("\n").index(line) + 1
    messages = rehearsing.edited(draft, "make the dot red", {number: line.replace("YELLOW", "RED")}, renderer.check)
    assert "Wish: make the dot red" in messages[1]["content"]
    answer = json.loads(messages[2]["content"])
    assert answer == {"changes": [{"line": number, "code": "dot = Dot(line.get_start(), color=RED)"}]}


@pytest.mark.parametrize("paint", ["GREEN", "REDDISH"])
def test_a_change_that_does_not_hold_the_wish_or_does_not_run_is_no_row(renderer: Renderer, paint: str):
    draft = rehearsing.draft_of(GOOD, "A dot")
    line = "        dot = Dot(line.get_start(), color=YELLOW)"
    number = GOOD.split("\n").index(line) + 1
    with pytest.raises(Rejected):
        rehearsing.edited(draft, "make the dot red", {number: line.replace("YELLOW", paint)}, renderer.check)


def test_a_form_holds_what_the_words_bear_out_and_nothing_else():
    template = catalogue.templates()["compound_interest"]
    sentence = "how does compound interest work, left alone for 27"
    wanted = filling.unread(sentence, template, {})
    assert "years" in {knob.name for knob in wanted}
    messages = rehearsing.filled(sentence, template, wanted, {"years": 27})
    found = json.loads(messages[-1]["content"])
    assert found["years"] == 27
    assert {name for name, value in found.items() if value is not None} == {"years"}
    with pytest.raises(Rejected, match="not_borne_out"):
        rehearsing.filled(sentence, template, wanted, {"years": 28})


def test_spoken_lines_keep_their_numbers_or_are_no_row():
    source = scene('self.heading("Fall")\nself.say("After 2 s the ball is fast.")\nself.pause(1.0)', "Fall")
    draft = rehearsing.draft_of(source, "Fall")
    (card,) = draft.storyboard.scenes
    messages = rehearsing.reworded(draft, card, "say it in simpler words", ["After 2 s the ball goes fast."])
    assert json.loads(messages[-1]["content"]) == {"sentences": ["After 2 s the ball goes fast."]}
    with pytest.raises(Rejected, match="not_held"):
        rehearsing.reworded(draft, card, "say it in simpler words", ["After 3 s the ball goes fast."])


def test_a_plan_has_the_form_of_a_storyboard():
    scenes = [{"title": "Fall", "shown": "A dot falls.", "said": "Look.", "seconds": 5}]
    messages = rehearsing.planned("a falling dot", {"title": "Fall", "scenes": scenes})
    assert messages[0]["content"] == prompts.system_for_storyboard()
    with pytest.raises(Rejected, match="storyboard"):
        rehearsing.planned("a falling dot", {"title": "Fall", "scenes": []})
