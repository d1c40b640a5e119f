"""What is over its time goes, and nothing else."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.utils import timezone

from accounts import exporting
from accounts.models import ApiKey, DataExport, User
from accounts.services import create_api_key
from core import retention
from core.models import AuditEntry, RateBucket
from generation.models import Job, JobEvent
from lessons import classrooms, joining
from lessons.models import ClassLink, Invitation, JoinCode
from tests.factories import MembershipFactory, UserFactory
from tests.generation.factories import JobFactory

pytestmark = pytest.mark.django_db
RULES = {rule.name: rule for rule in retention.rules()}


def keep_to(name):
    rule = RULES[name]
    return rule.remove(timezone.now() - timedelta(days=rule.kept_days))


def ago(**time):
    return timezone.now() - timedelta(**time)


def test_steps_of_old_jobs_go_but_the_one_that_says_they_are_over(client):
    old, new = (JobFactory(state=Job.State.SUCCEEDED, finished=ago(days=days)) for days in (91, 89))
    for job in (old, new):
        for seq in (1, 2, 3):
            JobEvent.objects.create(job=job, seq=seq, kind="stage")
        Job.objects.filter(pk=job.pk).update(last_seq=3)
    running = JobFactory()
    JobEvent.objects.create(job=running, seq=1, kind="queued", created=ago(days=400))
    assert keep_to("job_events") == 2
    assert list(old.events.values_list("seq", flat=True)) == [3]
    assert new.events.count() == 3
    assert running.events.count() == 1


def test_ended_sessions_go_and_live_ones_stay(client):
    user = UserFactory()
    client.force_login(user)
    live = client.session.session_key
    for key in (live, "gone"):
        session = UserSession.objects.create(user=user, ip="192.0.2.1", session_key=key, user_agent="Chalk")
        UserSession.objects.filter(pk=session.pk).update(created_at=ago(hours=1))
    Session.objects.create(session_key="over", session_data="", expire_date=ago(hours=1))
    keep_to("sessions")
    assert list(Session.objects.values_list("session_key", flat=True)) == [live]
    assert list(UserSession.objects.values_list("session_key", flat=True)) == [live]


def test_archives_go_when_their_days_are_over_with_their_files():
    user = UserFactory()
    exporting.ask(user=user)
    exporting.make_waiting()
    assert keep_to("data_archives") == 0
    DataExport.objects.update(expires=ago(seconds=1))
    assert keep_to("data_archives") == 1
    assert DataExport.objects.get().state == "gone"
    assert keep_to("data_archive_rows") == 0
    DataExport.objects.update(updated=ago(days=366))
    assert keep_to("data_archive_rows") == 1


def test_closed_ways_into_a_classroom_go_and_open_ones_stay():
    owner = UserFactory()
    room = classrooms.create_classroom(owner=owner, title="Physics 10b")
    for days in (31, 29, -1):
        code = joining.make_code(by=owner, classroom=room, role="viewer")
        JoinCode.objects.filter(pk=code.pk).update(expires=ago(days=days))
        link = joining.make_link(by=owner, classroom=room)
        ClassLink.objects.filter(pk=link.pk).update(revoked=ago(days=days) if days > 0 else None)
        asked = joining.invite(by=owner, classroom=room, email=f"a{days}@school.example", role="viewer")
        Invitation.objects.filter(pk=asked.pk).update(expires=ago(days=days))
    assert keep_to("ways_in") == 3
    assert (JoinCode.objects.count(), ClassLink.objects.count(), Invitation.objects.count()) == (2, 2, 2)


def test_keys_that_open_nothing_go_after_a_year():
    owner = UserFactory()
    live, revoked, over = (create_api_key(owner=owner, name=name).key for name in ("live", "revoked", "over"))
    ApiKey.objects.filter(pk=revoked.pk).update(revoked=ago(days=366))
    ApiKey.objects.filter(pk=over.pk).update(expires=ago(days=366))
    assert keep_to("api_keys") == 2
    assert ApiKey.objects.get() == live


def test_accounts_that_nobody_confirmed_go_and_others_stay():
    never, member, signed_in, fresh, confirmed = (UserFactory() for _number in range(5))
    EmailAddress.objects.exclude(user=confirmed).update(verified=False)
    User.objects.exclude(pk=fresh.pk).update(created=ago(days=31))
    User.objects.filter(pk=signed_in.pk).update(last_login=ago(days=31))
    MembershipFactory(user=member)
    assert keep_to("never_confirmed") == 1
    assert set(User.objects.values_list("pk", flat=True)) == {member.pk, signed_in.pk, fresh.pk, confirmed.pk}
    assert not User.objects.filter(pk=never.pk).exists()


def test_full_buckets_go():
    RateBucket.objects.create(key="a", level=1, at=0, full_at=1)
    assert keep_to("limits") == 1


def test_a_site_may_keep_something_for_other_days(settings):
    settings.RETENTION_DAYS = {"job_events": 7}
    assert RULES["job_events"].kept_days == 7
    assert RULES["audit"].kept_days == 2555


def test_one_rule_that_fails_keeps_no_other_from_its_work(monkeypatch, settings):
    def fail(before):
        raise OSError("The disk is gone.")

    broken = retention.Rule("broken", "", 1, "", fail)
    monkeypatch.setattr(retention, "RULES", [broken, *retention.RULES])
    RateBucket.objects.create(key="a", level=1, at=0, full_at=1)
    taken = retention.sweep()
    assert "broken" not in taken
    assert taken["limits"] == 1


def test_the_command_does_it_all_at_once():
    RateBucket.objects.create(key="a", level=1, at=0, full_at=1)
    call_command("housekeeping")
    assert not RateBucket.objects.exists()
    assert not AuditEntry.objects.filter(verb="audit.pruned").exists()
