"""What teachers ask for in the soak: animations of the library, and code of their own, good and bad."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import Any

from generation.engine.library import catalogue
from generation.engine.types import Knob, KnobKind, KnobValue

HEAD = "from manim import *\n\n\n"


@dataclass(frozen=True)
class Recipe:
    """One thing to ask for. `ends`: how it may end when nobody interferes; `faults`: the codes of a failure."""

    name: str
    source: str = ""
    prompt: str = ""
    template: str = ""
    seconds: float = 1.0
    ends: str = "succeeded"
    faults: frozenset[str] = field(default_factory=frozenset)
    cancel_after: float | None = None  # it would never end by itself


def scene(*lines: str) -> str:
    """Return a file with one scene that does this."""
    return HEAD + "class Act(Scene):\n    def construct(self):\n" + "".join(f"        {line}\n" for line in lines)


def library(chance: random.Random) -> Recipe:
    """A template of the library, asked for in its own words."""
    template = chance.choice(sorted(catalogue.templates().values(), key=lambda one: one.slug))
    return Recipe("library", prompt=chance.choice(template.phrases), template=template.slug)


def quick(chance: random.Random) -> Recipe:
    """A second or two of shapes and words, different every time so that no cache knows it."""
    shape, number = chance.choice(["Square", "Circle", "Triangle", "Star"]), chance.randrange(10**6)
    seconds = round(chance.uniform(0.4, 2.0), 2)
    return Recipe(
        "quick",
        scene(
            f"shape = {shape}(color={chance.choice(['RED', 'BLUE', 'GREEN', 'YELLOW'])})",
            f"self.add(Text('{number}').to_edge(UP))",
            f"self.play(Create(shape), run_time={seconds})",
            f"self.play(shape.animate.shift({chance.choice(['LEFT', 'RIGHT', 'UP'])}), run_time=0.5)",
        ),
        seconds=seconds + 0.5,
    )


def formula(chance: random.Random) -> Recipe:
    """Formulas that no cache knows."""
    a, b, c = (chance.randrange(2, 10**5) for _number in range(3))
    return Recipe(
        "formula",
        scene(
            rf"first = MathTex(r'\frac{{{a}}}{{x^{{{b % 97}}}}} + \sqrt{{{c}}}')",
            rf"second = MathTex(r'\int_0^{{{a}}} {b}\,x\,dx = {c}')",
            "self.play(Write(first), run_time=0.5)",
            "self.play(ReplacementTransform(first, second), run_time=0.5)",
        ),
        seconds=1.0,
    )


def slow(chance: random.Random) -> Recipe:
    """A few seconds of work: long enough to be killed in the middle."""
    number, seconds = chance.randrange(10**6), chance.choice([4, 6, 8])
    return Recipe(
        "slow",
        scene(
            f"dots = VGroup(*[Dot() for _ in range(300)], Text('{number}')).arrange_in_grid(15, 21)",
            f"self.play(Rotate(dots, PI), run_time={seconds})",
        ),
        seconds=seconds,
    )


def long(chance: random.Random) -> Recipe:
    """A minute or more of video, mostly waiting."""
    number, seconds = chance.randrange(10**6), chance.choice([60, 90])
    return Recipe(
        "long",
        scene(f"self.add(Text('{number}'))", f"self.wait({seconds})", "self.play(FadeIn(Square()), run_time=1)"),
        seconds=seconds + 1,
    )


def broken(chance: random.Random) -> Recipe:
    """Code that fails for a reason of its own."""
    code, fault = chance.choice(
        [
            (scene("self.add(Square(", "self.wait(1)"), "policy"),
            (scene("self.wait(1 / 0)"), "zero_division"),
            (scene("self.play(Create(Square()))", "Square().set_color()[3]"), "type_error"),
            (scene(r"self.add(MathTex(r'\nonsense'))"), "tex"),
            (scene("def f(n): return f(n + 1)", "f(0)"), "recursion"),
            (scene("pass"), "draws_nothing"),
            (scene("numbers = [1, 2]", "self.wait(numbers[5])"), "index_error"),
        ]
    )
    return Recipe("broken", code, ends="failed", faults=frozenset({fault, "syntax", "error", "type_error"}))


def greedy(chance: random.Random) -> Recipe:
    """Code that the policy lets pass and a limit has to end."""
    code, fault = chance.choice(
        [
            (scene("hoard = []", "for n in range(10 ** 9):", "    hoard.append([n] * 10 ** 6)"), "memory"),
            (scene("for n in range(6):", "    self.wait(290)"), "too_long"),
        ]
    )
    return Recipe("greedy", code, ends="failed", faults=frozenset({fault, "memory", "timeout", "crashed"}))


def endless(chance: random.Random) -> Recipe:
    """Code that spins until somebody cancels it."""
    return Recipe(
        "endless",
        scene(f"n = {chance.randrange(10**6)}", "while True:", "    n = n + 1"),
        ends="cancelled",
        cancel_after=chance.uniform(3.0, 8.0),
    )


def hostile(chance: random.Random) -> Recipe:
    """An attack sent in as a scene: the policy refuses it, and nothing is started for it."""
    code = chance.choice(
        [
            scene("import os", "os.system('true')"),
            scene("open('/etc/shadow').read()"),
            scene("().__class__.__base__.__subclasses__()"),
            scene("eval('1')"),
            scene("capture(['/bin/echo', 'hi'])"),
            scene("config.media_dir = '/'"),
            scene(r"self.add(MathTex(r'\input{/etc/passwd}'))"),
            "import socket\n" + scene("socket.create_connection(('127.0.0.1', 22))"),
        ]
    )
    return Recipe("hostile", code, ends="failed", faults=frozenset({"policy"}))


MIX = (
    (library, 2),
    (quick, 8),
    (formula, 5),
    (slow, 3),
    (long, 1),
    (broken, 3),
    (greedy, 1),
    (endless, 1),
    (hostile, 3),
)


def draw(chance: random.Random) -> Recipe:
    """Draw the next thing to ask for."""
    makers, weights = zip(*MIX, strict=True)
    (maker,) = chance.choices(makers, weights)
    drawn: Recipe = maker(chance)
    return drawn


def turned(chance: random.Random, knobs: tuple[Knob, ...]) -> dict[str, Any]:
    """Return new values for one or two knobs, each one that fits."""
    able = [knob for knob in knobs if _value(chance, knob) is not None]
    return {knob.name: _value(chance, knob) for knob in chance.sample(able, min(len(able), chance.choice([1, 2])))}


def _value(chance: random.Random, knob: Knob) -> KnobValue | None:
    low, high = knob.minimum, knob.maximum
    value: KnobValue | None = None
    if knob.kind is KnobKind.TOGGLE:
        value = not knob.value
    elif knob.kind is KnobKind.CHOICE:
        value = chance.choice(knob.choices)
    elif knob.kind is KnobKind.COLOUR:
        value = f"#{chance.randrange(1 << 24):06x}"
    elif knob.kind is KnobKind.INTEGER and low is not None and high is not None:
        value = chance.randint(int(low), int(high))
    elif knob.kind is KnobKind.NUMBER and low is not None and high is not None:
        value = round(chance.uniform(low, high), 3)
    return value
