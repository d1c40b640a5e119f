"""A small library of templates for tests of reading, so that they do not depend on the real one."""

from typing import Any

from generation.engine.library import catalogue

SCENE = '\n\nclass Only(Stage):\n    def construct(self):\n        self.say("Look.")\n'
HEAD = "from manim import *\nfrom theorama_kit import *\n\n"
CARD = """title = "{title}"
level = "secondary"
summary = "{title}, shown."
phrases = {phrases}
keywords = {keywords}
excludes = {excludes}
{extra}

[[scene]]
name = "Only"
title = "{title}"
shown = "It is shown."
said = "It is said."
seconds = 10

{tables}
"""
TEMPLATES: dict[str, dict[str, Any]] = {
    "pendulum": {
        "code": """lengths = knob([1.0], label="Lengths", unit="m", minimum=0.1, maximum=10.0, at_most=4)
gravity = knob(9.81, label="Gravity", unit="m/s²", minimum=0.5, maximum=30.0)
amplitude = knob(10.0, label="Release angle", unit="°", minimum=2.0, maximum=20.0)""",
        "keywords": ["pendulum"],
        "excludes": ["double pendulum"],
        "phrases": ["the period of a pendulum and its length", "a swinging weight on a string"],
        "tables": """[knob.lengths]
words = ["length", "lengths", "string", "long"]
units = ["m", "cm"]
[knob.gravity]
words = ["gravity", "g"]
units = ["m/s²"]
[knob.amplitude]
words = ["angle", "released at"]
units = ["°"]""",
    },
    "plotter": {
        "code": """function = knob("x^2", label="Function f(x)", kind="expression")
left = knob(-4.0, label="From x", minimum=-100.0, maximum=100.0)
right = knob(4.0, label="To x", minimum=-100.0, maximum=100.0)""",
        "keywords": ["plot", "graph", "function"],
        "excludes": ["surface"],
        "phrases": ["plot a function", "draw the graph of an equation"],
        "extra": "draws_any_formula = true",
        "tables": """[knob.function]
words = ["function"]
[knob.left]
words = ["left end"]
reads = "range_start"
[knob.right]
words = ["right end"]
reads = "range_end" """,
    },
    "matrix": {
        "code": "\n".join(f'{name} = knob(1.0, label="Entry {name}", minimum=-5.0, maximum=5.0)' for name in "abcd"),
        "keywords": ["matrix", "eigenvectors"],
        "excludes": ["determinant"],
        "phrases": ["eigenvectors of a matrix", "what a matrix does to the plane"],
        "tables": "\n".join(f'[knob.{name}]\nwords = ["entry {name}"]\nreads = "matrix"' for name in "abcd"),
    },
    "sorting": {
        "code": """items = knob([3, 1, 2], label="Numbers", minimum=1.0, maximum=20.0, at_least=3, at_most=8)
method = knob("bubble sort", label="Method", choices=("bubble sort", "insertion sort"))
slow = knob(False, label="Slow motion")
tint = knob("#7CC4F2", label="Colour of the bars", kind="colour")""",
        "keywords": ["sort", "sorting"],
        "excludes": ["merge sort"],
        "phrases": ["sort a list of numbers", "how bubble sort puts bars in order"],
        "tables": """[knob.items]
words = ["numbers", "list"]
[knob.method]
words = ["method"]
names = { "sorting cards" = "insertion sort" }
[knob.slow]
words = ["slow motion"]
[knob.tint]
words = ["bars"]""",
    },
    "dice": {
        "code": """dice = knob(3, label="Dice in one throw", minimum=1, maximum=10)
throws = knob(1000, label="Throws", minimum=50, maximum=5000)
leg_a = knob(3.0, label="Leg a", unit="cm", minimum=1.0, maximum=20.0)
leg_b = knob(4.0, label="Leg b", unit="cm", minimum=1.0, maximum=20.0)
goal = knob("B", label="Goal", choices=("A", "B", "C"))""",
        "keywords": ["dice", "throws"],
        "excludes": ["coin"],
        "phrases": ["the average of many dice", "central limit theorem"],
        "tables": """[knob.dice]
words = ["dice"]
[knob.throws]
words = ["throws", "times"]
[knob.leg_a]
words = ["legs", "leg a"]
[knob.leg_b]
words = ["legs", "leg b"]
[knob.goal]
words = ["to"]""",
    },
    "line": {
        "code": """slope = knob(2.0, label="Slope", minimum=-5.0, maximum=5.0)
intercept = knob(1.0, label="Intercept", minimum=-10.0, maximum=10.0)
steps = knob(5, label="Steps", minimum=1, maximum=20)
first = knob([1.0, 2.0], label="First vector", minimum=-9.0, maximum=9.0, at_least=2, at_most=2)
second = knob([1.0, 2.0], label="Second vector", minimum=-9.0, maximum=9.0, at_least=2, at_most=2)
size = knob(1.0, label="Size", minimum=0.0, maximum=100.0)
size_unit = knob("none", label="Unit", choices=("none", "kg", "cm"))
names = knob("A B", label="Names", choices=("A B", "1/x"))""",
        "keywords": ["line", "gradient"],
        "excludes": ["cubic"],
        "phrases": ["slope and intercept of a line", "gradient of a straight line"],
        "tables": """[knob.slope]
words = ["slope", "gradient"]
reads = "coefficient_1"
[knob.intercept]
words = ["intercept"]
reads = "coefficient_0"
[knob.steps]
words = ["steps"]
[knob.first]
words = ["vectors"]
[knob.second]
words = ["vectors"]
[knob.size]
words = ["size"]
[knob.size_unit]
words = ["unit"]
reads = "unit"
[knob.names]
words = ["names"]""",
    },
    "reaction": {
        "code": """reaction = knob("water", label="Reaction", choices=("water", "peroxide", "methane burns"))
temperature = knob(300.0, label="Temperature", unit="K", minimum=200.0, maximum=400.0)
warmer = knob(10.0, label="Warmer by", unit="K", minimum=1.0, maximum=50.0)""",
        "keywords": ["reaction", "balance"],
        "excludes": ["titration"],
        "phrases": ["balance a chemical equation", "a reaction and its molecules"],
        "tables": """[knob.reaction]
words = ["reaction"]
reads = "reaction"
names = { "H2 + O2 -> H2O" = "water", "H2O2 -> H2O + O2" = "peroxide", "CH4 + O2 -> CO2 + H2O" = "methane burns" }
[knob.temperature]
words = ["temperature"]
[knob.warmer]
words = ["warmer"]
reads = "difference" """,
    },
}


def small_library(folder):
    """Write the templates above as files and load them."""
    for slug, facts in TEMPLATES.items():
        place = folder / "tests"
        place.mkdir(parents=True, exist_ok=True)
        phrases = (facts["phrases"] * 4)[:8]
        card = CARD.format(
            title=facts["phrases"][0].capitalize(),
            phrases=phrases,
            keywords=facts["keywords"],
            excludes=facts["excludes"],
            extra=facts.get("extra", ""),
            tables=facts["tables"],
        )
        (place / f"{slug}.toml").write_text(card, encoding="utf-8")
        (place / f"{slug}.py").write_text(HEAD + facts["code"] + SCENE, encoding="utf-8")
    return catalogue.load(folder)
