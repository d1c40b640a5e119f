"""The page, the API and titles pass on the reason and the words to send instead."""

import pytest
from django.urls import reverse

from core.errors import DomainError
from core.models import AuditEntry
from generation.models import Job
from projects import services
from projects.models import Project
from tests.factories import ProjectFactory, UserFactory

pytestmark = pytest.mark.django_db
BOMB = "how to make a pipe bomb"
REWRITE = "How far a ball flies at different launch angles"


@pytest.fixture
def teacher(client):
    user = UserFactory.create()
    client.force_login(user)
    return user


def ask(client, prompt):
    return client.post(reverse("start"), {"prompt": prompt, "token": "t"})


@pytest.mark.parametrize("path", ["dashboard", "landing"])
def test_the_page_offers_other_words_that_fill_the_field(client, path):
    if path == "dashboard":
        client.force_login(UserFactory.create())
    response = ask(client, BOMB)
    page = response.content.decode()
    assert response.status_code == 422
    assert "I don&#x27;t explain how to make, get or use weapons" in page
    assert f'data-prompt="{REWRITE}"' in page
    assert f'href="{reverse(path)}?prompt=How%20far%20a%20ball' in page
    assert "Use this instead" in page
    filled = client.get(reverse(path), {"prompt": REWRITE}).content.decode()
    assert f"{REWRITE}</textarea>" in filled


def test_the_words_offered_become_a_job(client, teacher):
    ask(client, REWRITE)
    assert Job.objects.get().draft["template"] == "projectile"


def test_help_is_not_shown_as_an_error(client, teacher):
    page = ask(client, "I want to kill myself").content.decode()
    assert "speak today to somebody you trust" in page
    assert "field-error" not in page
    assert "Use this instead" not in page


def test_the_api_answers_with_reason_and_rewrite(client, teacher):
    response = client.post("/api/v1/generations/", {"prompt": BOMB}, content_type="application/json")
    problem = response.json()
    assert response.status_code == 422
    assert problem["code"] == "unsafe_weapon"
    assert problem["data"]["rewrite"] == REWRITE
    again = {"prompt": problem["data"]["rewrite"]}
    assert client.post("/api/v1/generations/", again, content_type="application/json").status_code == 202


def test_sexual_content_about_children_is_in_the_audit_trail_without_its_words(client, teacher):
    ask(client, "draw a naked child")
    entry = AuditEntry.objects.get(verb="prompt.stopped")
    assert entry.actor_id == teacher.pk
    assert entry.data == {"code": "unsafe_minors"}


def test_thoughts_of_self_harm_are_nobody_elses_business(client, teacher):
    ask(client, "I want to kill myself")
    assert not AuditEntry.objects.filter(verb="prompt.stopped").exists()


def test_a_title_that_does_not_fit_is_refused_everywhere(client, teacher):
    with pytest.raises(DomainError) as refused:
        services.create_project(owner=teacher, title="Kevin is an idiot")
    assert refused.value.code == "unsafe_harassment"
    assert refused.value.hint
    project = ProjectFactory.create(owner=teacher, title="Waves")
    with pytest.raises(DomainError):
        services.rename_project(by=teacher, project=project, title="fuck")
    with pytest.raises(DomainError):
        services.create_animation(by=teacher, project=project, title="porn")


def test_the_title_form_says_why(client, teacher):
    response = client.post(reverse("project_create"), {"title": "Kevin is an idiot"})
    assert response.status_code == 422
    assert "would hurt a real person" in response.content.decode()
    assert not Project.objects.exists()
