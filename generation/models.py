"""Jobs, their events, and the workers that run them. The rows are the truth; a Celery message is only a wake-up."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.tiers import Tier
from core.models import AppendOnly, Identified
from generation.engine.languages import ENGLISH


class Job(Identified):
    """One run of the engine for one animation. docs/jobs.md draws its states.

    `fence` counts the claims of this job: whoever writes for it must name the fence of its own claim, so a
    worker that lost its lease cannot write late. Leases are measured by the database's clock.
    """

    class Kind(models.TextChoices):
        GENERATE = "generate", _("New animation")
        KNOBS = "knobs", _("Knobs turned")
        EXPORT = "export", _("Export")
        STORYBOARD = "storyboard", _("Storyboard edited")
        CODE = "code", _("Code edited")

    class State(models.TextChoices):
        QUEUED = "queued", _("Waiting")
        RUNNING = "running", _("Running")
        SUCCEEDED = "succeeded", _("Done")
        FAILED = "failed", _("Failed")
        CANCELLED = "cancelled", _("Cancelled")

    class QualityChoice(models.TextChoices):
        LOW = "l", _("Draft, 480p")
        MEDIUM = "m", _("Standard, 720p")
        HIGH = "h", _("High, 1080p")

    made_before = False  # whether it answers a later request: set by the services, not stored

    FINAL = (State.SUCCEEDED, State.FAILED, State.CANCELLED)

    animation = models.ForeignKey("projects.Animation", on_delete=models.CASCADE, related_name="jobs")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="jobs")
    parent = models.ForeignKey(
        "projects.Revision",
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        help_text=_("The revision whose knobs were turned."),
    )
    revision = models.ForeignKey(
        "projects.Revision",
        on_delete=models.SET_NULL,
        null=True,
        related_name="jobs",
        help_text=_("The revision that came out."),
    )
    kind = models.CharField(max_length=16, choices=Kind.choices)
    state = models.CharField(max_length=16, choices=State.choices, default=State.QUEUED)
    quality = models.CharField(max_length=1, choices=QualityChoice.choices, default=QualityChoice.LOW)
    prompt = models.TextField(blank=True)
    draft = models.JSONField(help_text=_("What will be rendered, fixed when the job was submitted."))
    values = models.JSONField(default=dict, blank=True, help_text=_("The knob values asked for."))
    tier = models.CharField(
        max_length=16, choices=Tier.choices, default=Tier.FREE, help_text=_("The owner's when the job was submitted.")
    )
    cost = models.FloatField(default=1.0, help_text=_("Expected core seconds."))
    turn = models.FloatField(default=0.0, help_text=_("Place in line, in virtual seconds; lower goes first."))
    priority = models.SmallIntegerField(default=0, help_text=_("Higher first, among the jobs of one person."))
    reading = models.CharField(
        max_length=64, blank=True, help_text=_("Names what the prompt was read as; see generation.repeats.")
    )
    idempotency_key = models.CharField(max_length=200, blank=True)
    request_digest = models.CharField(max_length=64, blank=True)
    attempt = models.PositiveSmallIntegerField(default=0)
    fence = models.PositiveBigIntegerField(default=0)
    lease_owner = models.CharField(max_length=100, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    cancel_requested = models.BooleanField(default=False)
    dispatched = models.DateTimeField(null=True, blank=True, help_text=_("When a wake-up was last sent."))
    last_seq = models.PositiveIntegerField(default=0)
    fault = models.JSONField(null=True, blank=True)
    created = models.DateTimeField(default=timezone.now, editable=False)
    started = models.DateTimeField(null=True, blank=True)
    finished = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "idempotency_key"], condition=~Q(idempotency_key=""), name="job_idempotency_key"
            ),
            models.CheckConstraint(
                condition=Q(state="running", lease_until__isnull=False)
                | (~Q(state="running") & Q(lease_until__isnull=True)),
                name="job_leased_while_running",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["queued", "running"], finished__isnull=True)
                | Q(state__in=["succeeded", "failed", "cancelled"], finished__isnull=False),
                name="job_finished_when_final",
            ),
        ]
        indexes = [
            models.Index(fields=["owner", "-priority", "created"], condition=Q(state="queued"), name="job_queued"),
            models.Index(fields=["lease_until"], condition=Q(state="running"), name="job_running"),
            models.Index(fields=["turn", "created", "id"], condition=Q(state="queued"), name="job_turn"),
            models.Index(fields=["tier", "turn", "created", "id"], condition=Q(state="queued"), name="job_tier_turn"),
            models.Index(fields=["-started"], condition=Q(started__isnull=False), name="job_recent"),
            models.Index(fields=["owner", "-turn"], name="job_last_turn"),
            models.Index(fields=["owner", "-created"], name="job_newest"),
            models.Index(fields=["owner", "reading"], condition=~Q(reading=""), name="job_reading"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk} ({self.state})"

    @property
    def is_final(self) -> bool:
        """Whether nothing about this job will change any more."""
        return self.state in self.FINAL


class JobEvent(AppendOnly):
    """A numbered fact about a job. Rows are only ever added."""

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="events")
    seq = models.PositiveIntegerField()
    kind = models.CharField(max_length=32)
    data = models.JSONField(default=dict)
    created = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["job", "seq"]
        constraints = [models.UniqueConstraint(fields=["job", "seq"], name="event_number")]

    def __str__(self) -> str:
        return f"{self.job_id} #{self.seq} {self.kind}"


class CheckTick(models.Model):
    """Somebody has checked an item of a revision's card "check before class" herself."""

    revision = models.ForeignKey("projects.Revision", on_delete=models.CASCADE, related_name="ticks")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=16, help_text=_("The item's."))
    created = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["revision", "created"]
        constraints = [models.UniqueConstraint(fields=["revision", "user", "key"], name="check_tick_once")]

    def __str__(self) -> str:
        return f"{self.revision_id} {self.key}"


