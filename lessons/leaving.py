"""What happens to lessons and classrooms when an account ends: colleagues lose nothing of theirs."""

from __future__ import annotations

import logging
import uuid

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from core import audit
from lessons import search
from lessons.classrooms import locked
from lessons.models import Classroom, ClassroomLesson, ClassroomMember, Lesson, LessonItem, Role, Subject
from projects import storage
from projects.models import Animation, Artefact, Project, Revision
from projects.services import create_project, publish_artefact

logger = logging.getLogger(__name__)


def purge(user: User, heir: User | None) -> None:
    """Hand classrooms over or close them. Give her subjects to `heir`; else leave colleagues copies of what their
    lessons show, and delete hers."""
    for member in ClassroomMember.objects.filter(user=user, role=Role.OWNER).select_related("classroom"):
        _hand_over(member, heir)
    if heir is not None:
        _hand_over_subjects(user, heir)
        return
    for item in _shown_by_others(user).select_related("revision", "lesson__unit__subject__owner"):
        _leave_copy(item)
    for subject in Subject.objects.filter(owner=user):
        subject.delete()
    search.forget_deleted()


def same_classroom(user: User) -> Q:
    """Return the condition on people who teach in one of her classrooms."""
    own = ClassroomMember.objects.filter(user=user, role__in=[Role.OWNER, Role.EDITOR]).values("classroom")
    there = ClassroomMember.objects.filter(classroom__in=own, role__in=[Role.OWNER, Role.EDITOR])
    return Q(pk__in=there.order_by().values("user"))


def words(user: User) -> list[str]:
    """Say what would become of her lessons and classrooms."""
    lessons = Lesson.objects.filter(unit__subject__owner=user).count()
    shown = _shown_by_others(user).count()
    said = []
    if lessons:
        words = ngettext("%(count)d lesson of yours.", "%(count)d lessons of yours.", lessons)
        said.append(words % {"count": lessons})
    owned = ClassroomMember.objects.filter(user=user, role=Role.OWNER)
    closed = [member.classroom.title for member in owned.select_related("classroom") if _successor(member) is None]
    if closed:
        said.append(_("Classrooms in which nobody else teaches: %(names)s.") % {"names": ", ".join(sorted(closed))})
    if shown:
        words = ngettext(
            "A lesson of a colleague shows an animation of yours: she keeps a copy of that version.",
            "Lessons of colleagues show your animations %(count)d times: they keep copies of those versions.",
            shown,
        )
        said.append(words % {"count": shown})
    return said


def _shown_by_others(user: User) -> QuerySet[LessonItem]:
    items = LessonItem.objects.filter(revision__animation__project__owner=user)
    return items.exclude(lesson__unit__subject__owner=user).order_by("created")


# --- Classrooms ----------------------------------------------------------------------------------
def _successor(member: ClassroomMember, heir: User | None = None) -> ClassroomMember | None:
    """Return who owns a classroom next: the heir where she teaches there, else the editor who is there longest."""
    editors = ClassroomMember.objects.filter(classroom=member.classroom_id, role=Role.EDITOR, user__is_active=True)
    editors = editors.order_by("created")
    return (editors.filter(user=heir).first() if heir else None) or editors.first()


@transaction.atomic
def _hand_over(member: ClassroomMember, heir: User | None) -> None:
    locked(member.classroom)
    next_owner = _successor(member, heir)
    if next_owner is None and heir is not None:
        next_owner, _is_new = ClassroomMember.objects.get_or_create(
            classroom=member.classroom, user=heir, defaults={"role": Role.EDITOR}
        )
    if next_owner is None:
        audit.record("classroom.deleted", actor=None, target=member.classroom)
        Classroom.objects.filter(pk=member.classroom_id).delete()
        return
    ClassroomMember.objects.filter(pk=member.pk).delete()
    ClassroomMember.objects.filter(pk=next_owner.pk).update(role=Role.OWNER)
    data = {"user": str(next_owner.user_id)}
    audit.record("classroom.handed_over", actor=None, target=member.classroom, data=data)


# --- Lessons -------------------------------------------------------------------------------------
@transaction.atomic
def _hand_over_subjects(user: User, heir: User) -> None:
    for subject in Subject.objects.filter(owner=user):
        Subject.objects.filter(pk=subject.pk).update(owner=heir)
        audit.record("subject.handed_over", actor=None, target=subject, data={"user": str(heir.pk)})
    # A lesson hangs where its owner teaches; where the heir does not, it comes down.
    rooms = ClassroomMember.objects.filter(user=heir, role__in=[Role.OWNER, Role.EDITOR]).values("classroom")
    ClassroomLesson.objects.filter(lesson__unit__subject__owner=heir).exclude(classroom__in=rooms).delete()


@transaction.atomic
def _leave_copy(item: LessonItem) -> None:
    """Put a copy of the version into a project of the lesson's owner, and let the lesson show that."""
    owner, shown = item.lesson.unit.subject.owner, item.revision
    copy = _copy_before(owner, shown) or _copy(owner, shown)
    LessonItem.objects.filter(pk=item.pk).update(revision=copy)
    audit.record("lesson_item.copied", actor=None, target=item, data={"lesson": str(item.lesson_id)})
    search.refresh([item.lesson])


def _copy_before(owner: User, shown: Revision) -> Revision | None:
    """Return the copy that another item of hers shows already: one version is copied once for one owner."""
    return Revision.objects.filter(
        animation__project__owner=owner,
        author=shown.author_id,
        origin=Revision.Origin.RESTORED,
        number=1,
        source=shown.source,
        title=shown.title,
        created=shown.created,
    ).first()


def _copy(owner: User, shown: Revision) -> Revision:
    title = _("From colleagues")
    project = Project.objects.filter(owner=owner, title=title, archived=None).first()
    project = project or create_project(owner=owner, title=title)
    animation = Animation.objects.create(project=project, title=shown.title)
    copy: Revision = Revision.objects.create(
        animation=animation,
        author_id=shown.author_id,
        number=1,
        prompt=shown.prompt,
        template=shown.template,
        title=shown.title,
        storyboard=shown.storyboard,
        source=shown.source,
        values=shown.values,
        understood=shown.understood,
        origin=Revision.Origin.RESTORED,
        created=shown.created,
    )
    Animation.objects.filter(pk=animation.pk).update(current_revision=copy)
    for artefact in Artefact.objects.filter(revision=shown):
        _copy_file(artefact, copy)
    return copy


def _copy_file(artefact: Artefact, copy: Revision) -> None:
    kept = storage.Stored(artefact.file, artefact.sha256, artefact.size)
    try:
        source = storage.current().copy(kept, uuid.uuid4().hex)
    except FileNotFoundError:
        # A lost file must not keep an account from ending; the colleague can have it made again from the code.
        logger.warning("File %s is missing, so a colleague's copy is without it.", artefact.file)
        return
    publish_artefact(
        revision=copy,
        kind=artefact.kind,
        quality=artefact.quality,
        source=source,
        content_type=artefact.content_type,
        seconds=artefact.seconds,
    )
