"""Comments on animations, whom they tell, and who may moderate them."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import Max, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from core import audit
from core.after_commit import after_commit
from core.errors import DomainError
from projects.activity import tell
from projects.models import Animation, Comment, Notice
from projects.permissions import is_owner, not_found, require, rights_on
from projects.selectors import animations_visible_to
from projects.share_models import PersonShare, Right

LONGEST = 2000
MOST = 1000  # comments of one animation


# --- Reading -------------------------------------------------------------------------------------
def comments_on(animation: Animation) -> QuerySet[Comment]:
    """Return the comments of an animation, oldest first; whoever calls has checked that it may be seen."""
    return Comment.objects.filter(animation=animation).select_related("author", "resolved_by").order_by("created")


def comments_visible_to(user: Any) -> QuerySet[Comment]:
    """Return comments on what `user` may watch."""
    animations = animations_visible_to(user).select_related(None).order_by().values("pk")
    return Comment.objects.filter(animation__in=animations).select_related("animation__project", "author")


def people_to_mention(user: Any, animation: Animation) -> list[User]:
    """Return who may be told of a comment: the owner, those who opened a share of theirs, and who has commented.

    Only who may watch the animation now is among them, and never the user herself.
    """
    shares = PersonShare.objects.filter(
        Q(project=animation.project_id) | Q(animation=animation.pk), opened__isnull=False, user__isnull=False
    )
    known = Q(pk=animation.project.owner_id) | Q(pk__in=shares.order_by().values("user"))
    known |= Q(pk__in=animation.comments.order_by().values("author"))
    people = User.objects.filter(known, is_active=True).exclude(pk=user.pk).order_by("name", "email")
    return [person for person in people if Right.VIEW in rights_on(person, animation)]


def notices_for(user: Any) -> QuerySet[Notice]:
    """Return what a user has not read yet, newest first, as far as she may still see it."""
    seen = comments_visible_to(user).select_related(None).order_by().values("pk")
    unread = Notice.objects.filter(user=user.pk, read=None, comment__in=seen)
    return unread.select_related("comment__author", "comment__animation").order_by("-created")


def stamp(animation: Animation) -> str:
    """Return what changes whenever a comment of the animation does."""
    last = animation.comments.aggregate(last=Max("updated"))["last"]
    return f"{animation.comments.count()}-{last.timestamp() if last else 0}"


# --- Writing -------------------------------------------------------------------------------------
@transaction.atomic
def add_comment(
    *, by: User, animation: Animation, text: str, seconds: float | None = None, mentioned: Collection[UUID] = ()
) -> Comment:
    """Say something, and tell the owner and who is mentioned, those by mail too.

    Raises DomainError "not_found", "not_allowed" or "invalid".
    """
    require(by, animation, Right.COMMENT)
    if seconds is not None and not 0 <= seconds < 86_400:
        raise DomainError("invalid", _("Say the moment as minutes and seconds, such as 1:05."))
    if animation.comments.count() >= MOST:
        raise DomainError("invalid", _("There are too many comments here."), hint=_("Delete some that are resolved."))
    comment = Comment.objects.create(
        animation=animation, revision=animation.current_revision, author=by, text=_clean(text), seconds=seconds
    )
    told = (
        {person for person in people_to_mention(by, animation) if person.pk in set(mentioned)} if mentioned else set()
    )
    owner = animation.project.owner
    Notice.objects.bulk_create([Notice(user=person, comment=comment, mentioned=True) for person in told])
    if owner not in told and owner.pk != by.pk:
        Notice.objects.create(user=owner, comment=comment)
    audit.record("comment.added", actor=by, target=comment)
    tell(animation, "commented", actor=by)
    path = f"{reverse('watch', args=[animation.pk])}#comment-{comment.pk}"
    for person in told:
        after_commit(_mail, by.display_name, animation.title, comment.text, person.email, path)
    return comment


@transaction.atomic
def edit_comment(*, by: User, comment: Comment, text: str) -> Comment:
    """Write one's own comment anew. Raises DomainError like `add_comment`, "not_yours" for somebody else's."""
    require(by, comment.animation, Right.COMMENT)
    if comment.author_id != by.pk:
        raise _not_yours()
    comment.text, comment.edited = _clean(text), timezone.now()
    comment.save(update_fields=["text", "edited", "updated"])
    audit.record("comment.edited", actor=by, target=comment)
    return comment


@transaction.atomic
def delete_comment(*, by: User, comment: Comment) -> None:
    """Delete one's own comment, or any on an animation of one's own. Raises DomainError like `edit_comment`."""
    require(by, comment.animation, Right.VIEW)
    if comment.author_id != by.pk and not is_owner(by, comment.animation):
        raise _not_yours()
    audit.record("comment.deleted", actor=by, target=comment, data={"author": str(comment.author_id)})
    comment.delete()


@transaction.atomic
def resolve_comment(*, by: User, comment: Comment, resolved: bool) -> Comment:
    """Mark a comment as done with, or open it again. Raises DomainError "not_found" or "not_allowed"."""
    require(by, comment.animation, Right.COMMENT)
    locked = Comment.objects.select_for_update(of=("self",)).filter(pk=comment.pk).first()
    if locked is None:
        raise not_found()
    if (locked.resolved is not None) != resolved:
        locked.resolved = timezone.now() if resolved else None
        locked.resolved_by = by if resolved else None
        locked.save(update_fields=["resolved", "resolved_by", "updated"])
        audit.record("comment.resolved" if resolved else "comment.reopened", actor=by, target=comment)
        tell(comment.animation, "resolved" if resolved else "reopened", actor=by)
    return locked


def mark_read(user: Any, animation: Animation) -> None:
    """Count what a user was told of this animation as read."""
    unread = Notice.objects.filter(user=user.pk, comment__animation=animation, read=None)
    unread.update(read=timezone.now())


# --- Rules ---------------------------------------------------------------------------------------
def _clean(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\0", "").strip()
    if not text:
        raise DomainError("invalid", _("Write something first."))
    if len(text) > LONGEST:
        raise DomainError("invalid", _("A comment has at most %(most)d characters.") % {"most": LONGEST})
    return text


def _not_yours() -> DomainError:
    return DomainError("not_yours", _("Only its author may change a comment; the owner may delete it."), status=403)


def _mail(author: str, title: str, text: str, email: str, path: str) -> None:
    subject = _("%(who)s mentioned you on “%(title)s”") % {"who": author, "title": title}
    body = f"{text}\n\n{settings.SITE_URL}{path}\n"
    send_mail(" ".join(subject.split())[:200], body, None, [email])
