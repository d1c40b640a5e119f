"""Two animations become one: names are kept apart, what they have in common is shared, and all of it plays."""

import ast
from itertools import pairwise

import pytest

from generation.engine import composing, drafting, knobs, pipeline, policy, slices
from generation.engine.cache import SceneCache
from generation.engine.exports.script import self_contained
from generation.engine.library import catalogue
from generation.engine.render.client import Renderer
from generation.engine.types import Outcome, Quality, SceneCard, Storyboard
from generation.engine.understanding import understand

HEAD = "from manim import *\nfrom theorama_kit import *\n\n"
FIRST = (
    HEAD
    + """mass = knob(1.0, label="Mass", unit="kg", minimum=0.5, maximum=5.0)
gravity = knob(9.81, label="Gravity", unit="m/s²", minimum=1.0, maximum=25.0)


def weight(mass_now):
    return mass_now * gravity


class Shown(Stage):
    def construct(self):
        self.say("The first.")
        self.play(FadeIn(words(f"{number_text(weight(mass))} N")), run_time=0.3)
        self.pause(0.2)
"""
)
SECOND = (
    HEAD
    + """mass = knob(2.0, label="Mass of the bob", unit="kg", minimum=0.5, maximum=5.0)
gravity = knob(9.81, label="Gravity", unit="m/s²", minimum=1.0, maximum=12.0)


def weight(factor):
    mass = 3 * factor  # hides the knob
    return mass * gravity + sum(mass for mass in (1, 2))


class Shown(Stage):
    def construct(self):
        shown = [number_text(weight(f)) for f in (1, mass)]
        self.say(f"It weighs {number_text(weight(mass))} N.")
        self.play(FadeIn(words(" ".join(shown))), run_time=0.3)
        self.pause(0.2)
"""
)


def part(title: str, source: str, *said: str) -> composing.Part:
    cards = tuple(SceneCard(name, name, "", "", 2.0) for name in slices.scene_names(source))
    return composing.Part(title, Storyboard(title, cards), source, frozenset(said))


def template(slug: str) -> composing.Part:
    found = catalogue.templates()[slug]
    return composing.Part(found.title, found.storyboard, found.source)


def values(source: str) -> dict[str, object]:
    return {knob.name: knob.value for knob in knobs.extract(source)}


def test_names_taken_twice_are_told_apart_wherever_they_mean_the_same_thing() -> None:
    whole = composing.joined([part("One", FIRST), part("Two", SECOND)])
    assert slices.scene_names(whole.source) == ("Shown", "Bridge", "Shown2")
    assert [card.name for card in whole.storyboard.scenes] == ["Shown", "Bridge", "Shown2"]
    assert values(whole.source) == {"mass": 1.0, "gravity": 9.81, "mass_2": 2.0}
    second = slices.scene_slice(whole.source, "Shown2")
    assert "def weight_2(factor):" in second
    assert "mass = 3 * factor  # hides the knob" in second
    assert "sum(mass for mass in (1, 2))" in second
    assert 'f"It weighs {number_text(weight_2(mass_2))} N."' in second
    assert "for f in (1, mass_2)]" in second


def test_a_knob_with_the_same_meaning_is_one_and_one_with_another_says_whose_it_is() -> None:
    whole = composing.joined([part("One", FIRST), part("Two", SECOND)])
    labels = {knob.name: knob.label for knob in knobs.extract(whole.source)}
    assert labels == {"mass": "Mass", "gravity": "Gravity", "mass_2": "Mass of the bob (Two)"}
    turned = slices.fingerprint(knobs.apply(whole.source, {"gravity": 1.62}), "Shown2")
    assert turned != slices.fingerprint(whole.source, "Shown2")


