"""What a class would see is screened wherever it comes from: code, titles, file names, knobs."""

import pytest

from generation.engine import drafting
from generation.engine.errors import KnobFault, RequestFault
from generation.engine.screening import shown

SCENE = """from manim import *
from theorama_kit import *

name = knob("Mass", label="Name", kind="text")


class Only(Stage):
    def construct(self):
        self.heading("A pendulum")
        {line}
"""


@pytest.mark.parametrize(
    "line",
    [
        'self.say("How to make a pipe bomb at home")',
        'self.heading("Kevin is an idiot")',
        'self.add(Text("fuck off"))',
        'self.add(Text("f" + "u" + "ck this"))',
        'self.add(Text(f"f{1}uck") if False else Text("sh1t"))',
        'self.add(MathTex(r"\\text{kill yourself}"))',
        'self.add(MathTex(r"\\text{fu}\\text{ck}"))',
        'self.add(Tex("p\\u200born"))',
        'self.add(words("Anna Schmidt got a D, mail anna@school.example"))',
        'self.add(formula(r"\\mathrm{white\\ power}"))',
        'self.add(legend([("heil hitler", RED)]))',
        'self.add(Text("".join(["kill ", "yourself"])))',
    ],
)
def test_code_that_would_show_it_is_refused_with_its_line(line):
    with pytest.raises(RequestFault) as refused:
        drafting.draft_source(SCENE.format(line=line), title="A pendulum")
    assert refused.value.fault.code.startswith("unsafe_")
    assert refused.value.fault.line == 10
    assert "line 10" in refused.value.fault.hint


@pytest.mark.parametrize(
    "line",
    [
        'self.say("Sexual reproduction: pollen meets the ovule.")',
        'self.add(MathTex(r"s \\cdot e^{x} = a s s"))',
        'self.add(Text("assess the mass of the class"))',
        'self.add(Text("speed in km/s"))',
        'self.add(formula(r"\\frac{F}{U} \\cdot c \\cdot k"))',
    ],
)
def test_code_for_lessons_is_accepted(line):
    assert drafting.draft_source(SCENE.format(line=line), title="A pendulum").title == "A pendulum"


@pytest.mark.parametrize("title", ["porn", "how to make a pipe bomb", "how_to_make_a_pipe_bomb", "fuck.this"])
def test_a_title_or_file_name_is_screened(title):
    with pytest.raises(RequestFault) as refused:
        drafting.draft_source(SCENE.format(line="self.pause()"), title=title)
    assert refused.value.fault.code.startswith("unsafe_")


def test_a_scenes_name_is_a_title_too():
    source = SCENE.format(line="self.pause()").replace("class Only", "class HowToMakeAPipeBomb")
    with pytest.raises(RequestFault) as refused:
        drafting.draft_source(source, title="A pendulum")
    assert refused.value.fault.code == "unsafe_weapon"


def test_a_text_knob_is_screened_when_it_is_turned():
    draft = drafting.draft_source(SCENE.format(line="self.add(words(name))"), title="A pendulum")
    turned = drafting.redraft(draft.source, draft.storyboard, {"name": "Weight"}, title=draft.title)
    assert '"Weight"' in turned.source
    with pytest.raises(KnobFault) as refused:
        drafting.redraft(draft.source, draft.storyboard, {"name": "Lisa is a fat pig"}, title=draft.title)
    assert refused.value.knob == "name"
    assert refused.value.fault.code == "unsafe_harassment"


def test_rude_words_are_for_the_wall_not_for_the_prompt():
    assert shown.unfit("this damn shit") is not None
    assert drafting.draft("why the hell does a longer pendulum swing more slowly").template == "pendulum_period"
