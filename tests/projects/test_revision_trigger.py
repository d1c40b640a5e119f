"""The database refuses to change a revision even for those who go past the model."""

import os
import sqlite3
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction

from projects import services
from projects.models import Animation, Revision
from tests.factories import RevisionFactory, UserFactory

ROOT = Path(__file__).resolve().parents[2]
migration = import_module("projects.migrations.0002_revisions_stay")


def cheat(revision: Revision) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE projects_revision SET source = 'changed' WHERE number = %s", [revision.number])


@pytest.fixture
def trigger(transactional_db):
    """The test database is made without migrations, so the trigger is put in place here."""
    with connection.schema_editor() as editor:
        migration.create(None, editor)
    yield
    with connection.schema_editor() as editor:
        migration.drop(None, editor)


@pytest.mark.django_db(transaction=True)
def test_without_the_trigger_a_statement_past_the_model_changes_a_revision():
    revision = RevisionFactory()
    with connection.schema_editor() as editor:
        migration.drop(None, editor)
    cheat(revision)
    assert Revision.objects.get().source == "changed"


def test_with_the_trigger_it_does_not(trigger):
    revision = RevisionFactory()
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        cheat(revision)
    assert Revision.objects.get().source == revision.source


def test_the_trigger_lets_authors_and_whole_animations_go(trigger):
    revision = RevisionFactory(author=UserFactory())
    revision.author.delete()
    assert Revision.objects.get().author is None
    services.delete_animation(by=revision.animation.project.owner, animation=revision.animation)
    assert not Animation.objects.exists()


@pytest.mark.migrations
def test_after_all_migrations_the_trigger_is_there(tmp_path):
    environment = os.environ | {"DATA_DIR": str(tmp_path), "DATABASE_URL": "", "DEBUG": "yes"}
    environment["DJANGO_SETTINGS_MODULE"] = "config.settings"
    command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    subprocess.run(command, cwd=ROOT, env=environment, check=True, timeout=120)
    with sqlite3.connect(tmp_path / "db.sqlite3") as database:
        names = database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
    assert ("projects_revision_stays",) in names
