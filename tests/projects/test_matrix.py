"""Who may do what: every page of projects, lessons, sharing and presenting, nine actors, generated from the URLs.

`POLICY` says of each route which of the actors it serves. A route that is not there fails, so none is forgotten.
"""

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, reverse

from generation import web_urls
from lessons import case, classrooms, joining, standards
from lessons import urls as lesson_urls
from lessons.models import ClassroomMember
from projects import comments, sharing
from projects import urls as project_urls
from projects.models import LinkHolder
from tests.factories import (
    ArtefactFactory,
    LessonFactory,
    LessonItemFactory,
    MembershipFactory,
    OrganisationFactory,
    RevisionFactory,
    UserFactory,
)
from tests.generation.factories import JobFactory

pytestmark = pytest.mark.django_db
ROUTES: list[URLPattern] = [*project_urls.urlpatterns, *lesson_urls.urlpatterns, *web_urls.urlpatterns]
ACTORS = (
    "anonymous", "owner", "same_school", "viewer", "commenter", "editor", "other_school", "link_holder", "staff",
)  # fmt: skip
NOBODY: frozenset[str] = frozenset()
OWNER = frozenset({"owner"})
EDIT = OWNER | {"editor"}
COMMENT = EDIT | {"commenter"}
WATCH = COMMENT | {"same_school", "viewer", "link_holder"}  # the school's share and the kept link say "view"
SIGNED_IN = frozenset(ACTORS) - {"anonymous"}
ALL = frozenset(ACTORS)
MEMBER = OWNER | {"viewer", "commenter", "editor"}  # of the classroom; the commenter is a viewer there
TEACHER = EDIT

# What a route serves. The animation is shared; the lesson hangs in the classroom and is published.
POLICY: dict[str, frozenset[str]] = {
    **dict.fromkeys(["project_list", "project_create", "shared_list"], SIGNED_IN),
    "project_detail": WATCH,
    **dict.fromkeys(
        ["project_rename", "project_archive", "project_unarchive", "project_delete", "project_hand_over",
         "project_sharing", "project_share_person", "project_share_school", "project_share_link",
         "animation_sharing", "animation_share_person", "animation_share_school", "animation_share_link",
         "school_share_end", "share_link_revoke"], OWNER),
    "project_activity": EDIT,
    "person_share_end": OWNER | {"viewer"},  # the share of the viewer, who may leave
    "link_drop": frozenset({"link_holder"}),
    "comment_edit": frozenset({"commenter"}),  # who wrote it
    "comment_delete": OWNER | {"commenter"},
    **dict.fromkeys(["comment_resolve", "comment_add"], COMMENT),
    **dict.fromkeys(["watch", "watch_pulse", "present", "present_deck"], WATCH),
    "studio": EDIT,
    "remix": EDIT,
    **dict.fromkeys(["board", "studio_knobs", "studio_edit", "studio_restore", "studio_exports", "studio_export",
                     "studio_checks", "job_cancel", "job_again", "code", "compare"], EDIT),
    **dict.fromkeys(["share", "share_file", "share_animation", "share_report", "embed", "oembed"], ALL),
    **dict.fromkeys(["share_keep", "share_remix"], SIGNED_IN),
    **dict.fromkeys(["lesson_list", "lesson_bulk", "subject_create", "classroom_list", "classroom_create",
                     "classroom_join"], SIGNED_IN),
    **dict.fromkeys(["subject_detail", "subject_rename", "subject_shift", "subject_delete", "unit_create",
                     "unit_rename", "unit_shift", "unit_delete", "lesson_create", "lesson_shift", "lesson_move",
                     "lesson_archive", "lesson_copy", "lesson_delete", "lesson_pick"], OWNER),
    **dict.fromkeys(["lesson_detail", "lesson_edit", "lesson_state", "item_add", "item_shift", "item_note",
                     "item_remove", "lesson_tag", "lesson_untag"], TEACHER),
    **dict.fromkeys(["framework_list", "framework_bring_in"], SIGNED_IN),
    **dict.fromkeys(["framework_detail", "framework_csv"], OWNER | {"same_school"}),
    "framework_delete": OWNER,
    "item_renew": OWNER,  # whose the animation is
    **dict.fromkeys(["lesson_present", "lesson_present_deck", "classroom_detail", "hung_watch"], MEMBER),
    **dict.fromkeys(["classroom_edit", "classroom_hang", "code_create", "link_create", "hung_shift", "hung_remove",
                     "code_revoke", "link_revoke"], TEACHER),
    **dict.fromkeys(["classroom_delete", "classroom_invite", "member_role", "member_remove", "member_hand_over",
                     "invitation_withdraw"], OWNER),
    "classroom_leave": MEMBER,
    "invitation_answer": frozenset({"other_school"}),  # who is asked in
    **dict.fromkeys(["class_page", "class_lesson", "class_file"], ALL),
}  # fmt: skip


