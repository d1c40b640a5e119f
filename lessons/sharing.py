"""What being in a classroom lets somebody watch; `projects.selectors` asks by the name in ARTEFACT_SHARES."""

from typing import Any

from django.db.models import Q

from lessons.models import LessonItem
from lessons.selectors import lessons_visible_to
from projects.models import Artefact

# The code and everything made of it stay with the animation's owner.
WATCHED = (Artefact.Kind.VIDEO, Artefact.Kind.POSTER, Artefact.Kind.CAPTIONS, Artefact.Kind.TRANSCRIPT)


def watchable(user: Any) -> Q:
    """Return the condition on artefacts of the versions that the lessons `user` may see show, and of no other."""
    pinned = LessonItem.objects.filter(lesson__in=lessons_visible_to(user).values("pk"))
    return Q(kind__in=WATCHED, revision__in=pinned.order_by().values("revision"))
