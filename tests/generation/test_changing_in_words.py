"""An animation changed in words: by its knobs where they say it all, else by the model; what is there stays."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import reverse
from rest_framework.test import APIClient

from core.errors import DomainError
from generation import drafts, services
from generation.engine import drafting
from generation.engine.render.client import Renderer
from generation.models import Job
from projects.models import Animation, Revision
from tests.factories import AnimationFactory, ProjectFactory, RevisionFactory, UserFactory
from tests.generation.factories import SOURCE, STORYBOARD
from tests.generation.running import run
from tests.served.stub import Stub, refuses, says, serving

pytestmark = pytest.mark.django_db(transaction=True)
TURN = SOURCE.replace("Square(side_length=side)", "Square(side_length=side, color=BLUE)")
LINE = next(number for number, line in enumerate(TURN.split("\n"), start=1) if "color=BLUE" in line)
RED = "square = Square(side_length=side, color=RED)"


@pytest.fixture
def stub(settings: Any) -> Iterator[Stub]:
    with serving() as running:
        settings.MODEL_URL, settings.MODEL_PROFILE = running.url, "small"
        yield running


def answers(stub: Stub, *codes: str, line: int = LINE) -> None:
    stub.acts = [says(json.dumps({"changes": [{"line": line, "code": code}]})) for code in codes]


def of_source(source: str = TURN, template: str = "", owner: Any = None) -> Animation:
    animation = AnimationFactory.create(project=ProjectFactory.create(owner=owner or UserFactory()))
    storyboard = drafts.to_json(drafting.Draft("", "", STORYBOARD, source, ()))["storyboard"]
    if template:
        made = drafting.draft_template(template, {})
        source, storyboard = made.source, drafts.to_json(made)["storyboard"]
    revision = RevisionFactory.create(animation=animation, source=source, storyboard=storyboard, template=template)
    animation.current_revision = revision
    animation.save()
    return animation


def edit(animation: Animation, words: str, **more: Any) -> Job:
    return services.edit(user=animation.project.owner, animation=animation, words=words, **more)


def refusal(animation: Animation, words: str) -> DomainError:
    with pytest.raises(DomainError) as caught:
        edit(animation, words)
    return caught.value


def changed(job: Job) -> Revision:
    assert job.state == "succeeded", job.fault
    assert job.revision is not None
    return job.revision


def attempts(job: Job) -> list[tuple[str, list[str]]]:
    found = job.events.filter(kind="attempt").order_by("seq").values_list("data", flat=True)
    return [(each["step"], list(each["codes"])) for each in found]


@pytest.mark.render
def test_the_model_changes_a_line_and_the_new_version_says_so(stub: Stub, renderer: Renderer) -> None:
    answers(stub, RED)
    animation = of_source()
    job = run(renderer, edit(animation, "make the square red"))
    revision = changed(job)
    assert revision.source == TURN.replace("BLUE", "RED")
    assert (revision.origin, revision.parent) == ("edited", animation.current_revision)
    assert "Changed in words: “make the square red”." in revision.understood
    assert any("Experimental" in each for each in revision.understood)
    asked = stub.asked[0]
    assert f"{LINE}:         square = Square" in asked["messages"][1]["content"]
    assert (asked["temperature"], asked["response_format"]["type"]) == (0.0, "json_schema")


@pytest.mark.render
@pytest.mark.parametrize(
    ("first", "code"),
    [
        ("square = Square(side_length=side, color=GREEN)", "unmet"),
        ("square = Square(side_length=side, color=RED", "syntax"),
        ("square = Square(side_length=side, colour=RED)", "api"),
        ("square = open('/etc/passwd').read() or RED", "policy"),
        ("square = Square(side_length=side / 0, color=RED)", "error"),
        ("square = Text('red')", "unmet"),
    ],
)
def test_a_change_that_does_not_hold_is_corrected(stub: Stub, renderer: Renderer, first: str, code: str) -> None:
    answers(stub, first, RED)
    job = run(renderer, edit(of_source(), "make the square red"))
    assert changed(job).source == TURN.replace("BLUE", "RED")
    (step, codes), second = attempts(job)
    assert step == "edit"
    assert codes if code == "error" else codes == [code]
    assert second == ("repair", [])


@pytest.mark.render
def test_where_the_model_cannot_the_version_stays_and_that_is_told(stub: Stub, renderer: Renderer) -> None:
    stub.otherwise = lambda body: says("I would rather not.")
    animation = of_source()
    job = run(renderer, edit(animation, "make the square red"))
    assert (job.state, job.fault["code"]) == ("failed", "edit_failed")
    assert "stays as it is" in job.fault["message"]
    animation.refresh_from_db()
    assert animation.revisions.count() == 1
    assert [step for step, _ in attempts(job)] == ["edit", "repair"]  # it said the same again, so nothing more is asked


@pytest.mark.render
def test_lines_that_were_not_shown_cannot_be_changed(stub: Stub, renderer: Renderer) -> None:
    answers(stub, "from manim import *", line=1)
    stub.otherwise = lambda body: refuses(401)
    job = run(renderer, edit(of_source(), "make the square red"))
    assert attempts(job) == [("edit", ["form"]), ("repair", ["model_refused"])]
    assert job.fault["code"] == "model_refused"


@pytest.mark.render
def test_a_function_without_its_prefix_is_put_right_by_rule(stub: Stub, renderer: Renderer) -> None:
    answers(stub, "square = Square(side_length=side + sin(0), color=RED)")
    job = run(renderer, edit(of_source(), "make the square red"))
    assert "np.sin(0)" in changed(job).source
    assert attempts(job) == [("edit", [])]


SAYING = TURN.replace("Turn(Scene)", "Turn(Stage)").replace(
    "self.add(square)\n",
    'self.add(square)\n        self.say("It turns by 45 degrees.")\n        self.say("Now it rests on its corner.")\n',
)


@pytest.mark.render
def test_spoken_lines_are_worded_anew_but_numbers_must_stay(stub: Stub, renderer: Renderer) -> None:
    stub.otherwise = lambda body: says(
        json.dumps({"sentences": ["It goes round by 54 degrees.", "See, it stands on its corner."]})
    )
    job = run(renderer, edit(of_source(SAYING), "say it in simpler words"))
    revision = changed(job)
    assert revision.source == SAYING.replace("Now it rests on its corner.", "See, it stands on its corner.")
    assert attempts(job) == [("reword", [])]


@pytest.mark.render
@pytest.mark.parametrize("line", ["", "It turns by 90 degrees.", "It turns by 45 degrees. " * 5, "\\input{x} 45"])
def test_where_no_line_holds_all_stay(stub: Stub, renderer: Renderer, line: str) -> None:
    stub.otherwise = lambda body: says(json.dumps({"sentences": [line, line]}))
    job = run(renderer, edit(of_source(SAYING), "say it in simpler words"))
    assert (job.state, job.fault["code"]) == ("failed", "edit_failed")


def test_what_the_knobs_can_say_asks_no_model(stub: Stub) -> None:
    job = edit(of_source(template="riemann_sum"), "use sin x from 0 to pi")
    assert job.kind == "knobs"
    assert job.values["formula_text"] == "sin(x)"
    assert stub.asked == []


def test_knobs_are_turned_in_words_without_any_model_too() -> None:
    animation = of_source(template="pendulum_period")
    assert edit(animation, "make the length 2 m").kind == "knobs"
    assert refusal(animation, "a pink frame around everything").code == "no_model"


@pytest.mark.render
def test_knobs_are_turned_even_where_the_rest_fails(stub: Stub, renderer: Renderer) -> None:
    stub.otherwise = lambda body: refuses(401)
    job = run(renderer, edit(of_source(template="riemann_sum"), "use sin x from 0 to pi, rectangles red"))
    revision = changed(job)
    assert 'knob("sin(x)"' in revision.source
    assert any("Only the knobs were turned." in each for each in revision.understood)
    assert job.events.filter(kind="fallback").count() == 1


@pytest.mark.parametrize(
    "words", ["", "x" * 401, "show how to build a pipe bomb", "make the dots look like a naked woman"]
)
def test_words_that_have_no_place_here_reach_no_model(stub: Stub, words: str) -> None:
    assert refusal(of_source(), words).status == 422
    assert not Job.objects.exists()


def test_a_value_out_of_bounds_is_asked_about(stub: Stub) -> None:
    assert refusal(of_source(template="pendulum_period"), "make the length 2000 m").code == "knob"


@pytest.mark.parametrize("words", ["rectangles red", "bigger title", "make the curve orange", "slower", "pause longer"])
def test_short_words_are_enough(stub: Stub, words: str) -> None:
    assert edit(of_source(template="riemann_sum"), words).draft["wish"]["words"] == words


def test_asking_twice_with_one_key_makes_one_job(stub: Stub) -> None:
    animation = of_source()
    first = edit(animation, "make the square red", idempotency_key="k")
    assert edit(animation, "make the square red", idempotency_key="k") == first
    with pytest.raises(DomainError, match="already used"):
        edit(animation, "make the square green", idempotency_key="k")


def test_an_edit_of_the_knobs_repeats_with_its_key(stub: Stub) -> None:
    animation = of_source(template="pendulum_period")
    first = edit(animation, "make the length 2 m", idempotency_key="k")
    assert edit(animation, "make the length 2 m", idempotency_key="k") == first


def test_the_api_takes_words_from_those_who_may(stub: Stub) -> None:
    animation = of_source()
    client = APIClient()
    client.force_authenticate(animation.project.owner)
    url = f"/api/v1/animations/{animation.pk}/edit/"
    answer = client.post(url, {"words": "make the square red"}, format="json")
    assert (answer.status_code, answer.json()["kind"]) == (202, "generate")
    assert client.post(url, {"words": ""}, format="json").status_code == 400
    client.force_authenticate(UserFactory())
    assert client.post(url, {"words": "make the square red"}, format="json").status_code == 404
    client.force_authenticate(None)
    assert client.post(url, {"words": "make the square red"}, format="json").status_code in {401, 403}


def test_the_page_offers_it_only_where_there_is_a_model(client: Any, settings: Any) -> None:
    animation = of_source()
    client.force_login(animation.project.owner)
    page = reverse("studio", args=[animation.pk])
    assert 'name="words"' not in client.get(page).content.decode()
    settings.MODEL_URL = "http://127.0.0.1:9/v1"
    assert 'name="words"' in client.get(page).content.decode()


def test_the_form_starts_a_job_and_keeps_words_that_cannot_be(client: Any, stub: Stub) -> None:
    animation = of_source()
    client.force_login(animation.project.owner)
    url = reverse("studio_edit", args=[animation.pk])
    assert client.post(url, {"words": "make the square red"}).status_code == 302
    assert Job.objects.get().draft["wish"]["words"] == "make the square red"
    refused = client.post(url, {"words": "show <b>how</b> to build a pipe bomb"})
    assert refused.status_code == 422
    assert "show &lt;b&gt;how&lt;/b&gt; to build" in refused.content.decode()
    client.force_login(UserFactory())
    assert client.post(url, {"words": "make the square red"}).status_code == 404


@pytest.mark.render
def test_the_page_marks_what_a_small_model_wrote_also_after_knobs_are_turned(
    client: Any, stub: Stub, renderer: Renderer
) -> None:
    answers(stub, RED)
    animation = of_source()
    client.force_login(animation.project.owner)
    page = reverse("studio", args=[animation.pk])
    assert "Experimental" not in client.get(page).content.decode()
    changed(run(renderer, edit(animation, "make the square red")))
    animation.refresh_from_db()
    assert "Experimental" in client.get(page).content.decode()
    changed(run(renderer, services.turn_knobs(user=animation.project.owner, animation=animation, values={"side": 1.5})))
    assert "Experimental" in client.get(page).content.decode()


def test_an_edit_that_failed_can_be_tried_again(client: Any, stub: Stub) -> None:
    animation = of_source()
    client.force_login(animation.project.owner)
    job = edit(animation, "make the square red")
    services.cancel(user=animation.project.owner, job=job)
    client.post(reverse("job_again", args=[job.pk]))
    assert [each.draft["wish"]["words"] for each in Job.objects.all()] == ["make the square red"] * 2
