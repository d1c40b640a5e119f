"""Where animations are taught: by subject and by classroom."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from core.insights import Span, Table
from lessons.models import Classroom, LessonItem, Role, Subject

MOST_ROWS = 200


def tables(people: QuerySet[User], span: Span) -> list[Table]:
    """Return subjects and classrooms of these people; lessons and animations put there in that time."""
    return [_by_subject(people, span), _by_class(people, span)]


def taught_by(people: QuerySet[User], span: Span) -> QuerySet[User]:
    """Those of the people who put an animation into a lesson of theirs in that time."""
    items = LessonItem.objects.filter(created__gte=span.first, created__lt=span.last)
    return people.filter(pk__in=items.values("lesson__unit__subject__owner"))


def _by_subject(people: QuerySet[User], span: Span) -> Table:
    lessons = Q(units__lessons__created__gte=span.first, units__lessons__created__lt=span.last)
    shown = Q(units__lessons__items__created__gte=span.first, units__lessons__items__created__lt=span.last)
    subjects = Subject.objects.filter(owner__in=people.order_by().values("pk")).order_by()
    counted = subjects.values("title").annotate(
        who=Count("owner", distinct=True),
        lessons=Count("units__lessons", filter=lessons, distinct=True),
        shown=Count("units__lessons__items", filter=shown, distinct=True),
    )
    rows = [
        [one["title"], one["who"], one["lessons"], one["shown"]]
        for one in counted.order_by("-shown", "-lessons", "title")[:MOST_ROWS]
    ]
    header = [_("Subject"), _("Teachers"), _("New lessons"), _("Animations put into lessons")]
    return Table("subjects", _("By subject"), header, rows, drawn=3)


def _by_class(people: QuerySet[User], span: Span) -> Table:
    owned = Classroom.objects.filter(members__role=Role.OWNER, members__user__in=people.order_by().values("pk"))
    shown = Q(hung__lesson__items__created__gte=span.first, hung__lesson__items__created__lt=span.last)
    counted: QuerySet[Any] = Classroom.objects.filter(pk__in=owned.values("pk")).annotate(
        who=Count("members", distinct=True),
        lessons=Count("hung", distinct=True),
        shown=Count("hung__lesson__items", filter=shown, distinct=True),
    )
    rows = [
        [room.title, room.who, room.lessons, room.shown]
        for room in counted.order_by("-shown", "-lessons", "title")[:MOST_ROWS]
    ]
    header = [_("Classroom"), _("Members"), _("Lessons shown"), _("Animations put into them")]
    return Table("classes", _("By classroom"), header, rows, drawn=3)
