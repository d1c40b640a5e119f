"""May they? Subjects and all they hold belong to their owner."""

from typing import Any

from django.utils.translation import gettext as _

from core.errors import DomainError
from lessons.models import Lesson, LessonItem, Subject, Unit

Part = Subject | Unit | Lesson | LessonItem


def subject_of(part: Part) -> Subject:
    """Return the subject that `part` is, or is in."""
    match part:
        case LessonItem():
            return part.lesson.unit.subject
        case Lesson():
            return part.unit.subject
        case Unit():
            return part.subject
    return part


def can_edit(user: Any, part: Part) -> bool:
    """Say whether `user` may change the part and what it holds."""
    return bool(user.is_authenticated and user.is_active and subject_of(part).owner_id == user.pk)


def require_edit(user: Any, part: Part) -> None:
    """Let owners pass. Raises DomainError "not_found" for others: they may not learn that it exists."""
    if not can_edit(user, part):
        raise not_found()


def not_found() -> DomainError:
    """Make the answer to everybody who may not see a thing, there or not."""
    return DomainError(
        "not_found",
        _("There is no such lesson."),
        status=404,
        hint=_("It may have been deleted, or it belongs to another account."),
    )
