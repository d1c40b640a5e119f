"""Workers on many machines: what one made, every web server can send."""

from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from generation import execution, queue, signing
from generation.engine.render.client import Renderer
from generation.execution import Execution
from projects.models import Artefact
from tests.generation.factories import JobFactory
from tests.object_storage import bucket, endpoint

__all__ = ["bucket", "endpoint"]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.render]


def run(renderer: Renderer) -> Any:
    job = JobFactory()
    claimed = queue.claim("one")
    assert claimed is not None
    Execution(claimed, renderer).run()
    job.refresh_from_db()
    return job


def test_a_job_leaves_its_files_in_the_bucket_and_none_on_the_workers_machine(
    bucket: Any, renderer: Renderer, settings: Any
) -> None:
    job = run(renderer)
    assert job.state == "succeeded", job.fault
    artefacts = {artefact.kind: artefact for artefact in Artefact.objects.all()}
    assert {found.key for found in bucket.objects.all()} == {f"theorama/{made.file}" for made in artefacts.values()}
    assert len(artefacts) == 4 and not Path(settings.MEDIA_ROOT).exists()
    response = Client().get(signing.artefact_path(artefacts["video"], job.owner), headers={"Range": "bytes=4-7"})
    assert (response.status_code, b"".join(response.streaming_content)) == (206, b"ftyp")


def test_no_row_is_locked_while_files_travel(bucket: Any, renderer: Renderer, monkeypatch: pytest.MonkeyPatch) -> None:
    """A slow upload in a transaction would keep the worker's own heartbeat from renewing its leases."""
    stored = execution.stored_files
    kept: list[set[Any]] = []

    def watched(files: Any) -> Any:
        job = execution.Job.objects.get()
        kept.append(queue.prolong("one", [queue.Claim(job.pk, job.fence, job.attempt)]))
        assert not connection.in_atomic_block
        return stored(files)

    monkeypatch.setattr(execution, "stored_files", watched)
    job = run(renderer)
    assert job.state == "succeeded" and kept == [{job.pk}]


def test_storage_that_fails_ends_the_job_with_a_reason_and_leaves_nothing(
    bucket: Any, renderer: Renderer, settings: Any
) -> None:
    settings.STORAGE_URL = settings.STORAGE_URL.replace("films", "no-such-bucket")
    job = run(renderer)
    assert (job.state, job.fault["code"]) == ("failed", "storage")
    assert not Artefact.objects.exists() and job.animation.revisions.count() == 0


def test_a_job_cancelled_at_the_end_leaves_no_object(
    bucket: Any, renderer: Renderer, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored = execution.stored_files

    def cancelled(files: Any) -> Any:
        execution.Job.objects.update(cancel_requested=True)
        return stored(files)

    monkeypatch.setattr(execution, "stored_files", cancelled)
    assert run(renderer).state == "cancelled"
    assert list(bucket.objects.all()) == []
