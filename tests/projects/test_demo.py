"""`manage.py demo` loads a school to look around in, and never where it would be a hole."""

import io

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Membership, Organisation, User
from billing.models import Seat
from projects.management.commands.demo import PASSWORD
from projects.models import Project

pytestmark = pytest.mark.django_db
TEACHERS = ["ada@lincoln.example", "sam@lincoln.example", "kim@home.example"]


@pytest.fixture(autouse=True)
def development(settings):
    settings.DEBUG = True


def demo(**options) -> str:
    out = io.StringIO()
    call_command("demo", stdout=out, **options)
    return out.getvalue()


def test_it_makes_a_school_with_two_teachers_one_on_her_own_and_a_project_each():
    said = demo()
    assert Organisation.objects.get().name == "Lincoln High"
    assert (Membership.objects.count(), Project.objects.count()) == (2, 3)
    for email in TEACHERS:
        assert email in said
    assert PASSWORD in said


def test_two_have_seats_of_the_school_and_one_is_on_free():
    said = demo()
    tiers = dict(User.objects.values_list("email", "tier"))
    assert tiers == dict(zip(TEACHERS, ["school", "school", "free"], strict=True))
    assert "plan School" in said and "plan Free" in said
    Seat.objects.all().delete()
    demo()
    assert not Seat.objects.exists(), "what a visitor took away stays away"


@pytest.mark.parametrize("email", TEACHERS)
def test_its_teachers_log_in_at_once(client, email):
    demo()
    response = client.post("/accounts/login/", {"login": email, "password": PASSWORD})
    assert response.url == "/dashboard/"


def test_a_second_run_changes_nothing():
    demo()
    Project.objects.update(title="Renamed by a visitor")
    User.objects.filter(email="ada@lincoln.example").update(name="Renamed")
    demo()
    assert User.objects.count() == Project.objects.count() == 3
    assert set(Project.objects.values_list("title", flat=True)) == {"Renamed by a visitor"}
    assert User.objects.filter(name="Renamed").exists()


def test_it_can_be_quiet():
    assert demo(quiet=True) == ""


def test_it_refuses_where_others_could_reach_it(settings):
    settings.DEBUG = False
    with pytest.raises(CommandError, match="DEBUG"):
        demo()
    assert not User.objects.exists()
    demo(force=True)
    assert User.objects.count() == 3
