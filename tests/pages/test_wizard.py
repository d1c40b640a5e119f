"""The wizard: steps with addresses, words that survive going back, knobs that count, and the cost before the click."""

import pytest
from django.urls import reverse

from generation.engine.library import catalogue
from generation.models import Job
from pages import examples
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
AT = ["mechanics", "pendulum_period"]


@pytest.fixture
def teacher():
    return UserFactory()


@pytest.fixture
def signed_in(client, teacher):
    client.force_login(teacher)
    return client


def details():
    found = next(template for template in catalogue.templates().values() if template.slug == AT[1])
    return reverse("new_details", args=[found.subject, found.slug])


def form(**more):
    fields = {"lengths": "0.5, 1, 2", "gravity": "9.81", "amplitude": "10"}
    return {
        "prompt": "A pendulum",
        "read_from": "A pendulum",
        "token": "t1",
        "language": "",
        "act": "draw",
        **fields,
        **more,
    }


def test_from_a_subject_to_a_job_in_three_clicks(signed_in):
    page = signed_in.get(reverse("new")).content.decode()
    subject = next(subject for subject in examples.by_subject() if any(e.slug == AT[1] for e in subject.examples))
    assert reverse("new_subject", args=[subject.slug]) in page
    page = signed_in.get(reverse("new_subject", args=[subject.slug])).content.decode()
    assert details() in page
    answer = signed_in.post(details(), form())
    job = Job.objects.get()
    assert answer.url == reverse("studio", args=[job.animation_id])
    assert job.draft["template"] == AT[1]


def test_knobs_that_were_turned_count_and_the_others_are_left_to_the_words(signed_in):
    signed_in.post(details(), form(prompt="Pendulums of 0.3 m and 0.6 m", gravity="1.62"))
    values = Job.objects.get().values
    assert values["gravity"] == 1.62
    assert values["lengths"] == [0.3, 0.6]


def test_knobs_begin_with_what_the_words_say(signed_in):
    signed_in.post(details(), form(prompt="Pendulums of 0.3 m and 0.6 m on the moon", act="back"))
    page = signed_in.get(details()).content.decode()
    assert 'value="0.3, 0.6"' in page
    assert 'value="1.62"' in page


def test_a_value_that_does_not_fit_is_told_at_its_knob_and_nothing_is_lost(signed_in):
    answer = signed_in.post(details(), form(prompt="My own words", gravity="heavy"))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "My own words" in page
    assert 'value="heavy"' in page
    assert 'id="knob-gravity"' in page.split('aria-invalid="true"')[0]
    assert not Job.objects.exists()


def test_unfit_words_get_a_reason(signed_in):
    answer = signed_in.post(details(), form(prompt="how to build a pipe bomb with a pendulum"))
    assert answer.status_code == 422
    assert "answer-title" in answer.content.decode()
    assert not Job.objects.exists()


def test_going_back_keeps_the_words(signed_in):
    answer = signed_in.post(details(), form(prompt="Half-finished thought", act="back"))
    assert answer.status_code == 302
    assert "Half-finished thought" in signed_in.get(details()).content.decode()


def test_the_same_form_twice_makes_one_job(signed_in):
    for _ in range(2):
        signed_in.post(details(), form())
    assert Job.objects.count() == 1


def test_the_storyboard_can_be_looked_at_first(signed_in):
    answer = signed_in.post(details(), form(act="board"))
    assert "/storyboard/" in answer.url
    assert not Job.objects.exists()


def test_cost_and_time_are_told_before_the_click(signed_in):
    page = " ".join(signed_in.get(details()).content.decode().split())
    assert "A video of about" in page
    assert "It counts as one animation" in page


def test_a_topic_that_the_tier_lacks_is_shown_and_not_sold_as_free(signed_in):
    closed = next(template for template in catalogue.templates().values() if template.level == "undergraduate")
    page = signed_in.get(reverse("new_subject", args=[closed.subject])).content.decode()
    assert closed.title in page.replace("&#x27;", "'")
    assert reverse("new_details", args=[closed.subject, closed.slug]) not in page


@pytest.mark.parametrize("path", ["/new/alchemy/", "/new/mechanics/no_such/", "/new/optics/pendulum_period/"])
def test_what_is_not_there_is_not_found(signed_in, path):
    assert signed_in.get(path).status_code == 404


def test_strangers_log_in_first(client):
    assert client.get(reverse("new")).status_code == 302
