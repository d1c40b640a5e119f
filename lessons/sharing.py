"""What being in a classroom, or having its link, lets somebody watch.

`projects.selectors` asks for members by the name in ARTEFACT_SHARES; the route of the class link asks for itself.
"""

from typing import Any

from django.db.models import Q, QuerySet

from lessons.joining import lessons_behind
from lessons.models import ClassLink, LessonItem
from lessons.selectors import lessons_visible_to
from projects.models import Artefact

# The code and everything made of it stay with the animation's owner.
WATCHED = (Artefact.Kind.VIDEO, Artefact.Kind.POSTER, Artefact.Kind.CAPTIONS, Artefact.Kind.TRANSCRIPT)


def watchable(user: Any) -> Q:
    """Return the condition on artefacts of the versions that the lessons `user` may see show, and of no other."""
    return _shown_by(LessonItem.objects.filter(lesson__in=lessons_visible_to(user).values("pk")))


def artefacts_behind(link: ClassLink) -> QuerySet[Artefact]:
    """Files of the versions that the published lessons of the link's classroom show."""
    pinned = LessonItem.objects.filter(lesson__in=lessons_behind(link).order_by().values("pk"))
    return Artefact.objects.filter(_shown_by(pinned)).select_related("revision__animation")


def _shown_by(items: QuerySet[LessonItem]) -> Q:
    return Q(kind__in=WATCHED, revision__in=items.order_by().values("revision"))
