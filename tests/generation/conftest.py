"""A warm renderer for the tests that draw."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from generation import consumers
from generation.engine.render.client import Renderer


@pytest.fixture(scope="session", autouse=True)
def end_socket_threads(django_db_setup: None) -> Iterator[None]:
    """Let go of the connections that the sockets' threads hold before the test database is dropped."""
    yield
    consumers._threads.shutdown(wait=True)


@pytest.fixture(scope="session")
def renderer() -> Iterator[Renderer]:
    """The product's renderer, in a folder of its own."""
    folder = Path(tempfile.mkdtemp(prefix="theorama-render-"))
    found = Renderer(folder)
    yield found
    found.close()
    shutil.rmtree(folder, ignore_errors=True)
