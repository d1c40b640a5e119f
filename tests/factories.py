"""Objects for tests, as the services would leave them."""

from typing import Any

from allauth.account.models import EmailAddress
from factory.declarations import LazyAttribute, LazyFunction, SelfAttribute, Sequence, SubFactory
from factory.django import DjangoModelFactory

from accounts.models import Membership, Organisation, User
from accounts.tiers import Tier
from billing import services as billing
from billing.models import Grant
from lessons.models import Lesson, LessonItem, Subject, Unit
from projects.models import Animation, Artefact, Project, Revision

PASSWORD = "chalk and paper 271828"


class UserFactory(DjangoModelFactory[User]):
    """A teacher with a confirmed address and `PASSWORD`; on Free, or on a `tier` by grant."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = Sequence(lambda n: f"teacher{n}@school.example")
    name = Sequence(lambda n: f"Teacher {n}")

    @classmethod
    def _create(cls, model_class: type[User], *args: Any, **kwargs: Any) -> User:
        tier = kwargs.pop("tier", Tier.FREE)
        user = User.objects.create_user(password=kwargs.pop("password", PASSWORD), **kwargs)
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        if tier != Tier.FREE:
            give_tier(user, tier)
        return user


def give_tier(user: User, tier: str = Tier.PROFESSIONAL, **changes: Any) -> Grant:
    """Give a person a tier, as staff do; one above Free has no monthly limit, no mark, all exports and the API."""
    account = billing.account_of_user(user)
    return billing.give(by=None, account=account, tier=tier, **({"reason": "For a test."} | changes))


class OrganisationFactory(DjangoModelFactory[Organisation]):
    """A school."""

    class Meta:
        model = Organisation

    name = Sequence(lambda n: f"School {n}")


class MembershipFactory(DjangoModelFactory[Membership]):
    """A teacher at a school."""

    class Meta:
        model = Membership

    user = SubFactory(UserFactory)
    organisation = SubFactory(OrganisationFactory)


class ProjectFactory(DjangoModelFactory[Project]):
    """An open project."""

    class Meta:
        model = Project

    owner = SubFactory(UserFactory)
    title = Sequence(lambda n: f"Project {n}")


class AnimationFactory(DjangoModelFactory[Animation]):
    """An animation without revisions."""

    class Meta:
        model = Animation

    project = SubFactory(ProjectFactory)
    created_by = SelfAttribute("project.owner")
    title = Sequence(lambda n: f"Animation {n}")


class RevisionFactory(DjangoModelFactory[Revision]):
    """A revision made from a prompt."""

    class Meta:
        model = Revision

    animation = SubFactory(AnimationFactory)
    author = SelfAttribute("animation.project.owner")
    number = LazyAttribute(lambda made: Revision.objects.filter(animation=made.animation).count() + 1)
    prompt = "Show how a pendulum swings"
    template = "physics/pendulum"
    title = "A pendulum"
    storyboard = LazyFunction(lambda: {"title": "A pendulum", "scenes": []})
    source = "from manim import *\n"
    origin = Revision.Origin.GENERATED


class ArtefactFactory(DjangoModelFactory[Artefact]):
    """A row without a file; use `projects.services.publish_artefact` where the file matters."""

    class Meta:
        model = Artefact

    revision = SubFactory(RevisionFactory)
    kind = Artefact.Kind.VIDEO
    quality = "l"
    file = Sequence(lambda n: f"artefacts/00/{n:032x}.mp4")
    sha256 = "0" * 64
    size = 1000
    content_type = "video/mp4"


class SubjectFactory(DjangoModelFactory[Subject]):
    """A subject without units."""

    class Meta:
        model = Subject

    owner = SubFactory(UserFactory)
    title = Sequence(lambda n: f"Subject {n}")


class UnitFactory(DjangoModelFactory[Unit]):
    """A unit without lessons."""

    class Meta:
        model = Unit

    subject = SubFactory(SubjectFactory)
    title = Sequence(lambda n: f"Unit {n}")


class LessonFactory(DjangoModelFactory[Lesson]):
    """A draft that shows nothing. The search does not know it: `lessons.search.refresh` tells it."""

    class Meta:
        model = Lesson

    unit = SubFactory(UnitFactory)
    title = Sequence(lambda n: f"Lesson {n}")


class LessonItemFactory(DjangoModelFactory[LessonItem]):
    """An animation of the lesson's owner, in a lesson."""

    class Meta:
        model = LessonItem

    lesson = SubFactory(LessonFactory)
    revision = LazyAttribute(lambda made: RevisionFactory(animation__project__owner=made.lesson.unit.subject.owner))
