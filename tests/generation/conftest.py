"""A warm renderer for the tests that draw."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from generation.engine.render.client import Renderer


@pytest.fixture(scope="session")
def renderer() -> Iterator[Renderer]:
    """The product's renderer, in a folder of its own."""
    folder = Path(tempfile.mkdtemp(prefix="theorama-render-"))
    found = Renderer(folder)
    yield found
    found.close()
    shutil.rmtree(folder, ignore_errors=True)
