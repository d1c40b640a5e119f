"""Where training data comes from, what was made of it, and what may be served. Rows themselves are in shard files.

A dataset has the lane of its worst source, a model that of its worst dataset: `training.lanes`.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.models import Identified, TimeStamped


class LaneChoice(models.TextChoices):
    """`training.lanes.Lane`, with the words for people."""

    COMMERCIAL = "commercial", _("Commercial")
    RESEARCH_NC = "research_nc", _("Research only, not commercial")
    BLOCKED = "blocked", _("Blocked")


class Source(Identified, TimeStamped):
    """Something rows are taken from, at one version, with the licence and what bears it out."""

    name = models.CharField(_("name"), max_length=120)
    version = models.CharField(_("version or commit"), max_length=80)
    licence = models.CharField(_("licence"), max_length=64, blank=True, help_text=_("SPDX identifier."))
    evidence = models.TextField(_("evidence"), blank=True, help_text=_("Where the licence is stated: a file, its sum."))
    lane = models.CharField(_("lane"), max_length=16, choices=LaneChoice.choices, default=LaneChoice.BLOCKED)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        ordering = ["name", "-created"]
        constraints = [models.UniqueConstraint(fields=["name", "version"], name="source_once_per_version")]

    def __str__(self) -> str:
        return f"{self.name} {self.version}"


class DatasetVersion(Identified, TimeStamped):
    """A folder of shards, named by the sum of its manifest: the same inputs give the same name."""

    name = models.CharField(_("name"), max_length=120)
    manifest_sha256 = models.CharField(_("sum of the manifest"), max_length=64, unique=True)
    folder = models.CharField(_("folder"), max_length=500, help_text=_("Where the shards lie on this machine."))
    manifest = models.JSONField(_("manifest"), default=dict)
    card = models.TextField(_("card"), blank=True)
    lane = models.CharField(_("lane"), max_length=16, choices=LaneChoice.choices, default=LaneChoice.BLOCKED)
    rows = models.PositiveIntegerField(_("rows"), default=0)
    tokens = models.PositiveBigIntegerField(_("tokens"), default=0)
    sources = models.ManyToManyField(Source, related_name="datasets")

    class Meta:
        ordering = ["-created"]

    def __str__(self) -> str:
        return f"{self.name} {self.manifest_sha256[:12]}"


class Sample(models.Model):
    """One row of a dataset, without its text: enough to find it, count it and know where it came from."""

    dataset = models.ForeignKey(DatasetVersion, on_delete=models.CASCADE, related_name="samples")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="samples")
    digest = models.CharField(max_length=64, help_text=_("Sum of the messages."))
    task = models.CharField(max_length=16)
    family = models.CharField(max_length=80)
    split = models.CharField(max_length=16)
    lane = models.CharField(max_length=16, choices=LaneChoice.choices)
    tokens = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dataset", "digest"], name="sample_once_per_dataset")]
        indexes = [models.Index(fields=["dataset", "task", "split"], name="sample_counts")]

    def __str__(self) -> str:
        return f"{self.task} {self.digest[:12]}"


class TrainingRun(Identified, TimeStamped):
    """One fine-tuning from a base model on datasets."""

    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")
        RUNNING = "running", _("Running")
        STOPPED = "stopped", _("Stopped, can go on")
        SUCCEEDED = "succeeded", _("Done")
        FAILED = "failed", _("Failed")

    name = models.CharField(_("name"), max_length=120)
    method = models.CharField(_("method"), max_length=16, default="sft")
    base = models.CharField(_("base model"), max_length=200)
    base_licence = models.CharField(_("licence of the base model"), max_length=64, blank=True)
    base_sha256 = models.CharField(_("sum of the base model"), max_length=64, blank=True)
    parent = models.ForeignKey(
        "ModelArtifact",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="runs",
        help_text=_("Begun from."),
    )
    datasets = models.ManyToManyField(DatasetVersion, related_name="runs")
    recipe = models.JSONField(_("recipe"), default=dict)
    state = models.CharField(_("state"), max_length=16, choices=State.choices, default=State.PLANNED)
    metrics = models.JSONField(_("metrics"), default=list, help_text=_("One object a logged step: step, loss, ..."))
    device = models.CharField(_("device"), max_length=120, blank=True)
    folder = models.CharField(_("folder"), max_length=500, blank=True)
    problem = models.TextField(_("what went wrong"), blank=True)
    started = models.DateTimeField(_("started"), null=True, blank=True)
    finished = models.DateTimeField(_("finished"), null=True, blank=True)

    class Meta:
        ordering = ["-created"]

    def __str__(self) -> str:
        return self.name


class ModelArtifact(Identified, TimeStamped):
    """A model that can be served. `name` and `version` are what serving asks for; see `training.registry`."""

    class Kind(models.TextChoices):
        ADAPTER = "adapter", _("LoRA adapter (PEFT)")
        GGUF_ADAPTER = "gguf_adapter", _("LoRA adapter (GGUF)")
        MERGED = "merged", _("Merged model")
        GGUF = "gguf", _("Whole model (GGUF)")

    class State(models.TextChoices):
        REGISTERED = "registered", _("Registered")
        PROMOTED = "promoted", _("Promoted")
        RETIRED = "retired", _("Retired")

    name = models.CharField(_("name"), max_length=120, help_text=_("As requests name it."))
    version = models.PositiveIntegerField(_("version"), default=1)
    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices)
    state = models.CharField(_("state"), max_length=16, choices=State.choices, default=State.REGISTERED)
    base = models.CharField(_("base model"), max_length=200)
    base_licence = models.CharField(_("licence of the base model"), max_length=64, blank=True)
    run = models.ForeignKey(TrainingRun, on_delete=models.PROTECT, null=True, blank=True, related_name="artifacts")
    datasets = models.ManyToManyField(DatasetVersion, blank=True, related_name="artifacts")
    path = models.CharField(_("path"), max_length=500, blank=True)
    sha256 = models.CharField(_("sum"), max_length=64, db_index=True)
    size_bytes = models.PositiveBigIntegerField(_("size in bytes"), default=0)
    lane = models.CharField(_("lane"), max_length=16, choices=LaneChoice.choices, default=LaneChoice.BLOCKED)
    card = models.TextField(_("card"), blank=True)

    class Meta:
        ordering = ["name", "-version", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["name", "version", "kind"], name="artifact_once_per_version"),
            models.UniqueConstraint(
                fields=["name", "kind"], condition=Q(state="promoted"), name="artifact_one_promoted_per_name"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} v{self.version} ({self.kind})"


class Permission(Identified, TimeStamped):
    """A written permission of those who hold the rights, recorded by an administrator."""

    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, related_name="permissions", help_text=_("What the permission is about.")
    )
    document = models.CharField(
        _("document"), max_length=300, help_text=_("Where the signed document is kept, so that an auditor finds it.")
    )
    granted_by = models.CharField(_("granted by"), max_length=200, help_text=_("Who holds the rights and signed."))
    scope = models.TextField(_("scope"), help_text=_("What it allows, in the document's own words."))
    granted_on = models.DateField(_("granted on"))
    ends_on = models.DateField(_("ends on"), null=True, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", help_text=_("See the audit.")
    )
    revoked = models.DateTimeField(_("revoked"), null=True, blank=True)

    class Meta:
        ordering = ["-created"]

    def __str__(self) -> str:
        return self.document


class Evaluation(Identified, TimeStamped):
    """A model, or the base it came from, on one suite."""

    artifact = models.ForeignKey(
        ModelArtifact, on_delete=models.CASCADE, null=True, blank=True, related_name="evaluations"
    )
    model = models.CharField(_("model"), max_length=200, help_text=_("As the server calls it."))
    suite = models.CharField(_("suite"), max_length=120)
    suite_sha256 = models.CharField(_("sum of the suite"), max_length=64)
    samples = models.PositiveIntegerField(_("samples"), default=0)
    scores = models.JSONField(_("scores"), default=dict, help_text=_("Name to rate with its interval."))
    manifest = models.JSONField(_("manifest"), default=dict, help_text=_("Sums, versions and sampling."))
    report = models.CharField(_("report"), max_length=500, blank=True)

    class Meta:
        ordering = ["-created"]

    def __str__(self) -> str:
        return f"{self.model} on {self.suite}"


class FeedbackEvent(Identified, TimeStamped):
    """What somebody who consented did with a generation. It leaves with the account, or when consent is withdrawn."""

    class Kind(models.TextChoices):
        ACCEPTED = "accepted", _("Accepted")
        EDITED = "edited", _("Edited")
        REGENERATED = "regenerated", _("Made again")
        RATED_UP = "rated_up", _("Rated good")
        RATED_DOWN = "rated_down", _("Rated bad")
        REPAIRED = "repaired", _("Repaired")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices)
    subject = models.CharField(_("subject"), max_length=64, help_text=_("The revision or job it is about."))
    prompt = models.TextField(_("prompt"))
    before = models.TextField(_("code before"), blank=True)
    after = models.TextField(_("code after"), blank=True)
    model = models.CharField(_("model"), max_length=200, blank=True, help_text=_("Which model or template wrote it."))
    faults = models.JSONField(_("faults"), default=list, help_text=_("Of the code before, where it did not run."))
    consent_version = models.CharField(_("version of the consent"), max_length=40)
    likeness = models.CharField(
        max_length=64,
        blank=True,
        db_index=True,
        help_text=_("The same for code that differs in names and values only."),
    )

    class Meta:
        ordering = ["created"]
        indexes = [models.Index(fields=["user", "kind"], name="feedback_of_user")]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"


class ShadowRun(Identified, TimeStamped):
    """What another adapter made of a request that was answered already. It is measured and shown to nobody.

    Neither the request nor the code is kept.
    """

    job = models.UUIDField(_("job"), db_index=True)
    served = models.CharField(_("adapter that was shown"), max_length=200, blank=True)
    adapter = models.CharField(_("adapter in the shadow"), max_length=200)
    first_try = models.BooleanField(_("ran as first written"), default=False)
    ran = models.BooleanField(_("ran in the end"), default=False)
    codes = models.JSONField(_("reasons against it"), default=list)
    blemishes = models.PositiveIntegerField(_("layout faults"), default=0)
    tokens = models.PositiveIntegerField(_("tokens"), default=0)
    seconds = models.FloatField(_("seconds"), default=0.0)

    class Meta:
        ordering = ["-created"]
        constraints = [models.UniqueConstraint(fields=["job", "adapter"], name="shadow_once_per_job")]

    def __str__(self) -> str:
        return f"{self.adapter} {self.job}"
