"""What is told of people's work: which events, with what, and that nothing which listens can spoil a job."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from generation import exporting, services
from generation.engine.render.client import Renderer
from generation.models import Job
from tests.browser.made import finished_animation
from tests.factories import UserFactory
from tests.generation.running import run
from tests.generation.test_changing_in_words import RED, answers, edit, of_source
from tests.served.stub import Act, Stub, says, serving
from tests.served.test_writer import asked_name, healthy, scene

pytestmark = pytest.mark.django_db(transaction=True)
HEARD: list[dict[str, Any]] = []
NEW = "show how a falling apple gets faster and faster"


def hear(**facts: Any) -> None:
    HEARD.append(facts)


def break_down(**facts: Any) -> None:
    raise RuntimeError("whatever listens may fail")


@pytest.fixture(autouse=True)
def listening(settings: Any) -> None:
    HEARD.clear()
    settings.FEEDBACK_LISTENERS = [f"{__name__}.break_down", f"{__name__}.hear"]
    settings.DRAFT_LISTENERS = [f"{__name__}.hear"]
    settings.ADAPTER_CHECKS = []


@pytest.fixture
def stub(settings: Any) -> Iterator[Stub]:
    with serving() as running:
        settings.MODEL_URL, running.otherwise = running.url, healthy
        yield running


def test_an_export_tells_that_a_version_was_accepted() -> None:
    animation = finished_animation(UserFactory(tier="professional"))
    revision = animation.current_revision
    job = run(None, exporting.order(user=animation.project.owner, revision=revision, name="slides"))

    assert job.state == "succeeded"
    (told,) = HEARD
    assert (told["kind"], told["user"], told["after"]) == ("accepted", animation.project.owner, revision.source)
    assert told["prompt"] == revision.prompt


@pytest.mark.render
def test_a_change_in_words_tells_both_versions(stub: Stub, settings: Any, renderer: Renderer) -> None:
    settings.MODEL_PROFILE = "small"
    answers(stub, RED)
    animation = of_source()
    before = animation.current_revision.source
    job = run(renderer, edit(animation, "make the square red"))

    assert job.revision is not None
    (told,) = HEARD
    assert (told["kind"], told["before"], told["after"]) == ("edited", before, job.revision.source)


@pytest.mark.render
def test_a_mended_scene_is_told_with_what_was_wrong_and_the_draft_for_a_shadow(
    stub: Stub, settings: Any, renderer: Renderer
) -> None:
    def breaks_first(body: Any) -> Act:
        if "response_format" in body or asked_name(body) != "Scene2Faster" or len(body["messages"]) > 2:
            return healthy(body)
        return says(scene("Scene2Faster", "self.wait(1 / 0)"))

    stub.otherwise = breaks_first
    settings.MODEL_SPLIT, settings.MODEL_ADAPTER = ["next=100"], "manim"
    job: Job = run(renderer, services.submit(user=UserFactory(), prompt=NEW, writer="served"))

    assert job.state == "succeeded", job.fault
    assert {each["model"] for each in stub.asked} == {"next"}
    repaired, drafted = HEARD
    assert (repaired["kind"], repaired["model"]) == ("repaired", "next")
    assert "1 / 0" in repaired["before"]
    assert "1 / 0" not in repaired["after"]
    assert repaired["faults"]
    assert (drafted["job"], drafted["served"], drafted["prompt"]) == (str(job.pk), "next", NEW)
    assert len(drafted["storyboard"]["scenes"]) == 2
