"""What somebody may see. Every page, API and socket starts from one of these querysets.

`…_visible_to` is all that she may watch, `…_editable_by` what she may change, `…_owned_by` her own.
"""

from typing import Any

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.module_loading import import_string

from accounts.tiers import Tier
from billing.tiers import CLEAN_TIERS
from projects.models import Animation, Artefact, Project, Revision
from projects.permissions import shared_animations, shared_projects
from projects.share_models import Right

# What somebody may watch who may not change it: neither prompt nor code.
WATCHED = (Artefact.Kind.VIDEO, Artefact.Kind.POSTER, Artefact.Kind.CAPTIONS, Artefact.Kind.TRANSCRIPT)


def projects_owned_by(user: Any) -> QuerySet[Project]:
    """The user's own projects, archived ones included."""
    return Project.objects.filter(owner=user) if _may_see_anything(user) else Project.objects.none()


def projects_visible_to(user: Any) -> QuerySet[Project]:
    """Projects `user` may watch: her own, and those shared with her, her school or by a link she keeps."""
    if not _may_see_anything(user):
        return Project.objects.none()
    return Project.objects.filter(Q(owner=user) | shared_projects(user, Right.VIEW))


def projects_editable_by(user: Any) -> QuerySet[Project]:
    """Projects in which `user` may change everything and add animations."""
    if not _may_see_anything(user):
        return Project.objects.none()
    return Project.objects.filter(Q(owner=user) | shared_projects(user, Right.CHANGE))


def animations_owned_by(user: Any) -> QuerySet[Animation]:
    """Animations in the user's own projects."""
    found = Animation.objects.filter(project__owner=user) if _may_see_anything(user) else Animation.objects.none()
    return found.select_related("project", "current_revision")


def animations_visible_to(user: Any) -> QuerySet[Animation]:
    """Animations `user` may watch, with their project and current revision."""
    return _animations(user, Right.VIEW)


def animations_editable_by(user: Any) -> QuerySet[Animation]:
    """Animations `user` may change, with their project and current revision: those with a studio for her."""
    return _animations(user, Right.CHANGE)


def _animations(user: Any, right: Right) -> QuerySet[Animation]:
    if not _may_see_anything(user):
        return Animation.objects.none()
    return Animation.objects.filter(_with(user, right)).select_related("project", "current_revision")


def _with(user: Any, right: Right) -> Q:
    projects = Project.objects.filter(shared_projects(user, right)).order_by().values("pk")
    return Q(project__owner=user) | Q(project__in=projects) | shared_animations(user, right)


def revisions_editable_by(user: Any) -> QuerySet[Revision]:
    """Revisions of animations that `user` may change, with their animation and project."""
    visible: QuerySet[Revision] = Revision.objects.filter(
        animation__in=animations_editable_by(user).select_related(None).order_by().values("pk")
    )
    return visible.select_related("animation__project")


def artefacts_visible_to(user: Any) -> QuerySet[Artefact]:
    """Files of animations that she may change, what is watched of those she may watch, and what an app above this one
    shares with her; with their animation.

    Clean files of what was made with the mark are among them only where `open_to` lets her.
    """
    if not _may_see_anything(user):
        return Artefact.objects.none()
    visible = Q(revision__animation__in=_keys(animations_editable_by(user)))
    visible |= Q(kind__in=WATCHED, revision__animation__in=_keys(animations_visible_to(user)))
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


def _keys(animations: QuerySet[Animation]) -> Any:
    return animations.select_related(None).order_by().values("pk")


def default_project(user: Any) -> Project | None:
    """The open project `user` worked in last, if there is one; `services.ensure_default_project` makes one."""
    return projects_owned_by(user).filter(archived__isnull=True).order_by("-updated").first()


def project_list(user: Any, *, archived: bool = False) -> QuerySet[Project]:
    """The user's projects for a list page: open (or archived) ones, latest first, each with `animation_count`."""
    return (
        projects_owned_by(user)
        .filter(archived__isnull=not archived)
        .annotate(animation_count=Count("animations"))
        .order_by("-updated")
    )


def projects_shared_with(user: Any) -> QuerySet[Project]:
    """Projects of others for a list page, latest first, each with `animation_count`."""
    shared = projects_visible_to(user).exclude(owner=user.pk).annotate(animation_count=Count("animations"))
    return shared.select_related("owner").order_by("-updated")


def animations_shared_with(user: Any) -> QuerySet[Animation]:
    """Animations of others that are shared by themselves, latest first, with their project's owner."""
    if not _may_see_anything(user):
        return Animation.objects.none()
    shared = Animation.objects.filter(shared_animations(user, Right.VIEW)).exclude(project__owner=user.pk)
    return shared.select_related("project__owner", "current_revision").order_by("-updated")


def animations_in(user: Any, project: Project) -> QuerySet[Animation]:
    """Animations of one project for a list page, latest first."""
    return animations_visible_to(user).filter(project=project).order_by("-updated")


def knob_variants(revision: Revision) -> list[Revision]:
    """Versions of an animation that differ from this one by knobs alone, this one among them, oldest first."""
    versions = {each.pk: each for each in revision.animation.revisions.order_by("number")}
    roots = {pk: _root(each, versions) for pk, each in versions.items()}
    return [each for pk, each in versions.items() if roots[pk] == roots[revision.pk]]


def _root(revision: Revision, versions: dict[Any, Revision]) -> Any:
    at = revision
    while at.origin == Revision.Origin.KNOBS and at.parent_id in versions:
        at = versions[at.parent_id]
    return at.pk


def _may_see_anything(user: Any) -> bool:
    return bool(user.is_authenticated and user.is_active)
