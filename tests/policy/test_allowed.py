"""Code that draws is let through: the kit, every template and Manim's own examples."""

from __future__ import annotations

import ast
import re
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path

import manim
import pytest

from generation.engine.kit import KIT_FOLDER, KIT_SOURCE
from generation.engine.policy import check
from generation.engine.policy.survey import NAMES, plain_attributes, survey

ENGINE = KIT_FOLDER.parent
TEMPLATES = sorted((ENGINE / "library" / "scenes").rglob("*.py"))
MANIM = Path(manim.__file__).parent
# Examples that can't be drawn here at all: another renderer, another typesetter, the network, a sound file, prompts.
OUT_OF_REACH = re.compile(r"OpenGL|Typst|requests|add_sound|>>>|:<option name>")


@pytest.mark.parametrize("source", TEMPLATES, ids=lambda path: path.name)
def test_templates_pass(source: Path):
    verdict = check(source.read_bytes())
    assert verdict.allowed, verdict


def examples() -> Iterator[str]:
    """The code of every `.. manim::` directive in the installed Manim."""
    for file in sorted(MANIM.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.Module):
                yield from _directives(ast.get_docstring(node) or "")


def _directives(doc: str) -> Iterator[str]:
    lines = doc.expandtabs().split("\n")
    for number, line in enumerate(lines):
        found = re.match(r"( *)\.\. manim::", line)
        if not found:
            continue
        body = []
        for later in lines[number + 1 :]:
            if later.strip() and len(later) - len(later.lstrip()) <= len(found[1]):
                break
            body.append("" if re.match(r"\s*:\w+:", later) else later)
        code = textwrap.dedent("\n".join(body))
        yield code if "import *" in code else f"from manim import *\n{code}"


def test_nearly_all_of_manims_own_examples_pass():
    within_reach = [code for code in examples() if not OUT_OF_REACH.search(code)]
    refused = [(check(code), code) for code in within_reach if not check(code).allowed]
    share = 1 - len(refused) / len(within_reach)
    assert len(within_reach) > 350
    assert share >= 0.97, [verdict for verdict, _ in refused]


def test_the_lists_agree_with_what_is_installed():
    """Run `python -m generation.engine.policy.survey` after a change of Manim or of choices.toml."""
    import json

    kept, found = json.loads(NAMES.read_text()), survey()
    assert kept["modules"] == found["modules"]
    assert kept["manim"] == found["manim"]
    assert kept["manim_refused"] == found["manim_refused"]
    # Python's own types grow with its versions; the list was made with the oldest we support.
    assert set(kept["attributes"]) ^ set(found["attributes"]) <= plain_attributes()
    assert not set(kept["attributes"]) & set(kept["attributes_refused"])


ORDINARY = {
    "loops, functions, comprehensions": """
        def area(f, n):
            return sum(f(i / n) / n for i in range(n))
        class A(Scene):
            def construct(self):
                bars = VGroup(*[Square(side_length=s) for s in (1, 2, 3)]).arrange(RIGHT)
                for bar, color in zip(bars, [RED, GREEN, BLUE]):
                    bar.set_fill(color, opacity=0.5)
                self.play(LaggedStart(*[Create(b) for b in bars], lag_ratio=0.2), run_time=2)
                n = 0
                while n < 3:
                    n += 1
                    self.wait(0.1)
    """,
    "updaters, trackers and lambdas": """
        class A(Scene):
            def construct(self):
                t = ValueTracker(0)
                dot = always_redraw(lambda: Dot([np.cos(t.get_value()), math.sin(t.get_value()), 0]))
                label = DecimalNumber(0).add_updater(lambda m: m.set_value(t.get_value()).next_to(dot, UP))
                self.add(dot, label)
                self.play(t.animate.set_value(TAU), rate_func=rate_functions.ease_in_sine)
    """,
    "a class of one's own with state": """
        class Pendulum(VGroup):
            length = 2
            def __init__(self, angle, **kwargs):
                super().__init__(**kwargs)
                self.angle_now = angle
                self.rod = Line(ORIGIN, self.length * DOWN)
                self.add(self.rod)
            def swing(self, by):
                self.angle_now += by
                return self.rotate(by, about_point=self.rod.get_start())
        class A(Scene):
            def construct(self):
                p = Pendulum(0.3)
                p.speed = 4
                self.add(p.swing(0.1))
                assert p.speed == 4
    """,
    "names that Manim has too, as one's own": """
        unit = "m"
        frame = 3
        def draw(color, camera, id=1, type="x"):
            open = 3
            return [color, camera, id, type, open, unit, frame]
        class A(Scene):
            def construct(self):
                self.add(*[Text(str(x)) for x in draw(RED, 1)])
    """,
    "formulas and formatting": r"""
        class A(Scene):
            def construct(self):
                x = 1.5
                self.add(MathTex(r"\int_0^1 x^2 \, dx = \frac{1}{3}"), Tex("{:.2f} and {}".format(x, "y")))
                self.add(Text(f"{x:.3f} {x!r} {{}}"), Text("%d %%" % 3), Tex(r"\textbf{read} and \emph{write}"))
    """,
    "errors, asserts, config and the camera": """
        class A(MovingCameraScene):
            def construct(self):
                config.background_color = "#111111"
                self.camera.background_color = BLACK
                self.camera.frame.scale(0.5)
                try:
                    y = 1 / 0
                except (ZeroDivisionError, ValueError):
                    y = config.frame_width + config["frame_height"]
                if y > 3:
                    raise ValueError("too wide")
    """,
    "imports by name": """
        import itertools
        from math import pi, sin as sine
        from numpy import linspace
        from manim import Circle, RED
        x = [sine(pi * t) for t in linspace(0, 1, 5)]
        y = np.linalg.norm(np.array(x).reshape(-1)) + np.random.default_rng(1).normal()
        z = list(itertools.product([1], [2]))
    """,
    "types, records and rates by their place": """
        from dataclasses import dataclass, field
        from typing import Dict, List, Tuple
        from manim.utils.rate_functions import ease_in_sine
        from manim.utils.color import BLUE
        @dataclass
        class Spec:
            f: float
            state: List[int] = field(default_factory=list)
        class A(Scene):
            def construct(self):
                s = Spec(1.0)
                self.play(FadeIn(Dot([s.f, 0, 0], color=BLUE)), rate_func=ease_in_sine)
    """,
    "pictures made of numbers": """
        class A(Scene):
            def construct(self):
                self.add(ImageMobject(np.uint8([[0, 100], [200, 255]])))
    """,
    "greek names and plain Unicode text": """
        θ = 0.3
        label = "Größe: 速さ → العربية ✓"
        t = Text(label, font_size=24 + θ)
    """,
}  # fmt: skip


@pytest.mark.parametrize("name", ORDINARY)
def test_ordinary_scenes_pass(name):
    verdict = check("from manim import *\nimport math\n" + textwrap.dedent(ORDINARY[name]))
    assert verdict.allowed, verdict


def test_ten_kilobytes_are_checked_quickly():
    source = KIT_SOURCE
    cut = max(n for n in range(1, source.count("\n")) if _parses(source, n) and len(_head(source, n)) <= 10_000)
    times = []
    for _ in range(20):
        began = time.process_time()
        assert check(_head(source, cut)).allowed
        times.append(time.process_time() - began)
    assert sorted(times)[18] < 0.05


def _head(source: str, lines: int) -> str:
    return "\n".join(source.split("\n")[:lines])


def _parses(source: str, lines: int) -> bool:
    following = source.split("\n")[lines]
    return bool(following) and not following[0].isspace() and following[0] not in ")#]}"
