"""Every change to classrooms and who is in them, each with its audit entry.

Each locks the classroom first, so that two at once see one another.
"""

from __future__ import annotations

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from accounts import policies
from accounts.models import User
from core import audit
from core.errors import DomainError
from lessons import ordering, search
from lessons.models import Classroom, ClassroomLesson, ClassroomMember, Lesson, LessonItem, Role
from lessons.permissions import TEACHERS, not_found, require_own, require_role
from projects.titles import clean_title

MOST_LESSONS = 200  # of one classroom
MOST_MEMBERS = 300


@transaction.atomic
def create_classroom(*, owner: User, title: str, school_year: int | None = None) -> Classroom:
    """Make a classroom. Raises DomainError "title"."""
    classroom = Classroom.objects.create(title=_title(title), school_year=school_year)
    ClassroomMember.objects.create(classroom=classroom, user=owner, role=Role.OWNER)
    audit.record("classroom.created", actor=owner, target=classroom)
    return classroom


@transaction.atomic
def rename_classroom(*, by: User, classroom: Classroom, title: str, school_year: int | None) -> None:
    """Write title and year anew. Raises DomainError "not_found", "role" or "title"."""
    locked(classroom)
    require_role(by, classroom, *TEACHERS)
    classroom.title, classroom.school_year = _title(title), school_year
    classroom.save(update_fields=["title", "school_year", "updated"])
    audit.record("classroom.renamed", actor=by, target=classroom)


@transaction.atomic
def delete_classroom(*, by: User, classroom: Classroom) -> None:
    """Delete a classroom; its lessons stay with those whose they are. Raises DomainError "not_found" or "role"."""
    locked(classroom)
    require_role(by, classroom, Role.OWNER)
    lessons = list(Lesson.objects.filter(hung__classroom=classroom))
    audit.record("classroom.deleted", actor=by, target=classroom)
    classroom.delete()
    _take_back(by, lessons)


# --- Lessons -------------------------------------------------------------------------------------
@transaction.atomic
def hang_lesson(*, by: User, classroom: Classroom, lesson: Lesson) -> ClassroomLesson:
    """Show a lesson of one's own in a classroom, after what is there; once. Raises DomainError "not_found", "role",
    "not_yours" or "classroom_full"."""
    locked(classroom)
    require_role(by, classroom, *TEACHERS)
    require_own(by, lesson)
    there = ClassroomLesson.objects.filter(classroom=classroom)
    if there.count() >= MOST_LESSONS:
        raise _full(_("This classroom is full: it shows %(most)d lessons.") % {"most": MOST_LESSONS})
    hung, is_new = ClassroomLesson.objects.get_or_create(
        classroom=classroom, lesson=lesson, defaults={"position": ordering.next_place(there)}
    )
    if is_new:
        audit.record("classroom.lesson_added", actor=by, target=classroom, data={"lesson": str(lesson.pk)})
    return hung


@transaction.atomic
def take_down(*, by: User, hung: ClassroomLesson) -> None:
    """Take a lesson out of a classroom; it stays with its owner. Raises DomainError "not_found" or "role"."""
    locked(hung.classroom)
    require_role(by, hung.classroom, *TEACHERS)
    _take_down(by, ClassroomLesson.objects.filter(pk=hung.pk))


@transaction.atomic
def shift_hung(*, by: User, hung: ClassroomLesson, steps: int) -> None:
    """Move a lesson among those of the classroom. Raises DomainError "not_found" or "role"."""
    locked(hung.classroom)
    require_role(by, hung.classroom, *TEACHERS)
    ordering.move(ClassroomLesson.objects.filter(classroom=hung.classroom_id), hung, steps)
    audit.record("classroom.lesson_shifted", actor=by, target=hung.classroom, data={"steps": steps})


# --- Members -------------------------------------------------------------------------------------
@transaction.atomic
def change_role(*, by: User, member: ClassroomMember, role: str) -> None:
    """Make an editor a viewer or the other way round. Raises DomainError "not_found", "role" or "owner_stays"."""
    member = _member(by, member)
    if role not in (Role.EDITOR, Role.VIEWER):
        raise DomainError(
            "invalid", _("A member is an editor or a viewer."), hint=_("Hand the classroom over instead.")
        )
    _require_not_owner(member)
    member.role = role
    member.save(update_fields=["role", "updated"])
    audit.record("classroom.role_changed", actor=by, target=member.classroom, data={"user": str(member.user_id)})


@transaction.atomic
def remove_member(*, by: User, member: ClassroomMember) -> None:
    """Take somebody out. What is hers goes with her. Raises DomainError "not_found", "role" or "owner_stays"."""
    member = _member(by, member)
    _require_not_owner(member)
    _end(by, member, "classroom.removed")


@transaction.atomic
def leave(*, by: User, classroom: Classroom) -> None:
    """Leave; one's own lessons and animations leave too. Raises DomainError "not_found" or "owner_stays"."""
    locked(classroom)
    member = ClassroomMember.objects.select_related("classroom").filter(classroom=classroom, user=by).first()
    if member is None:
        raise not_found()
    _require_not_owner(member)
    _end(by, member, "classroom.left")


