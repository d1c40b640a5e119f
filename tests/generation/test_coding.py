"""Code that teachers change by hand: kept, held, checked, drawn by the real engine, and compared."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.errors import DomainError
from generation import coding
from generation.engine.library import catalogue
from generation.models import CodeDraft, Job
from tests.factories import ArtefactFactory, RevisionFactory, UserFactory
from tests.generation.test_boards import run

CODE = """from theorama_kit import *


class First(Stage):
    def construct(self):
        self.add(Circle())
        self.wait(1)


class Second(Stage):
    def construct(self):
        self.add(Square())
        self.wait(1)
"""
BOARD = {
    "title": "Shapes",
    "language": "en",
    "scenes": [
        {"name": "First", "title": "A circle", "shown": "A circle", "said": "Round.", "seconds": 1.0},
        {"name": "Second", "title": "A square", "shown": "A square", "said": "Four sides.", "seconds": 1.0},
    ],
}


def made(**fields):
    revision = RevisionFactory(title="Shapes", source=CODE, storyboard=BOARD, **fields)
    revision.animation.current_revision = revision
    revision.animation.save()
    return revision.animation


@pytest.fixture
def animation(db):
    return made()


def owner_of(animation):
    return animation.project.owner


def save(animation, source, version=0, by=None):
    return coding.save(by=by or owner_of(animation), animation=animation, version=version, source=source)


def test_what_is_typed_is_kept_and_counted(animation):
    first = save(animation, CODE + "# one\n")
    assert (first.version, coding.draft_of(animation).source) == (1, CODE + "# one\n")
    assert save(animation, CODE + "# one\n", 1).version == 1


def test_two_windows_cannot_undo_one_another(animation):
    save(animation, CODE + "# mine\n")
    with pytest.raises(DomainError) as caught:
        save(animation, CODE + "# also mine\n")
    assert caught.value.code == "code_changed"
    assert caught.value.data == {"version": 1, "source": CODE + "# mine\n"}


def test_while_one_person_types_another_is_told_who_it_is(animation, monkeypatch):
    colleague = UserFactory(name="Sam")
    monkeypatch.setattr(coding, "require_edit", lambda user, target: None)
    save(animation, CODE + "# Sam\n", by=colleague)
    with pytest.raises(DomainError, match="Sam is changing this code"):
        save(animation, CODE + "# me\n", 1)
    CodeDraft.objects.update(held_until=timezone.now() - timedelta(seconds=1))
    assert save(animation, CODE + "# me\n", 1).version == 2


def test_leaving_the_page_lets_others_in(animation):
    save(animation, CODE + "# one\n")
    assert coding.held_by_another(coding.draft_of(animation), UserFactory()) == owner_of(animation)
    coding.release(by=owner_of(animation), animation=animation)
    assert coding.held_by_another(coding.draft_of(animation), UserFactory()) is None


def test_starting_over_brings_the_newest_version_back(animation):
    save(animation, "nonsense(")
    assert coding.start_over(by=owner_of(animation), animation=animation).source == CODE


@pytest.mark.parametrize(
    ("change", "line", "stops", "words"),
    [
        (("Circle()", "Circle())"), 6, True, "Python"),
        (("Circle()", "__import__('os')"), 6, True, ""),
        (("Circle()", "Circl()"), 6, False, "Circl"),
        (("Circle()", "Circle(radios=2)"), 6, False, "radios"),
        (("Circle()", "Text('How to build a pipe bomb')"), 6, True, ""),
        (("(Stage)", ""), None, True, "no scene"),
    ],
)
def test_problems_are_told_at_their_line(change, line, stops, words):
    found = coding.problems(CODE.replace(*change))
    assert [(problem.line, problem.stops) for problem in found][:1] == [(line, stops)]
    assert words in found[0].message


def test_code_of_the_library_has_no_problems():
    sources = [each.source for each in list(catalogue.templates().values())[:5]]
    assert [problem for source in sources for problem in coding.problems(source)] == []


def test_code_is_put_into_form_and_a_line_named_where_it_cannot():
    assert coding.formatted("x = [1,2 ,3]\nif x :\n  y=1\n") == "x = [1, 2, 3]\nif x:\n    y = 1\n"
    with pytest.raises(DomainError) as caught:
        coding.formatted("x = (1\n")
    assert caught.value.data["line"] == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.render
def test_only_the_changed_scene_is_drawn_and_its_words_stay(renderer):
    animation = made()
    first = coding.draw(by=owner_of(animation), animation=animation, version=0)
    run(first, renderer)
    draft = save(animation, CODE.replace("Square()", "Triangle()"))
    animation.refresh_from_db()
    job = coding.draw(by=owner_of(animation), animation=animation, version=draft.version)
    assert job.kind == Job.Kind.CODE
    assert coding.draw(by=owner_of(animation), animation=animation, version=draft.version) == job
    run(job, renderer)
    states = {event.data["name"]: event.data["state"] for event in job.events.filter(kind="scene")}
    assert states == {"First": "cached", "Second": "rendered"}
    assert job.revision.get_origin_display() == "Code edited"
    assert job.revision.source == CODE.replace("Square()", "Triangle()")
    assert [scene["title"] for scene in job.revision.storyboard["scenes"]] == ["A circle", "A square"]


def test_code_that_may_not_run_is_refused_with_its_line_and_kept(animation):
    draft = save(animation, CODE.replace("Circle()", "open('/etc/passwd')"))
    with pytest.raises(DomainError) as caught:
        coding.draw(by=owner_of(animation), animation=animation, version=draft.version)
    assert caught.value.status == 422
    assert caught.value.data["line"] == 6
    assert "passwd" in coding.draft_of(animation).source


def test_the_page_works_without_scripts(animation, client):
    client.force_login(owner_of(animation))
    address = reverse("code", args=[animation.pk])
    page = client.get(address).content.decode()
    assert "class First(Stage)" in page
    answer = client.post(address, {"act": "save", "version": "0", "source": CODE.replace("Circle()", "Circl()")})
    assert answer.status_code == 302
    page = client.get(address).content.decode()
    assert "Line 6" in page
    refused = client.post(address, {"act": "draw", "version": "1", "source": "import os\n"})
    assert refused.status_code == 422
    assert "import os" in refused.content.decode()
    assert coding.draft_of(animation).source == "import os\n"


def test_a_refused_save_shows_what_was_typed(animation, client):
    client.force_login(owner_of(animation))
    save(animation, CODE + "# other window\n")
    address = reverse("code", args=[animation.pk])
    answer = client.post(address, {"act": "save", "version": "0", "source": CODE + "# this window\n"})
    assert answer.status_code == 409
    assert "# this window" in answer.content.decode()
    assert 'name="version" value="1"' in answer.content.decode()


@pytest.mark.parametrize("name", ["code", "compare"])
def test_pages_of_another_teachers_animation_are_not_there(animation, name):
    stranger = Client()
    stranger.force_login(UserFactory())
    address = reverse(name, args=[animation.pk])
    assert stranger.get(address).status_code == 404
    assert stranger.post(address, {"act": "save", "version": "0", "source": "x"}).status_code in {404, 405}
    assert Client().get(address).status_code == 302


def test_two_versions_are_compared_by_picture_knobs_and_code(animation, client):
    client.force_login(owner_of(animation))
    address = reverse("compare", args=[animation.pk])
    assert client.get(address).status_code == 302  # there is one version only
    knobs = 'size = knob("size", 1.0, label="Size", unit="m")\n\n\nclass First'
    before = animation.current_revision
    after = RevisionFactory(
        animation=animation, number=2, parent=before, source=CODE.replace("class First", knobs), storyboard=BOARD
    )
    for revision in (before, after):
        ArtefactFactory(revision=revision, kind="poster", quality="l")
    page = client.get(address).content.decode()
    assert page.count("<img") == 2
    assert "Size" in page
    assert "<ins>+ size = knob(" in page
    assert address in client.get(reverse("studio", args=[animation.pk])).content.decode()
