"""Delete my account: days in which it can be kept, then nothing of hers is left, and colleagues lose nothing."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from accounts import exporting, leaving
from accounts.models import AccountDeletion, ApiKey, User
from accounts.services import create_api_key, find_live_key
from core import audit
from core.errors import DomainError
from core.models import AuditEntry
from generation.models import Job
from lessons import classrooms, joining, search
from lessons.models import Classroom, ClassroomMember, Lesson, LessonItem
from projects import storage
from projects.models import Project, Revision
from tests.browser.made import finished_animation
from tests.factories import LessonFactory, LessonItemFactory, MembershipFactory, UserFactory
from tests.generation.factories import JobFactory
from tests.privacy.confirming import confirm, log_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def teacher():
    return UserFactory(email="ada@school.example", name="Ada Quixotic")


@pytest.fixture
def colleague():
    return UserFactory(email="grace@school.example")


@pytest.fixture
def room(teacher, colleague):
    """A classroom of the teacher in which the colleague teaches."""
    room = classrooms.create_classroom(owner=teacher, title="Physics 10b")
    classrooms.let_in(colleague, room, "editor")
    return room


def let_end(user, heir=None):
    """Ask for the end of the account and let the days of grace pass."""
    leaving.ask(user=user, heir=heir)
    AccountDeletion.objects.update(due=timezone.now() - timedelta(seconds=1))


def files_in(settings):
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def database_text():
    """Every value of every table, as text."""
    with connection.cursor() as cursor:
        tables = [name for name in connection.introspection.table_names(cursor) if not name.startswith("sqlite_")]
        found = []
        for name in tables:
            cursor.execute(f'SELECT * FROM "{name}"')
            found.append(json.dumps(cursor.fetchall(), default=str))
    return "\n".join(found)


class TestAsking:
    def test_the_password_is_asked_for(self, client, teacher):
        client.force_login(teacher)
        assert client.post("/account/delete/", {"sure": "on"}).url.startswith("/accounts/reauthenticate/")
        assert not AccountDeletion.objects.exists()

    def test_it_signs_out_everywhere_and_revokes_keys(self, client, teacher, mailoutbox):
        from django.test import Client

        other = Client()
        log_in(other, teacher)
        assert other.get("/dashboard/").status_code == 200
        key = create_api_key(owner=teacher, name="Script").secret
        confirm(client, teacher)
        assert client.post("/account/delete/", {"sure": "on"}).url == "/"
        assert other.get("/dashboard/").status_code == 302
        assert client.get("/dashboard/").status_code == 302
        assert find_live_key(key) is None
        assert AccountDeletion.objects.get().due > timezone.now() + timedelta(days=13)

    def test_without_meaning_it_nothing_happens(self, client, teacher):
        confirm(client, teacher)
        assert client.post("/account/delete/", {}).status_code == 422
        assert not AccountDeletion.objects.exists()

    def test_a_stranger_cannot_be_made_to_take_over(self, client, teacher):
        stranger = UserFactory()
        confirm(client, teacher)
        assert client.post("/account/delete/", {"sure": "on", "heir": stranger.pk}).status_code == 422
        with pytest.raises(DomainError, match="colleague"):
            leaving.ask(user=teacher, heir=stranger)

    def test_the_only_owner_of_a_school_with_people_hands_it_over_first(self, teacher):
        owner = MembershipFactory(user=teacher, role="owner")
        MembershipFactory(organisation=owner.organisation)
        with pytest.raises(DomainError, match="Nobody else could run"):
            leaving.ask(user=teacher)

    def test_the_page_says_what_goes(self, client, teacher, room):
        finished_animation(teacher)
        client.force_login(teacher)
        page = client.get("/account/delete/").content.decode()
        assert "1 animation with all its versions" in page
        assert "grace@school.example" in page


class TestGrace:
    @pytest.fixture
    def leaver(self, teacher):
        leaving.ask(user=teacher)
        return teacher

    def test_signing_in_shows_it_and_nothing_else(self, client, leaver):
        log_in(client, leaver)
        for path in ("/dashboard/", "/projects/", "/lessons/", "/account/keys/", "/api/v1/generations/"):
            assert client.get(path).url == "/account/delete/", path
        assert "Keep my account" in client.get("/account/delete/").content.decode()

    def test_it_can_be_kept(self, client, leaver):
        log_in(client, leaver)
        client.post("/account/keep/")
        assert not AccountDeletion.objects.exists()
        assert client.get("/dashboard/").status_code == 200

    def test_her_data_can_still_be_taken_out(self, client, leaver):
        log_in(client, leaver)
        assert client.get("/account/data/").status_code == 200

    def test_nothing_is_removed_before_its_time(self, leaver):
        assert leaving.purge_due() == 0
        assert User.objects.filter(pk=leaver.pk).exists()

    def test_once_it_has_begun_it_cannot_be_kept(self, leaver):
        AccountDeletion.objects.update(started=timezone.now())
        with pytest.raises(DomainError, match="already"):
            leaving.keep(user=leaver)


class TestPurge:
    def test_nothing_of_hers_is_left_in_the_database_or_the_store(self, client, teacher, settings):
        animation = finished_animation(teacher)
        lesson = LessonFactory(unit__subject__owner=teacher, title="Quixotic pendulums")
        LessonItemFactory(lesson=lesson, revision=animation.current_revision)
        search.refresh([lesson])
        classrooms.create_classroom(owner=teacher, title="Room of Quixotic")
        create_api_key(owner=teacher, name="Quixotic script")
        exporting.ask(user=teacher)
        exporting.make_waiting()
        log_in(client, teacher)
        key, source = str(teacher.pk), animation.current_revision.source.splitlines()[-1].strip()
        assert files_in(settings)
        before = database_text()
        assert "Quixotic" in before and "ada@school" in before and source in before
        let_end(teacher)
        assert leaving.purge_due() == 1
        after = database_text()
        for trace in ("Quixotic", "quixotic", "ada@school", animation.current_revision.prompt, source):
            assert trace not in after, trace
        assert not User.objects.filter(pk=key).exists()
        assert not Session.objects.exists()

    @pytest.mark.django_db(transaction=True)
    def test_her_files_go_with_the_rows(self, teacher, settings):
        finished_animation(teacher)
        exporting.ask(user=teacher)
        exporting.make_waiting()
        assert len(files_in(settings)) == 5
        let_end(teacher)
        leaving.purge_due()
        assert files_in(settings) == []

    def test_the_audit_trail_stays_whole_and_names_nobody(self, teacher):
        finished_animation(teacher)
        let_end(teacher)
        leaving.purge_due()
        assert list(audit.verify()) == []
        assert not AuditEntry.objects.exclude(actor=None).exists()
        assert AuditEntry.objects.filter(verb="account.purged").count() == 1

    def test_a_colleagues_lesson_keeps_a_copy_of_what_it_shows(self, teacher, colleague, room, settings):
        lesson = LessonFactory(unit__subject__owner=colleague)
        shown = finished_animation(teacher).current_revision
        items = [LessonItemFactory(lesson=lesson, revision=shown) for _number in range(2)]
        let_end(teacher)
        leaving.purge_due()
        assert not User.objects.filter(pk=teacher.pk).exists()
        copies = {LessonItem.objects.get(pk=item.pk).revision_id for item in items}
        assert len(copies) == 1
        copy = Revision.objects.get(pk=copies.pop())
        assert copy.source == shown.source
        assert copy.author is None
        assert copy.animation.project.owner == colleague
        video = copy.artefacts.get(kind="video")
        assert storage.current().exists(video.file)

    def test_a_lost_file_does_not_keep_an_account_from_ending(self, teacher, colleague, room):
        shown = finished_animation(teacher).current_revision
        LessonItemFactory(lesson=LessonFactory(unit__subject__owner=colleague), revision=shown)
        shown.artefacts.get(kind="video").path.unlink()
        let_end(teacher)
        leaving.purge_due()
        assert not User.objects.filter(pk=teacher.pk).exists()
        assert LessonItem.objects.get().revision.artefacts.count() == 3

    def test_a_classroom_goes_to_who_teaches_there_longest(self, teacher, colleague, room):
        classrooms.let_in(UserFactory(), room, "editor")
        let_end(teacher)
        leaving.purge_due()
        assert ClassroomMember.objects.get(classroom=room, role="owner").user == colleague

    def test_a_classroom_in_which_nobody_else_teaches_is_closed(self, teacher):
        room = classrooms.create_classroom(owner=teacher, title="Alone")
        classrooms.let_in(UserFactory(), room, "viewer")
        joining.make_link(by=teacher, classroom=room)
        let_end(teacher)
        leaving.purge_due()
        assert not Classroom.objects.exists()

    def test_a_colleague_takes_over_projects_lessons_and_classrooms(self, teacher, colleague, room, settings):
        animation = finished_animation(teacher)
        lesson = LessonFactory(unit__subject__owner=teacher)
        LessonItemFactory(lesson=lesson, revision=animation.current_revision)
        classrooms.hang_lesson(by=teacher, classroom=room, lesson=lesson)
        alone = classrooms.create_classroom(owner=teacher, title="Alone")
        let_end(teacher, heir=colleague)
        leaving.purge_due()
        assert Project.objects.get().owner == colleague
        assert Lesson.objects.get().unit.subject.owner == colleague
        assert {member.classroom_id for member in colleague.classrooms.filter(role="owner")} == {room.pk, alone.pk}
        assert lesson.hung.count() == 1
        assert len(files_in(settings)) == 4
        assert ApiKey.objects.count() == 0

    def test_a_colleague_who_left_meanwhile_takes_nothing_over(self, teacher, colleague, room):
        finished_animation(teacher)
        let_end(teacher, heir=colleague)
        User.objects.filter(pk=colleague.pk).update(is_active=False)
        leaving.purge_due()
        assert not Project.objects.exists()

    def test_waiting_jobs_are_not_run_any_more(self, teacher, settings):
        job = JobFactory(owner=teacher, animation__project__owner=teacher)
        let_end(teacher)
        settings.ACCOUNT_PURGES = ["generation.leaving.purge", "tests.privacy.steps.stop"]
        leaving.purge_due()
        job.refresh_from_db()
        assert job.state == Job.State.CANCELLED


class TestResuming:
    STEPS = 5  # in ACCOUNT_PURGES; each is a place to die

    @pytest.mark.parametrize("step", range(STEPS))
    @pytest.mark.parametrize("moment", ["before", "after"])
    def test_killed_at_any_step_it_goes_on_and_ends(self, teacher, colleague, room, settings, step, moment):
        """The purge dies as a killed process does: nothing catches it, and the lease stays behind."""
        from tests.privacy import steps

        shown = finished_animation(teacher).current_revision
        LessonItemFactory(lesson=LessonFactory(unit__subject__owner=colleague), revision=shown)
        assert len(settings.ACCOUNT_PURGES) == self.STEPS
        whole = list(settings.ACCOUNT_PURGES)
        at = step if moment == "before" else step + 1
        settings.ACCOUNT_PURGES = [*whole[:at], "tests.privacy.steps.die", *whole[at:]]
        let_end(teacher)
        with pytest.raises(steps.Killed):
            leaving.purge_due()
        settings.ACCOUNT_PURGES = whole
        assert leaving.purge_due() == 0  # another worker waits for the lease
        AccountDeletion.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
        assert leaving.purge_due() == 1
        assert not User.objects.filter(pk=teacher.pk).exists()
        assert LessonItem.objects.get().revision.animation.project.owner == colleague
        assert Project.objects.filter(owner=colleague).count() == 1

    def test_a_step_that_fails_is_tried_again_with_all_before_it(self, teacher, settings):
        whole = list(settings.ACCOUNT_PURGES)
        settings.ACCOUNT_PURGES = [*whole, "tests.privacy.steps.stop"]
        let_end(teacher)
        leaving.purge_due()
        assert User.objects.filter(pk=teacher.pk, is_active=False).exists()
        assert AccountDeletion.objects.get().done == []
        settings.ACCOUNT_PURGES = whole
        AccountDeletion.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
        call_command("housekeeping")
        assert not User.objects.filter(pk=teacher.pk).exists()
