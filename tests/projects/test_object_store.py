"""Artefacts in object storage, spoken to over HTTP as in production."""

import base64
import hashlib
import os
from pathlib import Path
from typing import Any

import pytest
from django.test import AsyncClient, Client

from core.errors import DomainError
from generation import signing
from projects import services, storage
from projects.models import Artefact
from projects.object_store import ObjectStore
from tests.factories import ProjectFactory, RevisionFactory
from tests.object_storage import BUCKET, bucket, endpoint

__all__ = ["bucket", "endpoint"]

pytestmark = pytest.mark.django_db
CONTENT = bytes(range(256)) * 4096


@pytest.fixture
def film(tmp_path: Path) -> Path:
    path = tmp_path / "Swing.MP4"
    path.write_bytes(CONTENT)
    return path


def publish(source: Path, **changes: Any) -> Artefact:
    content = {"revision": RevisionFactory(), "kind": "video", "quality": "l", "content_type": "video/mp4"}
    return services.publish_artefact(source=source, **(content | changes))


def keys(bucket: Any) -> list[str]:
    return [found.key for found in bucket.objects.all()]


def after_upload(tamper: Any) -> None:
    """Do something to each object between its upload and the look at what arrived."""
    store = storage.current()
    assert isinstance(store, ObjectStore)
    store._client.meta.events.register("after-call.s3.PutObject", lambda **_call: tamper())


