"""Whatever belongs to somebody else does not exist. Asked of every route of accounts, projects and lessons."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from allauth.usersessions.models import UserSession
from django.test import Client
from django.urls import URLPattern, reverse
from django.utils import timezone

from accounts import exporting
from accounts import services as account_services
from accounts import urls as account_urls
from accounts.models import DataExport, Membership
from billing import quotes
from billing import urls as billing_urls
from billing.models import Subscription
from billing.services import account_of_user
from billing.stripe import urls as stripe_urls
from billing.stripe.models import Purchase
from core.errors import DomainError
from lessons import case, classrooms, joining, standards
from lessons import urls as lesson_urls
from projects import comments, selectors, services, sharing
from projects import urls as project_urls
from projects.models import Animation, Artefact, LinkHolder, Project, Revision
from tests.factories import (
    AnimationFactory,
    ArtefactFactory,
    LessonFactory,
    LessonItemFactory,
    MembershipFactory,
    ProjectFactory,
    RevisionFactory,
    SubjectFactory,
    UnitFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
# The webhook is Stripe's, who signs; buying names a plan and no object: both are asked in tests/billing/stripe.
PUBLIC = {"plans", "stripe_webhook", "purchase_begin"}
FOR_REVIEWERS = {"quote", "quote_order", "quote_answer"}
PATTERNS = [
    account_urls.urlpatterns,
    billing_urls.urlpatterns,
    stripe_urls.urlpatterns,
    project_urls.urlpatterns,
    lesson_urls.urlpatterns,
]
ROUTES: list[URLPattern] = [
    route
    for each in PATTERNS
    for route in each
    if route.name not in PUBLIC
    and "token" not in route.pattern.converters  # a link is its own right: tests/projects/test_matrix.py
]
METHODS = ("get", "post", "put", "patch", "delete")


def classroom_of(owner):
    return classrooms.create_classroom(owner=owner, title="Physics 10b")


def bought_by(owner):
    account = account_of_user(owner)
    return Subscription.objects.create(
        account=account, stripe_id=f"sub_{owner.pk}", status="active", tier="professional", as_of=timezone.now()
    )


def hung_by(owner):
    lesson = LessonFactory(unit__subject__owner=owner)
    return classrooms.hang_lesson(by=owner, classroom=classroom_of(owner), lesson=lesson)


def framework_of(owner):
    items = [case.Item("a", "A.1", "Forces", "")]
    package = case.Package(uuid4().hex, "Mechanics", "", "", "", "", "", items)
    return standards.bring_in(by=owner, package=package)


def school_of(user):
    return MembershipFactory(user=user, role=Membership.Role.BILLING).organisation


def quote_of(owner):
    wanted = {"plan": "school", "seats": 40, "address": "1 Chalk Street", "email": "pay@school.example"}
    return quotes.ask(by=owner, organisation=school_of(owner), **wanted)


def own_project(owner):
    return ProjectFactory(owner=owner)


def person_share_of(owner):
    email = UserFactory().email
    return sharing.share_with_person(by=owner, target=own_project(owner), email=email, level="view")


def school_share_of(owner):
    return sharing.share_with_school(by=owner, target=own_project(owner), organisation=school_of(owner), level="view")


def share_link_of(owner):
    return sharing.make_link(by=owner, target=own_project(owner), level="view", days=7)


def holder_of(owner):
    link = share_link_of(UserFactory())
    sharing.keep_link(user=owner, link=link)
    return LinkHolder.objects.get(user=owner, link=link)


def invitation_to(email, by):
    return joining.invite(by=by, classroom=classroom_of(by), email=email, role="editor")


def archive_of(owner):
    export = DataExport.objects.create(user=owner, state=DataExport.State.READY, file="artefacts/00/00.zip")
    return SimpleNamespace(pk=exporting.link_token(export))


# One maker per kind of object a route can name. A route with a parameter that is not here fails its test.
OBJECTS: dict[str, Callable[[Any], Any]] = {
    "key_id": lambda owner: account_services.create_api_key(owner=owner, name="Key").key,
    "account_id": account_of_user,
    "purchase_id": lambda owner: Purchase.objects.create(account=account_of_user(owner), buyer=owner, plan="x"),
    "subscription_id": bought_by,
    "asked_id": lambda owner: invitation_to(owner.email, by=UserFactory()),
    "classroom_id": classroom_of,
    "code_id": lambda owner: joining.make_code(by=owner, classroom=classroom_of(owner), role="viewer"),
    "hung_id": hung_by,
    "invitation_id": lambda owner: invitation_to("colleague@school.example", by=owner),
    "link_id": lambda owner: joining.make_link(by=owner, classroom=classroom_of(owner)),
    "member_id": lambda owner: classroom_of(owner).members.get(),
    "animation_id": lambda owner: AnimationFactory(project__owner=owner),
    "school_id": school_of,
    "quote_id": quote_of,
    "person_share_id": person_share_of,
    "school_share_id": school_share_of,
    "share_link_id": share_link_of,
    "holder_id": holder_of,
    "comment_id": lambda owner: comments.add_comment(
        by=owner, animation=AnimationFactory(project__owner=owner), text="Good"
    ),
    "framework_id": framework_of,
    "tagged_id": lambda owner: framework_of(owner).standards.get(),
    "item_id": lambda owner: LessonItemFactory(lesson__unit__subject__owner=owner),
    "lesson_id": lambda owner: LessonFactory(unit__subject__owner=owner),
    "project_id": lambda owner: ProjectFactory(owner=owner),
    "session_id": lambda owner: UserSession.objects.create(
        user=owner, ip="10.0.0.1", session_key=uuid4().hex, user_agent="Chalkbrowser"
    ),
    "subject_id": lambda owner: SubjectFactory(owner=owner),
    "token": archive_of,
    "unit_id": lambda owner: UnitFactory(subject__owner=owner),
}
UNKNOWN = {"session_id": 987654321}  # other objects have a UUID


def parameters(route: URLPattern) -> list[str]:
    return list(route.pattern.converters)


def address(route: URLPattern, **objects: Any) -> str:
    return reverse(str(route.name), kwargs=objects)


OBJECT_ROUTES = [route for route in ROUTES if parameters(route)]
PLAIN_ROUTES = [route for route in ROUTES if not parameters(route)]
named = pytest.mark.parametrize("route", OBJECT_ROUTES, ids=lambda route: route.name)
plain = pytest.mark.parametrize("route", PLAIN_ROUTES, ids=lambda route: route.name)
every_route = pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
method = pytest.mark.parametrize("method", METHODS)


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def make(route: URLPattern, owner) -> dict[str, Any]:
    return {name: OBJECTS[name](owner).pk for name in parameters(route)}


def test_the_matrix_covers_both_kinds_of_route():
    assert {"account_keys", "project_list", "project_create"} <= {route.name for route in PLAIN_ROUTES}
    assert {"account_key_revoke", "project_detail", "project_delete"} <= {route.name for route in OBJECT_ROUTES}


@named
@method
@pytest.mark.parametrize("who", ["stranger", "staff", "superuser"])
def test_a_foreign_object_is_the_same_as_none(route, method, who):
    if who != "stranger" and route.name in FOR_REVIEWERS:
        pytest.skip("staff decide on orders")
    actor = UserFactory(is_staff=who != "stranger", is_superuser=who == "superuser")
    if actor.is_staff:
        TOTP.activate(actor, "JBSWY3DPEHPK3PXP")  # without a second factor no page of theirs opens at all
    client = signed_in(actor)
    data = {"title": "Mine now", "name": "Mine now"}
    foreign = getattr(client, method)(address(route, **make(route, UserFactory())), data)
    unknown = getattr(client, method)(
        address(route, **{name: UNKNOWN.get(name, uuid4()) for name in parameters(route)}), data
    )
    assert foreign.status_code in (404, 405)
    assert (foreign.status_code, len(foreign.content)) == (unknown.status_code, len(unknown.content))


@named
def test_its_owner_finds_the_object(route):
    owner = UserFactory()
    path = address(route, **make(route, owner))
    client = signed_in(owner)
    answers = [client.get(path).status_code, client.post(path, {"title": "Mine"}).status_code]
    assert 404 not in answers
    assert {200, 302, 400, 409, 422} & set(answers)  # the last three: it is there, but the form says too little


@every_route
@method
def test_a_visitor_who_is_not_signed_in_is_sent_to_the_login(client, route, method):
    response = getattr(client, method)(address(route, **make(route, UserFactory())))
    assert response.status_code == 302
    assert response.url.startswith("/accounts/login/")


@every_route
def test_a_form_from_another_site_is_refused(route):
    owner = UserFactory()
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(owner)
    assert strict.post(address(route, **make(route, owner)), {"title": "x", "name": "x"}).status_code in (403, 405)


@every_route
def test_a_closed_account_sees_nothing(client, route):
    owner = UserFactory()
    path = address(route, **make(route, owner))
    client.force_login(owner)
    owner.is_active = False
    owner.save()
    assert client.post(path, {"title": "x"}).status_code == 302


SELECTORS = [
    (selectors.projects_visible_to, Project),
    (selectors.animations_visible_to, Animation),
    (selectors.revisions_editable_by, Revision),
    (selectors.artefacts_visible_to, Artefact),
]


@pytest.mark.parametrize(("visible_to", "model"), SELECTORS, ids=lambda part: getattr(part, "__name__", ""))
def test_only_the_owner_sees_anything(visible_to, model):
    artefact = ArtefactFactory()
    owner = artefact.revision.animation.project.owner
    assert visible_to(owner).count() == model.objects.count() == 1
    for other in (UserFactory(), UserFactory(is_staff=True, is_superuser=True)):
        assert not visible_to(other).exists()
    owner.is_active = False
    assert not visible_to(owner).exists()


@pytest.mark.parametrize(("visible_to", "model"), SELECTORS, ids=lambda part: getattr(part, "__name__", ""))
def test_a_visitor_sees_nothing(visible_to, model, rf):
    from django.contrib.auth.models import AnonymousUser

    ArtefactFactory()
    assert not visible_to(AnonymousUser()).exists()


def foreign_calls() -> list[Callable[[Any, Animation], Any]]:
    return [
        lambda by, animation: services.rename_project(by=by, project=animation.project, title="x"),
        lambda by, animation: services.archive_project(by=by, project=animation.project),
        lambda by, animation: services.unarchive_project(by=by, project=animation.project),
        lambda by, animation: services.delete_project(by=by, project=animation.project),
        lambda by, animation: services.create_animation(by=by, project=animation.project, title="x"),
        lambda by, animation: services.rename_animation(by=by, animation=animation, title="x"),
        lambda by, animation: services.delete_animation(by=by, animation=animation),
    ]


@pytest.mark.parametrize("call", foreign_calls())
@pytest.mark.parametrize("is_staff", [False, True])
def test_services_refuse_strangers_and_staff_as_if_nothing_were_there(call, is_staff):
    animation = AnimationFactory(title="Before")
    with pytest.raises(DomainError) as refused:
        call(UserFactory(is_staff=is_staff, is_superuser=is_staff), animation)
    assert (refused.value.code, refused.value.status) == ("not_found", 404)
    assert Animation.objects.get().title == "Before"


@pytest.mark.parametrize("call", foreign_calls())
def test_services_serve_the_owner(call):
    animation = RevisionFactory().animation
    call(animation.project.owner, animation)
