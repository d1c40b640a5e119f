"""A revision is written once; an animation's history only grows."""

import pytest
from django.db import IntegrityError, transaction

from core.models import AppendOnlyError, AuditEntry
from projects import services
from projects.models import Animation, Revision
from tests.factories import AnimationFactory, RevisionFactory, UserFactory

pytestmark = pytest.mark.django_db


def add(animation: Animation, **changes) -> Revision:
    content = {
        "author": animation.project.owner,
        "prompt": "Show how a pendulum swings",
        "template": "physics/pendulum",
        "title": "A pendulum",
        "storyboard": {"title": "A pendulum", "scenes": [{"name": "Swing"}]},
        "source": "from manim import *\n",
        "values": {"length": 1.5},
        "understood": ["The string is 1.5 m long."],
        "origin": "generated",
    }
    return services.add_revision(animation=animation, **(content | changes))


def test_revisions_are_numbered_and_the_last_one_is_current():
    animation = AnimationFactory()
    first = add(animation)
    second = add(animation, origin="knobs", parent=first, values={"length": 2.0})
    animation.refresh_from_db()
    assert [first.number, second.number] == [1, 2]
    assert animation.current_revision == second
    assert second.parent == first
    assert AuditEntry.objects.filter(verb="revision.added").count() == 2


def test_a_revision_keeps_what_it_was_given():
    revision = Revision.objects.get(pk=add(AnimationFactory()).pk)
    assert revision.values == {"length": 1.5}
    assert revision.understood == ["The string is 1.5 m long."]
    assert revision.storyboard["scenes"] == [{"name": "Swing"}]


def test_the_audit_trail_holds_no_prompt():
    add(AnimationFactory(), prompt="a private thought")
    assert "private thought" not in str(list(AuditEntry.objects.values()))


def test_a_parent_belongs_to_the_same_animation():
    with pytest.raises(ValueError, match="same animation"):
        add(AnimationFactory(), parent=RevisionFactory())


def test_an_origin_is_one_of_ours():
    with pytest.raises(ValueError, match="magic"):
        add(AnimationFactory(), origin="magic")


def test_a_revision_of_a_deleted_animation_is_not_written():
    animation = AnimationFactory()
    Animation.objects.all().delete()
    with pytest.raises(Animation.DoesNotExist):
        add(animation)
    assert not Revision.objects.exists()


def test_a_revision_cannot_be_changed():
    revision = RevisionFactory()
    revision.title = "Another"
    for change in (
        revision.save,
        lambda: revision.save(update_fields=["title"]),
        lambda: Revision.objects.update(title="Another"),
        lambda: Revision.objects.filter(pk=revision.pk).update(title="Another"),
        lambda: Revision.objects.bulk_update([revision], ["title"]),
        lambda: revision.animation.revisions.update(title="Another"),
        lambda: Revision.objects.update_or_create(pk=revision.pk, defaults={"title": "Another"}),
        lambda: Revision.objects.bulk_create(
            [revision], update_conflicts=True, unique_fields=["id"], update_fields=["title"]
        ),
    ):
        with pytest.raises(AppendOnlyError):
            change()
    assert Revision.objects.get().title == "A pendulum"


def test_a_revision_cannot_be_deleted_alone():
    revision = RevisionFactory()
    for removal in (revision.delete, Revision.objects.all().delete, revision.animation.revisions.all().delete):
        with pytest.raises(AppendOnlyError):
            removal()
    assert Revision.objects.count() == 1


def test_a_revision_goes_with_its_animation():
    parent = RevisionFactory()
    child = RevisionFactory(animation=parent.animation, parent=parent)
    services.delete_animation(by=child.author, animation=child.animation)
    assert not Revision.objects.exists()


def test_a_revision_outlives_its_author():
    revision = RevisionFactory(author=UserFactory())
    revision.author.delete()
    assert Revision.objects.get(pk=revision.pk).author is None


@pytest.mark.parametrize("number", [0, 1])
def test_the_database_refuses_a_wrong_or_repeated_number(number):
    first = RevisionFactory(number=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        RevisionFactory(animation=first.animation, number=number)


def test_the_database_refuses_an_unknown_origin():
    with pytest.raises(IntegrityError), transaction.atomic():
        RevisionFactory(origin="magic")
