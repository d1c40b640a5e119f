"""May they? A project is private to its owner; staff see no more than anybody else."""

from typing import Any

from django.utils.translation import gettext as _

from core.errors import DomainError
from projects.models import Animation, Project


def can_view(user: Any, project: Project) -> bool:
    """Say whether `user` may see the project and all it holds."""
    return bool(user.is_authenticated and user.is_active and project.owner_id == user.pk)


def can_edit(user: Any, project: Project) -> bool:
    """Say whether `user` may change the project and all it holds."""
    return can_view(user, project)


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
