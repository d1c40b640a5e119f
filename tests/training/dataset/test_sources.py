"""Sources: Manim's own examples, sketches, wishes and ways to break, a model's answers, and what people gave."""

from __future__ import annotations

import pytest

from generation.engine.errors import EngineFault
from generation.engine.render.client import Renderer
from tests.factories import UserFactory
from tests.served.conftest import client_of
from tests.served.stub import Stub, refuses, says, serving
from training import services
from training.dataset import breaking, wishing
from training.dataset.candidates import chance
from training.dataset.proving import Kept
from training.dataset.rehearsing import Rejected, storyboard_for
from training.dataset.rows import Task
from training.dataset.sketches import FAMILIES
from training.dataset.sources import endpoint, feedback, manim, sketches
from training.dataset.sources.feedback import Given
from training.lanes import Lane
from training.models import FeedbackEvent

EXAMPLE = '''class Thing:
    """Draws a thing.

    Examples
    --------
    .. manim:: ThingExample
        :save_last_frame:

        class ThingExample(Scene):
            def construct(self):
                self.add(Circle())

    More words.
    """
'''
REQUEST = "a dot moves along a line"
CODE = """from manim import *
from theorama_kit import *


class Scene1ADotMovesAlongALine(Stage):
    def construct(self):
        self.heading("A dot moves")
        dot = Dot([-4, 0, 0], color=YELLOW)
        self.say("Look at the dot.")
        self.play(FadeIn(dot))
        self.play(dot.animate.shift(3 * RIGHT), run_time=2)
        self.pause(1.0)
"""


@pytest.fixture
def stub():
    with serving() as running:
        yield running


def test_the_installed_manim_brings_its_licence():
    origin = manim.origin()
    assert (origin.licence, origin.lane) == ("MIT", Lane.COMMERCIAL)
    assert "sha256" in origin.evidence


def test_its_examples_are_read_out_of_the_docstrings():
    assert len(list(manim.examples(manim.folder()))) > 300


def test_an_example_becomes_a_scene_of_the_kit_in_which_something_moves(tmp_path):
    (tmp_path / "thing.py").write_text(EXAMPLE)
    (example,) = manim.examples(tmp_path)
    assert (example.owner, example.about) == ("Thing", "Draws a thing")
    code = manim.staged(example, "Scene1Thing")
    assert "class Scene1Thing(Stage):" in code
    assert "self.play(FadeIn(Circle()))" in code
    assert "self.say('Draws a thing.')" in code


@pytest.mark.parametrize("base", ["ThreeDScene", "Scene, Mixin"])
def test_what_is_no_plain_scene_is_left_out(tmp_path, base):
    (tmp_path / "thing.py").write_text(EXAMPLE.replace("(Scene)", f"({base})"))
    (example,) = manim.examples(tmp_path)
    with pytest.raises(ValueError, match="not one plain scene"):
        manim.staged(example, "Scene1Thing")


@pytest.mark.parametrize("name", FAMILIES)
def test_a_family_makes_the_same_sketch_from_the_same_chance_and_others_from_another(name):
    family = FAMILIES[name]
    assert family(chance(name, 1)) == family(chance(name, 1))
    assert len({family(chance(name, number)) for number in range(12)}) > 3
    assert all(storyboard_for(phrase) for phrase in family(chance(name, 1)).phrases)


@pytest.mark.render
@pytest.mark.parametrize("name", list(FAMILIES)[::6])
def test_sketches_run_and_overlap_nothing(renderer: Renderer, name):
    found = [
        each for each in sketches.candidates(sketches.origin(), 1) if each.family == name and each.task is Task.WRITE
    ]
    assert found[0].row(renderer.check).family == name


def test_every_way_to_break_changes_what_it_finds_and_some_are_found_in_a_sketch():
    codes = [family(chance(name, 3)).code("Scene1A") for name, family in FAMILIES.items()]
    used = {what for number, code in enumerate(codes) for what, _ in breaking.broken(code, chance(number), 40)}
    assert len(used) > 20


