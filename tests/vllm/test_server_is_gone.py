"""The last of the lane, by its name: the server is killed, and everything goes on without it."""

from __future__ import annotations

from typing import Any

import pytest

from generation.engine.render import Renderer
from generation.engine.served.breaker import Breaker
from tests.vllm import test_jobs
from tests.vllm.conftest import client_of
from tests.vllm.server import Server
from tests.vllm.test_protocol import fault_of

pytestmark = [pytest.mark.vllm, pytest.mark.django_db(transaction=True), pytest.mark.render]


def test_a_killed_server_is_unreachable_then_left_alone_and_the_library_serves(
    server: Server, renderer: Renderer, settings: Any
) -> None:
    server.kill()
    client = client_of(server, breaker=Breaker(failures=2))
    assert [fault_of(client).code for _ in range(3)] == ["model_unreachable", "model_unreachable", "model_resting"]
    settings.MODEL_URL, settings.MODEL_KEY = server.url, server.key
    job = test_jobs.run(renderer, test_jobs.KNOWN)
    assert job.state == "succeeded", job.fault
    (told,) = test_jobs.events(job, "fallback")
    assert told["reason"] == "model_unreachable"