@pytest.mark.parametrize(
    ("first", "second", "said", "expected"),
    [
        (9.81, 1.62, "second", {"gravity": 1.62}),  # asked of the second alone: both get it
        (3.7, 9.81, "first", {"gravity": 3.7}),
        (3.7, 1.62, "both", {"gravity": 3.7, "gravity_2": 1.62}),  # two wishes: two knobs
        (24.8, 9.81, "first", {"gravity": 24.8, "gravity_2": 9.81}),  # more than the second can take
    ],
)
def test_a_value_somebody_asked_for_is_kept(first: float, second: float, said: str, expected: dict[str, float]) -> None:
    one = part("One", knobs.apply(FIRST, {"gravity": first}), *(["gravity"] if said != "second" else []))
    two = part("Two", knobs.apply(SECOND, {"gravity": second}), *(["gravity"] if said != "first" else []))
    found = values(composing.joined([one, two]).source)
    assert {name: value for name, value in found.items() if name.startswith("gravity")} == expected


PAIRS = list(pairwise(catalogue.templates()))


@pytest.mark.parametrize("pairs", [PAIRS[::12], pytest.param(PAIRS, marks=pytest.mark.sweep)], ids=["some", "all"])
def test_every_template_goes_with_the_next_and_the_policy_lets_it_pass(pairs: list[tuple[str, str]]) -> None:
    for before, after in pairs:
        whole = composing.joined([template(before), template(after)])
        verdict = policy.check(whole.source)
        assert verdict.allowed, (before, after, verdict)
        assert slices.scene_names(whole.source) == tuple(card.name for card in whole.storyboard.scenes)
        defined = [
            node.name for node in ast.parse(whole.source).body if isinstance(node, ast.FunctionDef | ast.ClassDef)
        ]
        assert len(defined) == len(set(defined)), (before, after)


@pytest.mark.render
@pytest.mark.jail
def test_a_prompt_of_two_ideas_becomes_one_video_of_both(tmp_path) -> None:
    made_from = drafting.draft("first show Hooke's law, then how a pendulum's period depends on its length on the Moon")
    names = [card.name for card in made_from.storyboard.scenes]
    renderer = Renderer(tmp_path / "run")
    try:
        for name in names:
            report = renderer.check(slices.scene_slice(made_from.source, name), name)
            assert report.fault is None, report
            assert report.layout == (), report
        short = {"source": slices.scene_slice(made_from.source, "Bridge"), "title": "Bridge"}
        made = pipeline.produce(
            drafting.draft_source(**short), quality=Quality.LOW, out=tmp_path / "out", renderer=renderer,
            cache=SceneCache(tmp_path / "scenes"),
        )  # fmt: skip
    finally:
        renderer.close()
    assert made.faults == ()
    assert "1.62" in made_from.source, "gravity of the Moon was asked for"
    assert "manim" in self_contained(made_from.source, title=made_from.title)


@pytest.mark.parametrize(
    ("prompt", "templates"),
    [
        ("First Hooke's law, then how a pendulum's period depends on its length", ["hookes_law", "pendulum_period"]),
        ("a titration curve followed by supply and demand", ["titration_curve", "supply_demand"]),
        ("plot x^2 - 3 and find its vertex", ["function_plot", "quadratic_vertex"]),
        (
            "the theorem of Pythagoras and the unit circle with the sine curve",
            ["pythagoras_rearrangement", "unit_circle_sine"],
        ),
    ],
)
def test_prompts_of_two_ideas(prompt: str, templates: list[str]) -> None:
    understanding = understand(prompt)
    assert understanding.outcome is Outcome.SERVED
    assert [part.template for part in understanding.parts] == templates


def test_an_idea_that_points_back_to_a_formula_gets_that_formula() -> None:
    understanding = understand("plot x^2 - 3 and find its vertex")
    assert understanding.parts[1].knobs["c_value"] == -3


@pytest.mark.parametrize(
    "prompt",
    [
        "supply and demand", "sine and cosine on the unit circle", "predator and prey populations",
        "show the bars first unsorted, then sorted", "Newton's second law",
        "Hooke's law and its energy in the fourth dimension",
    ],
)  # fmt: skip
def test_an_and_inside_one_idea_divides_nothing(prompt: str) -> None:
    assert understand(prompt).parts == ()
