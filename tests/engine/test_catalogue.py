"""The library's cards are checked against their code, and a wrong one is named."""

import pytest

from generation.engine import slices
from generation.engine.errors import EngineFault
from generation.engine.library import catalogue

CODE = """from manim import *
from theorama_kit import *

length = knob(1.0, label="Length", unit="m", minimum=0.2, maximum=4.0)


class Swing(Stage):
    def construct(self):
        self.wait(length)
"""
CARD = """title = "A swing"
level = "secondary"
summary = "It swings."
phrases = ["a", "b", "c", "d", "e", "f", "g", "h"]
keywords = ["swing"]
excludes = ["double pendulum"]

[[scene]]
name = "Swing"
title = "One swing"
shown = "A swing."
said = "It swings."
seconds = 12

[knob.length]
words = ["length"]
units = ["m", "cm"]
names = { "a giraffe" = 2.0 }
"""


@pytest.fixture
def library(tmp_path):
    def write(card=CARD, code=CODE, slug="swing", subject="mechanics"):
        (tmp_path / subject).mkdir(exist_ok=True)
        (tmp_path / subject / f"{slug}.toml").write_text(card)
        if code is not None:
            (tmp_path / subject / f"{slug}.py").write_text(code)
        return catalogue.load(tmp_path)

    return write


def test_a_template_is_loaded_with_its_storyboard_and_knobs(library):
    template = library()["swing"]
    assert (template.subject, template.title, template.level) == ("mechanics", "A swing", "secondary")
    assert template.storyboard.title == "A swing"
    assert [card.name for card in template.storyboard.scenes] == ["Swing"]
    assert template.storyboard.scenes[0].seconds == 12.0
    assert template.source == CODE
    assert template.knobs[0].name == "length"
    assert template.knob_words["length"].units == ("m", "cm")
    assert template.knob_words["length"].names["a giraffe"] == 2.0


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('name = "Swing"', 'name = "Sway"', "it has no [[scene]] for Swing"),
        ('level = "secondary"', 'level = "hard"', "level must be one of"),
        ('"g", "h"]', "]", "at least 8 phrases, it has 6"),
        ("[knob.length]", "[knob.width]", "[knob.width] has no knob of that name"),
        ('words = ["length"]', 'wrods = ["length"]', "fields I do not know: wrods"),
        ('words = ["length"]', 'words = ["length"]\nreads = "tea leaves"', "reads one of"),
        ('summary = "It swings."', "", "“summary” is missing"),
        ("seconds = 12", 'seconds = "12"', "seconds"),
        ("seconds = 12", "seconds = 0", "seconds"),
        ('keywords = ["swing"]', "keywords = []", "keywords"),
        ('title = "A swing"', "title = A swing", "is not right"),
        ('excludes = ["double pendulum"]', 'excludes = "double pendulum"', "must be a list of texts"),
    ],
)
def test_a_card_that_does_not_fit_its_code_is_named_with_the_reason(library, old, new, reason):
    with pytest.raises(EngineFault) as caught:
        library(CARD.replace(old, new, 1))
    assert caught.value.fault.code == "catalogue"
    assert "mechanics/swing.toml" in caught.value.fault.message
    assert reason in caught.value.fault.message


def test_code_that_is_missing_or_does_not_parse_is_named(library):
    with pytest.raises(EngineFault, match=r"mechanics/swing\.toml"):
        library(code=None)
    with pytest.raises(EngineFault, match=r"mechanics/swing\.py.*line 1"):
        library(code="class Swing(Stage:\n")


def test_two_subjects_cannot_share_a_name(library):
    library()
    with pytest.raises(EngineFault, match="already has a template"):
        library(subject="waves")


def test_every_template_of_the_library_loads_and_has_its_card():
    templates = catalogue.templates()
    codes = {path.stem for path in catalogue.SCENES.glob("*/*.py")}
    assert set(templates) == codes
    for template in templates.values():
        assert {card.name for card in template.storyboard.scenes} == set(slices.scene_names(template.source))
        assert {name for name, words in template.knob_words.items() if words.words} <= {k.name for k in template.knobs}


def test_templates_are_read_once():
    assert catalogue.templates() is catalogue.templates()
