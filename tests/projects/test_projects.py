"""Making, naming, archiving and deleting projects and animations."""

import pytest

from core.errors import DomainError
from core.models import AuditEntry
from projects import selectors, services
from projects.models import Animation, Project
from tests.factories import AnimationFactory, ProjectFactory, RevisionFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def teacher():
    return UserFactory()


def verbs() -> list[str]:
    return list(AuditEntry.objects.order_by("id").values_list("verb", flat=True))


def test_every_change_of_a_project_is_written_down(teacher):
    project = services.create_project(owner=teacher, title="Mechanics")
    services.rename_project(by=teacher, project=project, title="Waves")
    services.archive_project(by=teacher, project=project)
    services.archive_project(by=teacher, project=project)
    services.unarchive_project(by=teacher, project=project)
    services.delete_project(by=teacher, project=project)
    assert verbs() == [f"project.{done}" for done in ("created", "renamed", "archived", "unarchived", "deleted")]
    assert set(AuditEntry.objects.values_list("actor", flat=True)) == {teacher.pk}


def test_every_change_of_an_animation_is_written_down(teacher):
    project = ProjectFactory(owner=teacher)
    animation = services.create_animation(by=teacher, project=project, title="Pendulum")
    services.rename_animation(by=teacher, animation=animation, title="A swing")
    services.delete_animation(by=teacher, animation=animation)
    assert verbs() == ["animation.created", "animation.renamed", "animation.deleted"]


def test_a_title_is_put_on_one_line(teacher):
    assert services.create_project(owner=teacher, title="  Two \n\t words\0 ").title == "Two words"


@pytest.mark.parametrize("title", ["", "   ", "\n", "\0", "x" * 121])
def test_a_title_must_be_there_and_fit(teacher, title):
    with pytest.raises(DomainError) as refused:
        services.create_project(owner=teacher, title=title)
    assert refused.value.code == "title"
    assert refused.value.hint
    assert not Project.objects.exists()


@pytest.mark.parametrize("title", ["שלום עולם", "Δx → 0 🧮", "<script>alert(1)</script>", "x" * 120])
def test_any_words_make_a_title(teacher, client, title):
    project = services.create_project(owner=teacher, title=title)
    client.force_login(teacher)
    assert project.title == title
    assert "<script>alert" not in client.get("/projects/").content.decode()


def test_deleting_a_project_takes_everything_in_it_along_and_nothing_else():
    doomed, kept = RevisionFactory(), RevisionFactory()
    child = RevisionFactory(animation=doomed.animation, parent=doomed)
    services.add_revision(
        animation=doomed.animation, author=None, prompt="", template="", title="x", storyboard={}, source="", values={},
        origin="edited", parent=child,
    )  # fmt: skip
    services.delete_project(by=doomed.animation.project.owner, project=doomed.animation.project)
    assert list(Animation.objects.all()) == [kept.animation]


def test_deleting_an_account_takes_its_projects_along():
    revision = RevisionFactory()
    RevisionFactory(animation=revision.animation, parent=revision)
    revision.animation.project.owner.delete()
    assert not Animation.objects.exists()


def test_the_default_project_is_the_open_one_worked_in_last(teacher):
    assert selectors.default_project(teacher) is None
    first = services.ensure_default_project(owner=teacher)
    assert services.ensure_default_project(owner=teacher) == first
    second = services.create_project(owner=teacher, title="Second")
    assert selectors.default_project(teacher) == second
    services.create_animation(by=teacher, project=first, title="Pendulum")
    assert selectors.default_project(teacher) == first
    services.archive_project(by=teacher, project=first)
    assert selectors.default_project(teacher) == second


def test_the_pages_do_the_whole_round(client, teacher):
    client.force_login(teacher)
    response = client.post("/projects/new/", {"title": "Mechanics"})
    project = Project.objects.get()
    assert response.url == f"/projects/{project.pk}/"
    assert client.get(response.url).context["project"] == project
    client.post(f"/projects/{project.pk}/rename/", {"title": "Waves"})
    assert "Waves" in client.get("/projects/").content.decode()
    client.post(f"/projects/{project.pk}/archive/")
    assert list(client.get("/projects/").context["projects"]) == []
    assert list(client.get("/projects/?archived").context["projects"]) == [project]
    client.post(f"/projects/{project.pk}/unarchive/")
    assert list(client.get("/projects/").context["projects"]) == [project]
    client.post(f"/projects/{project.pk}/delete/")
    assert not Project.objects.exists()


@pytest.mark.parametrize("title", ["", " ", "x" * 121])
def test_the_pages_say_what_is_wrong_with_a_title(client, teacher, title):
    project = ProjectFactory(owner=teacher, title="Before")
    client.force_login(teacher)
    for path in ("/projects/new/", f"/projects/{project.pk}/rename/"):
        response = client.post(path, {"title": title})
        assert response.status_code == 422
        assert response.context["form"].errors["title"]
    assert [p.title for p in Project.objects.all()] == ["Before"]


@pytest.mark.parametrize("path", ["create", "rename", "archive", "unarchive", "delete"])
def test_looking_changes_nothing(client, teacher, path):
    project = ProjectFactory(owner=teacher)
    client.force_login(teacher)
    address = "/projects/new/" if path == "create" else f"/projects/{project.pk}/{path}/"
    assert client.get(address).status_code == 405
    assert Project.objects.get().archived is None


@pytest.mark.parametrize("size", [0, 1, 30])
def test_list_pages_take_at_most_eight_queries_at_any_size(client, teacher, size, django_assert_max_num_queries):
    project = ProjectFactory(owner=teacher)
    for _number in range(size):
        RevisionFactory(animation=AnimationFactory(project=project))
        AnimationFactory(project=ProjectFactory(owner=teacher))
    client.force_login(teacher)
    for path in ("/projects/", f"/projects/{project.pk}/", "/account/keys/"):
        with django_assert_max_num_queries(8):
            assert client.get(path).status_code == 200


def test_long_lists_come_in_pages(client, teacher):
    for _number in range(30):
        ProjectFactory(owner=teacher)
    client.force_login(teacher)
    assert len(client.get("/projects/").context["projects"]) == 24
    assert len(client.get("/projects/?page=2").context["projects"]) == 6
    assert client.get("/projects/?page=nonsense").status_code == 200


def test_a_project_counts_its_animations(client, teacher):
    project = ProjectFactory(owner=teacher)
    AnimationFactory.create_batch(3, project=project)
    assert selectors.project_list(teacher).get().animation_count == 3
