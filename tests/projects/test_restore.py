"""An earlier version comes back as a new one; history only grows."""

from pathlib import Path

import pytest

from core.errors import DomainError
from core.models import AuditEntry
from projects import services
from projects.models import Revision
from tests.factories import RevisionFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def first(own_folders, tmp_path: Path) -> Revision:
    """The first of two revisions, with a video."""
    first = RevisionFactory(title="A pendulum", source="length = 1\n", values={"length": 1})
    file = tmp_path / "video"
    file.write_bytes(b"the first video")
    services.publish_artefact(
        revision=first, kind="video", quality="m", source=file, content_type="video/mp4", seconds=4.5
    )
    second = RevisionFactory(animation=first.animation, source="length = 2\n", parent=first)
    first.animation.current_revision = second
    first.animation.save()
    return first


def test_it_becomes_the_newest_version_with_its_files(first: Revision):
    restored = services.restore_revision(by=first.animation.project.owner, revision=first)
    first.animation.refresh_from_db()
    assert first.animation.current_revision == restored
    assert (restored.number, restored.origin, restored.parent) == (3, "restored", first)
    assert (restored.source, restored.values) == (first.source, first.values)
    video = restored.artefacts.get()
    assert (video.kind, video.quality, video.seconds) == ("video", "m", 4.5)
    assert video.path.read_bytes() == b"the first video"
    assert AuditEntry.objects.filter(verb="revision.added", target_id=str(restored.pk)).exists()


def test_deleting_the_copy_leaves_the_original(first: Revision):
    restored = services.restore_revision(by=first.animation.project.owner, revision=first)
    assert restored.artefacts.get().file != first.artefacts.get().file


def test_the_newest_version_needs_no_restoring(first: Revision):
    current = first.animation.current_revision
    assert services.restore_revision(by=first.animation.project.owner, revision=current) == current
    assert first.animation.revisions.count() == 2


def test_strangers_restore_nothing(first: Revision):
    with pytest.raises(DomainError) as refused:
        services.restore_revision(by=UserFactory(), revision=first)
    assert refused.value.code == "not_found"
    assert first.animation.revisions.count() == 2


def test_a_lost_file_leaves_everything_as_it_was(first: Revision):
    first.artefacts.get().path.unlink()
    with pytest.raises(DomainError) as refused:
        services.restore_revision(by=first.animation.project.owner, revision=first)
    assert refused.value.code == "files_missing"
    assert first.animation.revisions.count() == 2
