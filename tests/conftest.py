"""What every test shares: a data folder of its own and no leftovers."""

import shutil
import tempfile
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import connection

from generation.engine.render.client import Renderer


def pytest_configure(config: pytest.Config) -> None:
    """Make the private data folder before the first test opens a database in it."""
    Path(django_settings.DATA_DIR).mkdir(parents=True, exist_ok=True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put what attacks the jail, or takes it apart, into a lane of its own: it waits for many limits."""
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here / "attacks") or item.path.is_relative_to(here / "jail"):
            item.add_marker("attacks")
        if item.path.is_relative_to(here / "benchmarks") or item.path.name == "test_killed_from_outside.py":
            item.add_marker("alone")


def pytest_unconfigure(config: pytest.Config) -> None:
    """Remove the private data folder, unless the caller chose one."""
    folder = Path(django_settings.DATA_DIR)
    if folder.name.startswith("theorama-tests-"):
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker) -> None:
    """The test database is made without migrations, so the index of the search is put in place here."""
    migration = import_module("lessons.migrations.0002_lesson_search")
    with django_db_blocker.unblock(), connection.schema_editor() as editor:
        migration.create(None, editor)


@pytest.fixture(scope="session")
def renderer() -> Iterator[Renderer]:
    """One warm renderer for all tests that only draw or check; those that harm a daemon start their own."""
    with tempfile.TemporaryDirectory(prefix="theorama-render-", ignore_cleanup_errors=True) as folder:
        shared = Renderer(Path(folder))
        yield shared
        shared.close()


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
