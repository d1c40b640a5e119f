"""Schools, districts, roles, seats, ways in, and leaving."""

import pytest

from accounts import handing_over, joining, organisations, policies, seats, tasks
from accounts.models import JoinRequest, Membership, Organisation, SchoolDomain, SchoolInvitation
from core.errors import DomainError
from core.models import AuditEntry
from lessons import classrooms
from lessons.models import Subject
from projects.models import Project
from tests.factories import LessonFactory, MembershipFactory, OrganisationFactory, ProjectFactory, UserFactory

pytestmark = pytest.mark.django_db
Role = Membership.Role


def refused(code, call, **named):
    with pytest.raises(DomainError) as error:
        call(**named)
    assert error.value.code == code, error.value.message
    return error.value


@pytest.fixture
def school():
    return OrganisationFactory(name="Lincoln High")


@pytest.fixture
def owner(school):
    return MembershipFactory(organisation=school, role=Role.OWNER).user


def member(school, role=Role.TEACHER, **fields):
    return MembershipFactory(organisation=school, role=role, user=UserFactory(**fields))


# --- Themselves ----------------------------------------------------------------------------------
def test_who_sets_a_school_up_owns_it_and_five_are_the_most():
    user = UserFactory()
    made = [organisations.create_organisation(by=user, name=f"School {n}", kind="school") for n in range(5)]
    assert made[0].memberships.get().role == Role.OWNER
    assert "district" in refused("too_many", organisations.create_organisation, by=user, name="X", kind="school").hint


def test_a_renamed_school_keeps_its_people_and_says_so_in_the_audit(school, owner):
    organisations.rename(by=owner, organisation=school, name="  Lincoln\nSecondary ")
    school.refresh_from_db()
    assert school.name == "Lincoln Secondary"
    assert AuditEntry.objects.get(verb="organisation.renamed").data == {
        "from": "Lincoln High",
        "to": "Lincoln Secondary",
    }
    refused("name", organisations.rename, by=owner, organisation=school, name=" \0 ")


def test_a_district_runs_its_schools_and_a_school_not_its_district():
    district = OrganisationFactory(kind=Organisation.Kind.DISTRICT)
    head = MembershipFactory(organisation=district, role=Role.ADMIN).user
    school = organisations.add_school(by=head, district=district, name="East")
    admin = member(school, Role.OWNER).user
    organisations.rename(by=head, organisation=school, name="East High")
    refused("not_found", organisations.rename, by=admin, organisation=district, name="Mine")
    assert set(organisations.visible_to(head)) == {district, school}
    assert set(organisations.visible_to(admin)) == {school}


# --- Roles ---------------------------------------------------------------------------------------
def test_the_last_administrator_can_neither_leave_nor_give_the_role_up(school, owner):
    mine = school.memberships.get(user=owner)
    member(school)
    for call, named in [
        (organisations.leave, {"user": owner, "organisation": school}),
        (organisations.change_role, {"by": owner, "member": mine, "role": Role.TEACHER}),
        (organisations.remove_member, {"by": owner, "member": mine}),
        (organisations.require_replaceable, {"user": owner}),
    ]:
        assert "nothing is lost" in refused("last_admin", call, **named).hint
    member(school, Role.ADMIN)
    organisations.require_replaceable(owner)
    organisations.leave(user=owner, organisation=school)
    assert not school.memberships.filter(user=owner).exists()


def test_an_administrator_who_cannot_log_in_does_not_count(school, owner):
    member(school, Role.ADMIN, is_active=False)
    refused("last_admin", organisations.leave, user=owner, organisation=school)


def test_where_the_owners_account_is_gone_the_district_still_runs_the_school():
    district = OrganisationFactory(kind=Organisation.Kind.DISTRICT)
    head = MembershipFactory(organisation=district, role=Role.OWNER).user
    school = OrganisationFactory(parent=district)
    owner, teacher = member(school, Role.OWNER), member(school)
    owner.user.delete()
    organisations.change_role(by=head, member=teacher, role=Role.OWNER)
    teacher.refresh_from_db()
    assert teacher.role == Role.OWNER


