"""JSON of the API: what comes in, and what goes out. Nothing here writes."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from generation import film, signing, writing
from generation.engine import knobs
from generation.engine.checking.card import Kind
from generation.engine.checking.judging import Verdict
from generation.engine.exports.formats import FORMATS
from generation.engine.languages import ENGLISH, LANGUAGES
from generation.engine.served.replies import LENGTHS, MOST_SCENES, SECONDS
from generation.engine.served.request import BOUNDS
from generation.engine.served.wishes import LONGEST
from generation.engine.types import KnobKind
from generation.faults import translated
from generation.models import Job, JobEvent
from projects.models import Animation, Artefact
from projects.selectors import variants_for

SEGMENTS_AT_ONCE = 50


# --- In ------------------------------------------------------------------------------------------
def _bounds(name: str) -> dict[str, Any]:
    low, high = BOUNDS[name]
    return {"required": False, "min_value": low, "max_value": high}


class SamplingRequest(serializers.Serializer[Any]):
    """How the model chooses its words. Values out of bounds, and names that are not listed, are refused."""

    temperature = serializers.FloatField(**_bounds("temperature"))
    top_p = serializers.FloatField(**_bounds("top_p"))
    max_tokens = serializers.IntegerField(**_bounds("max_tokens"))
    seed = serializers.IntegerField(**_bounds("seed"))

    def to_internal_value(self, data: Any) -> Any:
        """Refuse what is not listed, such as `n`: a parameter that is passed over in silence misleads."""
        unknown = sorted(set(data) - set(self.fields)) if isinstance(data, dict) else []
        if unknown:
            raise serializers.ValidationError({name: _("There is no such parameter.") for name in unknown})
        return super().to_internal_value(data)


class SceneRequest(serializers.Serializer[Any]):
    """A scene of a storyboard that the model is to follow."""

    title = serializers.CharField(max_length=LENGTHS["title"])
    shown = serializers.CharField(max_length=LENGTHS["shown"], help_text="What is drawn and how it moves.")
    said = serializers.CharField(max_length=LENGTHS["said"], help_text="What is said meanwhile.")
    seconds = serializers.FloatField(min_value=SECONDS[0], max_value=SECONDS[1])


class StoryboardRequest(serializers.Serializer[Any]):
    """A storyboard that the model is to follow."""

    title = serializers.CharField(max_length=LENGTHS["title"])
    scenes = serializers.ListField(child=SceneRequest(), min_length=1, max_length=MOST_SCENES)


class GenerationRequest(serializers.Serializer[Any]):
    """What to make."""

    prompt = serializers.CharField(allow_blank=True, trim_whitespace=False, help_text="The idea, in a teacher's words.")
    quality = serializers.ChoiceField(choices=Job.QualityChoice.choices, default=Job.QualityChoice.LOW)
    template = serializers.CharField(
        default="",
        allow_blank=True,
        max_length=100,
        help_text="One of the alternatives offered for this prompt; else empty.",
    )
    project = serializers.UUIDField(
        required=False, allow_null=True, default=None, help_text="Where to keep it; else the project used last."
    )
    writer = serializers.ChoiceField(
        choices=[writing.LIBRARY, writing.SERVED],
        default="",
        allow_blank=True,
        help_text="Without it, the library where it is sure, else the model where there is one.",
    )
    anew = serializers.BooleanField(
        default=False, help_text="Make it even where you made the same, or nearly the same, before."
    )
    language = serializers.ChoiceField(
        choices=list(LANGUAGES.items()),
        default="",
        allow_blank=True,
        help_text="Of captions and labels, for the library; without it, as the prompt asks or is written.",
    )
    sampling = SamplingRequest(required=False, help_text="For the model.")
    storyboard = StoryboardRequest(required=False, allow_null=True, default=None, help_text="For the model to follow.")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Refuse sampling parameters beside `sampling`, where they would do nothing."""
        astray = [name for name in (*BOUNDS, "n") if name in self.initial_data]
        if astray:
            raise serializers.ValidationError({name: _("Put it into `sampling`.") for name in astray})
        return attrs


