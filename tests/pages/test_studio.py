"""The studio in every state, and its forms without scripts."""

import pytest
from django.urls import reverse

from generation.models import Job
from projects.models import Revision
from projects.services import publish_artefact
from tests.factories import AnimationFactory, ProjectFactory, RevisionFactory, UserFactory
from tests.generation.factories import SOURCE, STORYBOARD, JobFactory, draft_json

pytestmark = pytest.mark.django_db
FAULT = {
    "code": "timeout",
    "message": "The scene took too long.",
    "hint": "Make it shorter.",
    "scene": "Turn",
    "line": 3,
    "log": "Traceback <b>bold</b>",
}


@pytest.fixture
def teacher(client):
    user = UserFactory.create()
    client.force_login(user)
    return user


@pytest.fixture
def animation(teacher):
    return AnimationFactory.create(project=ProjectFactory.create(owner=teacher), title="A turning square")


def scenes(**changes):
    card = draft_json()["storyboard"]["scenes"][0]
    return {"title": STORYBOARD.title, "scenes": [card | {"start": 0.0, "state": "rendered", "fault": None} | changes]}


def revise(animation, tmp_path, storyboard=None, source=SOURCE, **fields):
    fields = {"title": "A turning square", "prompt": "Turn a square", "understood": ["A square turns."]} | fields
    revision = RevisionFactory.create(animation=animation, storyboard=storyboard or scenes(), source=source, **fields)
    for kind, quality, content_type in (
        ("video", "l", "video/mp4"),
        ("poster", "l", "image/jpeg"),
        ("captions", "", "text/vtt"),
        ("script", "", "text/x-python"),
    ):
        file = tmp_path / kind
        file.write_bytes(b"content of " + kind.encode())
        publish_artefact(revision=revision, kind=kind, quality=quality, source=file, content_type=content_type)
    animation.current_revision = revision
    animation.save()
    return revision


def studio(client, animation, **query):
    response = client.get(reverse("studio", args=[animation.pk]), query)
    assert response.status_code == 200
    return response.content.decode()


def test_others_animations_are_not_there(client, animation):
    client.force_login(UserFactory.create())
    assert client.get(reverse("studio", args=[animation.pk])).status_code == 404


def test_nobody_sees_it_without_logging_in(client, animation):
    client.logout()
    assert client.get(reverse("studio", args=[animation.pk])).status_code == 302


def test_a_finished_animation_has_player_knobs_code_and_files(client, animation, tmp_path):
    revise(animation, tmp_path)
    page = studio(client, animation)
    assert page.count("<h1") == 1
    assert "<stage-player" in page
    assert '<track kind="captions"' in page
    assert 'data-knob="side"' in page
    assert "Turning knobs is free" in page
    assert '<span class="n">side</span>' in page
    assert page.count(" download>") == 4
    assert "A square turns." in page


def test_the_files_can_be_fetched(client, animation, tmp_path):
    revise(animation, tmp_path)
    page = studio(client, animation)
    address = page.split(" download>")[0].rsplit('href="', 1)[1].rstrip('"')
    response = client.get(address)
    assert response.status_code == 200
    assert response.getvalue() == b"content of video"


def test_code_is_text(client, animation, tmp_path):
    revise(animation, tmp_path, source=SOURCE + "\n# </pre><script>alert(1)</script>\n")
    assert "<script>alert" not in studio(client, animation)


def test_a_running_job_is_followed(client, animation):
    job = JobFactory.create(animation=animation)
    page = studio(client, animation)
    assert f'data-socket="/ws/jobs/{job.pk}/"' in page
    assert reverse("generation-events", args=[job.pk]) in page
    assert reverse("job_cancel", args=[job.pk]) in page
    assert 'http-equiv="refresh"' in page
    assert "data-preview" in page


def test_a_job_without_a_worker_says_so(client, animation):
    JobFactory.create(animation=animation)
    assert "none is running at the moment" in studio(client, animation)


def test_a_failed_job_says_what_and_why_and_offers_a_way_on(client, animation):
    job = JobFactory.create(animation=animation, state=Job.State.FAILED, fault=FAULT)
    page = studio(client, animation)
    assert FAULT["message"] in page
    assert FAULT["hint"] in page
    assert "Traceback &lt;b&gt;" in page
    assert reverse("job_again", args=[job.pk]) in page
    assert "costs nothing" in page
    assert "It happened in the scene “Turn”." in page


def test_a_failed_scene_is_told_and_the_others_are_shown(client, animation, tmp_path):
    good, bad = scenes()["scenes"][0], scenes(fault=FAULT, state="failed", name="Bad", title="The bad one")["scenes"][0]
    revise(animation, tmp_path, storyboard={"title": "t", "scenes": [good, bad]})
    page = studio(client, animation)
    assert "The scene “The bad one” could not be drawn" in page
    assert "<stage-player" in page
    assert FAULT["hint"] in page


def test_trying_again_asks_the_same(client, animation):
    old = JobFactory.create(
        animation=animation,
        state=Job.State.FAILED,
        fault=FAULT,
        prompt="pendulum",
        draft=draft_json() | {"template": "pendulum_period"},
    )
    client.post(reverse("job_again", args=[old.pk]))
    new = Job.objects.exclude(pk=old.pk).get()
    assert new.prompt == "pendulum"
    assert new.draft["template"] == "pendulum_period"
    assert new.state == Job.State.QUEUED


