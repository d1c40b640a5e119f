"""Subjects hold units, units hold lessons, and a lesson shows animations in an order.

A lesson's item points at one revision: editing the animation later never changes what a class was given.
A classroom shows lessons of those who teach there, and its members may see or change them by their role.
"""

import secrets

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.models import Identified, TimeStamped
from lessons.standard_models import Framework, LessonStandard, Standard  # noqa: F401 - Django finds models here
from projects.models import Revision


class Ordered(models.Model):
    """A row with a place among its siblings. Places are told apart by age where two are the same."""

    position = models.PositiveIntegerField(_("place"), default=0, editable=False)

    class Meta:
        abstract = True


class Subject(Identified, TimeStamped, Ordered):
    """What somebody teaches, e.g. "Physics, grade 10". Private to its owner."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="subjects", verbose_name=_("owner")
    )
    title = models.CharField(_("title"), max_length=120)

    class Meta:
        verbose_name = _("subject")
        verbose_name_plural = _("subjects")
        ordering = ["position", "created"]
        indexes = [models.Index(fields=["owner", "position"], name="subject_of_owner")]
        constraints = [models.CheckConstraint(condition=~models.Q(title=""), name="subject_title")]

    def __str__(self) -> str:
        return self.title


class Unit(Identified, TimeStamped, Ordered):
    """A part of a subject, e.g. "Oscillations"."""

    subject = models.ForeignKey(Subject, on_delete=models.CASCADE, related_name="units", verbose_name=_("subject"))
    title = models.CharField(_("title"), max_length=120)

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        ordering = ["position", "created"]
        indexes = [models.Index(fields=["subject", "position"], name="unit_of_subject")]
        constraints = [models.CheckConstraint(condition=~models.Q(title=""), name="unit_title")]

    def __str__(self) -> str:
        return self.title


class Lesson(Identified, TimeStamped, Ordered):
    """One lesson of a unit: what it is about and, through its items, what it shows."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Published")

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="lessons", verbose_name=_("unit"))
    title = models.CharField(_("title"), max_length=160)
    about = models.TextField(_("notes for you"), max_length=4000, blank=True)
    state = models.CharField(_("state"), max_length=16, choices=State, default=State.DRAFT)
    school_year = models.PositiveSmallIntegerField(
        _("school year"),
        null=True,
        blank=True,
        validators=[MinValueValidator(2000), MaxValueValidator(2100)],
        help_text=_("The year it begins in: 2026 is 2026/27."),
    )
    due = models.DateField(_("due"), null=True, blank=True)
    archived = models.DateTimeField(_("archived"), null=True, blank=True, editable=False)
    # What the search looks through, in plain small letters; `lessons.search` keeps it true.
    search_text = models.TextField(blank=True, default="", editable=False)

    class Meta:
        verbose_name = _("lesson")
        verbose_name_plural = _("lessons")
        ordering = ["position", "created"]
        indexes = [models.Index(fields=["unit", "position"], name="lesson_of_unit")]
        constraints = [
            models.CheckConstraint(condition=~models.Q(title=""), name="lesson_title"),
            models.CheckConstraint(condition=models.Q(state__in=["draft", "published"]), name="lesson_state"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def year_label(self) -> str:
        """The school year as it is written, e.g. "2026/27"; empty without one."""
        return f"{self.school_year}/{(self.school_year + 1) % 100:02d}" if self.school_year else ""


class LessonItem(Identified, TimeStamped, Ordered):
    """An animation in a lesson, as it was when it was put there."""

    lesson = models.ForeignKey(Lesson, on_delete=models.CASCADE, related_name="items", verbose_name=_("lesson"))
    # An animation that a lesson shows is not deleted by the way; it leaves together with everything of its owner.
    revision = models.ForeignKey(
        Revision, on_delete=models.RESTRICT, related_name="lesson_items", verbose_name=_("version")
    )
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("lesson item")
        verbose_name_plural = _("lesson items")
        ordering = ["position", "created"]
        indexes = [models.Index(fields=["lesson", "position"], name="item_of_lesson")]

    def __str__(self) -> str:
        return str(self.lesson)


class Classroom(Identified, TimeStamped):
    """A class and those who teach it. Its owner is the member with that role."""

    title = models.CharField(_("title"), max_length=120)
    school_year = models.PositiveSmallIntegerField(
        _("school year"), null=True, blank=True, validators=[MinValueValidator(2000), MaxValueValidator(2100)]
    )
    archived = models.DateTimeField(_("archived"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("classroom")
        verbose_name_plural = _("classrooms")
        ordering = ["title", "created"]
        constraints = [models.CheckConstraint(condition=~models.Q(title=""), name="classroom_title")]

    def __str__(self) -> str:
        return self.title


class Role(models.TextChoices):
    """What a member of a classroom may do: owners decide who is in it, editors change lessons, viewers watch."""

    OWNER = "owner", _("Owner")
    EDITOR = "editor", _("Editor")
    VIEWER = "viewer", _("Viewer")


class ClassroomMember(Identified, TimeStamped):
    """Somebody in a classroom."""

    classroom = models.ForeignKey(Classroom, on_delete=models.CASCADE, related_name="members")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="classrooms")
    role = models.CharField(_("role"), max_length=8, choices=Role)

    class Meta:
        verbose_name = _("member of a classroom")
        verbose_name_plural = _("members of classrooms")
        ordering = ["created"]
        constraints = [
            models.UniqueConstraint(fields=["classroom", "user"], name="member_once"),
            models.UniqueConstraint(fields=["classroom"], condition=models.Q(role="owner"), name="one_owner"),
            models.CheckConstraint(condition=models.Q(role__in=["owner", "editor", "viewer"]), name="member_role"),
        ]

    def __str__(self) -> str:
        return f"{self.user} ({self.role})"


class ClassroomLesson(Identified, TimeStamped, Ordered):
    """A lesson that hangs in a classroom."""

    classroom = models.ForeignKey(Classroom, on_delete=models.CASCADE, related_name="hung")
    lesson = models.ForeignKey(Lesson, on_delete=models.CASCADE, related_name="hung")

    class Meta:
        verbose_name = _("lesson of a classroom")
        verbose_name_plural = _("lessons of classrooms")
        ordering = ["position", "created"]
        constraints = [models.UniqueConstraint(fields=["classroom", "lesson"], name="hung_once")]

    def __str__(self) -> str:
        return str(self.lesson)


class Grant(Identified, TimeStamped):
    """A way into a classroom that ends by itself or when it is revoked."""

    expires = models.DateTimeField(_("expires"))
    revoked = models.DateTimeField(_("revoked"), null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    @property
    def is_open(self) -> bool:
        """Whether it may still be used."""
        return self.revoked is None and self.expires > timezone.now()


# Neither 0 and O nor 1, I and L.
CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_LENGTH = 8


def new_code() -> str:
    """Make a code that nobody can guess: 39 bits."""
    return "".join(secrets.choice(CODE_ALPHABET) for _place in range(CODE_LENGTH))


class JoinCode(Grant):
    """A short code that makes whoever types it a member. It is kept readable, so that it can be shown again."""

    classroom = models.ForeignKey(Classroom, on_delete=models.CASCADE, related_name="codes")
    code = models.CharField(_("code"), max_length=CODE_LENGTH, unique=True, default=new_code, editable=False)
    role = models.CharField(_("role"), max_length=8, choices=Role)
    uses = models.PositiveIntegerField(_("uses"), default=0, editable=False)
    most_uses = models.PositiveIntegerField(_("most uses"))

    class Meta:
        verbose_name = _("join code")
        verbose_name_plural = _("join codes")
        ordering = ["-created"]
        constraints = [
            models.CheckConstraint(condition=models.Q(role__in=["editor", "viewer"]), name="code_role"),
            models.CheckConstraint(condition=models.Q(uses__lte=models.F("most_uses")), name="code_uses"),
        ]

    def __str__(self) -> str:
        return f"{self.code[:4]}-{self.code[4:]}"


class ClassLink(Grant):
    """An address under which anybody may watch what a classroom has published. Its token is its signed key."""

    classroom = models.ForeignKey(Classroom, on_delete=models.CASCADE, related_name="links")

    class Meta:
        verbose_name = _("class link")
        verbose_name_plural = _("class links")
        ordering = ["-created"]

    def __str__(self) -> str:
        return str(self.classroom)


class Invitation(Identified, TimeStamped):
    """A teacher asked into a classroom by her address, whether or not an account has it."""

    classroom = models.ForeignKey(Classroom, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField(_("e-mail address"))
    role = models.CharField(_("role"), max_length=8, choices=Role)
    expires = models.DateTimeField(_("expires"))

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["created"]
        constraints = [
            models.UniqueConstraint(fields=["classroom", "email"], name="invited_once"),
            models.CheckConstraint(condition=models.Q(role__in=["editor", "viewer"]), name="invited_role"),
        ]

    def __str__(self) -> str:
        return self.email