def test_only_an_owner_makes_and_unmakes_owners(school, owner):
    admin, teacher = member(school, Role.ADMIN), member(school)
    owners = school.memberships.get(user=owner)
    refused("role", organisations.change_role, by=admin.user, member=teacher, role=Role.OWNER)
    refused("role", organisations.remove_member, by=admin.user, member=owners)
    refused("role", organisations.change_role, by=admin.user, member=admin, role=Role.OWNER)
    organisations.change_role(by=owner, member=admin, role=Role.OWNER)


@pytest.mark.parametrize("role", [Role.TEACHER, Role.BILLING])
def test_a_smaller_role_runs_nothing(school, owner, role):
    small = member(school, role).user
    target = member(school)
    refused("role", organisations.rename, by=small, organisation=school, name="Mine")
    refused("role", organisations.change_role, by=small, member=target, role=Role.ADMIN)
    refused("role", organisations.remove_member, by=small, member=target)
    refused("role", joining.invite, by=small, organisation=school, email="x@y.example", role=Role.TEACHER)


# --- Invitations ---------------------------------------------------------------------------------
def test_an_invitation_reaches_its_address_alone_and_does_not_tell_who_has_an_account(school, owner, mailoutbox):
    guest, stranger = UserFactory(), UserFactory()
    for email in (guest.email.upper(), "nobody@nowhere.example"):
        joining.invite(by=owner, organisation=school, email=email, role=Role.TEACHER)
    assert joining.mail_waiting() == 0
    assert sorted(letter.to for letter in mailoutbox) == [["nobody@nowhere.example"], [guest.email]]
    bodies = {letter.body for letter in mailoutbox}
    assert len(bodies) == 1  # the same words for both
    asked = joining.invitations_for(guest).get()
    refused("not_found", joining.answer, user=stranger, invitation=asked, accept=True)
    joining.answer(user=guest, invitation=asked, accept=True)
    assert school.memberships.get(user=guest).role == Role.TEACHER
    assert joining.mail_waiting() == 0
    assert len(mailoutbox) == 2  # nobody is written to twice


def test_a_letter_that_cannot_be_sent_waits_for_the_next_round(school, owner, settings, mailoutbox):
    joining.invite(by=owner, organisation=school, email="a@b.example", role=Role.TEACHER)
    settings.EMAIL_BACKEND, settings.EMAIL_PORT = "django.core.mail.backends.smtp.EmailBackend", 1
    with pytest.raises(OSError, match="refused"):
        joining.mail_waiting()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    tasks.mail_invitations()
    assert len(mailoutbox) == 1


def test_a_school_name_cannot_write_into_the_letters_head(school, owner, mailoutbox):
    Organisation.objects.update(name="Lincoln\nBcc: everybody@example.com")
    joining.invite(by=owner, organisation=school, email="a@b.example", role=Role.TEACHER)
    joining.mail_waiting()
    assert "\n" not in mailoutbox[0].subject
    assert mailoutbox[0].recipients() == ["a@b.example"]


# --- By address ----------------------------------------------------------------------------------
def test_an_address_at_the_domain_joins_at_once_asks_or_does_nothing(school, owner):
    domain = SchoolDomain.objects.create(domain="lincoln.example", organisation=school, source="dns")
    ada, bea = UserFactory(email="ada@lincoln.example"), UserFactory(email="bea@lincoln.example")
    assert not joining.offers_for(ada).exists()
    SchoolDomain.objects.update(joining="ask")
    assert joining.join(user=ada, domain=domain) is False
    asked = JoinRequest.objects.get()
    refused("role", joining.answer_request, by=member(school).user, request=asked, accept=True)
    joining.answer_request(by=owner, request=asked, accept=True)
    assert school.memberships.filter(user=ada).exists()
    SchoolDomain.objects.update(joining="open")
    assert joining.join(user=bea, domain=domain) is True
    refused("not_found", joining.join, user=UserFactory(email="x@other.example"), domain=domain)


