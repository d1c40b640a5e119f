"""Lists of colleagues as spreadsheets write them, and what leaves for spreadsheets again."""

import csv
import io

import pytest

from accounts import rosters
from accounts.models import Membership, Organisation, RosterImport, SchoolInvitation
from core.errors import DomainError
from core.spreadsheets import cell
from tests.factories import MembershipFactory, OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db
LIST = "email;name;role\nada@lincoln.example;Ada Byron;teacher\nbøø@x;;\njosé@lincoln.example;José Müller;admin\n"


@pytest.fixture
def school():
    return OrganisationFactory(name="Lincoln High")


@pytest.fixture
def owner(school):
    return MembershipFactory(organisation=school, role=Membership.Role.OWNER).user


def look(school, owner, table):
    sent = table if isinstance(table, bytes) else table.encode()
    return rosters.dry_run(by=owner, organisation=school, sent=sent)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_every_way_that_spreadsheets_write_a_list_is_read(school, owner, encoding, separator, ending):
    table = "email;name;role\nada@lincoln.example;José Müller;\n\n".replace(";", separator).replace("\n", ending)
    _kept, reading = look(school, owner, table.encode(encoding))
    assert [(row["email"], row["name"], row["role"]) for row in reading.good] == [
        ("ada@lincoln.example", "José Müller", "teacher")
    ]


def test_columns_are_found_by_name_in_any_order_and_quotes_hold_separators(school, owner):
    table = 'Role,Last name,First name,E-mail\nTeacher,"Byron, Countess",Ada,ADA@lincoln.example\n'
    _kept, reading = look(school, owner, table)
    assert reading.good[0] | {"school": ""} == {
        "email": "ada@lincoln.example",
        "name": "Ada Byron, Countess",
        "role": "teacher",
        "school": "",
    }


def test_nothing_is_done_before_somebody_said_yes(school, owner, mailoutbox):
    kept, reading = look(school, owner, "email\nada@lincoln.example\n")
    assert (SchoolInvitation.objects.count(), len(mailoutbox), reading.needed) == (0, 0, 1)
    assert rosters.carry_out(by=owner, roster=kept) == 1
    assert SchoolInvitation.objects.get().email == "ada@lincoln.example"
    with pytest.raises(DomainError, match="already"):
        rosters.carry_out(by=owner, roster=kept)


def test_faults_name_the_line_as_the_spreadsheet_counts_it_and_the_rest_is_done(school, owner):
    table = (
        "email,name,role\n"
        "ada@lincoln.example,Ada,teacher\n"
        "not an address,,\n"
        "ADA@lincoln.example,Again,teacher\n"
        "bea@lincoln.example,Bea,headmistress\n"
        ",Nobody,teacher\n"
        "x@mailinator.com,,\n"
        f"cy@lincoln.example,{'n' * 121},\n"
    )
    kept, reading = look(school, owner, table)
    assert [(fault.line, fault.column) for fault in reading.faults] == [
        (3, "email"),
        (4, "email"),
        (5, "role"),
        (6, "email"),
        (7, "email"),
        (8, "name"),
    ]
    assert "line 2" in reading.faults[1].message
    assert rosters.carry_out(by=owner, roster=kept) == 1


def test_members_are_left_alone_and_those_asked_before_are_asked_again(school, owner):
    MembershipFactory(organisation=school, user=UserFactory(email="in@lincoln.example"))
    kept, _reading = look(school, owner, "email\nada@lincoln.example\n")
    rosters.carry_out(by=owner, roster=kept)
    kept, reading = look(school, owner, "email\nada@lincoln.example\nin@lincoln.example\n")
    assert (reading.members, reading.again, reading.needed) == (1, 1, 0)
    rosters.carry_out(by=owner, roster=kept)
    assert SchoolInvitation.objects.count() == 1


def test_a_district_names_its_schools_and_no_others():
    district = OrganisationFactory(kind=Organisation.Kind.DISTRICT, name="North")
    east = OrganisationFactory(parent=district, name="East High")
    OrganisationFactory(name="Foreign High")
    head = MembershipFactory(organisation=district, role=Membership.Role.OWNER).user
    kept, reading = look(
        district, head, "email,school\na@x.example,east high\nb@x.example,Foreign High\nc@x.example,\n"
    )
    assert [fault.line for fault in reading.faults] == [3]
    rosters.carry_out(by=head, roster=kept)
    assert set(SchoolInvitation.objects.values_list("email", "organisation")) == {
        ("a@x.example", east.pk),
        ("c@x.example", district.pk),
    }


