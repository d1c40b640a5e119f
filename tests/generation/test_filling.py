"""A job of the library whose knobs a model on this machine reads to the end."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from generation import services
from generation.engine.render.client import Renderer
from generation.models import Job
from tests.factories import UserFactory
from tests.generation.running import run
from tests.generation.test_writing import events
from tests.served.stub import Stub, refuses, says, serving

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.render]
PROMPT = "collision of two carts and momentum, masses 2 and 1, the first at 3 m/s"


@pytest.fixture
def stub(settings: Any) -> Iterator[Stub]:
    with serving() as running:
        settings.MODEL_URL, settings.MODEL_PROFILE = running.url, "small"
        yield running


def submitted(prompt: str = PROMPT) -> Job:
    return services.submit(user=UserFactory(), prompt=prompt)


def test_the_values_are_drawn_and_told_to_be_checked(stub: Stub, renderer: Renderer) -> None:
    stub.otherwise = lambda body: says(json.dumps({"first_mass": 2.0, "second_mass": 1.0, "bounce": None}))
    job = run(renderer, submitted())
    assert job.state == "succeeded", job.fault
    assert job.revision is not None
    told = [each for each in job.revision.understood if each.startswith("Understood by the model")]
    assert told
    assert not any("I did not use “2”" in each for each in job.revision.understood)
    assert [each["step"] for each in events(job, "attempt")] == ["fill"]
    assert "unread" not in job.draft


def test_a_model_that_fails_leaves_what_the_rules_read(stub: Stub, renderer: Renderer) -> None:
    stub.otherwise = lambda body: refuses(401)
    job = run(renderer, submitted())
    assert job.state == "succeeded", job.fault
    assert job.revision is not None
    assert job.revision.values["first_velocity"] == 3.0
    assert events(job, "attempt")[0]["codes"] == ["model_refused"]


def test_nothing_is_asked_where_the_rules_read_all_or_no_small_model_is_set_up(stub: Stub, settings: Any) -> None:
    assert "unread" not in submitted("show a ball thrown at 20 with an angle of 60").draft
    assert submitted().draft["unread"]
    settings.MODEL_PROFILE = "large"
    assert "unread" not in submitted().draft
    settings.MODEL_URL = ""
    assert "unread" not in submitted().draft
    assert stub.asked == []
