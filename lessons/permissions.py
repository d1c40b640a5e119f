"""May they? Subjects and all they hold belong to their owner; co-teachers may change a lesson in their classroom."""

from typing import Any

from django.utils.translation import gettext as _

from core.errors import DomainError
from lessons.models import Classroom, ClassroomMember, Lesson, LessonItem, Role, Subject, Unit

Part = Subject | Unit | Lesson | LessonItem
TEACHERS = (Role.OWNER, Role.EDITOR)


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


def can_own(user: Any, part: Part) -> bool:
    """Say whether the part is the user's own: to delete it, to put it elsewhere, to hang it up in a classroom."""
    return bool(user.is_authenticated and user.is_active and subject_of(part).owner_id == user.pk)


def can_edit(user: Any, part: Part) -> bool:
    """Say whether `user` may change the part and what it holds: its owner, and those who teach a lesson's classroom."""
    if can_own(user, part):
        return True
    if isinstance(part, Subject | Unit) or not (user.is_authenticated and user.is_active):
        return False
    lesson = part.lesson_id if isinstance(part, LessonItem) else part.pk
    return ClassroomMember.objects.filter(user=user, role__in=TEACHERS, classroom__hung__lesson=lesson).exists()


def require_own(user: Any, part: Part) -> None:
    """Let owners pass. Raises DomainError "not_yours" for co-teachers, "not_found" for others."""
    if can_own(user, part):
        return
    raise not_yours() if can_edit(user, part) else not_found()


def require_edit(user: Any, part: Part) -> None:
    """Let owners and co-teachers pass. Raises DomainError "not_found" for others: they may not learn that it exists."""
    if not can_edit(user, part):
        raise not_found()


def role_in(user: Any, classroom: Classroom) -> str:
    """Return what `user` is in the classroom; empty for strangers."""
    if not (user.is_authenticated and user.is_active):
        return ""
    found = ClassroomMember.objects.filter(user=user, classroom=classroom).values_list("role", flat=True).first()
    return found or ""


def require_role(user: Any, classroom: Classroom, *roles: str) -> str:
    """Let members with one of the roles pass, and return it. Raises DomainError "not_found" for strangers, "role"."""
    role = role_in(user, classroom)
    if not role:
        raise not_found()
    if role not in roles:
        raise DomainError(
            "role",
            _("Your role in this classroom does not allow that."),
            status=403,
            hint=_("Ask the classroom's owner to do it, or to change your role."),
        )
    return role


def not_yours() -> DomainError:
    """Make the answer to a co-teacher who may change a thing but not do away with it."""
    return DomainError(
        "not_yours",
        _("Only the teacher whose lesson this is may do that."),
        status=403,
        hint=_("Ask her, or use the lesson as a template for one of your own."),
    )


def not_found() -> DomainError:
    """Make the answer to everybody who may not see a thing, there or not."""
    return DomainError(
        "not_found",
        _("There is no such lesson."),
        status=404,
        hint=_("It may have been deleted, or it belongs to another account."),
    )
