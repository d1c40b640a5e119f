"""What a person teaches, for her to take away."""

from __future__ import annotations

from collections.abc import Iterator

from allauth.account.models import EmailAddress

from accounts.models import User
from core.personal import Part, table
from lessons.models import (
    ClassLink,
    Classroom,
    ClassroomLesson,
    ClassroomMember,
    Invitation,
    JoinCode,
    Lesson,
    LessonItem,
    Role,
    Subject,
    Unit,
)
from lessons.standard_models import Framework, LessonStandard


def data(user: User) -> Iterator[Part]:
    """Return her subjects with all they hold, classrooms she is in, what she owns there, and invitations to her."""
    yield table("lessons/subjects", Subject.objects.filter(owner=user))
    yield table("lessons/units", Unit.objects.filter(subject__owner=user))
    lessons = Lesson.objects.filter(unit__subject__owner=user)
    yield table("lessons/lessons", lessons, leave_out=["search_text"])
    yield table("lessons/items", LessonItem.objects.filter(lesson__in=lessons.values("pk")))
    yield table("lessons/classrooms", Classroom.objects.filter(members__user=user))
    yield table("lessons/roles", ClassroomMember.objects.filter(user=user))
    owned = Classroom.objects.filter(members__user=user, members__role=Role.OWNER).values("pk")
    yield table("lessons/classroom_lessons", ClassroomLesson.objects.filter(lesson__in=lessons.values("pk")))
    yield table("lessons/join_codes", JoinCode.objects.filter(classroom__in=owned))
    yield table("lessons/links", ClassLink.objects.filter(classroom__in=owned))
    yield table("lessons/curricula", Framework.objects.filter(owner=user))
    yield table("lessons/standards", LessonStandard.objects.filter(lesson__in=lessons.values("pk")))
    addresses = EmailAddress.objects.filter(user=user).values("email")
    yield table("lessons/invitations", Invitation.objects.filter(email__in=addresses))
