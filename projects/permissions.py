"""May they? A project is private to its owner; staff see no more than anybody else."""

from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from billing import entitlements
from billing.tiers import Feature
from core.errors import DomainError
from projects.models import Animation, Project


def can_view(user: Any, project: Project) -> bool:
    """Say whether `user` may see the project and all it holds."""
    return bool(user.is_authenticated and user.is_active and project.owner_id == user.pk)


def can_edit(user: Any, project: Project) -> bool:
    """Say whether `user` may change the project and all it holds."""
    return can_view(user, project)


def draws_clean(user: User, project: Project) -> bool:
    """Say whether what `user` has drawn in the project is without the mark: her tier or that of its owner has that."""
    return any(entitlements.of(one).may(Feature.CLEAN) for one in (user, project.owner))


def require_edit(user: Any, target: Project | Animation) -> None:
    """Let owners pass. Raises DomainError "not_found" for others: they may not learn that it exists."""
    project = target.project if isinstance(target, Animation) else target
    if not can_edit(user, project):
        raise DomainError(
            "not_found",
            _("There is no such project or animation."),
            status=404,
            hint=_("It may have been deleted, or it belongs to another account."),
        )