class Board(Identified):
    """The storyboard of an animation while a teacher changes it: the draft of its next revision.

    `source` is the code that the cards are over; it is empty while a model has yet to write it. `suggested` are the
    cards as they first were. `version` counts the saves: who saves names the one that was read. `job` draws the cards
    as they are; another save parts the two.
    """

    animation = models.OneToOneField("projects.Animation", on_delete=models.CASCADE, related_name="board")
    parent = models.ForeignKey(
        "projects.Revision",
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        help_text=_("The revision that is changed; none before the first."),
    )
    job = models.ForeignKey(Job, on_delete=models.SET_NULL, null=True, related_name="+")
    prompt = models.TextField(blank=True)
    template = models.CharField(max_length=100, blank=True)
    title = models.CharField(max_length=200)
    source = models.TextField(blank=True)
    cards = models.JSONField(default=list)
    suggested = models.JSONField(default=list)
    understood = models.JSONField(default=list)
    language = models.CharField(max_length=8, default=ENGLISH, help_text=_("Of captions, labels and words on screen."))
    sampling = models.JSONField(default=dict, help_text=_("For the model."))
    version = models.PositiveIntegerField(default=0)
    token = models.CharField(max_length=200, blank=True, db_index=True, help_text=_("Of the form that asked for it."))
    updated = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"{self.title} ({len(self.cards)} cards)"


class CodeDraft(Identified):
    """The code of an animation while somebody changes it by hand. `version` counts the saves: who saves names the one
    that was read. Until `held_until` only `editor` may save: two people who type at once would undo each other.
    """

    animation = models.OneToOneField("projects.Animation", on_delete=models.CASCADE, related_name="code_draft")
    base = models.ForeignKey(
        "projects.Revision", on_delete=models.SET_NULL, null=True, related_name="+", help_text=_("It began from this.")
    )
    source = models.TextField()
    version = models.PositiveIntegerField(default=0)
    editor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    held_until = models.DateTimeField(null=True)
    updated = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"{self.animation_id} v{self.version}"


class Worker(models.Model):
    """A worker process that beats. `ready` is False while it refuses work; `fault` says why."""

    name = models.CharField(max_length=100, primary_key=True)
    slots = models.PositiveSmallIntegerField()
    ready = models.BooleanField(default=False)
    fault = models.JSONField(null=True, blank=True)
    started = models.DateTimeField(default=timezone.now, editable=False)
    seen = models.DateTimeField()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
