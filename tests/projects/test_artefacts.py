"""An artefact's file is complete or absent, and goes when its row goes."""

import errno
import hashlib
import os
import time
from pathlib import Path

import pytest
from django.db import transaction

from core.errors import DomainError
from projects import services, storage
from projects.models import Artefact
from tests.factories import RevisionFactory

pytestmark = pytest.mark.django_db
CONTENT = b"not really a film" * 100_000


@pytest.fixture
def revision():
    return RevisionFactory()


@pytest.fixture
def film(tmp_path) -> Path:
    path = tmp_path / "Swing.MP4"
    path.write_bytes(CONTENT)
    return path


def publish(revision, source: Path, **changes) -> Artefact:
    content = {"kind": "video", "quality": "l", "content_type": "video/mp4", "seconds": 12.0}
    return services.publish_artefact(revision=revision, source=source, **(content | changes))


def files(settings) -> list[Path]:
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def test_a_published_file_is_a_copy_with_its_digest_and_size(revision, film, settings):
    artefact = publish(revision, film)
    film.unlink()
    assert artefact.path.read_bytes() == CONTENT
    assert artefact.path.is_relative_to(Path(settings.MEDIA_ROOT).resolve())
    assert artefact.path.suffix == ".mp4"
    assert (artefact.sha256, artefact.size) == (hashlib.sha256(CONTENT).hexdigest(), len(CONTENT))
    assert (artefact.content_type, artefact.seconds) == ("video/mp4", 12.0)
    assert files(settings) == [artefact.path]


def test_the_name_says_nothing_of_where_the_file_came_from(revision, film):
    assert "Swing" not in publish(revision, film).file


@pytest.mark.parametrize("suffix", [".../etc", ".m p4", ".html;", ".waytoolong9"])
def test_a_strange_suffix_is_dropped(revision, tmp_path, suffix):
    source = tmp_path / f"film{suffix.replace('/', '_')}"
    source.write_bytes(b"x")
    assert publish(revision, source).path.suffix == ""


def test_publishing_again_replaces_row_and_file(revision, film, settings, django_capture_on_commit_callbacks):
    first = publish(revision, film)
    film.write_bytes(b"better")
    with django_capture_on_commit_callbacks(execute=True):
        second = publish(revision, film)
    assert Artefact.objects.get() == second == first
    assert files(settings) == [second.path]
    assert second.path.read_bytes() == b"better"


def test_a_rolled_back_replacement_keeps_the_first_file(revision, film, django_capture_on_commit_callbacks):
    first = publish(revision, film)
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(RuntimeError), transaction.atomic():
        publish(revision, film)
        raise RuntimeError
    assert Artefact.objects.get().file == first.file
    assert first.path.exists()


def test_qualities_and_kinds_stand_side_by_side(revision, film):
    for kind, quality in (("video", "l"), ("video", "h"), ("poster", "l"), ("script", "")):
        publish(revision, film, kind=kind, quality=quality)
    assert Artefact.objects.count() == 4


def test_no_file_is_left_when_the_row_cannot_be_written(revision, film, settings):
    with pytest.raises(ValueError, match="hologram"):
        publish(revision, film, kind="hologram")
    assert files(settings) == []


def test_a_full_disk_is_told_in_words_and_leaves_nothing(revision, film, settings, monkeypatch):
    def full(descriptor):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("projects.storage.os.fsync", full)
    with pytest.raises(DomainError) as refused:
        publish(revision, film)
    assert (refused.value.code, refused.value.status) == ("disk_full", 507)
    assert refused.value.hint
    assert files(settings) == []
    assert not Artefact.objects.exists()


def test_a_missing_source_leaves_nothing(revision, tmp_path, settings):
    with pytest.raises(FileNotFoundError):
        publish(revision, tmp_path / "gone.mp4")
    assert files(settings) == []


def test_a_link_is_not_followed(revision, tmp_path, settings):
    secret = tmp_path / "secret"
    secret.write_text("secret")
    (tmp_path / "film.mp4").symlink_to(secret)
    with pytest.raises(OSError, match="symbolic"):
        publish(revision, tmp_path / "film.mp4")
    assert files(settings) == []


def test_a_pipe_is_refused_without_waiting_for_it(revision, tmp_path, settings):
    os.mkfifo(tmp_path / "film.mp4")
    with pytest.raises(DomainError) as refused:
        publish(revision, tmp_path / "film.mp4")
    assert refused.value.code == "not_a_file"


@pytest.mark.parametrize("file", ["../secret", "/etc/passwd", "artefacts/../../secret", "other/file"])
def test_a_name_never_leaves_the_store(settings, file):
    with pytest.raises(ValueError, match="outside"):
        storage.path_of(file)


def test_deleting_the_animation_removes_its_files(revision, film, settings, django_capture_on_commit_callbacks):
    publish(revision, film)
    publish(revision, film, kind="poster")
    kept = publish(RevisionFactory(), film)
    with django_capture_on_commit_callbacks(execute=True):
        services.delete_animation(by=revision.author, animation=revision.animation)
    assert files(settings) == [kept.path]


def test_deleting_the_project_removes_its_files(revision, film, settings, django_capture_on_commit_callbacks):
    publish(revision, film)
    with django_capture_on_commit_callbacks(execute=True):
        services.delete_project(by=revision.author, project=revision.animation.project)
    assert files(settings) == []


def test_a_deletion_that_is_rolled_back_keeps_the_files(revision, film, django_capture_on_commit_callbacks):
    artefact = publish(revision, film)
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(RuntimeError), transaction.atomic():
        services.delete_animation(by=revision.author, animation=revision.animation)
        raise RuntimeError
    assert artefact.path.exists()
    assert Artefact.objects.get() == artefact


def test_the_sweep_removes_old_files_without_a_row_and_unfinished_copies(revision, film, settings):
    kept = publish(revision, film)
    folder = kept.path.parent
    orphan, partial, fresh = folder / "orphan.mp4", folder / ".x.part", folder / "fresh.mp4"
    for path in (orphan, partial, fresh):
        path.write_bytes(b"x")
    for path in (kept.path, orphan, partial):
        os.utime(path, (time.time() - 7200, time.time() - 7200))
    assert services.sweep_orphans() == 2
    assert sorted(files(settings)) == sorted([kept.path, fresh])


def test_the_sweep_of_an_empty_store_finds_nothing():
    assert services.sweep_orphans() == 0
