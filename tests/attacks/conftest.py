"""A folder anybody may enter, and the render daemon of tests/render."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.render.conftest import renderer, run_dir

__all__ = ["renderer", "run_dir"]


@pytest.fixture(scope="session")
def open_folder() -> Iterator[Path]:
    """Like tmp_path, but where an ordinary user can reach it."""
    folder = Path(tempfile.mkdtemp(prefix="attacks-", dir="/var/tmp"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)
