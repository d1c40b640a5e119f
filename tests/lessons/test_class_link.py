"""A class watches behind its link."""

import re

import pytest
from django.conf import settings
from django.test import Client

from lessons import classrooms, joining, services
from lessons.models import ClassLink, Lesson
from projects.services import publish_artefact
from tests.factories import LessonFactory, LessonItemFactory, RevisionFactory, UserFactory

pytestmark = pytest.mark.django_db
BOARD = {"language": "de", "scenes": [{"name": "Swing", "title": "Swing", "shown": "A bob", "said": "It swings"}]}


@pytest.fixture
def owner():
    return UserFactory(name="Frau Bernoulli")


@pytest.fixture
def room(owner):
    return classrooms.create_classroom(owner=owner, title="Physics 10b")


@pytest.fixture
def lesson(owner, room, tmp_path):
    """A published lesson that shows one video with captions."""
    lesson = LessonFactory(unit__subject__owner=owner, title="The pendulum", about="Only for me")
    revision = RevisionFactory(animation__project__owner=owner, storyboard=BOARD, prompt="secret words")
    for kind, name, kept in (
        ("video", "a.mp4", "video/mp4"),
        ("captions", "a.vtt", "text/vtt"),
        ("script", "a.py", "x"),
    ):
        (tmp_path / name).write_bytes(b"0123456789")
        publish_artefact(revision=revision, kind=kind, quality="", source=tmp_path / name, content_type=kept)
    LessonItemFactory(lesson=lesson, revision=revision)
    classrooms.hang_lesson(by=owner, classroom=room, lesson=lesson)
    services.change_state(by=owner, lessons=Lesson.objects.all(), state="published")
    return lesson


@pytest.fixture
def link(owner, room):
    return joining.make_link(by=owner, classroom=room)


def home(link):
    return f"/class/{joining.token_of(link)}/"


def addresses(page):
    return re.findall(r'src="(/class/[^"]+)"', page)


def test_a_class_watches_without_account_cookie_or_name(client, owner, lesson, link):
    front = client.get(home(link))
    assert "The pendulum" in front.content.decode()
    answer = client.get(f"{home(link)}lessons/{lesson.pk}/")
    page = answer.content.decode()
    assert "It swings" in page
    video, captions = addresses(page)
    assert b"".join(client.get(video).streaming_content) == b"0123456789"
    assert client.get(captions).headers["Content-Type"] == "text/vtt"
    part = client.get(video, headers={"Range": "bytes=2-3"})
    assert (part.status_code, b"".join(part.streaming_content)) == (206, b"23")
    assert not client.cookies
    for said in (owner.name, owner.email, "Only for me", "secret words", "csrf"):
        assert said not in page + front.content.decode()
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"


def test_a_revoked_link_ends_pages_and_files_at_once(client, owner, lesson, link):
    page = f"{home(link)}lessons/{lesson.pk}/"
    video = addresses(client.get(page).content.decode())[0]
    assert client.get(video).headers["Cache-Control"] == "private, no-cache"
    joining.revoke(by=owner, grant=link)
    ended = [client.get(path) for path in (home(link), page, video)]
    assert [answer.status_code for answer in ended] == [404] * 3
    assert not client.cookies


def test_only_what_is_published_and_watched_is_behind_it(client, owner, lesson, link):
    video = addresses(client.get(f"{home(link)}lessons/{lesson.pk}/").content.decode())[0]
    script = lesson.items.get().revision.artefacts.get(kind="script")
    other = RevisionFactory(animation__project__owner=owner)
    assert client.get(f"{home(link)}files/{script.pk}/a.py").status_code == 404
    assert client.get(f"{home(link)}files/{other.pk}/a.mp4").status_code == 404
    services.change_state(by=owner, lessons=Lesson.objects.all(), state="draft")
    assert client.get(video).status_code == 404
    assert "Nothing is published" in client.get(home(link)).content.decode()


def test_links_of_another_classroom_and_guessed_ones_lead_nowhere(client, lesson, link, monkeypatch):
    elsewhere = classrooms.create_classroom(owner=UserFactory(), title="Elsewhere")
    other = ClassLink.objects.create(classroom=elsewhere, expires=link.expires)
    assert client.get(f"{home(other)}lessons/{lesson.pk}/").status_code == 404
    monkeypatch.setitem(settings.RATES, "bad_link", {"address": "3/hour"})
    bad = home(link).replace(":", ":x")
    assert [client.get(bad).status_code for _guess in range(4)] == [404, 404, 404, 429]
    assert client.get(home(link)).status_code == 200  # a good link is never counted


def test_a_teacher_makes_and_revokes_the_link_on_the_classroom_page(owner, room, lesson):
    client = Client()
    client.force_login(owner)
    client.post(f"/classrooms/{room.pk}/links/new/")
    link = ClassLink.objects.get()
    page = client.get(f"/classrooms/{room.pk}/").content.decode()
    assert f"http://testserver{home(link)}" in page
    assert "data:image/svg+xml" in page
    client.post(f"/classrooms/links/{link.pk}/revoke/")
    assert home(link) not in client.get(f"/classrooms/{room.pk}/").content.decode()
