"""The reward of GRPO, with the real jail: what earns it, and what does not."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable
from typing import Any

import pytest

from generation.engine.render.client import Renderer
from training.tune.judging import judging
from training.tune.reward import Judged, judge

pytestmark = pytest.mark.render
MUST = [{"shows": "Circle"}, {"moves": "Circle"}, {"writes": "a^2"}]
GOOD = (
    'self.heading("Squares")',
    "dot = Circle(radius=0.4, color=RED).shift(LEFT * 3)",
    'rule = fit(formula("a^2"), SIDE)',
    "self.play(FadeIn(dot), FadeIn(rule))",
    "self.play(dot.animate.shift(RIGHT * 2))",
    "self.pause(1.0)",
)


def answer(*lines: str) -> str:
    body = "".join(f"        {line}\n" for line in lines)
    head = "from manim import *\nfrom theorama_kit import *\n\n\nclass Scene1(Stage):\n    def construct(self):\n"
    return f"```python\n{head}{body}```"


@pytest.fixture
def judged(renderer: Renderer) -> Callable[..., Judged]:
    return lambda text, must=(): judge(text, must, renderer.check)


def test_a_good_scene_earns_all_and_one_that_does_something_else_little_more_than_half(judged: Any) -> None:
    whole, other = (
        judged(answer(*GOOD), MUST),
        judged(answer(*GOOD[:1], *GOOD[2:3], "self.play(FadeIn(rule))", GOOD[-1]), MUST),
    )

    assert whole.reward == 1.0
    assert other.ran
    assert other.reward == pytest.approx(0.6 + 0.4 / 3, abs=0.01)


@pytest.mark.parametrize(
    "text",
    ["", "I would rather not.", "```python\nx = (\n```", answer("open('/etc/passwd')"), answer("import os"),
     answer("self.play(DrawSlowly(Circle()))")],
    ids=["empty", "prose", "syntax", "policy", "import", "unknown name"],
)  # fmt: skip
def test_what_is_no_scene_earns_nothing_and_forbidden_code_never_runs(text: str) -> None:
    def never(code: str, scene: str) -> Any:
        raise AssertionError("it was run")

    assert judge(text, MUST, never).reward == 0.0


def test_a_scene_that_breaks_earns_less_than_one_that_runs(judged: Any) -> None:
    broken = judged(answer(*GOOD[:-1], "self.wait(1 / 0)"), MUST)

    assert 0 < broken.reward <= 0.1


def test_padding_never_pays(judged: Any) -> None:
    plain = judged(answer(*GOOD), MUST).reward
    more_plays = answer(*GOOD, *(["self.play(dot.animate.shift(RIGHT * 0.01))"] * 20))
    more_waiting = answer(*GOOD, "self.pause(100)")
    more_lines = answer(*GOOD, *(f"filler_{number} = {number}" for number in range(200)))
    more_words = answer(*GOOD[:-1], *(f"# Circle a^2 moves {number}" for number in range(150)), GOOD[-1])
    more_things = answer(*GOOD[:-1], *(["self.add(Circle(radius=0.4).shift(LEFT * 3))"] * 30), GOOD[-1])

    for padded in (more_plays, more_waiting, more_lines, more_words, more_things):
        assert judged(padded, MUST).reward <= plain
    assert judged(more_plays, MUST).reward < plain
    assert judged(more_waiting, MUST).reward < plain


def test_what_nobody_sees_meets_no_requirement(judged: Any) -> None:
    hidden = (
        "self.add(Circle(stroke_opacity=0, fill_opacity=0))",
        "self.add(Circle().shift(RIGHT * 90))",
        "Circle()",
        'name = "Circle a^2"',
        'self.play(FadeIn(fit(words("hello", 30), MAIN)))',
        "self.pause(1.0)",
    )

    found = judged(answer(*hidden), MUST)

    assert found.ran
    assert found.asked == 0.0


def test_texts_that_lie_on_one_another_cost(judged: Any) -> None:
    messy = answer(*GOOD[:-1], 'self.play(FadeIn(words("over the rule and more", 40).move_to(rule)))', GOOD[-1])

    assert judged(messy, MUST).reward < judged(answer(*GOOD), MUST).reward


def test_the_trainer_asks_through_a_socket(renderer: Renderer) -> None:
    asked = [{"answer": answer(*GOOD), "task": {"must": MUST}}, {"answer": "no", "task": {"must": []}}]
    with judging(renderer.check) as path:
        assert path.stat().st_mode & 0o077 == 0
        assert talk(str(path), asked) == [1.0, 0.0]
        assert talk(str(path), []) == []
        assert "error" in talk(str(path), [{"no": "answer"}])
    assert not path.exists()


def talk(path: str, asked: Any) -> Any:
    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect(path)
        connection.sendall(json.dumps(asked).encode() + b"\n")
        with connection.makefile("rb") as reply:
            return json.loads(reply.readline())
