"""What every test shares: a data folder of its own and no leftovers."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings as django_settings


def pytest_configure(config: pytest.Config) -> None:
    """Make the private data folder before the first test opens a database in it."""
    Path(django_settings.DATA_DIR).mkdir(parents=True, exist_ok=True)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Remove the private data folder, unless the caller chose one."""
    folder = Path(django_settings.DATA_DIR)
    if folder.name.startswith("theorama-tests-"):
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(autouse=True)
def own_folders(settings, tmp_path: Path) -> Iterator[None]:
    """Give each test its own media, scene cache and file cache."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.SCENE_CACHE_DIR = tmp_path / "scenes"
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
            "LOCATION": str(tmp_path / "cache"),
        }
    }
    yield
