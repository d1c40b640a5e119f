"""Somebody without an account says what she teaches."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from generation.engine.library import catalogue
from generation.models import Job
from tests.accounts.mail import code_in
from tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
PENDULUM = "Show how a pendulum's period relates to its length, with strings of 0.5, 1 and 2 m"
OFF_TOPIC = "Write a limerick about my headmaster's hat"
HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(2)> {{ 7|add:7 }} pendulum period and length'


def ask(client, prompt=PENDULUM, **headers):
    return client.post(reverse("start"), {"prompt": prompt, "token": "t"}, headers=headers)


def sign_up(client, mailoutbox, next_address=""):
    form = {"email": "ana@school.example", "password1": PASSWORD, "next": next_address}
    client.post("/accounts/signup/", form)
    return client.post("/accounts/confirm-email/", {"code": code_in(mailoutbox)}, follow=True)


def test_the_landing_page_asks_what_you_teach(client):
    page = client.get("/").content.decode()
    assert 'name="prompt"' in page
    assert page.count("<h1") == 1
    assert "independent of 3Blue1Brown" in page
    assert "private to you" in page


def test_every_template_of_the_library_is_offered(client):
    page = client.get("/").content.decode()
    for template in catalogue.templates().values():
        assert template.title.replace("'", "&#x27;") in page


def test_an_example_fills_the_field_without_scripts(client):
    assert "waves of 2 hertz</textarea>" in client.get("/", {"prompt": "waves of 2 hertz"}).content.decode()


def test_a_prompt_sent_without_an_account_leads_to_sign_up(client):
    response = ask(client)
    assert response.status_code == 302
    assert response.url == f"{reverse('account_signup')}?next={reverse('start')}"
    assert Job.objects.count() == 0


def test_the_sign_up_page_shows_that_the_prompt_is_kept(client):
    ask(client)
    assert "strings of 0.5, 1 and 2 m" in client.get(reverse("account_signup")).content.decode()


@pytest.mark.parametrize("next_address", [reverse("start"), ""], ids=["with next", "next lost on the way"])
def test_the_prompt_becomes_a_job_once_its_author_has_an_account(client, mailoutbox, next_address):
    ask(client)
    response = sign_up(client, mailoutbox, next_address)
    job = Job.objects.get()
    assert job.prompt == PENDULUM
    assert job.owner == User.objects.get()
    assert response.redirect_chain[-1][0] == reverse("studio", args=[job.animation_id])


def test_a_kept_prompt_becomes_one_job_only(client, mailoutbox):
    ask(client)
    sign_up(client, mailoutbox)
    client.get(reverse("start"))
    client.get(reverse("dashboard"))
    assert Job.objects.count() == 1


def test_nobody_else_gets_the_kept_prompt(client):
    ask(client)
    other = type(client)()
    other.force_login(UserFactory.create())
    other.get(reverse("start"))
    assert Job.objects.count() == 0


def test_a_link_cannot_start_a_job(client):
    client.force_login(UserFactory.create())
    response = client.get(reverse("start"), {"prompt": PENDULUM})
    assert response.url == reverse("dashboard")
    assert Job.objects.count() == 0


def test_a_prompt_that_cannot_be_drawn_is_answered_before_anybody_signs_up(client):
    response = ask(client, OFF_TOPIC)
    page = response.content.decode()
    assert response.status_code == 422
    assert OFF_TOPIC.replace("'", "&#x27;") in page
    assert "kept_prompt" not in client.session


@pytest.mark.parametrize("prompt", ["", "   ", "x" * 10_001, "\0\x01\x02", "🙂🙂🙂", "شارك معي"])
def test_a_bad_prompt_gets_a_sentence_and_stays_in_the_field(client, prompt):
    client.force_login(UserFactory.create())
    response = ask(client, prompt)
    assert response.status_code == 422
    assert 'id="answer-title"' in response.content.decode()
    assert Job.objects.count() == 0


def test_a_hostile_prompt_is_text_everywhere(client, mailoutbox):
    ask(client, HOSTILE)
    pages = [client.get(reverse("account_signup")), client.get("/", {"prompt": HOSTILE}), ask(client, HOSTILE + " hat")]
    client.force_login(UserFactory.create())
    pages += [ask(client, HOSTILE), client.get(reverse("dashboard"), {"prompt": HOSTILE})]
    for job in Job.objects.all():
        pages.append(client.get(reverse("studio", args=[job.animation_id])))
    for response in pages:
        page = response.content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert ">14 pendulum" not in page


def test_a_fragment_is_answered_with_a_fragment(client):
    response = ask(client, OFF_TOPIC, **{"HX-Request": "true"})
    assert response.status_code == 200
    assert "<html" not in response.content.decode()


def test_a_fragment_goes_on_by_header(client):
    client.force_login(UserFactory.create())
    response = ask(client, **{"HX-Request": "true"})
    assert response.headers["HX-Redirect"] == reverse("studio", args=[Job.objects.get().animation_id])


def test_a_flood_from_one_address_is_asked_to_wait_and_loses_nothing(client, settings):
    settings.RATES = settings.RATES | {"prompt": {"address": "2/minute"}}
    assert [ask(client, OFF_TOPIC).status_code for _ in range(3)] == [422, 422, 429]
    answer = ask(client)
    assert answer.status_code == 429
    assert 0 < int(answer["Retry-After"]) <= 60
    assert "0.5, 1 and 2 m" in answer.content.decode()
    assert "Wait a minute" in ask(client, **{"HX-Request": "true"}).content.decode()
    assert ask(Client(REMOTE_ADDR="192.0.2.7"), OFF_TOPIC).status_code == 422


def test_somebody_who_is_logged_in_is_not_counted(client, settings):
    settings.RATES = settings.RATES | {"prompt": {"address": "1/minute"}}
    client.force_login(UserFactory.create())
    assert ask(client).status_code == 302
    assert ask(client).status_code == 302


def test_ipv6_is_counted_by_the_part_a_provider_gives_out(settings):
    settings.RATES = settings.RATES | {"prompt": {"address": "1/minute"}}
    statuses = [ask(Client(REMOTE_ADDR=f"2001:db8::{n}"), OFF_TOPIC).status_code for n in (1, 2)]
    assert statuses == [422, 429]