@dataclass
class World:
    """One school's shared animation, lesson and classroom, with everybody around them."""

    actors: dict[str, Any]
    objects: dict[str, Any]


@pytest.fixture
def world() -> World:
    actors = {name: UserFactory(name=name) for name in ACTORS if name != "anonymous"}
    actors["staff"].is_staff = actors["staff"].is_superuser = True
    actors["staff"].save()
    owner, school = actors["owner"], OrganisationFactory()
    for name in ("owner", "same_school"):
        MembershipFactory(user=actors[name], organisation=school)
    MembershipFactory(user=actors["other_school"])
    revision = RevisionFactory(animation__project__owner=owner)
    animation = revision.animation
    animation.current_revision = revision
    animation.save()
    return World(actors, _together(actors, school, animation) | _lesson(actors, animation))


def _together(actors: dict[str, Any], school: Any, animation: Any) -> dict[str, Any]:
    owner, project = actors["owner"], animation.project
    shares = {
        level: sharing.share_with_person(by=owner, target=project, email=actors[name].email, level=level)
        for name, level in (("viewer", "view"), ("commenter", "comment"), ("editor", "edit"))
    }
    in_school = sharing.share_with_school(by=owner, target=project, organisation=school, level="view")
    kept = sharing.make_link(by=owner, target=project, level="view", days=30)
    sharing.keep_link(user=actors["link_holder"], link=kept)
    shown = sharing.make_link(by=owner, target=animation, level="remix", days=30)
    return {
        "project_id": project.pk,
        "animation_id": animation.pk,
        "number": animation.current_revision.number,
        "job_id": JobFactory(animation=animation).pk,
        "person_share_id": shares["view"].pk,
        "school_share_id": in_school.pk,
        "share_link_id": kept.pk,
        "holder_id": LinkHolder.objects.get().pk,
        "comment_id": comments.add_comment(by=actors["commenter"], animation=animation, text="Why?").pk,
        "share token": sharing.token_of(shown),
        **_framework(owner),
        "artefact_id": ArtefactFactory(revision=animation.current_revision).pk,
        "name": "a.mp4",
    }


def _framework(owner: Any) -> dict[str, Any]:
    package = case.Package("c-1", "Mechanics", "", "", "", "", "", [case.Item("a", "A.1", "Forces", "")])
    framework = standards.bring_in(by=owner, package=package)
    return {"framework_id": framework.pk, "tagged_id": framework.standards.get().pk}


