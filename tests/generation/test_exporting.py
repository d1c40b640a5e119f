"""Exports are ordered, made by a worker, kept, and only for those who may."""

from pathlib import Path

import pytest
from django.utils import timezone
from pptx import Presentation
from rest_framework.test import APIClient

from core.errors import DomainError
from generation import exporting, queue, services
from generation.engine.exports.formats import FORMATS
from generation.execution import Execution
from generation.models import Job
from generation.selectors import latest_job
from projects.models import Artefact
from tests.browser.made import finished_animation
from tests.factories import RevisionFactory, UserFactory
from tests.generation.running import run

pytestmark = pytest.mark.django_db


@pytest.fixture
def animation():
    return finished_animation(UserFactory(tier="professional"))


@pytest.fixture
def teacher(animation):
    return animation.project.owner


@pytest.mark.django_db(transaction=True)
def test_slides_are_made_once_and_kept_with_the_revision(animation, teacher):
    revision = animation.current_revision
    job = run(None, exporting.order(user=teacher, revision=revision, name="slides"))
    assert job.state == "succeeded", job.fault
    artefact = revision.artefacts.get(kind=Artefact.Kind.SLIDES)
    assert len(Presentation(str(artefact.path)).slides) == 5
    (slides,) = [one for one in exporting.overview(teacher, revision) if one.format.name == "slides"]
    assert (slides.artefact, slides.is_being_made) == (artefact, False)
    kinds = list(job.events.values_list("kind", flat=True))
    assert kinds[-1] == "succeeded"
    assert "progress" in kinds


@pytest.mark.django_db(transaction=True)
def test_a_cancelled_export_leaves_no_file(animation, teacher):
    job = exporting.order(user=teacher, revision=animation.current_revision, name="zip")
    claimed = queue.take(job.pk, "one")
    services.cancel(user=teacher, job=job)
    Execution(claimed, renderer=None).run()
    job.refresh_from_db()
    assert job.state == "cancelled"
    assert not animation.current_revision.artefacts.filter(kind="zip").exists()


def test_asking_twice_while_it_waits_makes_one_job(animation, teacher):
    first = exporting.order(user=teacher, revision=animation.current_revision, name="gif")
    assert exporting.order(user=teacher, revision=animation.current_revision, name="gif") == first
    assert exporting.order(user=teacher, revision=animation.current_revision, name="zip") != first


def test_an_export_is_not_the_job_that_the_studio_follows(animation, teacher, client):
    drawn = latest_job(teacher, animation.pk)
    exporting.order(user=teacher, revision=animation.current_revision, name="gif")
    assert latest_job(teacher, animation.pk) == drawn
    client.force_login(teacher)
    assert "Being drawn now" not in client.get("/dashboard/").content.decode()


def test_an_export_that_failed_is_tried_again_as_an_export(animation, teacher, client):
    job = exporting.order(user=teacher, revision=animation.current_revision, name="gif")
    Job.objects.filter(pk=job.pk).update(state=Job.State.FAILED, finished=timezone.now())
    client.force_login(teacher)
    client.post(f"/jobs/{job.pk}/again/")
    again = Job.objects.exclude(pk=job.pk).get(state=Job.State.QUEUED)
    assert (again.kind, again.draft["export"], again.animation) == ("export", "gif", animation)


def test_without_a_video_there_is_nothing_to_export():
    revision = RevisionFactory()
    with pytest.raises(DomainError) as refused:
        exporting.order(user=revision.author, revision=revision, name="zip")
    assert refused.value.code == "no_video"


@pytest.mark.parametrize("name", ["", "exe", "../zip"])
def test_a_format_there_is_not_is_refused_with_those_there_are(animation, teacher, name):
    with pytest.raises(DomainError) as refused:
        exporting.order(user=teacher, revision=animation.current_revision, name=name)
    assert refused.value.code == "format"
    assert "slides" in refused.value.hint


def test_every_format_has_a_kind_and_words(animation, teacher):
    shown = exporting.overview(teacher, animation.current_revision)
    assert {one.format.name for one in shown} == set(FORMATS) <= set(Artefact.Kind.values)
    assert all(str(one.label) and str(one.note) for one in shown)


@pytest.mark.django_db(transaction=True)
def test_the_page_orders_shows_and_hands_out(animation, teacher, client):
    client.force_login(teacher)
    page = f"/animations/{animation.pk}/exports/"
    assert "Make it" in client.get(page).content.decode()
    client.post(f"/animations/{animation.pk}/export/", {"format": "transcript", "version": "1"})
    assert "Being made" in client.get(page + "?part=list").content.decode()
    run(None, Job.objects.get(kind=Job.Kind.EXPORT))
    shown = client.get(page).content.decode()
    address = next(part for part in shown.split('"') if part.startswith("/files/"))
    answer = client.get(address)
    assert answer.headers["Content-Disposition"].endswith('_v1.txt"')
    assert b"".join(answer.streaming_content).startswith(animation.title.encode())


def test_another_person_sees_no_exports_and_orders_none(animation, client):
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    assert client.get(f"/animations/{animation.pk}/exports/").status_code == 404
    assert client.post(f"/animations/{animation.pk}/export/", {"format": "zip"}).status_code == 404
    with pytest.raises(DomainError) as refused:
        exporting.order(user=UserFactory(), revision=animation.current_revision, name="zip")
    assert refused.value.status == 404
    assert not Job.objects.filter(kind=Job.Kind.EXPORT).exists()


@pytest.mark.django_db(transaction=True)
def test_a_program_orders_an_export(animation, teacher):
    api = APIClient()
    api.force_authenticate(teacher)
    path = f"/api/v1/animations/{animation.pk}/exports/"
    answer = api.post(path, {"format": "notebook"}, format="json", headers={"Idempotency-Key": "one"})
    assert answer.status_code == 202
    again = api.post(path, {"format": "notebook"}, format="json", headers={"Idempotency-Key": "one"})
    assert again.data["id"] == answer.data["id"]
    assert api.post(path, {"format": "zip"}, format="json", headers={"Idempotency-Key": "one"}).status_code == 409
    assert api.post(path, {"format": "exe"}, format="json").status_code == 400
    assert api.post(path, {"format": "zip", "version": 9}, format="json").status_code == 404
    run(None, Job.objects.get(pk=answer.data["id"]))
    kinds = {file["kind"] for file in api.get(f"/api/v1/animations/{animation.pk}/").data["artefacts"]}
    assert "notebook" in kinds


def test_names_of_files_tell_title_version_and_size(animation):
    from generation.signing import file_name

    video = animation.current_revision.artefacts.get(kind="video")
    assert file_name(video) == "a-pendulums-period-and-its-length_v1_480p.mp4"
    assert Path(file_name(video)).suffix == ".mp4"