@pytest.mark.parametrize(
    ("table", "words"),
    [
        (b"", "empty"),
        (b"\n\n", "empty"),
        (b"ada@lincoln.example\n", "No column"),
        (b"PK\x03\x04\x00\x00binary", "not a table"),
        (b'email\n"ada@lincoln.example\n', "cannot be read"),
        (b"email\n" + b"a@b.example\n" * 100_000, "larger than 1 MB"),
        (b"email\n" + b"a@b.example\n" * 6_000, "5000 lines"),
    ],
)
def test_what_is_no_list_is_turned_down_in_words(school, owner, table, words):
    with pytest.raises(DomainError, match=words) as error:
        look(school, owner, table)
    assert error.value.hint
    assert not RosterImport.objects.exists()


def test_a_list_larger_than_the_seats_is_shown_and_invites_nobody(school, owner, settings):
    settings.SEAT_LIMIT = f"{__name__}.two_seats"
    kept, reading = look(school, owner, "email\na@x.example\nb@x.example\n")
    assert (reading.needed, reading.free, reading.fits) == (2, 1, False)
    with pytest.raises(DomainError, match="free seats"):
        rosters.carry_out(by=owner, roster=kept)
    assert not SchoolInvitation.objects.exists()


def two_seats(organisation):
    return 2


def test_five_hundred_rows_cost_a_handful_of_queries(school, owner, django_assert_max_num_queries):
    table = "email,name,role\n" + "".join(f"t{n}@lincoln.example,Teacher {n},teacher\n" for n in range(500))
    with django_assert_max_num_queries(40):
        kept, _reading = look(school, owner, table)
        assert rosters.carry_out(by=owner, roster=kept) == 500
    assert SchoolInvitation.objects.count() == 500


# --- Pages ---------------------------------------------------------------------------------------
def test_a_paste_of_ten_megabytes_is_refused_clearly(client, school, owner):
    client.force_login(owner)
    pasted = "email\n" + "somebody@lincoln.example\n" * 420_000
    response = client.post(f"/school/{school.pk}/roster/", {"pasted": pasted})
    assert response.status_code == 413
    assert "too large" in response.content.decode()


def test_the_page_shows_faults_and_keeps_what_was_pasted(client, school, owner):
    client.force_login(owner)
    response = client.post(f"/school/{school.pk}/roster/", {"pasted": LIST})
    page = response.content.decode()
    assert "is not an e-mail address" in page
    assert "Ada Byron" in page  # still in the field
    kept = response.context["kept"]
    assert client.post(f"/school/{school.pk}/roster/{kept.pk}/").status_code == 302
    assert SchoolInvitation.objects.filter(email="ada@lincoln.example").exists()


def test_a_file_is_read_as_well(client, school, owner):
    client.force_login(owner)
    file = io.BytesIO(LIST.encode("utf-16"))
    file.name = "list.csv"
    response = client.post(f"/school/{school.pk}/roster/", {"file": file})
    assert len(response.context["reading"].good) == 1


# --- Out -----------------------------------------------------------------------------------------
@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "  =", "\uff1d"])
def test_no_cell_that_leaves_starts_a_formula(start):
    assert cell(f"{start}cmd|' /C calc'!A0").startswith("'")


@pytest.mark.parametrize("value", ["Ada", "", "a=b", -3, "-3.5"])
def test_other_cells_leave_as_they_are(value):
    assert cell(value) == str(value)


def test_the_list_of_members_can_be_read_in_again_and_holds_no_formula(client, school, owner):
    evil = MembershipFactory(organisation=school, user=UserFactory(name='=HYPERLINK("http://evil.example")'))
    client.force_login(owner)
    sent = b"".join(client.get(f"/school/{school.pk}/members.csv").streaming_content)
    assert sent.startswith(b"\xef\xbb\xbf")
    rows = {row["email"]: row for row in csv.DictReader(io.StringIO(sent.decode("utf-8-sig")))}
    assert rows[evil.user.email]["name"].startswith("'=")
    _kept, reading = look(school, owner, sent)
    assert (reading.members, len(reading.good)) == (2, 0)
