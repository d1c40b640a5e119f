"""A project's history, fetched by the git command itself."""

import base64
import subprocess
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from accounts.services import create_api_key
from generation import history
from tests.factories import ProjectFactory, RevisionFactory, UserFactory

pytestmark = pytest.mark.django_db(transaction=True)
WANTS_WHAT_IS_NOT_THERE = b"0032want " + b"0" * 40 + b"\n00000009done\n"


@pytest.fixture
def project():
    project = ProjectFactory(title="Swings")
    first = RevisionFactory(
        animation__project=project, animation__title="A swing", prompt="Show a swing", source="a = 1\n"
    )
    RevisionFactory(
        animation=first.animation, number=2, parent=first, origin="knobs", source="a = 2\n", values={"a": 2}
    )
    RevisionFactory(animation__project=project, animation__title="A spring", source="b = 1\n")
    return project


def git(*words: str, folder: Path) -> str:
    environment = {"PATH": "/usr/bin:/bin:/usr/local/bin", "HOME": str(folder), "GIT_TERMINAL_PROMPT": "0"}
    done = subprocess.run(
        ["git", *words], cwd=folder, env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_bundle_clones_into_a_commit_a_version(project, tmp_path):
    client = Client()
    client.force_login(project.owner)
    answer = client.get(reverse("project_bundle", args=[project.pk]))
    assert answer["Content-Disposition"] == 'attachment; filename="swings.bundle"'
    (tmp_path / "swings.bundle").write_bytes(answer.content)
    git("clone", "-q", "swings.bundle", "copy", folder=tmp_path)
    copy = tmp_path / "copy"
    assert git("fsck", "--strict", folder=copy) == ""
    titles = git("log", "--reverse", "--format=%s", folder=copy).splitlines()
    assert len(titles) == 3
    assert "Knobs turned" in titles[1]
    assert "a = 2" in git("log", "-1", "--skip=1", "--format=%b", folder=copy)
    folder = next(copy.glob("a-swing-*"))
    assert (folder / "animation.py").read_text() == "a = 2\n"
    assert (folder / "theorama_kit.py").exists()
    assert git("show", f"HEAD~2:{folder.name}/animation.py", folder=copy) == "a = 1\n"


def test_the_history_names_no_addresses(project):
    assert project.owner.email.encode() not in history.bundle(project)


def test_the_remote_is_cloned_and_pulled_with_a_key_and_never_written(project, live_server, tmp_path):
    key = create_api_key(owner=project.owner, name="git").secret
    remote = live_server.url.replace("://", f"://me:{key}@") + f"/git/{project.pk}.git"
    git("clone", "-q", remote, "copy", folder=tmp_path)
    copy = tmp_path / "copy"
    newest = git("rev-parse", "HEAD", folder=copy)
    RevisionFactory(animation__project=project, animation__title="A third", source="c = 1\n")
    git("pull", "-q", folder=copy)
    assert git("rev-parse", "HEAD~1", folder=copy) == newest
    with pytest.raises(AssertionError, match="403"):
        git("push", folder=copy)


def test_without_a_key_of_the_owner_there_is_no_remote(project, live_server, tmp_path):
    strange = create_api_key(owner=UserFactory(), name="git").secret
    for words, told in (
        ("", "could not read Username"),
        (f"me:{strange}@", "not found"),
        ("me:thk_x@", "Authentication failed"),
    ):
        remote = live_server.url.replace("://", f"://{words}") + f"/git/{project.pk}.git"
        with pytest.raises(AssertionError, match=told):
            git("clone", "-q", remote, "copy", folder=tmp_path)


def test_an_empty_project_clones_as_an_empty_repository(live_server, tmp_path):
    project = ProjectFactory()
    key = create_api_key(owner=project.owner, name="git").secret
    git("clone", "-q", live_server.url.replace("://", f"://me:{key}@") + f"/git/{project.pk}.git", "x", folder=tmp_path)
    assert (tmp_path / "x" / ".git").is_dir()


def test_a_bundle_of_another_teachers_project_is_not_there(project, client):
    client.force_login(UserFactory())
    assert client.get(reverse("project_bundle", args=[project.pk])).status_code == 404


def test_a_project_without_versions_says_so(client):
    project = ProjectFactory()
    client.force_login(project.owner)
    assert client.get(reverse("project_bundle", args=[project.pk])).status_code == 409


@pytest.mark.parametrize("body", [b"", b"0009done\n", b"zzzz", WANTS_WHAT_IS_NOT_THERE, b"\x1f\x8b"])
def test_nonsense_is_refused_in_words(project, body):
    key = create_api_key(owner=project.owner, name="git").secret
    told = "Basic " + base64.b64encode(f"me:{key}".encode()).decode()
    address = reverse("project_git_fetch", args=[project.pk])
    for headers in ({}, {"Content-Encoding": "gzip"}):
        answer = Client().post(
            address,
            body,
            content_type="application/x-git-upload-pack-request",
            headers={"Authorization": told, **headers},
        )
        assert answer.status_code in (200, 400)
        assert answer.status_code == 400 or answer.content in (b"", b"0008NAK\n")
