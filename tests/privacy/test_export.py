"""Export my data: everything of hers, nothing of others, fetched by herself alone."""

import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.apps import apps
from django.utils import timezone

from accounts import exporting
from accounts.models import DataExport, User
from accounts.services import create_api_key
from core import audit
from core.models import AuditEntry
from lessons import classrooms, joining
from projects import storage
from projects.models import Artefact
from projects.services import sweep_orphans
from tests.browser.made import finished_animation
from tests.factories import LessonFactory, LessonItemFactory, RevisionFactory, UserFactory
from tests.privacy.confirming import confirm

pytestmark = pytest.mark.django_db


@pytest.fixture
def teacher():
    return UserFactory(email="ada@school.example", name="Ada")


@pytest.fixture
def made(teacher):
    """A teacher who made something of everything."""
    animation = finished_animation(teacher)
    lesson = LessonFactory(unit__subject__owner=teacher, title="Swinging")
    LessonItemFactory(lesson=lesson, revision=animation.current_revision)
    room = classrooms.create_classroom(owner=teacher, title="Physics 10b")
    classrooms.hang_lesson(by=teacher, classroom=room, lesson=lesson)
    joining.make_code(by=teacher, classroom=room, role="viewer")
    return animation


def archive(user):
    export = exporting.ask(user=user)
    assert exporting.make_waiting() == 1
    export.refresh_from_db()
    data = b"".join(storage.current().read(export.file, 0, export.size))
    return export, zipfile.ZipFile(io.BytesIO(data))


def table(opened, name):
    return json.loads(opened.read(f"{name}.json"))


def test_it_holds_account_words_code_lessons_and_the_files_themselves(teacher, made):
    _export, opened = archive(teacher)
    assert table(opened, "account/account")[0]["email"] == "ada@school.example"
    revision = table(opened, "projects/revisions")[0]
    assert revision["prompt"] == made.current_revision.prompt
    assert revision["source"] == made.current_revision.source
    assert [row["title"] for row in table(opened, "lessons/lessons")] == ["Swinging"]
    assert [row["title"] for row in table(opened, "lessons/classrooms")] == ["Physics 10b"]
    assert table(opened, "generation/jobs")
    assert "project.created" in {row["verb"] for row in table(opened, "account/audit")}
    video = Artefact.objects.get(kind="video")
    assert opened.read(f"media/{video.revision_id}/video_l.mp4") == video.path.read_bytes()
    assert opened.testzip() is None


def test_it_holds_nothing_of_others_and_no_secret(teacher, made):
    create_api_key(owner=teacher, name="Script")
    other = RevisionFactory(prompt="What another teacher asked for").animation
    audit.record("animation.created", actor=other.project.owner, target=other)
    _export, opened = archive(teacher)
    text = "".join(opened.read(name).decode() for name in opened.namelist() if name.endswith(".json"))
    assert "another teacher" not in text
    assert str(other.project.owner_id) not in text
    assert teacher.password not in text
    assert teacher.api_keys.get().sha256 not in text


def test_every_table_that_points_at_people_is_in_it(teacher):
    """A new model that points at users belongs into its app's `personal.data`, or here with its reason."""
    elsewhere = {
        "admin.logentry",  # what staff did for others; the audit trail about her is in it
        # What she did for an organisation is the organisation's; that she did it is in the audit trail.
        "accounts.domainclaim",
        "accounts.schooldomain",
        "accounts.signon",
        "accounts.verificationdecision",
        "billing.quote",
        "training.permission",
        # Rights to what others own: "projects/shared_with_her" tells of them.
        "guardian.userobjectpermission",
        "projects.animationuserobjectpermission",
        "projects.projectuserobjectpermission",
    }
    told = {part.model for part in exporting._parts(teacher) if hasattr(part, "model")}
    pointing = {
        model._meta.label_lower
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if field.is_relation and field.related_model is User
    }
    assert pointing - told - elsewhere == set()


