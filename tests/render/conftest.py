"""One warm daemon for all render tests, in a folder of its own; it ends with them."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from manim import config

from generation.engine.render import Renderer

# Plain Manim keeps formulas below the working folder, where several processes would write the same file at once.
config.media_dir = str(Path(settings.DATA_DIR) / "plain-manim")


@pytest.fixture(scope="session")
def run_dir() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="render-") as folder:
        yield Path(folder)


@pytest.fixture(scope="session")
def renderer(run_dir: Path) -> Iterator[Renderer]:
    shared = Renderer(run_dir)
    yield shared
    shared.close()


@pytest.fixture
def own_renderer(tmp_path: Path) -> Iterator[Renderer]:
    """A renderer with a daemon of its own, for tests that kill it."""
    own = Renderer(tmp_path / "run")
    yield own
    own.close()
