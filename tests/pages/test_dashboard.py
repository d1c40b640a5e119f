"""A teacher's own page."""

import pytest
from django.urls import reverse

from generation.models import Job, JobEvent
from pages.prompts import Answer
from tests.factories import AnimationFactory, ArtefactFactory, ProjectFactory, RevisionFactory, UserFactory
from tests.generation.factories import JobFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def teacher(client):
    user = UserFactory.create()
    client.force_login(user)
    return user


def made_animation(owner, title="A pendulum"):
    animation = AnimationFactory.create(project=ProjectFactory.create(owner=owner), title=title)
    revision = RevisionFactory.create(animation=animation)
    ArtefactFactory.create(revision=revision, seconds=63.0)
    ArtefactFactory.create(revision=revision, kind="poster", content_type="image/jpeg")
    animation.current_revision = revision
    animation.save()
    JobFactory.create(animation=animation, state=Job.State.SUCCEEDED, revision=revision)
    return animation


def test_it_needs_an_account(client):
    assert client.get(reverse("dashboard")).url.startswith(reverse("account_login"))


def test_an_empty_page_offers_three_starters(client, teacher):
    page = client.get(reverse("dashboard")).content.decode()
    assert page.count("data-prompt=") == 3


def test_finished_animations_show_poster_and_length(client, teacher):
    animation = made_animation(teacher)
    page = client.get(reverse("dashboard")).content.decode()
    assert reverse("studio", args=[animation.pk]) in page
    assert '<img src="/files/' in page
    assert "63 s" in page


def test_running_jobs_show_how_far_they_are(client, teacher):
    job = JobFactory.create(
        animation=AnimationFactory.create(project=ProjectFactory.create(owner=teacher), title="Waves")
    )
    for seq, percent in enumerate([10, 42], start=1):
        JobEvent.objects.create(job=job, seq=seq, kind="progress", data={"percent": percent})
    page = client.get(reverse("dashboard"), {"part": "shelf"}).content.decode()
    assert "Waves" in page
    assert "42%" in page
    assert "<html" not in page


def test_others_animations_are_not_there(client, teacher):
    made_animation(UserFactory.create(), title="Somebody else's")
    assert "Somebody else" not in client.get(reverse("dashboard")).content.decode()


def test_the_number_of_queries_does_not_grow_with_the_shelf(client, teacher, django_assert_max_num_queries):
    for number in range(12):
        made_animation(teacher, title=f"Animation {number}")
    with django_assert_max_num_queries(10):
        client.get(reverse("dashboard"))


def test_picking_an_alternative_draws_that_template(client, teacher):
    form = {"prompt": "something unclear about swinging", "template": "pendulum_period", "token": "t"}
    client.post(reverse("start"), form)
    job = Job.objects.get()
    assert job.draft["template"] == "pendulum_period"
    assert job.prompt == form["prompt"]


def test_the_same_form_sent_twice_is_one_job(client, teacher):
    form = {"prompt": "The period of a pendulum and its length", "template": "pendulum_period", "token": "once"}
    client.post(reverse("start"), form)
    client.post(reverse("start"), form)
    assert Job.objects.count() == 1
    client.post(reverse("start"), form | {"token": "twice"})
    assert Job.objects.count() == 2


def test_an_unclear_prompt_offers_templates_to_choose_and_keeps_the_words(rf, client, teacher):
    from django.template.loader import render_to_string

    choice = {"template": "pendulum_period", "title": "A pendulum", "summary": "It swings.", "confidence": 0.4}
    answer = Answer("unclear", "I am not sure.", outcome="ask", understood=("Swinging.",), alternatives=(choice,) * 3)
    page = render_to_string("pages/answer.html", {"answer": answer, "prompt": "swing <b>"}, request=rf.get("/"))
    assert page.count('value="pendulum_period"') == 3
    assert "Which of these do you mean?" in page
    assert page.count('value="swing &lt;b&gt;"') == 3
    assert "Swinging." in page
