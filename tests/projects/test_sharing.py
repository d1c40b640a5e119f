"""What one teacher shares with another, with her school and by link."""

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import AnonymousUser
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client

from accounts.models import User
from core.errors import DomainError
from core.models import AuditEntry
from generation.selectors import jobs_visible_to
from projects import selectors, services, sharing
from projects.models import (
    Animation,
    AnimationUserObjectPermission,
    PersonShare,
    Project,
    ProjectUserObjectPermission,
    ShareLink,
)
from projects.permissions import rights_on
from projects.share_models import RIGHTS, Level, Right
from tests.factories import (
    AnimationFactory,
    ArtefactFactory,
    MembershipFactory,
    OrganisationFactory,
    ProjectFactory,
    RevisionFactory,
    UserFactory,
)
from tests.generation.factories import JobFactory

pytestmark = pytest.mark.django_db
LEVELS = [level.value for level in Level]


def refused(code, call, **arguments):
    with pytest.raises(DomainError) as error:
        call(**arguments)
    assert error.value.code == code


def reader(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def owner():
    return UserFactory(name="Ada")


@pytest.fixture
def animation(owner):
    return AnimationFactory(project__owner=owner, title="A pendulum")


@pytest.fixture
def friend():
    return UserFactory()


def share(animation, friend, level, whole=True):
    target = animation.project if whole else animation
    by = animation.project.owner
    return sharing.share_with_person(by=by, target=target, email=friend.email, level=level)


# --- Levels --------------------------------------------------------------------------------------
@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("whole", [True, False], ids=["project", "animation"])
def test_a_level_gives_its_rights_and_no_other(animation, friend, level, whole):
    share(animation, friend, level, whole)
    assert rights_on(friend, animation) == RIGHTS[level]
    assert rights_on(friend, animation.project) == (RIGHTS[level] if whole else frozenset())
    assert list(selectors.animations_visible_to(friend)) == [animation]
    assert list(selectors.animations_editable_by(friend)) == ([animation] if level == "edit" else [])
    assert selectors.projects_visible_to(friend).exists() == whole


@pytest.mark.parametrize("level", LEVELS)
def test_another_level_takes_the_place_of_the_one_before(animation, friend, level):
    for before in LEVELS:
        share(animation, friend, before)
        share(animation, friend, level)
        assert rights_on(friend, animation) == RIGHTS[level]
    assert PersonShare.objects.count() == 1


def test_shares_of_several_kinds_add_up(owner, animation, friend):
    school = OrganisationFactory()
    MembershipFactory(user=owner, organisation=school)
    MembershipFactory(user=friend, organisation=school)
    share(animation, friend, "remix")
    sharing.share_with_school(by=owner, target=animation, organisation=school, level="comment")
    assert rights_on(friend, animation) == {Right.VIEW, Right.COMMENT, Right.REMIX}
    assert selectors.animations_visible_to(friend).count() == 1


def test_who_only_watches_reaches_neither_code_nor_jobs_nor_prompt(animation, friend):
    revision = RevisionFactory(animation=animation, source="secret = 1", prompt="my own words")
    animation.current_revision = revision
    animation.save()
    video, script = ArtefactFactory(revision=revision), ArtefactFactory(revision=revision, kind="script", quality="")
    JobFactory(animation=animation)
    share(animation, friend, "remix")
    assert list(selectors.artefacts_visible_to(friend)) == [video]
    assert not jobs_visible_to(friend).exists()
    client = reader(friend)
    assert client.get(f"/animations/{animation.pk}/").url == f"/animations/{animation.pk}/watch/"
    page = client.get(f"/animations/{animation.pk}/watch/").content.decode()
    assert "secret" not in page and "my own words" not in page
    assert client.get(f"/api/v1/animations/{animation.pk}/").status_code == 404
    share(animation, friend, "edit")
    assert script in selectors.artefacts_visible_to(friend)
    assert jobs_visible_to(friend).count() == 1
    assert client.get(f"/animations/{animation.pk}/").status_code == 200


@pytest.mark.parametrize("level", LEVELS)
def test_nobody_but_the_owner_deletes_shares_or_hands_over(animation, friend, level):
    kept = share(animation, friend, level)
    project = animation.project
    for call in (
        lambda: services.delete_project(by=friend, project=project),
        lambda: services.archive_project(by=friend, project=project),
        lambda: services.rename_project(by=friend, project=project, title="Mine"),
        lambda: services.delete_animation(by=friend, animation=animation),
        lambda: sharing.share_with_person(by=friend, target=project, email="x@school.example", level="edit"),
        lambda: sharing.make_link(by=friend, target=animation, level="view", days=7),
        lambda: sharing.hand_over(by=friend, project=project, share=kept),
    ):
        refused("not_allowed", call)
    renames = {"edit": 1}.get(level, 0)
    if renames:
        services.rename_animation(by=friend, animation=animation, title="Better")
    else:
        refused("not_allowed", lambda: services.rename_animation(by=friend, animation=animation, title="Better"))


# --- People --------------------------------------------------------------------------------------
def test_the_same_happens_for_an_address_with_and_without_an_account(
    owner, animation, friend, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        for email in (friend.email, "nobody@school.example"):
            sharing.share_with_person(by=owner, target=animation, email=email, level="view")
    assert [message.to for message in mail.outbox] == [[friend.email], ["nobody@school.example"]]
    assert mail.outbox[0].subject == mail.outbox[1].subject == "Ada shares “A pendulum” with you."
    page = reader(owner).get(f"/animations/{animation.pk}/sharing/").content.decode()
    assert page.count("not opened yet") == 2
    assert friend.display_name not in page


def test_a_share_waits_for_an_address_until_an_account_has_confirmed_it(owner, animation):
    sharing.share_with_person(by=owner, target=animation, email="New@School.example", level="edit")
    late = User.objects.create_user("new@school.example", "chalk and paper 271828")
    address = EmailAddress.objects.create(user=late, email=late.email, verified=False, primary=True)
    reader(late)
    assert rights_on(late, animation) == frozenset()
    address.verified = True
    address.save()
    reader(late)  # logging in looks again
    assert rights_on(late, animation) == RIGHTS["edit"]


def test_ending_a_share_ends_every_right_at_once_and_the_guest_may_end_it_herself(owner, animation, friend):
    kept = share(animation, friend, "edit")
    sharing.end_person_share(by=owner, share=kept)
    assert rights_on(friend, animation) == frozenset()
    assert not ProjectUserObjectPermission.objects.exists()
    kept = share(animation, friend, "edit", whole=False)
    refused("not_found", lambda: sharing.end_person_share(by=UserFactory(), share=kept))
    sharing.end_person_share(by=friend, share=kept)
    assert not AnimationUserObjectPermission.objects.exists()


def test_a_deleted_animation_leaves_no_right_behind(owner, animation, friend):
    share(animation, friend, "edit", whole=False)
    services.delete_animation(by=owner, animation=animation)
    assert not AnimationUserObjectPermission.objects.exists()
    assert not PersonShare.objects.exists()


def test_no_account_stands_for_visitors():
    assert not User.objects.exists()
    assert rights_on(AnonymousUser(), AnimationFactory()) == frozenset()


# --- Schools -------------------------------------------------------------------------------------
def test_a_school_and_its_district_reach_all_who_are_there_and_nobody_else(owner, animation, friend):
    district = OrganisationFactory(kind="district")
    school = OrganisationFactory(parent=district)
    member = MembershipFactory(user=friend, organisation=school)
    refused(
        "invalid",
        lambda: sharing.share_with_school(by=owner, target=animation, organisation=school, level="view"),
    )
    MembershipFactory(user=owner, organisation=district)
    sharing.share_with_school(by=owner, target=animation, organisation=district, level="view")
    assert rights_on(friend, animation) == {Right.VIEW}
    assert rights_on(UserFactory(), animation) == frozenset()
    member.delete()
    assert rights_on(friend, animation) == frozenset()
    assert not selectors.animations_visible_to(friend).exists()


# --- Links ---------------------------------------------------------------------------------------
def test_a_kept_link_gives_its_level_until_it_is_revoked(owner, animation, friend):
    link = sharing.make_link(by=owner, target=animation, level="comment", days=7)
    assert rights_on(friend, animation) == frozenset()
    sharing.keep_link(user=friend, link=link)
    sharing.keep_link(user=friend, link=link)
    assert rights_on(friend, animation) == RIGHTS["comment"]
    sharing.revoke_link(by=owner, link=link)
    assert rights_on(friend, animation) == frozenset()
    refused("not_found", lambda: sharing.open_link(sharing.token_of(link)))


def test_a_link_that_is_too_old_is_no_link(owner, animation, friend):
    link = sharing.make_link(by=owner, target=animation, level="edit", days=7)
    sharing.keep_link(user=friend, link=link)
    ShareLink.objects.update(expires=link.created)
    assert rights_on(friend, animation) == frozenset()
    assert not selectors.animations_visible_to(friend).exists()
    refused("not_found", lambda: sharing.open_link(sharing.token_of(link)))


def test_a_token_of_another_kind_or_one_changed_letter_opens_nothing(owner, animation):
    link = sharing.make_link(by=owner, target=animation, level="view", days=7)
    token = sharing.token_of(link)
    for wrong in (token[:-1], token[:-1] + ("a" if token[-1] != "a" else "b"), link.pk.hex, "", ":", "x" * 500):
        refused("not_found", lambda wrong=wrong: sharing.open_link(wrong))


# --- Handing over --------------------------------------------------------------------------------
def test_a_project_is_handed_to_an_editor_and_its_owner_stays_as_one(owner, animation, friend):
    project = animation.project
    viewer = share(animation, UserFactory(), "view")
    refused("invalid", lambda: sharing.hand_over(by=owner, project=project, share=viewer))
    editor = share(animation, friend, "edit")
    sharing.hand_over(by=owner, project=project, share=editor)
    project = Project.objects.get()
    assert project.owner == friend
    assert rights_on(owner, project) == RIGHTS["edit"]
    refused("not_allowed", lambda: services.delete_project(by=owner, project=project))
    services.rename_project(by=friend, project=project, title="Mine")
    assert AuditEntry.objects.filter(verb="project.handed_over", actor=owner).exists()


def test_what_is_handed_over_meanwhile_is_not_shared_by_who_had_it(owner, animation, friend):
    stale = Animation.objects.select_related("project").get()
    sharing.hand_over(by=owner, project=animation.project, share=share(animation, friend, "edit"))
    refused(
        "not_allowed",
        lambda: sharing.share_with_person(by=owner, target=stale, email="x@school.example", level="view"),
    )


# --- Lists ---------------------------------------------------------------------------------------
@pytest.mark.parametrize("many", [1, 30])
def test_lists_ask_the_database_as_often_for_many_as_for_one(owner, friend, many, django_assert_max_num_queries):
    for project in ProjectFactory.create_batch(many, owner=owner):
        share(AnimationFactory(project=project), friend, "edit")
        share(AnimationFactory(project__owner=owner), friend, "view", whole=False)
    client = reader(friend)
    with django_assert_max_num_queries(8):
        page = client.get("/shared/")
    assert page.content.decode().count("Ada") >= min(many, 24) * 2


def test_a_share_names_one_project_or_one_animation(animation):
    for both in ({}, {"project": animation.project, "animation": animation}):
        with pytest.raises(IntegrityError), transaction.atomic():
            ShareLink.objects.create(level="view", expires=animation.created, **both)


def test_the_whole_round_on_the_pages(owner, animation, friend):
    MembershipFactory(user=owner, organisation__name="Lincoln High")
    client, path = reader(owner), f"/animations/{animation.pk}/sharing/"
    client.post(f"{path}people/", {"person-email": friend.email, "person-level": "edit"})
    school = owner.organisations.get()
    client.post(f"{path}schools/", {"school-organisation": str(school.pk), "school-level": "view"})
    client.post(f"{path}links/", {"link-level": "remix", "link-days": "30", "link-variants": "on"})
    page = client.get(path).content.decode()
    link = ShareLink.objects.get()
    assert all(words in page for words in (friend.email, "Lincoln High", f"/s/{sharing.token_of(link)}/", "Can remix"))
    assert "A pendulum" in reader(friend).get("/shared/").content.decode()
    for kind, row in (("people", PersonShare.objects.get()), ("schools", school.shares.get())):
        client.post(f"/shared/{kind}/{row.pk}/end/")
    client.post(f"/shared/links/{link.pk}/revoke/")
    page = client.get(path).content.decode()
    assert friend.email not in page
    assert sharing.token_of(link) not in page
    for part, data in (("people", {"person-email": "x"}), ("schools", {}), ("links", {"link-days": "9"})):
        assert client.post(f"{path}{part}/", data).status_code == 422