class TestPublishing:
    def test_the_object_is_the_file_and_nothing_stays_on_this_machine(
        self, bucket: Any, film: Path, settings: Any
    ) -> None:
        artefact = publish(film)
        assert keys(bucket) == [f"theorama/{artefact.file}"]
        kept = {"Bucket": BUCKET, "Key": f"theorama/{artefact.file}"}
        assert bucket.meta.client.get_object(**kept)["Body"].read() == CONTENT
        digest = hashlib.sha256(CONTENT)
        assert (artefact.sha256, artefact.size) == (digest.hexdigest(), len(CONTENT))
        checksum = bucket.meta.client.head_object(**kept, ChecksumMode="ENABLED")["ChecksumSHA256"]
        assert checksum == base64.b64encode(digest.digest()).decode()
        assert not Path(settings.MEDIA_ROOT).exists()

    def test_without_the_look_a_damaged_upload_would_be_published(
        self, bucket: Any, film: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Negative control."""
        after_upload(lambda: [found.Object().put(Body=b"short") for found in bucket.objects.all()])
        monkeypatch.setattr(ObjectStore, "_require", lambda *_arguments: None)
        artefact = publish(film)
        assert bucket.Object(f"theorama/{artefact.file}").content_length != artefact.size

    @pytest.mark.parametrize("damaged", [b"short", CONTENT[::-1]], ids=["cut", "other bytes"])
    def test_a_damaged_upload_leaves_neither_row_nor_object(self, bucket: Any, film: Path, damaged: bytes) -> None:
        def tamper() -> None:
            for found in bucket.objects.all():
                found.Object().put(Body=damaged, ChecksumAlgorithm="SHA256")

        after_upload(tamper)
        with pytest.raises(storage.StorageFailed, match="damaged"):
            publish(film)
        assert keys(bucket) == [] and not Artefact.objects.exists()

    def test_no_object_is_left_when_the_row_cannot_be_written(self, bucket: Any, film: Path) -> None:
        with pytest.raises(ValueError, match="hologram"):
            publish(film, kind="hologram")
        assert keys(bucket) == []

    def test_a_link_and_a_pipe_are_refused(self, bucket: Any, film: Path, tmp_path: Path) -> None:
        (tmp_path / "link.mp4").symlink_to(film)
        os.mkfifo(tmp_path / "pipe.mp4")
        with pytest.raises(OSError, match="symbolic"):
            publish(tmp_path / "link.mp4")
        with pytest.raises(DomainError):
            publish(tmp_path / "pipe.mp4")
        assert keys(bucket) == []

    def test_storage_that_cannot_be_reached_is_an_error_of_the_system_and_no_row(
        self, bucket: Any, film: Path, settings: Any
    ) -> None:
        settings.STORAGE_URL = "s3://films?endpoint=http://127.0.0.1:9&region=eu-central-1"
        with pytest.raises(OSError, match=r"127\.0\.0\.1:9"):
            publish(film)
        assert not Artefact.objects.exists()


class TestRemoving:
    def test_objects_go_with_their_rows(self, bucket: Any, film: Path, django_capture_on_commit_callbacks: Any) -> None:
        artefact, kept = publish(film), publish(film)
        animation = artefact.revision.animation
        with django_capture_on_commit_callbacks(execute=True):
            services.delete_animation(by=animation.project.owner, animation=animation)
        assert keys(bucket) == [f"theorama/{kept.file}"]

    def test_the_sweep_removes_objects_without_a_row_and_touches_nothing_else(self, bucket: Any, film: Path) -> None:
        kept = publish(film)
        bucket.put_object(Key="theorama/artefacts/00/orphan.mp4", Body=b"x")
        bucket.put_object(Key="artefacts/00/somebody-elses.mp4", Body=b"x")
        assert services.sweep_orphans(older_than=3600) == 0
        assert services.sweep_orphans(older_than=-5) == 1
        assert sorted(keys(bucket)) == ["artefacts/00/somebody-elses.mp4", f"theorama/{kept.file}"]

    def test_a_name_never_leaves_the_store(self, bucket: Any) -> None:
        for file in ("other/file", "artefacts/../secret"):
            with pytest.raises(ValueError, match="outside"):
                storage.current().remove([file])


def test_an_earlier_version_comes_back_with_its_files(bucket: Any, film: Path) -> None:
    project = ProjectFactory()
    first = publish(film, revision=RevisionFactory(animation__project=project))
    animation = first.revision.animation
    second = RevisionFactory(animation=animation)
    animation.current_revision = second
    animation.save()
    restored = services.restore_revision(by=project.owner, revision=first.revision)
    copy = restored.artefacts.get()
    assert (copy.sha256, copy.size) == (first.sha256, first.size) and copy.file != first.file
    assert bucket.Object(f"theorama/{copy.file}").get()["Body"].read() == CONTENT
    bucket.Object(f"theorama/{first.file}").delete()
    with pytest.raises(DomainError) as refused:
        services.restore_revision(by=project.owner, revision=first.revision)
    assert refused.value.code == "files_missing" and len(keys(bucket)) == 1


class TestServing:
    @pytest.fixture
    def artefact(self, bucket: Any, film: Path) -> Artefact:
        return publish(film)

    @pytest.fixture
    def link(self, artefact: Artefact) -> str:
        return signing.artefact_path(artefact, artefact.revision.animation.project.owner)

    def test_the_file_comes_whole_and_in_parts_by_a_signed_link(self, link: str, artefact: Artefact) -> None:
        whole = Client().get(link)
        assert whole.status_code == 200 and b"".join(whole.streaming_content) == CONTENT
        part = Client().get(link, headers={"Range": "bytes=300000-900000"})
        assert part.status_code == 206 and b"".join(part.streaming_content) == CONTENT[300000:900001]
        assert part.headers["Content-Range"] == f"bytes 300000-900000/{len(CONTENT)}"
        assert "sandbox" in part.headers["Content-Security-Policy"]
        assert Client().head(link).headers["Content-Length"] == str(len(CONTENT))

    def test_only_the_part_that_was_asked_for_is_fetched(self, link: str, artefact: Artefact) -> None:
        asked: list[Any] = []
        store = storage.current()
        assert isinstance(store, ObjectStore)
        store._client.meta.events.register(
            "before-call.s3.GetObject", lambda params, **_call: asked.append(params["headers"].get("Range"))
        )
        b"".join(Client().get(link, headers={"Range": "bytes=10-19"}).streaming_content)
        assert asked == ["bytes=10-19"]

    async def test_under_asgi_it_is_read_in_pieces(self, transactional_db: Any, link: str) -> None:
        response = await AsyncClient().get(link)
        pieces = [piece async for piece in response.streaming_content]
        assert b"".join(pieces) == CONTENT and len(pieces) == 4

    def test_an_empty_file_is_an_empty_file(self, bucket: Any, tmp_path: Path) -> None:
        (tmp_path / "empty.vtt").write_bytes(b"")
        empty = publish(tmp_path / "empty.vtt", kind="captions", content_type="text/vtt")
        response = Client().get(signing.artefact_path(empty, empty.revision.animation.project.owner))
        assert (response.status_code, b"".join(response.streaming_content)) == (200, b"")

    def test_an_object_that_is_gone_is_404(self, bucket: Any, link: str) -> None:
        bucket.objects.all().delete()
        assert [Client().get(link).status_code, Client().head(link).status_code] == [404, 404]

    def test_storage_that_cannot_be_reached_is_told_in_words(self, link: str, settings: Any) -> None:
        settings.STORAGE_URL = "s3://films?endpoint=http://127.0.0.1:9&region=eu-central-1"
        response = Client().get(link)
        assert (response.status_code, response.json()["code"]) == (503, "storage_unavailable")


@pytest.mark.parametrize(
    "address", ["films", "https://host/films", "s3://", "s3://key:secret@films", "s3://films?key=x"]
)
def test_an_address_that_is_none_is_refused_with_an_example(address: str) -> None:
    with pytest.raises(ValueError, match="s3://bucket/prefix"):
        ObjectStore(address)
