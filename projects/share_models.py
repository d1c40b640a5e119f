"""Whom a project or an animation is shared with: people, schools, and whoever has a link.

What a person may do is kept in django-guardian's rows with a foreign key straight to the object; `PersonShare` says
which of them belong together, for whom, and waits for those who have no account yet.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from guardian.models import UserObjectPermissionBase

from core.models import AppendOnly, Identified, TimeStamped


class Right(models.TextChoices):
    """One thing that somebody may do. The values begin the codenames of the permissions."""

    VIEW = "view", _("Watch")
    COMMENT = "comment", _("Comment")
    REMIX = "remix", _("Remix")
    CHANGE = "change", _("Edit")


class Level(models.TextChoices):
    """What a share gives."""

    VIEW = "view", _("Can watch")
    COMMENT = "comment", _("Can comment")
    REMIX = "remix", _("Can remix")
    EDIT = "edit", _("Can edit")


RIGHTS: dict[str, frozenset[Right]] = {
    Level.VIEW: frozenset({Right.VIEW}),
    Level.COMMENT: frozenset({Right.VIEW, Right.COMMENT}),
    Level.REMIX: frozenset({Right.VIEW, Right.REMIX}),
    Level.EDIT: frozenset(Right),
}
PROJECT_RIGHTS: list[tuple[str, Any]] = [
    ("comment_project", "Can comment in project"),
    ("remix_project", "Can remix what is in project"),
]
ANIMATION_RIGHTS: list[tuple[str, Any]] = [
    ("comment_animation", "Can comment on animation"),
    ("remix_animation", "Can remix animation"),
]


def levels_with(right: Right) -> list[str]:
    """Return the levels that give a right."""
    return [level for level, rights in RIGHTS.items() if right in rights]


class ProjectUserObjectPermission(UserObjectPermissionBase):
    """One right of one person on one project."""

    content_object = models.ForeignKey("projects.Project", on_delete=models.CASCADE)


class AnimationUserObjectPermission(UserObjectPermissionBase):
    """One right of one person on one animation."""

    content_object = models.ForeignKey("projects.Animation", on_delete=models.CASCADE)


class Share(Identified, TimeStamped):
    """One project or one animation, and what may be done with it."""

    project = models.ForeignKey("projects.Project", on_delete=models.CASCADE, null=True, blank=True)
    animation = models.ForeignKey("projects.Animation", on_delete=models.CASCADE, null=True, blank=True)
    level = models.CharField(_("level"), max_length=8, choices=Level)

    class Meta:
        abstract = True

    @property
    def target(self) -> Any:
        """The project or animation that is shared."""
        return self.project or self.animation


def _rules(name: str) -> list[models.BaseConstraint]:
    one = models.Q(project__isnull=False, animation__isnull=True) | models.Q(
        project__isnull=True, animation__isnull=False
    )
    levels = ["view", "comment", "remix", "edit"]
    return [
        models.CheckConstraint(condition=one, name=f"{name}_target"),
        models.CheckConstraint(condition=models.Q(level__in=levels), name=f"{name}_level"),
    ]


class PersonShare(Share):
    """A person, by her address. `user` is empty until an account has confirmed it, `opened` until she looked."""

    email = models.EmailField(_("e-mail address"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True, related_name="shares"
    )
    opened = models.DateTimeField(_("opened"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("share with a person")
        verbose_name_plural = _("shares with people")
        ordering = ["created"]
        constraints = [
            *_rules("person_share"),
            models.UniqueConstraint(fields=["project", "email"], name="project_shared_once"),
            models.UniqueConstraint(fields=["animation", "email"], name="animation_shared_once"),
        ]

    def __str__(self) -> str:
        return f"{self.email} ({self.level})"


class SchoolShare(Share):
    """Everybody in a school, or in the schools of a district, as long as they are there."""

    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.CASCADE, related_name="shares")

    class Meta:
        verbose_name = _("share with a school")
        verbose_name_plural = _("shares with schools")
        ordering = ["created"]
        constraints = [
            *_rules("school_share"),
            models.UniqueConstraint(fields=["project", "organisation"], name="project_in_school_once"),
            models.UniqueConstraint(fields=["animation", "organisation"], name="animation_in_school_once"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} ({self.level})"


class ShareLink(Share):
    """Whoever has the address. It ends by itself or when it is revoked; its token is its signed key."""

    expires = models.DateTimeField(_("expires"))
    revoked = models.DateTimeField(_("revoked"), null=True, blank=True, editable=False)
    variants = models.BooleanField(_("show versions made with knobs"), default=True)
    listed = models.BooleanField(_("search engines may list it"), default=False)

    class Meta:
        verbose_name = _("share link")
        verbose_name_plural = _("share links")
        ordering = ["-created"]
        constraints = _rules("share_link")

    def __str__(self) -> str:
        return str(self.target)

    @property
    def is_open(self) -> bool:
        """Whether it may still be used."""
        return self.revoked is None and self.expires > timezone.now()


class LinkHolder(Identified, TimeStamped):
    """Somebody who keeps a link among what is shared with her. Her right is the link's, and ends with it."""

    link = models.ForeignKey(ShareLink, on_delete=models.CASCADE, related_name="holders")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="kept_links")

    class Meta:
        verbose_name = _("keeper of a link")
        verbose_name_plural = _("keepers of links")
        constraints = [models.UniqueConstraint(fields=["link", "user"], name="link_kept_once")]

    def __str__(self) -> str:
        return f"{self.user}"


