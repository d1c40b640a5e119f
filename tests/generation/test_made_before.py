"""The same request again comes back at once: by what it was read as, never by likeness, and never somebody else's."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse
from rest_framework.test import APIClient

from accounts.models import User
from core.errors import DomainError
from generation import queue, repeats, services, writing
from generation.models import Job
from projects.models import Project, Revision
from projects.services import add_revision, archive_project, delete_animation, publish_artefact
from tests.factories import ProjectFactory, UserFactory

pytestmark = pytest.mark.django_db

ONCE = "Show how a pendulum's period depends on its length, g = 1.62"
OTHERWISE = "how does the period of a pendulum depend on its length with g = 1.62 m/s^2"
MODEL = "Show how a rainbow forms in a raindrop"
NEARLY = "Show how rainbows form in rain drops"


@pytest.fixture
def teacher() -> User:
    return UserFactory.create()


def finished(job: Job, folder: Path) -> Job:
    """The job as the worker leaves it: a revision, a video, and its end."""
    file = folder / "video"
    file.write_bytes(b"a video")
    draft = job.draft
    revision = add_revision(
        animation=job.animation,
        author=job.owner,
        prompt=job.prompt,
        template=draft["template"],
        title=draft["title"],
        storyboard=draft["storyboard"],
        source=draft["source"],
        values={},
        origin=Revision.Origin.GENERATED,
    )
    publish_artefact(revision=revision, kind="video", quality=job.quality, source=file, content_type="video/mp4")
    claim = queue.take(job.pk, "one")
    assert claim is not None
    with queue.held(claim) as held:
        held.revision = revision
        queue.close(held, Job.State.SUCCEEDED, data={})
    job.refresh_from_db()
    return job


def submit(user: User, prompt: str = ONCE, **more: Any) -> Job:
    return services.submit(user=user, prompt=prompt, **more)


def test_other_words_that_are_read_alike_bring_back_what_was_made(teacher: User, tmp_path: Path) -> None:
    first = finished(submit(teacher), tmp_path)
    second = submit(teacher, OTHERWISE)
    assert second.pk == first.pk and second.made_before and Job.objects.count() == 1


def test_the_same_words_bring_it_back_too_and_anew_makes_another(teacher: User, tmp_path: Path) -> None:
    first = finished(submit(teacher), tmp_path)
    assert submit(teacher).pk == first.pk
    again = submit(teacher, anew=True)
    assert again.pk != first.pk and not again.made_before


@pytest.mark.parametrize(
    ("prompt", "more"),
    [
        (OTHERWISE.replace("1.62", "1.63"), {}),
        ("Show how a pendulum's period depends on its length", {}),
        (OTHERWISE, {"quality": "m"}),
    ],
)
def test_another_number_or_quality_is_another_request(
    teacher: User, tmp_path: Path, prompt: str, more: dict[str, Any]
) -> None:
    finished(submit(teacher), tmp_path)
    assert not submit(teacher, prompt, **more).made_before


def test_nobody_gets_what_somebody_else_made(teacher: User, tmp_path: Path) -> None:
    made = finished(submit(teacher), tmp_path)
    other = UserFactory.create()
    hers = submit(other, OTHERWISE)
    assert not hers.made_before and hers.owner == other and hers.animation != made.animation
    # The readings are equal: only the guard keeps them apart.
    assert hers.reading == made.reading
    assert list(repeats._alike(hers.reading)) == [made]
    assert repeats.made_before(other, hers.reading, None) is None


def test_nobody_gets_it_from_a_project_that_went_to_somebody_else(teacher: User, tmp_path: Path) -> None:
    made = finished(submit(teacher), tmp_path)
    Project.objects.filter(pk=made.animation.project_id).update(owner=UserFactory.create())
    assert not submit(teacher, OTHERWISE).made_before


def test_what_is_gone_or_changed_does_not_come_back(teacher: User, tmp_path: Path) -> None:
    made = finished(submit(teacher), tmp_path)
    kept = made.revision
    assert kept is not None
    add_revision(
        animation=made.animation, author=teacher, prompt="", template="", title="Changed", storyboard={},
        source="changed", values={}, origin=Revision.Origin.KNOBS, parent=kept,
    )  # fmt: skip
    assert not submit(teacher, OTHERWISE).made_before


def test_a_deleted_one_does_not_come_back(teacher: User, tmp_path: Path) -> None:
    made = finished(submit(teacher), tmp_path)
    delete_animation(by=teacher, animation=made.animation)
    assert not submit(teacher, OTHERWISE).made_before


def test_one_of_another_or_an_archived_project_does_not_come_back(teacher: User, tmp_path: Path) -> None:
    made = finished(submit(teacher), tmp_path)
    elsewhere = ProjectFactory.create(owner=teacher)
    assert not submit(teacher, OTHERWISE, project=elsewhere).made_before
    archive_project(by=teacher, project=made.animation.project)
    assert not submit(teacher, OTHERWISE).made_before


def test_one_that_failed_does_not_come_back(teacher: User, tmp_path: Path) -> None:
    made = finished(submit(teacher), tmp_path)
    Job.objects.filter(pk=made.pk).update(state=Job.State.FAILED)
    assert not submit(teacher, OTHERWISE).made_before


@pytest.mark.django_db(transaction=True)
def test_two_at_once_get_the_one_that_is_there_or_one_each(tmp_path: Path) -> None:
    teacher = UserFactory.create()

    def ask(prompt: str) -> Job:
        try:
            return submit(teacher, prompt)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        fresh = list(pool.map(ask, [ONCE, OTHERWISE]))
    assert len({job.pk for job in fresh}) == 2 and not any(job.made_before for job in fresh)
    newest = max((finished(job, tmp_path) for job in fresh), key=lambda job: (job.created, job.pk))
    with ThreadPoolExecutor(2) as pool:
        assert {job.pk for job in pool.map(ask, [ONCE, OTHERWISE])} == {newest.pk}


def test_the_api_says_that_it_was_made_before(teacher: User, tmp_path: Path) -> None:
    made = finished(submit(teacher), tmp_path)
    api = APIClient()
    api.force_authenticate(teacher)
    body = api.post("/api/v1/generations/", {"prompt": OTHERWISE}).json()
    assert (body["id"], body["state"], body["made_before"]) == (str(made.pk), "succeeded", True)
    assert api.post("/api/v1/generations/", {"prompt": OTHERWISE, "anew": True}).json()["made_before"] is False


def test_the_page_names_the_other_wording(client: Client, teacher: User, tmp_path: Path) -> None:
    made = finished(submit(teacher), tmp_path)
    client.force_login(teacher)
    page = client.post(reverse("start"), {"prompt": OTHERWISE}, follow=True)
    assert page.redirect_chain[-1][0] == reverse("studio", args=[made.animation_id])
    assert "Made before from another wording" in page.content.decode()


class TestAModel:
    @pytest.fixture(autouse=True)
    def offered(self, settings: Any) -> None:
        settings.MODEL_URL = "http://127.0.0.1:9/v1"

    @pytest.fixture
    def made(self, teacher: User, tmp_path: Path) -> Job:
        return finished(submit(teacher, MODEL, writer=writing.SERVED), tmp_path)

    def test_nearly_the_same_words_are_offered_and_not_served(self, teacher: User, made: Job) -> None:
        with pytest.raises(DomainError) as refused:
            submit(teacher, NEARLY, writer=writing.SERVED)
        assert refused.value.code == "made_before"
        assert refused.value.data["earlier"] == {"animation": str(made.animation_id), "prompt": MODEL}
        assert submit(teacher, NEARLY, writer=writing.SERVED, anew=True).pk != made.pk

    @pytest.mark.parametrize(
        "prompt",
        [
            NEARLY + " at 42 degrees",
            "Show how a rainbow forms in a raindrop in Norway",
            "Show how a rainbow never forms in a raindrop",
            "Show how rain forms in a cloud",
        ],
    )
    def test_another_number_name_or_idea_is_not_offered(self, teacher: User, made: Job, prompt: str) -> None:
        assert submit(teacher, prompt, writer=writing.SERVED).pk != made.pk

    def test_nobody_is_offered_what_somebody_else_made(self, made: Job) -> None:
        other = UserFactory.create()
        assert repeats.nearly(made.owner, NEARLY) == made
        assert repeats.nearly(other, NEARLY) is None
        assert submit(other, NEARLY, writer=writing.SERVED).owner == other

    def test_a_deleted_one_is_not_offered(self, teacher: User, made: Job) -> None:
        delete_animation(by=teacher, animation=made.animation)
        assert submit(teacher, NEARLY, writer=writing.SERVED).state == "queued"

    def test_the_page_offers_to_open_it_or_to_make_it_anew(self, client: Client, teacher: User, made: Job) -> None:
        client.force_login(teacher)
        asked = {"prompt": NEARLY, "writer": writing.SERVED}
        answer = client.post(reverse("start"), asked)
        page = answer.content.decode()
        assert answer.status_code == 409
        assert reverse("studio", args=[made.animation_id]) in page and 'name="anew"' in page
        assert client.post(reverse("start"), asked | {"anew": "yes"}).status_code == 302
