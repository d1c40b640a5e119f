"""The one server of the session, and clients that know it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from generation.engine.served.breaker import Breaker
from generation.engine.served.client import ModelClient
from generation.engine.served.request import Endpoint, Patience
from tests.vllm.server import BASE, PYTHON, Server, running


@pytest.fixture(scope="session")
def vllm_python() -> Path:
    if not PYTHON.exists():
        pytest.skip("vLLM is not installed here: scripts/setup-vllm installs it, or says why it cannot")
    return PYTHON


@pytest.fixture(scope="session")
def server(vllm_python: Path) -> Iterator[Server]:
    with tempfile.TemporaryDirectory(prefix="theorama-vllm-") as folder, running(Path(folder)) as found:
        yield found


def client_of(
    server: Server, *, model: str = BASE, adapter: str = "", breaker: Breaker | None = None, **patience
) -> ModelClient:
    waits = {"first_token_seconds": 60.0, "total_seconds": 300.0, "retries": 0, **patience}
    endpoint = Endpoint(server.url, model, adapter, server.key)
    return ModelClient([endpoint], patience=Patience(**waits), breakers=[breaker or Breaker()])