class Remix(Identified, TimeStamped):
    """Where an animation came from. The credit stays when the original is gone."""

    animation = models.OneToOneField("projects.Animation", on_delete=models.CASCADE, related_name="remix_of")
    source = models.ForeignKey(
        "projects.Revision", on_delete=models.SET_NULL, null=True, blank=True, related_name="remixes"
    )
    title = models.CharField(_("title of the original"), max_length=200)
    author = models.CharField(_("author of the original"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("remix")
        verbose_name_plural = _("remixes")

    def __str__(self) -> str:
        return self.title


class Report(Identified, TimeStamped):
    """Somebody says that what a link shows should not be shown."""

    class Reason(models.TextChoices):
        WRONG = "wrong", _("It teaches something wrong")
        UNFIT = "unfit", _("It is not fit for a classroom")
        PRIVATE = "private", _("It shows something private")
        RIGHTS = "rights", _("It is somebody else's work")
        OTHER = "other", _("Something else")

    class Outcome(models.TextChoices):
        OPEN = "open", _("Open")
        STOPPED = "stopped", _("Link stopped")
        FINE = "fine", _("Nothing wrong")

    link = models.ForeignKey(ShareLink, on_delete=models.CASCADE, related_name="reports")
    animation = models.ForeignKey("projects.Animation", on_delete=models.CASCADE, related_name="reports")
    reporter = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=8, choices=Reason)
    words = models.TextField(_("in your words"), max_length=1000, blank=True)
    outcome = models.CharField(_("outcome"), max_length=8, choices=Outcome, default=Outcome.OPEN)
    handled = models.DateTimeField(_("handled"), null=True, blank=True)

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        ordering = ["outcome", "created"]
        indexes = [models.Index(fields=["outcome", "created"], name="reports_waiting")]

    def __str__(self) -> str:
        return f"{self.get_reason_display()}: {self.animation}"


class Activity(Identified, AppendOnly):
    """Something that happened in a project."""

    project = models.ForeignKey("projects.Project", on_delete=models.CASCADE, related_name="activity")
    animation = models.ForeignKey(
        "projects.Animation", on_delete=models.SET_NULL, null=True, blank=True, related_name="activity"
    )
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    verb = models.CharField(_("what happened"), max_length=16)
    what = models.CharField(_("title"), max_length=200)
    created = models.DateTimeField(_("created"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        ordering = ["-created"]
        indexes = [models.Index(fields=["project", "-created"], name="activity_of_project")]

    def __str__(self) -> str:
        return f"{self.verb} {self.what}"


class Comment(Identified, TimeStamped):
    """What somebody says of an animation, at a moment of it or as a whole."""

    animation = models.ForeignKey("projects.Animation", on_delete=models.CASCADE, related_name="comments")
    revision = models.ForeignKey("projects.Revision", on_delete=models.SET_NULL, null=True, related_name="+")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="comments")
    seconds = models.FloatField(_("moment in seconds"), null=True, blank=True)
    text = models.TextField(_("comment"), max_length=2000)
    edited = models.DateTimeField(_("edited"), null=True, blank=True, editable=False)
    resolved = models.DateTimeField(_("resolved"), null=True, blank=True, editable=False)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["created"]
        indexes = [models.Index(fields=["animation", "created"], name="comments_of_animation")]
        constraints = [
            models.CheckConstraint(condition=~models.Q(text=""), name="comment_text"),
            models.CheckConstraint(
                condition=models.Q(seconds__isnull=True) | models.Q(seconds__gte=0), name="comment_moment"
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def clock(self) -> str:
        """The moment as minutes and seconds."""
        minutes, seconds = divmod(int(self.seconds or 0), 60)
        return f"{minutes}:{seconds:02}"


class Notice(Identified, TimeStamped):
    """Tells somebody of a comment: she is mentioned in it, or it is on an animation of hers."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices")
    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="notices")
    mentioned = models.BooleanField(_("mentioned"), default=False)
    read = models.DateTimeField(_("read"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-created"]
        indexes = [models.Index(fields=["user", "read", "-created"], name="notices_of_user")]
        constraints = [models.UniqueConstraint(fields=["user", "comment"], name="told_once")]

    def __str__(self) -> str:
        return str(self.comment)
