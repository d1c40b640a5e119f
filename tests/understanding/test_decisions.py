"""Served only when sure, asked when unsure, refused when nothing fits."""

import json
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.management import call_command

from generation.engine import knobs
from generation.engine.errors import RequestFault
from generation.engine.library import catalogue
from generation.engine.types import Outcome
from generation.engine.understanding import embedding, retrieval, understand
from tests.understanding import score
from tests.understanding.factories import small_library


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    return small_library(tmp_path_factory.mktemp("library"))


@pytest.fixture(scope="module")
def judged():
    return score.judge(score.load())


def test_a_clear_prompt_is_served_with_its_knobs_and_words(library):
    found = understand("how the period of a pendulum depends on lengths 1 and 2 m", templates=library)
    assert found.outcome is Outcome.SERVED
    assert found.template == "pendulum"
    assert found.knobs == {"lengths": [1.0, 2.0]}
    assert found.understood == ("Lengths: 1 and 2 m.",)
    assert found.words == ("pendulum",)
    assert found.message == ""
    assert 0.7 <= found.confidence <= 1


def test_typing_errors_are_forgiven(library):
    assert understand("perod of a pendelum and its lenght", templates=library).template == "pendulum"


def test_what_the_template_cannot_show_is_refused_by_name(library):
    found = understand("the period of a double pendulum", templates=library)
    assert found.outcome is Outcome.REFUSED
    assert found.message.startswith("I can't draw double pendulum yet. The closest animations are: ")
    assert found.alternatives[0].template == "pendulum"


def test_a_value_out_of_bounds_is_asked_about_and_nothing_is_clamped(library):
    found = understand("the period of a pendulum of length 50 m", templates=library)
    assert found.outcome is Outcome.ASK
    assert found.template == "pendulum"
    assert found.code == "knob"
    assert "lengths" not in found.knobs
    assert "Lengths must be between 0.1 and 10 m; you gave 50." in found.understood


def test_nothing_fitting_is_refused_with_the_nearest(library):
    found = understand("history of Rome", templates=library)
    assert found.outcome is Outcome.REFUSED
    assert found.template is None
    assert found.code == "no_template"
    assert len(found.alternatives) == 3


def test_a_wish_for_something_else_than_an_animation_is_refused(library):
    found = understand("write me a poem about a pendulum", templates=library)
    assert found.outcome is Outcome.REFUSED
    assert found.code == "not_animation"


def test_a_formula_alone_is_drawn(library):
    found = understand("y = 3x + 1", templates=library)
    assert (found.outcome, found.template, found.knobs) == (Outcome.SERVED, "plotter", {"function": "3*x + 1"})


def test_a_template_the_teacher_chose_only_has_its_knobs_read(library):
    found = understand("something with 2 m", template="pendulum", templates=library)
    assert (found.outcome, found.knobs, found.confidence) == (Outcome.SERVED, {"lengths": [2.0]}, 1.0)
    with pytest.raises(RequestFault):
        understand("something", template="nothing", templates=library)


def test_the_librarys_own_phrases_find_their_templates():
    for template in catalogue.templates().values():
        for phrase in template.phrases:
            found = understand(phrase)
            first = found.template or found.alternatives[0].template
            assert first == template.slug, phrase


def test_values_read_can_be_set_in_the_template(judged):
    for each in judged:
        if each.served:
            for part in each.understanding.parts or (each.understanding,):
                knobs.apply(catalogue.templates()[part.template].source, part.knobs)


def test_labelled_prompts_reach_their_bars(judged):
    scores = score.scores(judged)
    assert scores["prompts"] >= 300
    assert scores["top1"] >= 0.95
    assert scores["served"] >= 0.90
    assert scores["wrong_but_confident"] <= 0.005
    assert not [each.labelled.prompt for each in judged if each.served and each.labelled.kind == "off"]


def test_knobs_of_labelled_prompts_are_read(judged):
    assert score.knob_misses(judged) == []


def test_two_numbers_in_the_unit_of_two_knobs_go_to_them_in_order():
    found = understand("beats between 10 Hz and 11 Hz")
    assert found.knobs == {"first_frequency": 10.0, "second_frequency": 11.0}


def test_a_unit_that_is_a_choice_is_read_and_kept():
    found = understand("pythagoras for a right triangle with sides 3 m and 4 m")
    assert found.knobs == {"length_unit": "m", "leg_a": 3.0, "leg_b": 4.0}
    assert found.understood == ("Unit of length: m.", "Leg a: 3 m.", "Leg b: 4 m.")


def test_one_wide_word_is_asked_about():
    for word in ("waves", "motion", "graph", "slope", "triangle"):
        found = understand(word)
        assert found.outcome is Outcome.ASK, word
        assert found.message.startswith("Many animations are about that.")
    assert understand("pendulum").outcome is Outcome.SERVED


def test_two_ideas_in_one_prompt_are_served_one_after_the_other():
    found = understand("show the derivative of x^2 and then its integral")
    assert found.outcome is Outcome.SERVED
    assert [each.template for each in found.parts] == ["derivative_slope", "riemann_sum"]
    assert [each.knobs["formula_text"] for each in found.parts] == ["x^2", "x^2"]


def test_an_upright_line_is_not_drawn_as_something_else():
    found = understand("graph of x = -2")
    assert found.outcome is Outcome.ASK
    assert "x = -2 is an upright line" in found.message


def test_every_vector_of_the_library_is_stored():
    stored = embedding.stored_vectors()
    missing = [
        text for text in retrieval.library_texts(catalogue.templates().values()) if embedding.key_of(text) not in stored
    ]
    assert missing == [], "run `manage.py understand --store-vectors`"


def test_a_warm_prompt_takes_little_time():
    understand("a pendulum on the Moon")
    started = time.perf_counter()
    for number in range(20):
        understand(f"how a spring of stiffness {number + 20} N/m stretches")
    assert (time.perf_counter() - started) / 20 < 0.1  # 20 ms on an idle machine


def test_threads_agree():
    prompts = [each.prompt for each in score.load()[:24]]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(understand, prompts))
    assert together == [understand(prompt) for prompt in prompts]


def test_the_command_prints_one_line_of_json(capsys):
    for prompt in ("pendulums of 0.5 and 1 m", "history of Rome", ""):
        call_command("understand", prompt, "--json")
        line = capsys.readouterr().out
        assert line.count("\n") == 1
        data = json.loads(line)
        assert data["outcome"] in ("served", "ask", "refused")
        assert {"template", "title", "confidence", "knobs", "alternatives", "understood", "words", "message"} <= set(
            data
        )


def test_the_command_speaks_plainly_without_json(capsys):
    call_command("understand", "pendulums of 0.5 and 1 m")
    assert "pendulum" in capsys.readouterr().out


@pytest.mark.parametrize(
    "prompt",
    [
        "First a population with limited resources, then foxes and rabbits that depend on one another",
        "Start with the slope of a straight line, then go on to the vertex of a parabola.",
    ],
)
def test_of_two_ideas_that_a_prompt_puts_in_order_none_is_dropped(prompt):
    found = understand(prompt)
    assert found.outcome is Outcome.ASK
    assert "two animations" in found.message
    assert len({choice.template for choice in found.alternatives}) > 1