class PlanRequest(serializers.Serializer[Any]):
    """What to plan."""

    prompt = serializers.CharField(allow_blank=True, trim_whitespace=False, help_text="The idea, in a teacher's words.")
    sampling = SamplingRequest(required=False, help_text="For the model.")


class FilmQuery(serializers.Serializer[Any]):
    """Which segments of a video to fetch."""

    run = serializers.IntegerField(min_value=0, help_text="As in `film` of the events.")
    scene = serializers.CharField(help_text="Name of the scene.")
    after = serializers.IntegerField(min_value=0, default=0, help_text="Number of the last segment you have.")
    to = serializers.IntegerField(min_value=1, help_text="Number of the last segment you want.")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Refuse a range of segments that has none or very many."""
        if not attrs["after"] < attrs["to"] <= attrs["after"] + SEGMENTS_AT_ONCE:
            raise serializers.ValidationError(
                {"to": _("Ask for 1 to %(most)d segments at once.") % {"most": SEGMENTS_AT_ONCE}}
            )
        return attrs


class ExportRequest(serializers.Serializer[Any]):
    """What to take away."""

    format = serializers.ChoiceField(choices=sorted(FORMATS))
    version = serializers.IntegerField(
        required=False, allow_null=True, default=None, min_value=1, help_text="Number of the revision; else the newest."
    )


class KnobsRequest(serializers.Serializer[Any]):
    """Which knobs to turn."""

    values = serializers.DictField(help_text="New values by the knobs' names; the other knobs stay as they are.")
    quality = serializers.ChoiceField(
        choices=Job.QualityChoice.choices,
        default="",
        allow_blank=True,
        help_text="Without it, the best quality that the current revision was drawn in.",
    )


class EditRequest(serializers.Serializer[Any]):
    """What to change, in words."""

    words = serializers.CharField(
        max_length=LONGEST, help_text="For example “rectangles red” or “use sin x from 0 to pi”."
    )


# --- Out -----------------------------------------------------------------------------------------
class FaultSerializer(serializers.Serializer[Any]):
    """Why something did not work."""

    code = serializers.CharField()
    message = serializers.CharField()
    hint = serializers.CharField(allow_blank=True)
    scene = serializers.CharField(allow_blank=True)
    line = serializers.IntegerField(allow_null=True)
    log = serializers.CharField(allow_blank=True)


class GenerationSerializer(serializers.ModelSerializer[Job]):
    """A job."""

    title = serializers.CharField(source="animation.title", read_only=True)
    fault = serializers.SerializerMethodField()
    last_event = serializers.IntegerField(source="last_seq", read_only=True, help_text="The newest event's number.")
    made_before = serializers.BooleanField(
        read_only=True, help_text="Whether this is an earlier job of yours that made just what you asked for."
    )
    links = serializers.SerializerMethodField()

    class Meta:
        model = Job
        fields = (
            "id",
            "kind",
            "state",
            "title",
            "prompt",
            "quality",
            "values",
            "animation",
            "revision",
            "attempt",
            "cancel_requested",
            "fault",
            "last_event",
            "made_before",
            "created",
            "started",
            "finished",
            "links",
        )
        read_only_fields = fields

    @extend_schema_field(FaultSerializer(allow_null=True))
    def get_fault(self, job: Job) -> dict[str, Any] | None:
        """Return why the job failed."""
        return translated(job.fault)

    @extend_schema_field({"type": "object", "additionalProperties": {"type": "string"}})
    def get_links(self, job: Job) -> dict[str, str]:
        """Return the addresses that belong to the job."""
        rest = {name: reverse(f"generation-{name}", args=[job.pk]) for name in LINKS}
        return {"self": reverse("generation-detail", args=[job.pk]), **rest, "socket": f"/ws/jobs/{job.pk}/"}


LINKS = ("events", "preview", "film", "artefacts", "cancel")


class EventSerializer(serializers.ModelSerializer[JobEvent]):
    """A numbered fact about a job."""

    data = serializers.DictField()  # type: ignore[assignment] # `data` is a field of ours here

    class Meta:
        model = JobEvent
        fields = ("seq", "kind", "data", "created")
        read_only_fields = fields


class WaitingSerializer(serializers.Serializer[Any]):
    """Why a job has not begun."""

    state = serializers.ChoiceField(choices=["ready", "refusing", "no_worker"])
    message = serializers.CharField()
    hint = serializers.CharField(allow_blank=True)
    waiting = serializers.IntegerField(help_text="Jobs in line, of everybody.")


class SceneReelSerializer(serializers.Serializer[Any]):
    """How much of a scene can be played."""

    name = serializers.CharField()
    segments = serializers.IntegerField(help_text="Segments 1 to this number can be fetched; 1 is the init segment.")
    state = serializers.ChoiceField(
        choices=[film.DRAWING, film.WHOLE, film.CUT, film.FAILED],
        help_text="More may come; all are there; the rest is not kept; not part of the video.",
    )


class ReelSerializer(serializers.Serializer[Any]):
    """How much of the video can be played while the rest is drawn. With another `run` all begins anew."""

    run = serializers.IntegerField()
    scenes = SceneReelSerializer(many=True)


class EventsSerializer(serializers.Serializer[Any]):
    """What happened after the event asked from. Ask again with `after=last` until `complete`."""

    state = serializers.ChoiceField(choices=Job.State.choices)
    events = EventSerializer(many=True)
    last = serializers.IntegerField(help_text="The number of the last event in this answer.")
    complete = serializers.BooleanField(help_text="True when no event will follow.")
    preview = serializers.CharField(
        allow_null=True, help_text="Address of the latest frame; it changes with the frame."
    )
    film = ReelSerializer(allow_null=True)
    code = serializers.DictField(
        child=serializers.CharField(),
        allow_null=True,
        help_text="What a model has written so far, by scene; not checked yet.",
    )
    waiting = WaitingSerializer(allow_null=True)


class ArtefactSerializer(serializers.ModelSerializer[Artefact]):
    """A file, with a link that opens for ten minutes."""

    name = serializers.SerializerMethodField()
    url = serializers.SerializerMethodField(help_text="Good for ten minutes, for you; add ?inline=1 to play it.")

    class Meta:
        model = Artefact
        fields = (
            "id",
            "kind",
            "quality",
            "variant",
            "name",
            "size",
            "sha256",
            "content_type",
            "seconds",
            "created",
            "url",
        )
        read_only_fields = fields

    def get_name(self, artefact: Artefact) -> str:
        """Return the name to save it under."""
        return signing.file_name(artefact)

    @extend_schema_field(OpenApiTypes.URI_REF)
    def get_url(self, artefact: Artefact) -> str:
        """Return the signed address."""
        return signing.artefact_path(artefact, self.context["request"].user)


class KnobSerializer(serializers.Serializer[Any]):
    """A knob of the current revision."""

    name = serializers.CharField()
    kind = serializers.ChoiceField(choices=[kind.value for kind in KnobKind])
    value = serializers.JSONField()
    label = serializers.CharField()  # type: ignore[assignment] # `label` is a field of ours here
    unit = serializers.CharField(allow_blank=True)
    minimum = serializers.FloatField(allow_null=True)
    maximum = serializers.FloatField(allow_null=True)
    step = serializers.FloatField(allow_null=True)
    choices = serializers.ListField(child=serializers.CharField())
    help = serializers.CharField(allow_blank=True)
    scenes = serializers.ListField(child=serializers.CharField())


class SceneSerializer(serializers.Serializer[Any]):
    """A scene of the current revision, with its place in the video."""

    name = serializers.CharField()
    title = serializers.CharField()
    shown = serializers.CharField(allow_blank=True)
    said = serializers.CharField(allow_blank=True)
    seconds = serializers.FloatField()
    start = serializers.FloatField(default=0.0)
    state = serializers.CharField(default="rendered")
    fault = FaultSerializer(allow_null=True, default=None)


class CheckSerializer(serializers.Serializer[Any]):
    """Something to check before the animation is shown to a class."""

    key = serializers.CharField(help_text="Stays the same as long as the item says the same.")
    kind = serializers.ChoiceField(choices=[kind.value for kind in Kind])
    text = serializers.CharField()
    tex = serializers.BooleanField(help_text="Whether the text is TeX.")
    scene = serializers.CharField(allow_blank=True, help_text="Name of the scene; empty for the whole animation.")
    seconds = serializers.FloatField(help_text="From the start of the scene.")
    verdict = serializers.ChoiceField(
        choices=[verdict.value for verdict in Verdict],
        help_text="`unknown`: not recomputed; nothing is claimed about it.",
    )
    note = serializers.CharField(allow_blank=True, help_text="How it was recomputed, or what is wrong.")
    value = serializers.CharField(allow_blank=True, help_text="What it should be, where it is wrong.")


class AnimationSummarySerializer(serializers.ModelSerializer[Animation]):
    """An animation in a list."""

    class Meta:
        model = Animation
        fields = ("id", "title", "project", "current_revision", "created", "updated")
        read_only_fields = fields


class AnimationSerializer(AnimationSummarySerializer):
    """An animation as its current revision has it; before the first one the lists are empty."""

    revision = serializers.SerializerMethodField()
    prompt = serializers.CharField(source="current_revision.prompt", default="", read_only=True)
    understood = serializers.ListField(
        source="current_revision.understood", child=serializers.CharField(), default=list, read_only=True
    )
    language = serializers.SerializerMethodField()
    code = serializers.CharField(source="current_revision.source", default="", read_only=True)
    knobs = serializers.SerializerMethodField()
    scenes = serializers.SerializerMethodField()
    checks = serializers.SerializerMethodField()
    artefacts = serializers.SerializerMethodField()
    latest_generation = serializers.SerializerMethodField()

    class Meta(AnimationSummarySerializer.Meta):
        fields = (  # type: ignore[assignment] # longer than its parent's
            *AnimationSummarySerializer.Meta.fields,
            "revision",
            "prompt",
            "understood",
            "language",
            "code",
            "knobs",
            "scenes",
            "checks",
            "artefacts",
            "latest_generation",
        )
        read_only_fields = fields  # type: ignore[assignment] # as above

    def get_revision(self, animation: Animation) -> int | None:
        """Return the number of the current revision."""
        return animation.current_revision.number if animation.current_revision else None

    @extend_schema_field(serializers.ChoiceField(choices=list(LANGUAGES.items())))
    def get_language(self, animation: Animation) -> str:
        """Return the language of captions and labels."""
        revision = animation.current_revision
        return str(revision.storyboard.get("language", ENGLISH)) if revision else ENGLISH

    @extend_schema_field(KnobSerializer(many=True))
    def get_knobs(self, animation: Animation) -> Any:
        """Return the knobs as the code declares them."""
        revision = animation.current_revision
        found = knobs.extract(revision.source) if revision else ()
        return KnobSerializer([asdict(knob) for knob in found], many=True).data

    @extend_schema_field(SceneSerializer(many=True))
    def get_scenes(self, animation: Animation) -> Any:
        """Return the scenes in order."""
        revision = animation.current_revision
        return SceneSerializer(revision.storyboard.get("scenes", []) if revision else [], many=True).data

    @extend_schema_field(CheckSerializer(many=True))
    def get_checks(self, animation: Animation) -> Any:
        """Return what to check before class, what is wrong first."""
        revision = animation.current_revision
        return CheckSerializer(revision.storyboard.get("checks", []) if revision else [], many=True).data

    @extend_schema_field(ArtefactSerializer(many=True))
    def get_artefacts(self, animation: Animation) -> Any:
        """Return the files of the current revision."""
        revision = animation.current_revision
        files = Artefact.objects.filter(revision=revision) if revision else Artefact.objects.none()
        found = variants_for(self.context["request"].user, files).select_related("revision")
        return ArtefactSerializer(found, many=True, context=self.context).data

    @extend_schema_field(OpenApiTypes.UUID)
    def get_latest_generation(self, animation: Animation) -> str | None:
        """Return the newest job, which may still run."""
        newest = animation.jobs.order_by("-created", "-id").values_list("pk", flat=True).first()
        return str(newest) if newest else None