def test_wishes_name_lines_that_are_there_and_change_them():
    lines = CODE.split("\n")
    found = wishing.wishes(CODE, chance("wishes"))
    assert len(found) >= 3
    assert all(lines[number - 1] != new for wanted in found for number, new in wanted.changes.items())


@pytest.mark.render
def test_of_a_models_answers_only_those_that_run_are_kept(stub: Stub, renderer: Renderer, tmp_path):
    stub.acts = [says(f"```python\n{CODE}```"), says(f"```python\n{CODE.replace('Dot(', 'Dott(')}```"), says("no")]
    kept = Kept(tmp_path / "checks.sqlite3", renderer.check)
    asked = endpoint.Asked("qwen", "Apache-2.0", 3)
    wanted = [endpoint.Request(REQUEST, "moving")]
    found = list(endpoint.candidates(client_of(stub.url), asked, wanted, kept))
    row = found[0].row(kept)
    assert row.origin.lane is Lane.COMMERCIAL
    assert CODE.rstrip() in row.answer
    for candidate in found[1:]:
        with pytest.raises(Rejected):
            candidate.row(kept)
    assert [body["seed"] for body in stub.asked] == [1, 2, 3]
    found[0].row(kept)
    assert len(stub.asked) == 3  # an answer is asked for once


def test_a_model_that_does_not_answer_stops_the_build_and_is_not_taken_for_a_bad_answer(stub: Stub, tmp_path):
    stub.otherwise = lambda body: refuses(401)
    kept = Kept(tmp_path / "checks.sqlite3", lambda code, scene: pytest.fail("nothing to check"))
    asked = endpoint.Asked("qwen", "Apache-2.0", 1)
    client = client_of(stub.url, patience={"retries": 0})
    (candidate,) = endpoint.candidates(client, asked, [endpoint.Request(REQUEST, "moving")], kept)
    with pytest.raises(EngineFault):
        candidate.row(kept)


def test_a_model_of_unknown_licence_gives_blocked_rows():
    assert endpoint.origin(endpoint.Asked("someone", "", 1)).lane is Lane.BLOCKED


def test_requests_to_a_model_leave_out_the_families_that_are_held_out():
    found = endpoint.requests(100_000, frozenset({"projectile", "sketch_polygon"}))
    assert {"projectile", "sketch_polygon"}.isdisjoint(each.family for each in found)
    assert len(found) > 500


@pytest.mark.render
def test_what_somebody_gave_is_cleaned_and_proved(renderer: Renderer):
    given = Given(
        "accepted", "u1", "a dot moves along a line, for Priya", "", CODE.replace("A dot moves", "Hi Priya"), "v1"
    )
    (candidate,) = feedback.candidates([given])
    row = candidate.row(renderer.check)
    assert "Priya" not in str(row.messages)
    assert (row.origin.name, row.origin.lane) == ("feedback", Lane.COMMERCIAL)


def test_nobody_gives_more_than_a_share():
    given = [Given("accepted", "u1", f"dot {number}", "", CODE, "v1") for number in range(100)]
    assert len(list(feedback.candidates(given))) == feedback.MOST_OF_A_USER


@pytest.mark.parametrize("kind", ["regenerated", "rated_down"])
def test_what_somebody_did_not_like_is_no_example(kind):
    assert not list(feedback.candidates([Given(kind, "u1", REQUEST, "", CODE, "v1")]))


def yes(user) -> bool:
    return user.name == "Willing"


@pytest.mark.django_db
def test_only_what_people_consented_to_is_handed_out_and_without_a_rule_nothing(settings):
    for name in ("Willing", "Unwilling"):
        FeedbackEvent.objects.create(
            user=UserFactory(name=name), kind="accepted", subject="r", prompt=name, after=CODE, consent_version="v1"
        )
    settings.TRAINING_CONSENT = ""
    assert not list(services.given_feedback())
    settings.TRAINING_CONSENT = "tests.training.dataset.test_sources.yes"
    assert [each.prompt for each in services.given_feedback()] == ["Willing"]