@transaction.atomic
def hand_over(*, by: User, member: ClassroomMember) -> None:
    """Make an editor the owner and the owner an editor. Raises DomainError "not_found", "role" or "invalid".

    Where the owner's account is gone, an editor may take the classroom over for herself.
    """
    locked(member.classroom)
    fresh = ClassroomMember.objects.filter(pk=member.pk).first()
    has_owner = ClassroomMember.objects.filter(classroom=member.classroom, role=Role.OWNER).exists()
    require_role(by, member.classroom, *([Role.OWNER] if has_owner else [Role.EDITOR]))
    if fresh is None:
        raise not_found()
    if fresh.role != Role.EDITOR or not (has_owner or fresh.user_id == by.pk):
        raise DomainError("invalid", _("Only an editor can become the owner."), hint=_("Make her an editor first."))
    ClassroomMember.objects.filter(classroom=member.classroom, role=Role.OWNER).update(role=Role.EDITOR)
    ClassroomMember.objects.filter(pk=fresh.pk).update(role=Role.OWNER)
    audit.record("classroom.handed_over", actor=by, target=member.classroom, data={"user": str(fresh.user_id)})


# --- Rules ---------------------------------------------------------------------------------------
def locked(classroom: Classroom) -> None:
    """Wait for others who change the classroom. Raises DomainError "not_found" where it is gone."""
    if Classroom.objects.select_for_update().filter(pk=classroom.pk).first() is None:
        raise not_found()


def let_in(user: User, classroom: Classroom, role: str) -> bool:
    """Make somebody a member of the locked classroom; False where she is one. Raises DomainError "classroom_full"."""
    there = ClassroomMember.objects.filter(classroom=classroom)
    if there.filter(user=user).exists():
        return False
    if there.count() >= MOST_MEMBERS:
        raise _full(_("This classroom is full: it has %(most)d members.") % {"most": MOST_MEMBERS})
    owner = there.filter(role=Role.OWNER).select_related("user").first()
    if owner is not None and not policies.may_work_together(owner.user, user):
        raise policies.refused(_("The school of this classroom lets only its own teachers in."))
    ClassroomMember.objects.create(classroom=classroom, user=user, role=role)
    audit.record("classroom.joined", actor=user, target=classroom, data={"role": str(role)})
    return True


def _member(by: User, member: ClassroomMember) -> ClassroomMember:
    locked(member.classroom)
    require_role(by, member.classroom, Role.OWNER)
    fresh = ClassroomMember.objects.select_related("classroom").filter(pk=member.pk).first()
    if fresh is None:
        raise not_found()
    return fresh


def _require_not_owner(member: ClassroomMember) -> None:
    if member.role == Role.OWNER:
        raise DomainError(
            "owner_stays",
            _("The owner stays the owner and cannot be taken out."),
            status=409,
            hint=_("Hand the classroom over to an editor first."),
        )


def _end(by: User, member: ClassroomMember, verb: str) -> None:
    classroom = member.classroom
    stay = list(Lesson.objects.filter(hung__classroom=classroom).exclude(unit__subject__owner=member.user_id))
    member.delete()
    audit.record(verb, actor=by, target=classroom, data={"user": str(member.user_id)})
    _take_down(by, ClassroomLesson.objects.filter(classroom=classroom, lesson__unit__subject__owner=member.user_id))
    _take_back(by, stay)


def _take_down(by: User, hung: object) -> None:
    rows = list(hung.select_related("lesson", "classroom"))  # type: ignore[attr-defined]
    for one in rows:
        audit.record("classroom.lesson_removed", actor=by, target=one.classroom, data={"lesson": str(one.lesson_id)})
        one.delete()
    _take_back(by, [one.lesson for one in rows])


def _take_back(by: User, lessons: list[Lesson]) -> None:
    """Take out of the lessons what colleagues put there who share no classroom with them any more.

    Otherwise an animation could be shown, and could not be deleted, where its owner sees nothing.
    """
    others = LessonItem.objects.filter(lesson__in=lessons).exclude(
        revision__animation__project__owner=F("lesson__unit__subject__owner")
    )
    shared = Q(lesson__hung__classroom__members__user=F("revision__animation__project__owner"))
    kept = others.filter(shared).values("pk")
    gone = list(others.exclude(pk__in=kept).select_related("lesson"))
    for item in gone:
        audit.record("lesson_item.removed", actor=by, target=item, data={"lesson": str(item.lesson_id)})
        item.delete()
    search.refresh([item.lesson for item in gone])


def _full(message: str) -> DomainError:
    return DomainError("classroom_full", message, status=409, hint=_("Make a second classroom for the rest."))


def _title(title: str) -> str:
    return clean_title(title, Classroom._meta.get_field("title").max_length or 0)
