"""Whole jobs whose model is a real vLLM server with random weights: nothing it writes can be drawn."""

from __future__ import annotations

import threading
import time
from typing import Any

import pytest
from django.db import connection

from generation import queue, services
from generation.engine.render import Renderer
from generation.execution import Execution
from generation.models import Job
from tests.factories import UserFactory
from tests.generation.running import run as finish
from tests.vllm.server import ADAPTER, BASE, Server
from tests.vllm.test_protocol import until

pytestmark = [pytest.mark.vllm, pytest.mark.django_db(transaction=True), pytest.mark.render]
NEW = "show how a falling apple gets faster and faster"
KNOWN = "How the period of a pendulum depends on its length"
BOARD = {"title": "Apple", "scenes": [{"title": "Fall", "shown": "A dot falls.", "said": "Look.", "seconds": 5}]}
SHORT = {"max_tokens": 128}


@pytest.fixture(autouse=True)
def model(server: Server, settings: Any) -> None:
    settings.MODEL_URL, settings.MODEL_NAME, settings.MODEL_KEY = server.url, BASE, server.key
    settings.MODEL_ADAPTER = ADAPTER
    settings.ADAPTER_CHECKS = []  # nobody registers random weights


def run(renderer: Renderer, prompt: str, **more: Any) -> Job:
    job = services.submit(user=UserFactory(), prompt=prompt, writer="served", sampling=SHORT, **more)
    return finish(renderer, job)


def events(job: Job, kind: str) -> list[dict[str, Any]]:
    return list(job.events.filter(kind=kind).order_by("seq").values_list("data", flat=True))


def test_where_the_library_can_it_serves_and_the_teacher_is_told(renderer: Renderer) -> None:
    job = run(renderer, KNOWN, storyboard=BOARD)
    assert job.state == "succeeded", job.fault
    assert job.revision is not None
    assert job.revision.template == "pendulum_period"
    (told,) = events(job, "fallback")
    assert told["reason"] == "nothing_written"
    assert "library instead" in told["words"]
    assert job.revision.understood[0] == told["words"]


def test_where_neither_can_the_job_fails_in_words_with_every_attempt_on_record(renderer: Renderer) -> None:
    job = run(renderer, NEW, storyboard=BOARD)
    assert (job.state, job.fault["code"]) == ("failed", "nothing_written")
    assert "Nearest in the library: “" in job.fault["hint"]
    attempts = events(job, "attempt")
    assert (attempts[0]["step"], attempts[-1]["step"]) == ("write", "simplify")
    assert all(each["codes"] and each["model"] == ADAPTER and each["tokens"] > 0 for each in attempts)


def test_who_cancels_a_job_stops_the_server_too(server: Server, renderer: Renderer) -> None:
    user = UserFactory()
    job = services.submit(
        user=user, prompt=NEW, writer="served", storyboard=BOARD, sampling={"temperature": 1.0, "max_tokens": 4096}
    )
    claimed = queue.take(job.pk, "one")
    assert claimed is not None

    def cancel_once_it_writes() -> None:
        while server.metric("vllm:num_requests_running") == 0:
            time.sleep(0.05)
        services.cancel(user=user, job=job)
        connection.close()

    teacher = threading.Thread(target=cancel_once_it_writes)
    teacher.start()
    Execution(claimed, renderer).run()
    teacher.join()
    job.refresh_from_db()
    assert job.state == "cancelled"
    assert until(lambda: server.metric("vllm:num_requests_running") == 0)
