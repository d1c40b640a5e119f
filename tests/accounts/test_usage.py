"""How a school uses the product, in numbers and bars."""

import csv
import io
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts import usage
from accounts.models import Membership, Organisation
from core import charts
from core.errors import DomainError
from generation.models import Job
from tests.factories import AnimationFactory, MembershipFactory, OrganisationFactory
from tests.generation.factories import JobFactory

pytestmark = pytest.mark.django_db
Role = Membership.Role


def job(user, template="physics/pendulum", state=Job.State.SUCCEEDED, kind=Job.Kind.GENERATE, seconds=30, ago=1):
    end = timezone.now() - timedelta(days=ago)
    made = JobFactory(
        animation=AnimationFactory(project__owner=user), state=state, kind=kind, draft={"template": template}
    )
    facts = {"owner": user, "created": end, "started": end - timedelta(seconds=seconds), "finished": end}
    Job.objects.filter(pk=made.pk).update(**facts)
    return made


@pytest.fixture
def district():
    return OrganisationFactory(kind=Organisation.Kind.DISTRICT, name="North")


@pytest.fixture
def told(district):
    """Two schools, two teachers, and a stranger whose work must not count."""
    east, west = (OrganisationFactory(parent=district, name=name) for name in ("East", "West"))
    ada, bea = (MembershipFactory(organisation=school).user for school in (east, west))
    head = MembershipFactory(organisation=district, role=Role.BILLING).user
    job(ada)
    job(ada, template="maths/derivative")
    job(ada, state=Job.State.FAILED)
    job(ada, kind=Job.Kind.EXPORT, seconds=60)
    job(bea, template="")
    job(bea, ago=40)
    job(MembershipFactory().user)
    return head, ada, bea


def test_schools_subjects_and_teachers_add_up(district, told):
    head, ada, _bea = told
    found = usage.of_organisation(by=head, organisation=district, days=30)
    assert (found.whole.made, found.whole.failed, found.whole.people) == (3, 1, 3)
    assert {one.name: one.made for one in found.schools} == {"North": 0, "East": 2, "West": 1}
    assert {one.name: (one.made, one.failed) for one in found.subjects} == {
        "Physics": (1, 1),
        "Maths": (1, 0),
        "Written by a model": (1, 0),
    }
    of_ada = next(one for one in found.teachers if one.name == ada.display_name)
    assert (of_ada.made, of_ada.success, of_ada.minutes) == (2, 67, 2.5)


def test_a_longer_time_holds_more(district, told):
    assert usage.of_organisation(by=told[0], organisation=district, days=90).whole.made == 4


def test_a_teacher_sees_no_usage(district, told):
    with pytest.raises(DomainError, match="nothing here"):
        usage.of_organisation(by=told[1], organisation=district, days=30)


def test_the_page_draws_bars_and_says_the_same_in_tables(client, district, told):
    client.force_login(told[0])
    page = client.get(f"/school/{district.pk}/usage/").content.decode()
    assert page.count('<svg class="chart"') == 2
    assert "style=" not in page
    assert page.count('<th scope="row">East</th>') == 1
    assert "pendulum" not in page


def test_the_same_as_a_file(client, district, told):
    client.force_login(told[0])
    answer = client.get(f"/school/{district.pk}/usage/?days=30&format=csv")
    sent = b"".join(answer.streaming_content).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(sent)))
    assert {(row["by"], row["name"]): row["animations"] for row in rows}["school", "East"] == "2"


def test_the_number_of_people_adds_no_queries(district, told, django_assert_max_num_queries):
    school = OrganisationFactory(parent=district)
    for _teacher in range(20):
        job(MembershipFactory(organisation=school).user)
    with django_assert_max_num_queries(6):
        usage.of_organisation(by=told[0], organisation=district, days=30)


def test_the_longest_bar_fills_the_room_and_none_is_no_bar():
    drawn = charts.bars([("East", 10), ("A school with a very long name indeed", 5), ("None", 0)])
    lengths = [bar.length for bar in drawn.bars]
    assert lengths == [240, 120, 0]
    assert drawn.bars[1].label.endswith("…")
    assert charts.bars([]).height > 0