def test_cancelling_by_form_ends_a_waiting_job(client, animation):
    job = JobFactory.create(animation=animation)
    client.post(reverse("job_cancel", args=[job.pk]))
    job.refresh_from_db()
    assert job.state == Job.State.CANCELLED
    assert "You cancelled this" in studio(client, animation)


def test_others_jobs_cannot_be_cancelled(client, animation):
    job = JobFactory.create(animation=animation)
    client.force_login(UserFactory.create())
    assert client.post(reverse("job_cancel", args=[job.pk])).status_code == 404
    job.refresh_from_db()
    assert job.state == Job.State.QUEUED


def test_knobs_turn_by_form(client, animation, tmp_path):
    revise(animation, tmp_path)
    client.post(reverse("studio_knobs", args=[animation.pk]), {"side": "1,5"})
    client.post(reverse("studio_knobs", args=[animation.pk]), {"side": "1.5"})
    assert "knob(1.5" in Job.objects.latest("created").draft["source"]


@pytest.mark.parametrize("typed", ["99", "NaN", "inf", "", "a lot", "1e400"])
def test_a_bad_knob_value_is_answered_in_words(client, animation, tmp_path, typed):
    revise(animation, tmp_path)
    response = client.post(reverse("studio_knobs", args=[animation.pk]), {"side": typed}, follow=True)
    assert "Side must be" in response.content.decode()
    assert Job.objects.count() == 0


def test_another_quality_is_drawn_by_form(client, animation, tmp_path):
    revise(animation, tmp_path)
    client.post(reverse("studio_knobs", args=[animation.pk]), {"quality": "m"})
    assert Job.objects.get().quality == "m"


def test_an_earlier_version_is_shown_without_knobs(client, animation, tmp_path):
    revise(animation, tmp_path, understood=["The first."])
    revise(animation, tmp_path, understood=["The second."], origin=Revision.Origin.KNOBS)
    page = studio(client, animation, version=1)
    assert "The first." in page
    assert "You are looking at version 1" in page
    assert "data-knob=" not in page


@pytest.mark.parametrize("version", ["0", "7", "99999999999999999999"])
def test_a_version_that_is_not_there_is_not_found(client, animation, tmp_path, version):
    revise(animation, tmp_path)
    response = client.get(reverse("studio", args=[animation.pk]), {"version": version})
    assert response.status_code == 404


def test_the_first_finished_job_brings_the_knobs_and_later_ones_leave_them(client, animation, tmp_path):
    revise(animation, tmp_path)
    assert 'id="studio-knobs"' in studio(client, animation, part="main")
    revise(animation, tmp_path)
    part = studio(client, animation, part="main")
    assert 'id="studio-knobs"' not in part
    assert 'id="studio-more"' in part
    assert "<html" not in part


def test_a_value_that_cannot_be_is_said_at_its_knob_and_stays_typed(client, animation, tmp_path):
    revise(animation, tmp_path)
    answer = client.post(reverse("studio_knobs", args=[animation.pk]), {"side": "99"})
    assert answer.status_code == 422
    page = answer.content.decode()
    field = page.partition('data-knob="side"')[2].partition('class="knobs-foot"')[0]
    assert 'value="99"' in field and 'aria-invalid="true"' in field
    assert "Side must be between 0.5 and 2 m" in field
    assert not Job.objects.exists()


def test_turned_knobs_are_drawn_in_the_quality_there_is(client, animation, tmp_path):
    revision = revise(animation, tmp_path)
    (tmp_path / "better").write_bytes(b"better")
    publish_artefact(revision=revision, kind="video", quality="m", source=tmp_path / "better", content_type="video/mp4")
    client.post(reverse("studio_knobs", args=[animation.pk]), {"side": "1.5"})
    assert Job.objects.get().quality == "m"


def test_an_earlier_version_is_brought_back_by_its_button(client, animation, tmp_path):
    first = revise(animation, tmp_path)
    revise(animation, tmp_path, source=SOURCE.replace("1.0", "1.5"))
    restore = reverse("studio_restore", args=[animation.pk, 1])
    assert f'action="{restore}"' in studio(client, animation)
    assert "Version 1 is back, as version 3." in client.post(restore, follow=True).content.decode()
    animation.refresh_from_db()
    assert animation.current_revision.source == first.source


@pytest.mark.parametrize("number", [7, 10**30])
def test_a_version_that_is_not_there_is_a_404(client, animation, tmp_path, number):
    revise(animation, tmp_path)
    assert client.post(reverse("studio_restore", args=[animation.pk, number])).status_code == 404


def test_nobody_restores_versions_of_others(client, animation, tmp_path):
    revise(animation, tmp_path)
    client.force_login(UserFactory.create())
    assert client.post(reverse("studio_restore", args=[animation.pk, 1])).status_code == 404


def test_an_animation_leads_to_its_project(client, animation):
    page = studio(client, animation)
    assert f'href="{reverse("project_detail", args=[animation.project.pk])}"' in page
    assert f'href="{reverse("project_list")}"' in page