def _lesson(actors: dict[str, Any], animation: Any) -> dict[str, Any]:
    owner = actors["owner"]
    lesson = LessonFactory(unit__subject__owner=owner, state="published")
    item = LessonItemFactory(lesson=lesson, revision=animation.current_revision)
    room = classrooms.create_classroom(owner=owner, title="10b")
    for name, role in (("viewer", "viewer"), ("commenter", "viewer"), ("editor", "editor")):
        ClassroomMember.objects.create(classroom=room, user=actors[name], role=role)
    link = joining.make_link(by=owner, classroom=room)
    return {
        "lesson_id": lesson.pk,
        "item_id": item.pk,
        "unit_id": lesson.unit_id,
        "subject_id": lesson.unit.subject_id,
        "classroom_id": room.pk,
        "hung_id": classrooms.hang_lesson(by=owner, classroom=room, lesson=lesson).pk,
        "member_id": room.members.get(user=actors["viewer"]).pk,
        "code_id": joining.make_code(by=owner, classroom=room, role="viewer").pk,
        "link_id": link.pk,
        "class token": joining.token_of(link),
        "invitation_id": joining.invite(by=owner, classroom=room, email="x@school.example", role="editor").pk,
        "asked_id": joining.invite(by=owner, classroom=room, email=actors["other_school"].email, role="editor").pk,
    }


def address(route: URLPattern, objects: dict[str, Any]) -> str:
    token = "class token" if str(route.name).startswith("class_") else "share token"
    named = objects | {"token": objects.get(token)}
    path = reverse(str(route.name), kwargs={name: named[name] for name in route.pattern.converters})
    if route.name == "oembed":
        path += f"?url=http://testserver{reverse('share', args=[objects['share token']])}"
    return path


def client_of(world: World, actor: str) -> Client:
    client = Client(raise_request_exception=True)
    if actor != "anonymous":
        client.force_login(world.actors[actor])
    return client


def foreign(objects: dict[str, Any]) -> dict[str, Any]:
    """The same addresses of things that are not there."""
    return {name: uuid4() if name.endswith("_id") else value for name, value in objects.items()}


def outcome(answer: Any) -> str:
    """Say what an answer means: served, to the login, not here, not with this right, or not by this method."""
    if answer.status_code == 302 and answer.url.startswith("/accounts/login/"):
        return "login"
    return {404: "hidden", 403: "refused", 405: "method"}.get(answer.status_code, "served")


def test_every_route_has_a_policy_and_every_policy_a_route():
    assert {str(route.name) for route in ROUTES} == set(POLICY)
    assert len(ROUTES) == len(POLICY)


@pytest.mark.parametrize("actor", ACTORS)
def test_every_route_serves_whom_it_is_for_and_nobody_else(world, actor, monkeypatch):
    monkeypatch.setattr("generation.files._answer", _no_file)
    monkeypatch.setitem(settings.RATES, "join_code", {"user": "1000/hour"})
    client, wrong = client_of(world, actor), {}
    for route in ROUTES:
        with transaction.atomic():  # what one route does, the next one does not find
            if fault := _fault(client, route, world, actor):
                wrong[str(route.name)] = fault
            transaction.set_rollback(True)
    assert wrong == {}


def _fault(client: Client, route: URLPattern, world: World, actor: str) -> Any:
    path = address(route, world.objects)
    others = ("put", "patch", "delete") if actor in ("anonymous", "owner") else ()  # nothing takes them from anybody
    # POST comes last: it may do what it says.
    answers = {method: getattr(client, method)(path) for method in ("get", *others, "post")}
    outcomes = {method: outcome(answer) for method, answer in answers.items()}
    said = set(outcomes.values())
    if {outcomes[method] for method in others} - {"method", "login"}:
        return outcomes
    if actor in POLICY[str(route.name)]:
        return None if "served" in said and not {"login", "hidden"} & said else outcomes
    if route.name == "studio" and outcomes["get"] == "served":
        return None if answers["get"].url.endswith("/watch/") and actor in WATCH else outcomes
    if "served" in said or (actor == "anonymous" and not said <= {"login", "method"}):
        return outcomes
    if actor not in ("other_school", "staff"):
        return None
    # To strangers it is not there, whatever is sent: not even that it may not be done.
    unknown = client.post(address(route, foreign(world.objects)))
    same = (unknown.status_code, len(unknown.content)) == (answers["post"].status_code, len(answers["post"].content))
    return None if said <= {"hidden", "method"} and same else outcomes


def _no_file(*_asked: Any) -> Any:
    """The files of this world are rows alone."""
    return HttpResponse(b"")
