"""Every route of schools and verification, asked by everybody: who finds it, who may, and for whom there is nothing."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, reverse
from django.utils import timezone

from accounts import documents, domains, joining, rosters, school_urls, trusting, verify_urls
from accounts.models import (
    JoinRequest,
    Membership,
    Organisation,
    SchoolDomain,
    SchoolInvitation,
    VerificationDocument,
    VerificationRequest,
)
from core.models import AuditEntry
from tests.accounts.proof import reviewer
from tests.factories import OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db
ROUTES: list[URLPattern] = [*school_urls.urlpatterns, *verify_urls.urlpatterns]
SEALED = documents.seal(documents.Picture(b"\xff\xd8\xff", "", 1, 1, 1.0))


@dataclass
class World:
    """A district with a school, another school, somebody in every role, and one object of every kind."""

    people: dict[str, Any]
    keys: dict[str, Any]


@pytest.fixture
def world() -> World:
    district = OrganisationFactory(kind=Organisation.Kind.DISTRICT)
    school, other = OrganisationFactory(parent=district), OrganisationFactory()
    people = {name: UserFactory() for name in ("teacher", "admin", "billing", "district", "foreign", "asker")}
    people |= {"staff": UserFactory(is_staff=True), "reviewer": reviewer()}
    roles = {"teacher": "teacher", "admin": "owner", "billing": "billing"}
    members = {
        name: Membership.objects.create(user=people[name], organisation=school, role=role)
        for name, role in roles.items()
    }
    Membership.objects.create(user=people["district"], organisation=district, role="admin")
    Membership.objects.create(user=people["foreign"], organisation=other, role="owner")
    admin, teacher = people["admin"], people["teacher"]
    claim = domains.claim(by=admin, organisation=school, domain="lincoln.example", method="dns")
    kept = SchoolDomain.objects.create(domain="kept.example", organisation=school, source="dns", joining="ask")
    offered = SchoolDomain.objects.create(domain="offered.example", organisation=other, source="dns", joining="open")
    teacher.emailaddress_set.create(email="t@offered.example", verified=True)
    asked = VerificationRequest.objects.create(user=teacher, method="document", school="Lincoln")
    picture = VerificationDocument.objects.create(
        request=asked, kind="letter", dated=timezone.localdate(), sealed=SEALED, width=1, height=1, sharpness=1
    )
    roster, _reading = rosters.dry_run(by=admin, organisation=school, sent=b"email\nnew@lincoln.example\n")
    own = SchoolInvitation.objects.create(
        organisation=other, email=teacher.email, expires=timezone.now() + timedelta(days=1)
    )
    keys = {
        "school_id": school.pk,
        "member_key": members["teacher"].pk,
        "invited_id": joining.invite(by=admin, organisation=school, email="x@home.example", role="teacher").pk,
        "own_invitation_id": own.pk,
        "offered_id": offered.pk,
        "asking_id": JoinRequest.objects.create(organisation=school, user=people["asker"], email="a@kept.example").pk,
        "roster_id": roster.pk if roster else None,
        "claimed_id": claim.pk,
        "kept_id": kept.pk,
        "verification_id": asked.pk,
        "review_id": asked.pk,
        "document_id": picture.pk,
        "domain_id": trusting.propose(by=people["reviewer"], domain="new.example", audience="staff").pk,
        "claim_id": claim.pk,
    }
    return World(people, keys)


# Who finds something there, by the method that does the work. Everybody else who is logged in gets 404, or 403 where
# she knows the school and only her role is too small.
RUN, PAY, MEMBER = {"admin", "district"}, {"admin", "district", "billing"}, {"teacher", "admin", "district", "billing"}
ANYBODY = {"teacher", "admin", "billing", "district", "foreign", "staff", "reviewer"}
OWN = {"teacher"}
REVIEW = {"reviewer"}
EXPECTED: dict[str, tuple[str, set[str]]] = {
    "school_list": ("get", ANYBODY),
    "school_create": ("post", ANYBODY),
    "school_sign_in": ("get", ANYBODY),
    "school_join": ("post", OWN),
    "school_answer_invitation": ("post", OWN),
    "school": ("get", MEMBER),
    "school_rename": ("post", RUN),
    "school_add": ("post", RUN),
    "school_leave": ("post", MEMBER),
    "school_members_csv": ("get", RUN),
    "school_role": ("post", RUN),
    "school_remove": ("post", RUN),
    "school_hand_over": ("post", MEMBER),
    "school_invite": ("post", RUN),
    "school_withdraw": ("post", RUN),
    "school_request": ("post", RUN),
    "school_roster": ("get", RUN),
    "school_carry_out": ("post", RUN),
    "school_domains": ("get", RUN),
    "school_check": ("post", RUN),
    "school_give_up": ("post", RUN),
    "school_joining": ("post", RUN),
    "school_policy": ("get", RUN),
    "school_usage": ("get", PAY),
    "school_sign_on": ("get", RUN),
    "school_sign_on_change": ("post", RUN),
    "verify": ("get", ANYBODY),
    "verify_by_address": ("post", ANYBODY),
    "verify_by_document": ("post", ANYBODY),
    "verify_appeal": ("post", OWN),
    "verify_withdraw": ("post", OWN),
    "review_queue": ("get", REVIEW),
    "review": ("get", REVIEW),
    "review_document": ("get", REVIEW),
    "review_domains": ("get", REVIEW),
    "review_propose": ("post", REVIEW),
    "review_confirm": ("post", REVIEW),
    "review_settle": ("post", REVIEW),
    "review_school": ("post", REVIEW),
}
# What makes a form of the route complete enough to reach its right.
DATA = {
    "school_rename": {"name": "Another name"},
    "school_add": {"name": "A new school"},
    "school_invite": {"email": "new@home.example", "role": "teacher"},
    "school_role": {"role": "teacher"},
    "school_joining": {"joining": "off"},
    "school_check": {"code": "x"},
}


def address(route: URLPattern, keys: dict[str, Any]) -> str:
    return reverse(str(route.name), kwargs={name: keys[name] for name in route.pattern.converters})


def ask(user, method: str, path: str, data: dict[str, str] | None = None, *, strict: bool = False):
    """Send one request and undo what it did, so that every route meets the same world. Return answer and deeds."""
    with transaction.atomic():
        client = Client(enforce_csrf_checks=strict)
        if user is not None:
            client.force_login(user)
        before = AuditEntry.objects.count()
        response = getattr(client, method)(path, data or {})
        deeds = AuditEntry.objects.count() - before
        transaction.set_rollback(True)
    return response, deeds


def wants_password(response) -> bool:
    return response.status_code == 302 and "/reauthenticate/" in response.url


def test_every_route_is_expected_here():
    assert {route.name for route in ROUTES} == set(EXPECTED)


@pytest.mark.parametrize("who", sorted(ANYBODY))
def test_who_may_finds_it_and_nobody_else(world, who, monkeypatch):
    monkeypatch.setattr("accounts.dns.txt_records", lambda name: [])
    wrong = []
    for route in ROUTES:
        method, allowed = EXPECTED[route.name]
        response, deeds = ask(world.people[who], method, address(route, world.keys), DATA.get(route.name))
        status = response.status_code
        if who in allowed:
            fine = status in (200, 302, 409, 422)  # found: but it may not be possible, or the form says too little
        else:
            knows = "school_id" in route.pattern.converters and who in MEMBER and route.name.startswith("school")
            fine = deeds == 0 and (wants_password(response) or status == (403 if knows else 404))
        wrong += [] if fine else [(route.name, status, deeds)]
    assert wrong == []


@pytest.mark.parametrize("who", ["foreign", "staff", "reviewer"])
def test_what_one_may_not_see_looks_like_what_is_not_there(world, who):
    nowhere = {name: 987654321 if name == "member_key" else uuid4() for name in world.keys}
    wrong = []
    for route in ROUTES:
        method, allowed = EXPECTED[route.name]
        if who in allowed or not route.pattern.converters:
            continue
        seen, _deeds = ask(world.people[who], method, address(route, world.keys))
        none, _deeds = ask(world.people[who], method, address(route, nowhere))
        alike = (seen.status_code, len(seen.content)) == (none.status_code, len(none.content))
        wrong += [] if wants_password(seen) or (seen.status_code == 404 and alike) else [(route.name, seen.status_code)]
    assert wrong == []


def test_a_visitor_is_sent_to_the_login(world):
    for route in ROUTES:
        if route.name == "school_sign_in":
            continue
        response, _deeds = ask(None, EXPECTED[route.name][0], address(route, world.keys))
        assert response.status_code == 302, route.name
        assert response.url.startswith("/accounts/login/"), route.name


def test_a_form_from_another_site_is_refused(world):
    for route in ROUTES:
        user = world.people["reviewer" if route.name.startswith("review") else "admin"]
        response, deeds = ask(user, "post", address(route, world.keys), strict=True)
        assert (response.status_code, deeds) in ((403, 0), (404, 0), (405, 0)), route.name


def test_objects_of_one_school_are_not_reached_through_another(world):
    """The foreign admin names her own school in the address and this school's object behind it."""
    foreign = world.people["foreign"]
    keys = world.keys | {"school_id": foreign.memberships.get().organisation_id}
    tried = 0
    for route in ROUTES:
        if "school_id" not in route.pattern.converters or len(route.pattern.converters) < 2:
            continue
        response, deeds = ask(foreign, EXPECTED[route.name][0], address(route, keys), {"role": "teacher"})
        assert (response.status_code, deeds) == (404, 0), route.name
        tried += 1
    assert tried >= 9


def test_a_closed_account_finds_nothing(world):
    admin = world.people["admin"]
    admin.is_active = False
    admin.save()
    for route in ROUTES:
        if route.name != "school_sign_in":
            response, deeds = ask(admin, EXPECTED[route.name][0], address(route, world.keys), DATA.get(route.name))
            assert (response.status_code, deeds) == (302, 0), route.name
