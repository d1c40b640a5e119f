"""What somebody may see. Every page, API and socket starts from one of these querysets."""

from typing import Any

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.module_loading import import_string

from accounts.tiers import Tier
from billing.tiers import CLEAN_TIERS
from projects.models import Animation, Artefact, Project, Revision


def projects_visible_to(user: Any) -> QuerySet[Project]:
    """Projects `user` may see, archived ones included."""
    if not _may_see_anything(user):
        return Project.objects.none()
    return Project.objects.filter(owner=user)


def animations_visible_to(user: Any) -> QuerySet[Animation]:
    """Animations `user` may see, with their project and current revision."""
    if not _may_see_anything(user):
        return Animation.objects.none()
    return Animation.objects.filter(project__owner=user).select_related("project", "current_revision")


def revisions_visible_to(user: Any) -> QuerySet[Revision]:
    """Revisions `user` may see, with their animation and project."""
    if not _may_see_anything(user):
        return Revision.objects.none()
    visible: QuerySet[Revision] = Revision.objects.filter(animation__project__owner=user)
    return visible.select_related("animation__project")


def artefacts_visible_to(user: Any) -> QuerySet[Artefact]:
    """Artefacts of her own animations, and those that an app above this one shares with her; with their animation.

    Clean files of what was made with the mark are among them only where `open_to` lets her.
    """
    if not _may_see_anything(user):
        return Artefact.objects.none()
    visible = Q(revision__animation__project__owner=user)
    for path in settings.ARTEFACT_SHARES:
        visible |= import_string(path)(user)
    return Artefact.objects.filter(visible & open_to(user)).select_related("revision__animation")


def open_to(user: Any) -> Q:
    """The condition on artefacts that her tier, or that of the animation's owner, opens. Says nothing of other rights.

    `user` may be nobody: then the owner's tier decides.
    """
    if getattr(user, "tier", Tier.FREE) in CLEAN_TIERS:
        return Q()
    return ~Q(variant=Artefact.Variant.CLEAN) | Q(revision__animation__project__owner__tier__in=CLEAN_TIERS)


def variants_for(user: Any, artefacts: QuerySet[Artefact]) -> QuerySet[Artefact]:
    """Of these artefacts those to show her: one of each kind and quality, without the mark where her tier has that."""
    same = {name: OuterRef(name) for name in ("revision", "kind", "quality")}
    unmarked = Artefact.objects.filter(open_to(user), **same).exclude(variant=Artefact.Variant.MARKED)
    return artefacts.filter(open_to(user)).exclude(Q(variant=Artefact.Variant.MARKED) & Exists(unmarked))


def default_project(user: Any) -> Project | None:
    """The open project `user` worked in last, if there is one; `services.ensure_default_project` makes one."""
    return projects_visible_to(user).filter(archived__isnull=True).order_by("-updated").first()


def project_list(user: Any, *, archived: bool = False) -> QuerySet[Project]:
    """Projects for a list page: open (or archived) ones, latest first, each with `animation_count`."""
    return (
        projects_visible_to(user)
        .filter(archived__isnull=not archived)
        .annotate(animation_count=Count("animations"))
        .order_by("-updated")
    )


def animations_in(user: Any, project: Project) -> QuerySet[Animation]:
    """Animations of one project for a list page, latest first."""
    return animations_visible_to(user).filter(project=project).order_by("-updated")


def _may_see_anything(user: Any) -> bool:
    return bool(user.is_authenticated and user.is_active)
