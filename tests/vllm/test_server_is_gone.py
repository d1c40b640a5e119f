"""The server is killed: last of the lane by its name, for tests without a database run after those with one."""

from __future__ import annotations

import pytest

from generation.engine.served.breaker import Breaker
from tests.vllm.conftest import client_of
from tests.vllm.server import Server
from tests.vllm.test_protocol import fault_of

pytestmark = pytest.mark.vllm


def test_a_killed_server_is_unreachable_and_then_left_alone(server: Server) -> None:
    server.kill()
    client = client_of(server, breaker=Breaker(failures=2))
    assert [fault_of(client).code for _ in range(3)] == ["model_unreachable", "model_unreachable", "model_resting"]