# --- Seats ---------------------------------------------------------------------------------------
SEATS: dict = {}


def seats_of(organisation):
    return SEATS.get(organisation.pk)


@pytest.fixture
def bought(settings):
    SEATS.clear()
    settings.SEAT_LIMIT = f"{__name__}.seats_of"
    return SEATS


def test_people_and_open_invitations_take_seats(school, owner, bought):
    bought[school.pk] = 3
    joining.invite(by=owner, organisation=school, email="a@b.example", role=Role.TEACHER)
    joining.invite(by=owner, organisation=school, email="a@b.example", role=Role.TEACHER)  # the same seat
    second = joining.invite(by=owner, organisation=school, email="c@d.example", role=Role.TEACHER)
    told = refused("no_seats", joining.invite, by=owner, organisation=school, email="e@f.example", role=Role.TEACHER)
    assert "Order more" in told.hint
    joining.withdraw(by=owner, invitation=second)
    assert seats.free(school) == 1


def test_whoever_accepts_sits_on_the_seat_of_her_invitation(school, owner, bought):
    bought[school.pk] = 2
    guest = UserFactory()
    asked = joining.invite(by=owner, organisation=school, email=guest.email, role=Role.TEACHER)
    joining.answer(user=guest, invitation=asked, accept=True)
    assert seats.free(school) == 0


def test_a_districts_seats_serve_its_schools_and_a_person_takes_one(bought):
    district = OrganisationFactory(kind=Organisation.Kind.DISTRICT)
    east, west = OrganisationFactory(parent=district), OrganisationFactory(parent=district)
    bought[district.pk] = 1
    user = UserFactory()
    assert joining.let_in(user, east, Role.TEACHER)
    assert joining.let_in(user, west, Role.TEACHER)
    refused("no_seats", joining.let_in, user=UserFactory(), organisation=east, role=Role.TEACHER)


# --- Leaving -------------------------------------------------------------------------------------
@pytest.fixture
def leaver(school):
    SchoolDomain.objects.create(domain="lincoln.example", organisation=school, source="dns")
    user = member(school, email="ada@lincoln.example").user
    ProjectFactory(owner=user, title="Mechanics")
    LessonFactory(unit__subject__owner=user)
    classrooms.create_classroom(owner=user, title="10b")
    return user


def test_a_leavers_projects_lessons_and_classrooms_stay_with_a_colleague(school, owner, leaver):
    heir = member(school).user
    Subject.objects.create(owner=heir, title="Her own", position=0)
    assert handing_over.hand_over_work(by=owner, organisation=school, leaver=leaver, heir=heir) == 3
    assert Project.objects.get().owner == heir
    assert [subject.owner for subject in Subject.objects.order_by("position")] == [heir, heir]
    room = heir.classrooms.get().classroom
    assert room.members.get(role="owner").user == heir
    assert AuditEntry.objects.filter(verb="organisation.work_handed_over", actor=owner).exists()
    leaver.delete()
    assert Project.objects.count() == 1


def test_an_heir_who_is_in_the_classroom_becomes_its_owner(school, owner, leaver):
    heir = member(school).user
    room = leaver.classrooms.get().classroom
    room.members.create(user=heir, role="viewer")
    handing_over.hand_over_work(by=owner, organisation=school, leaver=leaver, heir=heir)
    assert [(one.user, one.role) for one in room.members.all()] == [(heir, "owner")]


def test_a_school_cannot_take_what_a_teacher_made_under_her_own_address(school, owner, leaver):
    private = member(school, email="bea@home.example").user
    ProjectFactory(owner=private)
    heir = member(school).user
    refused("private", handing_over.hand_over_work, by=owner, organisation=school, leaver=private, heir=heir)
    assert handing_over.hand_over_work(by=private, organisation=school, leaver=private, heir=heir) == 1


