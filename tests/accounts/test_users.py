"""Accounts, schools and roles as stored."""

import pytest
from django.db import IntegrityError, transaction

from accounts.models import Membership, Organisation, User
from tests.factories import MembershipFactory, OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_an_address_is_kept_in_lower_case_and_found_in_any(db):
    user = User.objects.create_user("Ada@School.Example", "secret")
    assert user.email == "ada@school.example"
    assert User.objects.get_by_natural_key("ADA@school.EXAMPLE") == user


def test_one_address_has_one_account_even_past_the_model(db):
    UserFactory(email="ada@school.example")
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.bulk_create([User(email="ADA@school.example")])


def test_a_user_needs_an_address(db):
    with pytest.raises(ValueError, match="e-mail"):
        User.objects.create_user("", "secret")


@pytest.mark.parametrize(("name", "shown"), [("Ada Byron", "Ada Byron"), ("", "ada")])
def test_others_see_the_name_or_the_first_part_of_the_address(name, shown):
    assert User(email="ada@school.example", name=name).display_name == shown


def test_a_superuser_is_staff(db):
    user = User.objects.create_superuser("root@school.example", "secret")
    assert user.is_staff
    assert user.is_superuser


def test_a_school_belongs_to_a_district_and_a_district_to_nothing(db):
    district = OrganisationFactory(kind=Organisation.Kind.DISTRICT)
    school = OrganisationFactory(parent=district)
    assert list(district.schools.all()) == [school]
    with pytest.raises(IntegrityError), transaction.atomic():
        OrganisationFactory(kind=Organisation.Kind.DISTRICT, parent=district)


def test_a_teacher_has_one_role_in_a_school(db):
    membership = MembershipFactory()
    assert membership.role == Membership.Role.TEACHER
    with pytest.raises(IntegrityError), transaction.atomic():
        MembershipFactory(user=membership.user, organisation=membership.organisation)


def test_a_role_is_one_of_ours(db):
    with pytest.raises(IntegrityError), transaction.atomic():
        MembershipFactory(role="emperor")
