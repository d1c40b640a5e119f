"""Projects hold animations; an animation's history is a chain of revisions; files made for one are artefacts."""

from pathlib import Path

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.models import AppendOnly, Identified, TimeStamped
from projects.share_models import (
    ANIMATION_RIGHTS,
    PROJECT_RIGHTS,
    Activity,
    AnimationUserObjectPermission,
    Comment,
    LinkHolder,
    Notice,
    PersonShare,
    ProjectUserObjectPermission,
    Remix,
    Report,
    SchoolShare,
    ShareLink,
)

__all__ = [
    "Activity",
    "Animation",
    "AnimationUserObjectPermission",
    "Artefact",
    "Comment",
    "LinkHolder",
    "Notice",
    "PersonShare",
    "Project",
    "ProjectUserObjectPermission",
    "Remix",
    "Report",
    "Revision",
    "SchoolShare",
    "ShareLink",
]


class Project(Identified, TimeStamped):
    """A teacher's folder of animations. Private to its owner until she shares it."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="projects", verbose_name=_("owner")
    )
    title = models.CharField(_("title"), max_length=120)
    archived = models.DateTimeField(_("archived"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("project")
        verbose_name_plural = _("projects")
        ordering = ["-updated"]
        permissions = PROJECT_RIGHTS
        indexes = [models.Index(fields=["owner", "-updated"], name="project_of_owner")]
        constraints = [models.CheckConstraint(condition=~models.Q(title=""), name="project_title")]

    def __str__(self) -> str:
        return self.title


class Animation(Identified, TimeStamped):
    """What a prompt makes: one or more scenes, kept as a chain of revisions."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="animations", verbose_name=_("project"))
    title = models.CharField(_("title"), max_length=200)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("made by"),
    )
    current_revision = models.ForeignKey(
        "Revision",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("current revision"),
    )

    class Meta:
        verbose_name = _("animation")
        verbose_name_plural = _("animations")
        ordering = ["-updated"]
        permissions = ANIMATION_RIGHTS
        indexes = [models.Index(fields=["project", "-updated"], name="animation_of_project")]
        constraints = [models.CheckConstraint(condition=~models.Q(title=""), name="animation_title")]

    def __str__(self) -> str:
        return self.title


class Revision(Identified, AppendOnly):
    """One state of an animation: never changed, so that anything may point at it for ever."""

    class Origin(models.TextChoices):
        GENERATED = "generated", _("Made from a prompt")
        KNOBS = "knobs", _("Knobs turned")
        EDITED = "edited", _("Code edited")
        RESTORED = "restored", _("Brought back")
        STORYBOARD = "storyboard", _("Storyboard edited")

    animation = models.ForeignKey(Animation, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField(_("number"))
    # Parent and child live in one animation and leave together.
    parent = models.ForeignKey("self", on_delete=models.RESTRICT, null=True, blank=True, related_name="children")
    prompt = models.TextField(_("prompt"), blank=True)
    template = models.CharField(_("template"), max_length=100, blank=True)
    title = models.CharField(_("title"), max_length=200)
    storyboard = models.JSONField(_("storyboard"), default=dict, blank=True)
    source = models.TextField(_("code"))
    values = models.JSONField(_("knob values"), default=dict, blank=True)
    understood = models.JSONField(_("understood"), default=list, blank=True)
    origin = models.CharField(_("origin"), max_length=16, choices=Origin)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    created = models.DateTimeField(_("created"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ["animation", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["animation", "number"], name="revision_number_once"),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="revision_number"),
            models.CheckConstraint(
                condition=models.Q(origin__in=["generated", "knobs", "edited", "restored", "storyboard"]),
                name="revision_origin",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} #{self.number}"


class Artefact(Identified):
    """A file made for a revision. `file` is its name in the store and is complete whenever the row exists."""

    class Kind(models.TextChoices):
        VIDEO = "video", _("Video")
        POSTER = "poster", _("Poster")
        CAPTIONS = "captions", _("Captions")
        SCRIPT = "script", _("Script")
        SLIDES = "slides", _("Slides")
        DECK = "deck", _("Web deck")
        HANDOUT = "handout", _("Hand-out")
        WEBM = "webm", _("WebM video")
        GIF = "gif", _("GIF")
        SHEET = "sheet", _("Contact sheet")
        TRANSCRIPT = "transcript", _("Transcript")
        NOTEBOOK = "notebook", _("Notebook")
        ZIP = "zip", _("Everything")
        SCORM12 = "scorm12", _("SCORM 1.2")
        SCORM2004 = "scorm2004", _("SCORM 2004")
        H5P = "h5p", _("H5P")
        MOODLE = "moodle", _("Moodle questions")
        CARTRIDGE = "cartridge", _("Common Cartridge")

    class Variant(models.TextChoices):
        """What the picture carries; docs/billing.md says who may have which."""

        PLAIN = "", _("As made")  # without a mark from the start, or no picture at all
        MARKED = "marked", _("With the mark")
        CLEAN = "clean", _("Without the mark")  # made anew of what had it

    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="artefacts")
    kind = models.CharField(_("kind"), max_length=16, choices=Kind)
    quality = models.CharField(_("quality"), max_length=8, blank=True, help_text=_("Empty where it makes no sense."))
    variant = models.CharField(_("variant"), max_length=8, choices=Variant, default=Variant.PLAIN, blank=True)
    file = models.CharField(_("file"), max_length=200, unique=True)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    content_type = models.CharField(_("content type"), max_length=80)
    seconds = models.FloatField(_("length in seconds"), null=True, blank=True)
    created = models.DateTimeField(_("created"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("artefact")
        verbose_name_plural = _("artefacts")
        ordering = ["revision", "kind", "quality"]
        constraints = [
            models.UniqueConstraint(fields=["revision", "kind", "quality", "variant"], name="artefact_once"),
            models.CheckConstraint(condition=~models.Q(file=""), name="artefact_file"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.quality}".strip()

    @property
    def path(self) -> Path:
        """Where the file lies on this machine, if it is kept here and not in object storage."""
        return Path(settings.MEDIA_ROOT) / self.file