def test_work_goes_to_a_colleague_of_the_same_school_and_by_its_administrator_alone(school, owner, leaver):
    stranger, colleague = UserFactory(), member(school).user
    refused("heir", handing_over.hand_over_work, by=owner, organisation=school, leaver=leaver, heir=stranger)
    refused("heir", handing_over.hand_over_work, by=owner, organisation=school, leaver=leaver, heir=leaver)
    refused("role", handing_over.hand_over_work, by=colleague, organisation=school, leaver=leaver, heir=colleague)
    refused("not_found", handing_over.hand_over_work, by=stranger, organisation=school, leaver=leaver, heir=colleague)
    refused("not_found", handing_over.hand_over_work, by=owner, organisation=school, leaver=stranger, heir=colleague)
    assert Project.objects.get().owner == leaver


# --- Rules ---------------------------------------------------------------------------------------
def rules(organisation, by, **answers):
    policies.set_policy(
        by=by, organisation=organisation, **{"models_write": "", "links": "", "outsiders": ""} | answers
    )


def test_outside_a_school_all_is_allowed_and_in_one_nothing_is_learnt_from(school, owner):
    assert policies.of(UserFactory()) == policies.Policy()
    assert policies.of(owner).training is False


def test_a_districts_no_holds_for_its_schools_whatever_they_say():
    district = OrganisationFactory(kind=Organisation.Kind.DISTRICT)
    head = MembershipFactory(organisation=district, role=Role.ADMIN).user
    school = OrganisationFactory(parent=district)
    teacher = member(school).user
    rules(school, head, models_write="yes", links="no")
    assert (policies.of(teacher).models_write, policies.of(teacher).links) == (True, False)
    rules(district, head, models_write="no")
    assert policies.of(teacher).models_write is False
    assert policies.locked_by_district(Organisation.objects.get(pk=school.pk)) == {"models_write"}


def test_of_two_schools_the_stricter_one_counts(school, owner):
    other = OrganisationFactory()
    head = member(other, Role.OWNER).user
    teacher = member(school).user
    Membership.objects.create(user=teacher, organisation=other)
    rules(other, head, links="no")
    assert policies.of(teacher).links is False


def test_a_school_without_links_ends_those_of_before(school, owner):
    from lessons import joining as class_ways

    teacher = member(school).user
    room = classrooms.create_classroom(owner=teacher, title="10b")
    token = class_ways.token_of(class_ways.make_link(by=teacher, classroom=room))
    assert class_ways.open_link(token).classroom == room
    rules(school, owner, links="no")
    refused("not_found", class_ways.open_link, token=token)
    refused("school_policy", class_ways.make_link, by=teacher, classroom=room)


def test_a_school_without_outsiders_lets_only_its_own_into_classrooms(school, owner):
    from lessons import joining as class_ways

    teacher, colleague, outsider = member(school).user, member(school).user, UserFactory()
    room = classrooms.create_classroom(owner=teacher, title="10b")
    code = class_ways.make_code(by=teacher, classroom=room, role="viewer")
    rules(school, owner, outsiders="no")
    refused("school_policy", class_ways.join, user=outsider, typed=code.code)
    assert class_ways.join(user=colleague, typed=code.code) == room


def test_a_school_without_models_uses_the_library_alone(school, owner, settings):
    from generation import services

    settings.MODEL_URL = "http://127.0.0.1:1/v1"
    teacher = member(school).user
    wish = services.Wish()
    assert services.as_allowed(teacher, wish) == wish
    rules(school, owner, models_write="no")
    assert services.as_allowed(teacher, wish).writer == "library"
    refused("school_policy", services.as_allowed, user=teacher, wish=services.Wish(writer="served"))
    refused("school_policy", services.plan, user=teacher, prompt="A pendulum")


def test_an_invitation_that_ran_out_takes_no_seat_and_opens_nothing(school, owner, bought):
    from django.utils import timezone

    bought[school.pk] = 2
    guest = UserFactory()
    joining.invite(by=owner, organisation=school, email=guest.email, role=Role.TEACHER)
    SchoolInvitation.objects.update(expires=timezone.now())
    assert seats.free(school) == 1
    assert not joining.invitations_for(guest).exists()
