"""Numbers for those who decide: right, their own people's only, with a table beside every chart."""

import csv
from datetime import timedelta
from io import StringIO

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.utils import timezone

from core.insights import Span
from generation.models import Job, JobEvent
from lessons import classrooms
from pages import insights
from tests.factories import LessonFactory, LessonItemFactory, MembershipFactory, OrganisationFactory, UserFactory
from tests.generation.factories import JobFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff():
    user = UserFactory(is_staff=True)
    TOTP.activate(user, generate_totp_secret())
    return user


def job(owner, state=Job.State.SUCCEEDED, seconds=10, **fields):
    end = timezone.now()
    made = JobFactory(animation__project__owner=owner, state=state, finished=end, **fields)
    Job.objects.filter(pk=made.pk).update(started=end - timedelta(seconds=seconds))
    return made


def rows(page, key):
    return next(one.table.rows for one in page.context["shown"] if one.table.key == key)


def read(response):
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(StringIO(text)))


def test_staff_see_rates_seconds_people_and_schools(client, staff):
    school = OrganisationFactory(name="Hill School")
    ada = MembershipFactory(user=UserFactory(email="ada@hill.example"), organisation=school).user
    mended = job(ada, seconds=20)
    JobEvent.objects.create(job=mended, seq=1, kind="attempt", data={"step": "repair", "codes": []})
    job(ada, Job.State.FAILED, fault={"code": "policy"})
    job(ada, Job.State.FAILED, fault={"code": "timeout"})
    job(ada, Job.State.CANCELLED)
    client.force_login(staff)
    page = client.get("/insights/")
    assert [row[1:] for row in rows(page, "rates")] == [[1, 25.0], [1, 25.0], [1, 25.0], [1, 25.0], [1, 25.0]]
    assert rows(page, "people") == [["ada@hill.example", 4, 1, 50.0]]
    assert rows(page, "organisations") == [["Hill School", 1, 4]]
    assert [row[1] for row in rows(page, "days")] == [4]


def test_subjects_and_classes_count_what_is_taught(client, staff):
    teacher = UserFactory()
    lesson = LessonFactory(unit__subject__owner=teacher, unit__subject__title="Physics")
    for _number in range(2):
        LessonItemFactory(lesson=lesson)
    room = classrooms.create_classroom(owner=teacher, title="10b")
    classrooms.hang_lesson(by=teacher, classroom=room, lesson=lesson)
    client.force_login(staff)
    page = client.get("/insights/")
    assert rows(page, "subjects") == [["Physics", 1, 1, 2]]
    assert rows(page, "classes") == [["10b", 1, 1, 2]]


def test_the_funnel_narrows_step_by_step():
    came, confirmed, made, taught, paying = (UserFactory() for _number in range(5))
    EmailAddress.objects.filter(user=came).update(verified=False)
    for user in (made, taught, paying):
        job(user)
    for user in (taught, paying):
        LessonItemFactory(lesson=LessonFactory(unit__subject__owner=user))
    job(paying, kind=Job.Kind.EXPORT)
    paying.tier = "professional"
    paying.save()
    now = timezone.now()
    people = type(came).objects.filter(pk__in=[one.pk for one in (came, confirmed, made, taught, paying)])
    table = insights.funnel(people, Span(now - timedelta(days=1), now))
    assert [row[1] for row in table.rows] == [5, 4, 3, 2, 1, 1]
    assert [row[2] for row in table.rows] == [100.0, 80.0, 60.0, 40.0, 20.0, 20.0]


def test_whoever_runs_a_school_sees_its_people_alone(client):
    school = OrganisationFactory()
    head = MembershipFactory(organisation=school, role="admin").user
    TOTP.activate(head, generate_totp_secret())
    job(MembershipFactory(organisation=school, user=UserFactory(email="ours@hill.example")).user)
    job(MembershipFactory(user=UserFactory(email="theirs@vale.example")).user)
    client.force_login(head)
    page = client.get("/insights/")
    assert [row[0] for row in rows(page, "people")] == ["ours@hill.example"]
    assert page.context["people"] == 2
    assert "theirs@" not in page.content.decode()


@pytest.mark.parametrize("role", ["teacher", None])
def test_others_find_nothing(client, role):
    user = MembershipFactory(role=role).user if role else UserFactory()
    client.force_login(user)
    assert client.get("/insights/").status_code == 404


def test_a_second_factor_is_needed(client):
    client.force_login(UserFactory(is_staff=True))
    assert client.get("/insights/").url == "/accounts/2fa/"


def test_what_is_older_than_the_time_asked_for_is_not_counted(client, staff):
    old = job(UserFactory())
    Job.objects.filter(pk=old.pk).update(created=timezone.now() - timedelta(days=20))
    client.force_login(staff)
    assert rows(client.get("/insights/?days=7"), "people") == []
    assert len(rows(client.get("/insights/?days=30"), "people")) == 1
    assert client.get("/insights/?days=9999999999").context["days"] == 30


def test_every_table_is_a_chart_and_a_file_as_well(client, staff):
    teacher = UserFactory(name="", email="=cmd@school.example")
    job(teacher)
    client.force_login(staff)
    page = client.get("/insights/")
    for one in page.context["shown"]:
        assert (len(one.chart.bars) if one.chart else 0) == len(one.table.rows)
        lines = read(client.get(f"/insights/?table={one.table.key}"))
        assert lines[0] == list(one.table.header)
        assert len(lines) == 1 + len(one.table.rows)
    assert read(client.get("/insights/?table=people"))[1][0] == "'=cmd@school.example"
    assert client.get("/insights/?table=secrets").status_code == 404


def test_many_people_cost_no_more_questions(client, staff, django_assert_max_num_queries):
    for _number in range(12):
        job(MembershipFactory().user)
    client.force_login(staff)
    with django_assert_max_num_queries(22):
        client.get("/insights/")
