"""The audit trail on its page: staff read all, those who run an organisation what its people did, others nothing."""

import csv
from io import StringIO

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from accounts import trail
from accounts.models import Organisation
from core import audit
from core.models import AuditEntry
from tests.factories import MembershipFactory, OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db


def with_second_factor(user):
    TOTP.activate(user, generate_totp_secret())
    return user


def deed(user, verb="project.created"):
    return audit.record(verb, actor=user, target=user)


@pytest.fixture
def staff():
    return with_second_factor(UserFactory(is_staff=True))


@pytest.fixture
def school():
    return OrganisationFactory()


@pytest.fixture
def head(school):
    return with_second_factor(MembershipFactory(organisation=school, role="admin").user)


def rows(response):
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text)))


def test_staff_see_every_entry(client, staff):
    deed(UserFactory(email="ada@school.example"))
    client.force_login(staff)
    assert "ada@school.example" in client.get("/audit/").content.decode()


def test_teachers_are_told_there_is_nothing(client, school):
    client.force_login(MembershipFactory(organisation=school).user)
    assert client.get("/audit/").status_code == 404


@pytest.mark.parametrize("role", ["owner", "admin"])
def test_whoever_runs_a_school_without_a_second_factor_is_sent_to_set_one_up(client, school, role):
    client.force_login(MembershipFactory(organisation=school, role=role).user)
    assert client.get("/audit/").url == "/accounts/2fa/"


def test_staff_without_a_second_factor_see_nothing(client):
    staff = UserFactory(is_staff=True)
    deed(staff)
    client.force_login(staff)
    assert client.get("/audit/").url == "/accounts/2fa/"
    assert not trail.entries_visible_to(staff).exists()


def test_whoever_runs_a_school_sees_what_its_people_did_since_they_came(client, school, head):
    teacher, stranger = UserFactory(), UserFactory()
    deed(teacher, "project.before")
    MembershipFactory(user=teacher, organisation=school)
    deed(teacher, "project.since")
    deed(stranger, "project.elsewhere")
    MembershipFactory(user=stranger)
    client.force_login(head)
    page = client.get("/audit/").content.decode()
    assert "project.since" in page
    assert "project.before" not in page
    assert "project.elsewhere" not in page


def test_a_district_sees_its_schools(head):
    district = OrganisationFactory(kind=Organisation.Kind.DISTRICT)
    above = with_second_factor(MembershipFactory(organisation=district, role="owner").user)
    teacher = MembershipFactory(organisation=OrganisationFactory(parent=district)).user
    entry = deed(teacher)
    assert list(trail.entries_visible_to(above)) == [entry]
    assert not trail.entries_visible_to(head).filter(pk=entry.pk).exists()


def test_an_entry_of_somebody_in_two_schools_is_shown_once():
    district = OrganisationFactory(kind=Organisation.Kind.DISTRICT)
    above = MembershipFactory(organisation=district, role="owner").user
    teacher = UserFactory()
    for _number in range(2):
        MembershipFactory(user=teacher, organisation=OrganisationFactory(parent=district))
    deed(teacher)
    assert trail.entries_visible_to(above).count() == 1


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"verb": "api_key."}, ["api_key.created"]),
        ({"person": "grace@"}, ["api_key.created"]),
        ({"first": "2999-01-01"}, []),
        ({"last": "2999-01-01", "verb": "project"}, ["project.created"]),
        ({"target": "nothing"}, []),
    ],
)
def test_the_filter_finds(client, staff, asked, found):
    deed(UserFactory(email="ada@school.example"), "project.created")
    deed(UserFactory(email="grace@school.example"), "api_key.created")
    client.force_login(staff)
    assert [entry.verb for entry in client.get("/audit/", asked).context["entries"]] == found
    assert [row["What"] for row in rows(client.get("/audit/", asked | {"format": "csv"}))] == found


def test_a_day_that_is_none_is_said_and_nothing_is_shown(client, staff):
    deed(staff)
    client.force_login(staff)
    response = client.get("/audit/", {"first": "yesterday"})
    assert response.status_code == 422
    assert response.context["entries"] == []


def test_older_entries_are_on_the_next_page(client, staff):
    for number in range(60):
        deed(staff, f"deed.{number}")
    client.force_login(staff)
    first = client.get("/audit/").context
    second = client.get("/audit/", {"before": first["more"]}).context
    assert len(first["entries"]) == 50
    assert [entry.verb for entry in second["entries"]] == [f"deed.{number}" for number in range(9, -1, -1)]


def test_taking_the_file_is_an_entry_itself(client, staff):
    client.force_login(staff)
    client.get("/audit/", {"format": "csv", "verb": "x"})
    entry = AuditEntry.objects.get(verb="audit.exported")
    assert entry.actor == staff
    assert entry.data == {"filter": ["format", "verb"]}


def test_no_cell_of_the_file_is_a_formula(client, staff):
    entry = deed(staff)
    AuditEntry._base_manager.filter(pk=entry.pk).update(target_id="=HYPERLINK(1)")
    client.force_login(staff)
    assert rows(client.get("/audit/", {"format": "csv", "verb": "project"}))[0]["Object"] == "'=HYPERLINK(1)"


def test_the_page_asks_the_same_of_the_database_for_many_entries(client, staff, django_assert_max_num_queries):
    for _number in range(49):
        deed(UserFactory())
    client.force_login(staff)
    with django_assert_max_num_queries(8):
        client.get("/audit/")
