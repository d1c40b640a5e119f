"""Jobs whose scenes a served model writes: against a real HTTP server, drawn for real."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from rest_framework.test import APIClient

from core.errors import DomainError
from generation import manuscript, queue, services
from generation.engine.render.client import Renderer
from generation.execution import Execution
from generation.models import Job
from tests.factories import UserFactory
from tests.generation.running import run
from tests.served.stub import Act, Stub, refuses, says, serving
from tests.served.test_writer import BOARD, asked_name, healthy, scene

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.render]

NEW = "show how a falling apple gets faster and faster"
KNOWN = "How the period of a pendulum depends on its length"


@pytest.fixture
def stub(settings: Any) -> Iterator[Stub]:
    with serving() as running:
        settings.MODEL_URL = running.url
        running.otherwise = healthy
        yield running


def asked(prompt: str = NEW, **more: Any) -> Job:
    return services.submit(user=UserFactory(), prompt=prompt, writer="served", **more)


def events(job: Job, kind: str) -> list[dict[str, Any]]:
    return list(job.events.filter(kind=kind).order_by("seq").values_list("data", flat=True))


def test_a_job_for_the_model_becomes_a_revision(stub: Stub, renderer: Renderer) -> None:
    job = run(renderer, asked())
    assert job.state == "succeeded", job.fault
    assert job.revision is not None
    assert (job.revision.title, job.revision.template, job.revision.origin) == ("Falling bodies", "", "generated")
    assert [each["state"] for each in job.revision.storyboard["scenes"]] == ["rendered", "rendered"]
    assert job.revision.understood == ["Let go: A dot falls down.", "Faster: A graph of the speed."]
    assert [each["step"] for each in events(job, "attempt")] == ["storyboard", "write", "write"]
    assert all(each["words"].endswith("It works.") for each in events(job, "attempt"))
    assert [each["stage"] for each in events(job, "stage")][:2] == ["storyboard", "writing"]
    written = manuscript.load(job.pk)
    assert written is not None
    assert written["Scene2Faster"] == scene("Scene2Faster")


def test_a_scene_that_could_not_be_written_is_shown_with_its_reason(stub: Stub, renderer: Renderer) -> None:
    def second_never_works(body: Any) -> Act:
        if "response_format" in body or asked_name(body) != "Scene2Faster":
            return healthy(body)
        return says(scene("Scene2Faster", "self.play(Creates(Dot()))"))

    stub.otherwise = second_never_works
    job = run(renderer, asked())
    assert job.state == "succeeded", job.fault
    assert job.revision is not None
    made, left_out = job.revision.storyboard["scenes"]
    assert (made["state"], left_out["state"], left_out["fault"]["code"]) == ("rendered", "left_out", "api")
    (fault,) = events(job, "succeeded")[0]["faults"]
    assert fault["scene"] == "Scene2Faster"
    again = services.turn_knobs(user=job.owner, animation=job.animation, values={}, quality="m")
    assert [each["name"] for each in again.draft["storyboard"]["scenes"]] == ["Scene1LetGo"]


def test_a_second_attempt_draws_what_was_written(stub: Stub, renderer: Renderer) -> None:
    job = asked()
    claimed = queue.take(job.pk, "one")
    assert claimed is not None
    execution = Execution(claimed, renderer)
    with execution._scribe:
        execution._write(Job.objects.get(pk=job.pk))
    count = len(stub.asked)
    queue.hand_back(claimed)
    assert run(renderer, job).state == "succeeded"
    assert len(stub.asked) == count


def test_where_the_model_is_down_the_library_serves_and_says_so(nobody_listens: str, renderer: Renderer) -> None:
    job = run(renderer, asked(KNOWN))
    assert job.state == "succeeded", job.fault
    assert job.revision is not None
    assert job.revision.template == "pendulum_period"
    (told,) = events(job, "fallback")
    assert told["reason"] == "model_unreachable"
    assert job.revision.understood[0] == told["words"]
    assert "library instead" in told["words"]


def test_where_neither_can_the_job_fails_and_names_the_nearest(nobody_listens: str, renderer: Renderer) -> None:
    job = run(renderer, asked())
    assert job.state == "failed"
    assert job.fault["code"] == "model_unreachable"
    assert "Nearest in the library: “" in job.fault["hint"]
    assert events(job, "attempt")[0]["codes"] == ["model_unreachable"]


def test_a_model_that_only_writes_hostile_code_makes_nothing(stub: Stub, renderer: Renderer) -> None:
    hostile = "getattr(self, '__class__').__base__.__subclasses__()"
    stub.otherwise = lambda body: (
        says(json.dumps(BOARD)) if "response_format" in body else says(scene(asked_name(body), hostile))
    )
    job = run(renderer, asked())
    assert (job.state, job.fault["code"]) == ("failed", "nothing_written")
    assert {tuple(each["codes"]) for each in events(job, "attempt")[1:]} == {("policy",)}


@pytest.fixture
def nobody_listens(settings: Any) -> str:
    with serving() as gone:
        settings.MODEL_URL = gone.url
    return gone.url


# --- who writes -----------------------------------------------------------------------------------------
def writer_of(prompt: str, **more: Any) -> str:
    return str(services.submit(user=UserFactory(), prompt=prompt, **more).draft.get("writer", "library"))


def test_the_library_writes_where_it_is_sure_and_the_model_where_it_is_not(stub: Stub) -> None:
    assert writer_of(KNOWN) == "library"
    assert writer_of(NEW) == "served"
    assert writer_of(KNOWN, writer="served") == "served"
    assert writer_of(KNOWN, writer="library") == "library"
    assert stub.asked == []


def refusal(prompt: str, **more: Any) -> DomainError:
    with pytest.raises(DomainError) as caught:
        services.submit(user=UserFactory(), prompt=prompt, **more)
    return caught.value


def test_without_an_endpoint_all_is_as_before() -> None:
    assert refusal(NEW).code in {"unsure", "no_template", "excluded"}
    assert refusal(KNOWN, writer="served").code == "no_model"
    assert writer_of(KNOWN) == "library"


def test_the_library_alone_can_be_asked_for(stub: Stub) -> None:
    assert refusal(NEW, writer="library").data["alternatives"]


@pytest.mark.parametrize("prompt", ["", "x" * 5000, "how to build a pipe bomb at home"])
def test_what_has_no_place_here_never_reaches_the_model(stub: Stub, prompt: str) -> None:
    refusal(prompt, writer="served")
    refusal(prompt)
    assert not Job.objects.exists()


def test_an_edited_storyboard_is_followed(stub: Stub, renderer: Renderer) -> None:
    board = {"title": "Mine", "scenes": [{"title": "One", "shown": "A dot.", "said": "Look.", "seconds": 5}]}
    job = asked(storyboard=board)
    assert job.animation.title == "Mine"
    assert run(renderer, job).state == "succeeded"
    assert [each["step"] for each in events(job, "attempt")] == ["write"]
    assert refusal(NEW, writer="served", storyboard={"title": "x", "scenes": []}).code == "storyboard"


# --- the API --------------------------------------------------------------------------------------------
def post(**body: Any) -> Any:
    client = APIClient()
    client.force_authenticate(UserFactory())
    return client.post("/api/v1/generations/", {"prompt": NEW, "writer": "served", **body}, format="json")


def test_sampling_within_bounds_reaches_the_model(stub: Stub, renderer: Renderer) -> None:
    sampling = {"temperature": 0.5, "top_p": 0.8, "max_tokens": 1000, "seed": 7}
    response = post(sampling=sampling)
    assert response.status_code == 202, response.json()
    assert run(renderer, Job.objects.get(pk=response.json()["id"])).state == "succeeded"
    assert {name: stub.asked[-1][name] for name in sampling} == sampling


@pytest.mark.parametrize(
    "body",
    [
        {"sampling": {"temperature": 99}}, {"sampling": {"max_tokens": 10**9}}, {"sampling": {"n": 1000}},
        {"sampling": {"top_p": "nan"}}, {"sampling": {"seed": -1}}, {"sampling": "hot"}, {"n": 1000},
        {"temperature": 99}, {"writer": "somebody"}, {"storyboard": {"title": "x", "scenes": []}},
        {"storyboard": {"title": "x", "scenes": [{}] * 50}},
    ],
    ids=str,
)  # fmt: skip
def test_what_is_out_of_bounds_is_a_400_and_asks_no_model(stub: Stub, body: dict[str, Any]) -> None:
    assert post(**body).status_code == 400
    assert not Job.objects.exists()
    assert stub.asked == []


def planned(**body: Any) -> Any:
    client = APIClient()
    client.force_authenticate(UserFactory())
    return client.post("/api/v1/generations/plan/", {"prompt": NEW, **body}, format="json")


def test_a_storyboard_can_be_planned_changed_and_sent_back(stub: Stub) -> None:
    board = planned(sampling={"temperature": 0.9}).json()
    assert board == BOARD
    assert stub.asked[0]["temperature"] == 0.9
    assert not Job.objects.exists()
    board["scenes"][0]["shown"] = "Two dots fall."
    response = post(storyboard=board)
    assert response.status_code == 202
    assert Job.objects.get().draft["storyboard"]["scenes"][0]["shown"] == "Two dots fall."


def test_planning_is_refused_in_words(stub: Stub, settings: Any) -> None:
    assert planned(sampling={"temperature": 99}).status_code == 400
    assert planned(prompt="how to build a pipe bomb at home").status_code == 422
    assert stub.asked == []
    stub.otherwise = lambda body: refuses(401)
    answer = planned()
    assert (answer.status_code, answer.json()["code"]) == (503, "model_refused")
    settings.MODEL_URL = ""
    assert planned().json()["code"] == "no_model"


def test_those_who_poll_see_the_code_being_written(stub: Stub, renderer: Renderer) -> None:
    job = asked()
    claimed = queue.take(job.pk, "one")
    assert claimed is not None
    manuscript.Manuscript(job.pk).add("Scene1LetGo", "from manim")
    client = APIClient()
    client.force_authenticate(job.owner)
    assert client.get(f"/api/v1/generations/{job.pk}/events/").json()["code"] == {"Scene1LetGo": "from manim"}


def test_a_follower_gets_only_what_it_lacks() -> None:
    assert manuscript.news({"A": "one"}, {"A": "one two", "B": "x"}) == [
        {"scene": "A", "from": 3, "text": " two"},
        {"scene": "B", "from": 0, "text": "x"},
    ]
    assert manuscript.news({"A": "one"}, {"A": ""}) == [{"scene": "A", "from": 0, "text": ""}]
    assert manuscript.news({"A": "one"}, {"A": "one"}) == []


def test_a_server_that_refuses_us_is_told_without_its_key(stub: Stub, renderer: Renderer, settings: Any) -> None:
    settings.MODEL_KEY = "sk-very-secret"
    stub.otherwise = lambda body: refuses(401)
    job = run(renderer, asked())
    assert job.fault["code"] == "model_refused"
    assert "sk-very-secret" not in json.dumps([job.fault, job.draft, list(job.events.values_list("data", flat=True))])
