"""Stub servers and clients that know them."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest

from generation.engine.render import Renderer
from generation.engine.served.client import ModelClient
from generation.engine.served.request import Endpoint, Patience
from generation.engine.served.writer import ServedWriter
from tests.served.stub import MODEL, Stub, serving


@pytest.fixture
def stub() -> Iterator[Stub]:
    with serving() as running:
        yield running


@pytest.fixture
def second() -> Iterator[Stub]:
    with serving() as running:
        yield running


@pytest.fixture
def nobody() -> str:
    """An address where nobody listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{free.getsockname()[1]}/v1"


def client_of(*urls: str, adapter: str = "", key: str = "", **more) -> ModelClient:
    patience = {"first_token_seconds": 5.0, "total_seconds": 20.0, **more.pop("patience", {})}
    endpoints = [Endpoint(url, MODEL, adapter=adapter, key=key) for url in urls]
    return ModelClient(endpoints, patience=Patience(**patience), **more)


@pytest.fixture
def writer(stub: Stub, renderer: Renderer) -> ServedWriter:
    return ServedWriter(client_of(stub.url, patience={"retries": 0}), renderer.check)
