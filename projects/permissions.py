"""May they? A project is its owner's; others may do with it what she shares. Staff see no more than anybody else.

The owner may do everything. Everybody else has the rights of the person, school and link shares on the animation and
on its project, taken together, and only as long as those are there: every question looks at the rows.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from billing import entitlements
from billing.tiers import Feature
from core.errors import DomainError
from projects.models import Animation, Project
from projects.share_models import (
    RIGHTS,
    AnimationUserObjectPermission,
    LinkHolder,
    ProjectUserObjectPermission,
    Right,
    SchoolShare,
    ShareLink,
    levels_with,
)


def shared_projects(user: Any, right: Right) -> Q:
    """Return the condition on projects of others that give `user` a right."""
    return _shared(user, right, "project", ProjectUserObjectPermission)


def shared_animations(user: Any, right: Right) -> Q:
    """Return the condition on animations of others that give `user` a right by themselves, not by their project."""
    return _shared(user, right, "animation", AnimationUserObjectPermission)


def _shared(user: Any, right: Right, kind: str, rows: Any) -> Q:
    of_person = rows.objects.filter(user=user.pk, permission__codename=f"{right}_{kind}").values("content_object")
    of_school = in_schools(user).filter(level__in=levels_with(right), **{f"{kind}__isnull": False}).values(kind)
    of_link = LinkHolder.objects.filter(
        user=user.pk,
        link__level__in=levels_with(right),
        link__revoked=None,
        link__expires__gt=timezone.now(),
        **{f"link__{kind}__isnull": False},
    ).values(f"link__{kind}")
    return Q(pk__in=of_person) | Q(pk__in=of_school.order_by()) | Q(pk__in=of_link)


def in_schools(user: Any) -> QuerySet[SchoolShare]:
    """Return shares with the schools that `user` is in, and with the districts of those."""
    member = Q(organisation__memberships__user=user.pk) | Q(organisation__schools__memberships__user=user.pk)
    return SchoolShare.objects.filter(member).distinct()


def rights_on(user: Any, target: Project | Animation) -> frozenset[Right]:
    """Return all that `user` may do with a project or an animation."""
    if not (user.is_authenticated and user.is_active):
        return frozenset()
    project = target.project if isinstance(target, Animation) else target
    if project.owner_id == user.pk:
        return frozenset(Right)
    here = Q(project=project.pk) | (Q(animation=target.pk) if isinstance(target, Animation) else Q())
    levels = {*in_schools(user).filter(here).order_by().values_list("level", flat=True), *_levels_of_links(user, here)}
    found = {right for level in levels for right in RIGHTS[level]}
    found |= _of_person(user, ProjectUserObjectPermission, project)
    if isinstance(target, Animation):
        found |= _of_person(user, AnimationUserObjectPermission, target)
    return frozenset(found)


def _levels_of_links(user: Any, here: Q) -> QuerySet[ShareLink, Any]:
    kept = ShareLink.objects.filter(here, holders__user=user.pk, revoked=None, expires__gt=timezone.now())
    return kept.order_by().values_list("level", flat=True)


def _of_person(user: Any, rows: Any, target: Project | Animation) -> set[Right]:
    names = rows.objects.filter(user=user.pk, content_object=target.pk).values_list("permission__codename", flat=True)
    return {Right(name.rpartition("_")[0]) for name in names}


def may(user: Any, target: Project | Animation, right: Right) -> bool:
    """Say whether `user` has a right on a project or an animation."""
    return right in rights_on(user, target)


def can_view(user: Any, target: Project | Animation) -> bool:
    """Say whether `user` may watch it."""
    return may(user, target, Right.VIEW)


def can_edit(user: Any, target: Project | Animation) -> bool:
    """Say whether `user` may change it."""
    return may(user, target, Right.CHANGE)


def is_owner(user: Any, target: Project | Animation) -> bool:
    """Say whether it is the user's own: to share it, to put it away, to delete it, to hand it over."""
    project = target.project if isinstance(target, Animation) else target
    return bool(user.is_authenticated and user.is_active and project.owner_id == user.pk)


def require(user: Any, target: Project | Animation, right: Right) -> None:
    """Let those with the right pass. Raises DomainError "not_allowed" for watchers, "not_found" for others."""
    if may(user, target, right):
        return
    raise not_allowed() if right != Right.VIEW and can_view(user, target) else not_found()


def draws_clean(user: User, project: Project) -> bool:
    """Say whether what `user` has drawn in the project is without the mark: her tier or that of its owner has that."""
    return any(entitlements.of(one).may(Feature.CLEAN) for one in (user, project.owner))


def require_edit(user: Any, target: Project | Animation) -> None:
    """Let owner and editors pass. Raises DomainError like `require`."""
    require(user, target, Right.CHANGE)


def require_own(user: Any, target: Project | Animation) -> None:
    """Let the owner pass. Raises DomainError "not_allowed" for those it is shared with, "not_found" for others."""
    if not is_owner(user, target):
        raise not_allowed() if can_view(user, target) else not_found()


def not_allowed() -> DomainError:
    """Make the answer to somebody who sees a thing but may not do that with it."""
    return DomainError(
        "not_allowed",
        _("This is shared with you, but not for that."),
        status=403,
        hint=_("Ask its owner to do it, or for the right to."),
    )


def not_found() -> DomainError:
    """Make the answer to everybody who may not see a thing, there or not."""
    return DomainError(
        "not_found",
        _("There is no such project or animation."),
        status=404,
        hint=_("It may have been deleted, or it is not shared with you any more."),
    )