def test_its_progress_is_told_and_its_owner_gets_a_mail(teacher, made, mailoutbox, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        export, _opened = archive(teacher)
    assert export.done == export.total > 4
    assert [message.to for message in mailoutbox] == [["ada@school.example"]]


def test_asking_twice_makes_one(teacher):
    assert exporting.ask(user=teacher) == exporting.ask(user=teacher)
    assert exporting.make_waiting() == 1
    assert exporting.ask(user=teacher).state == "waiting"


def test_one_that_a_killed_worker_left_is_made_anew_and_the_late_one_writes_nothing(teacher, made):
    exporting.ask(user=teacher)
    lost = exporting.claim()
    assert exporting.claim() is None
    DataExport.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    assert exporting.make_waiting() == 1
    ready = DataExport.objects.get()
    assert ready.state == "ready"
    with pytest.raises(exporting.LeaseLost):
        exporting.make(lost)
    assert DataExport.objects.get().file == ready.file


def test_one_that_never_works_is_given_up_and_says_so(teacher, made, monkeypatch, client):
    def full(self, source, key):
        raise OSError("No space left on device.")

    monkeypatch.setattr(storage.LocalStore, "store", full)
    exporting.ask(user=teacher)
    for _attempt in range(exporting.MOST_ATTEMPTS):
        exporting.make_waiting()
        DataExport.objects.filter(state="running").update(lease_until=timezone.now() - timedelta(seconds=1))
    assert DataExport.objects.get().state == "failed"
    client.force_login(teacher)
    assert "It did not work" in client.get("/account/data/").content.decode()


def test_a_file_that_is_lost_does_not_spoil_the_rest(teacher, made):
    Artefact.objects.get(kind="video").path.unlink()
    _export, opened = archive(teacher)
    assert b"lost" in opened.read(f"media/{made.current_revision_id}/video_l.mp4")


def test_the_sweep_of_orphans_leaves_archives_alone_until_their_time_is_over(teacher):
    export, _opened = archive(teacher)
    assert sweep_orphans(older_than=-1) == 0
    exporting.remove(DataExport.objects.all())
    export.refresh_from_db()
    assert (export.state, export.file) == ("gone", "")


class TestFetching:
    def test_the_password_is_asked_for_before_it_is_made_and_before_it_is_sent(self, client, teacher):
        client.force_login(teacher)
        assert client.post("/account/data/").url.startswith("/accounts/reauthenticate/")
        assert not DataExport.objects.exists()
        export, _opened = archive(teacher)
        address = f"/account/data/{exporting.link_token(export)}/data.zip"
        assert client.get(address).url.startswith("/accounts/reauthenticate/")

    def test_its_owner_gets_it_and_that_is_on_record(self, client, teacher):
        confirm(client, teacher)
        client.post("/account/data/")
        exporting.make_waiting()
        page = client.get("/account/data/")
        export, token = page.context["exports"][0]
        response = client.get(f"/account/data/{token}/data.zip")
        body = b"".join(response.streaming_content)
        assert len(body) == export.size == int(response["Content-Length"])
        assert zipfile.ZipFile(io.BytesIO(body)).testzip() is None
        assert AuditEntry.objects.filter(verb="data_export.fetched", actor=teacher).exists()

    def test_another_person_finds_nothing_with_the_same_link(self, client, teacher):
        export, _opened = archive(teacher)
        confirm(client, UserFactory())
        assert client.get(f"/account/data/{exporting.link_token(export)}/data.zip").status_code == 404

    def test_the_link_ends_after_ten_minutes(self, client, teacher, monkeypatch):
        export, _opened = archive(teacher)
        token = exporting.link_token(export)
        monkeypatch.setattr(exporting, "LINK_SECONDS", -1)
        confirm(client, teacher)
        assert client.get(f"/account/data/{token}/data.zip").status_code == 410
