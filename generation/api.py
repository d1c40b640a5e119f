"""The API of jobs and animations, under /api/v1/. Parsing and answering only; the work is in services and selectors."""

from __future__ import annotations

from typing import Any, cast

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema, extend_schema_view
from rest_framework import status, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import NotFound
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from core.api import ProblemSerializer
from core.errors import DomainError
from generation import exporting, selectors, services
from generation.models import Job
from generation.serializers import (
    AnimationSerializer,
    AnimationSummarySerializer,
    ArtefactSerializer,
    EditRequest,
    EventsSerializer,
    ExportRequest,
    FilmQuery,
    GenerationRequest,
    GenerationSerializer,
    KnobsRequest,
    PlanRequest,
    StoryboardRequest,
)
from generation.throttling import SUBMITTING
from generation.waiting import waiting_note
from projects.models import Animation, Artefact, Project
from projects.selectors import animations_editable_by, artefacts_visible_to, projects_editable_by, variants_for

EVENTS_AT_ONCE = 500
LARGEST_SEQ = 2**31 - 1
LONGEST_KEY = 200

NOT_FOUND = OpenApiResponse(ProblemSerializer, description="Not there, or not yours to see.")
REFUSED = {
    400: OpenApiResponse(ProblemSerializer, description="The request is malformed."),
    404: NOT_FOUND,
    409: OpenApiResponse(
        ProblemSerializer, description="The key was used for another request, or nearly this was made before."
    ),
    422: OpenApiResponse(ProblemSerializer, description="Cannot be made; `data` offers alternatives or a rewrite."),
    429: OpenApiResponse(ProblemSerializer, description="Too many; see Retry-After."),
}
MODEL_AWAY = OpenApiResponse(ProblemSerializer, description="The model does not answer; try again later.")
ID = OpenApiParameter("id", OpenApiTypes.UUID, OpenApiParameter.PATH)
IDEMPOTENCY_KEY = OpenApiParameter(
    "Idempotency-Key",
    OpenApiTypes.STR,
    OpenApiParameter.HEADER,
    description="Any text of up to 200 characters. Sending the same request again with it makes no second job.",
)


class NewestFirst(CursorPagination):
    """Pages that stay put while new rows arrive."""

    page_size = 25
    page_size_query_param = "page_size"
    max_page_size = 100
    ordering = ("-created", "-id")

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> Any:
        """Return one page. Raises NotFound for a cursor that we did not make."""
        try:
            return super().paginate_queryset(queryset, request, view)
        except ValidationError as error:
            raise NotFound(self.invalid_cursor_message) from error


@extend_schema_view(list=extend_schema(summary="Your jobs, newest first."), retrieve=extend_schema(parameters=[ID]))
class GenerationViewSet(viewsets.ReadOnlyModelViewSet[Job]):
    """Jobs: make an animation, follow it, fetch its files, cancel it."""

    serializer_class = GenerationSerializer
    pagination_class = NewestFirst
    lookup_value_converter = "uuid"
    queryset = Job.objects.none()

    def get_queryset(self) -> Any:
        """Return the jobs this user may see."""
        return selectors.jobs_visible_to(self.request.user)

    def get_throttles(self) -> Any:
        """Submitting is dearer than reading."""
        return [throttle() for throttle in SUBMITTING] if self.action in {"create", "plan"} else super().get_throttles()

    @extend_schema(
        summary="Make an animation for a prompt.",
        parameters=[IDEMPOTENCY_KEY],
        request=GenerationRequest,
        responses={202: GenerationSerializer, **REFUSED},
    )
    def create(self, request: Request) -> Response:
        """Queue a job; answers at once, also when the job was queued before under the same key."""
        asked = validated(GenerationRequest(data=request.data))
        template = asked["template"]
        common: dict[str, Any] = {
            "user": cast(User, request.user),
            "prompt": asked["prompt"],
            "project": _project(request, asked["project"]),
            "quality": asked["quality"],
            "idempotency_key": idempotency_key(request),
            "language": asked["language"],
        }
        if template:
            return accepted(services.choose(template=template, **common))
        wish = {
            "writer": asked["writer"],
            "sampling": asked.get("sampling"),
            "storyboard": asked["storyboard"],
            "anew": asked["anew"],
        }
        job = services.submit(**wish, **common)
        return accepted(job)

    @extend_schema(
        summary="A storyboard by the model, to change and send back with the prompt.",
        request=PlanRequest,
        responses={200: StoryboardRequest, 400: REFUSED[400], 422: REFUSED[422], 429: REFUSED[429], 503: MODEL_AWAY},
    )
    @action(detail=False, methods=["post"], url_path="plan", pagination_class=None)
    def plan(self, request: Request) -> Response:
        """Plan the scenes and keep nothing. Answers when the model has, which may take a minute."""
        asked = validated(PlanRequest(data=request.data))
        return Response(
            services.plan(user=cast(User, request.user), prompt=asked["prompt"], sampling=asked.get("sampling"))
        )

    @extend_schema(
        summary="What happened after event number `after`.",
        parameters=[
            ID,
            OpenApiParameter("after", OpenApiTypes.INT, description="Number of the last event you have; default 0."),
        ],
        responses={200: EventsSerializer, 400: REFUSED[400], 404: NOT_FOUND},
    )
    @action(detail=True, pagination_class=None)
    def events(self, request: Request, pk: Any = None) -> Response:
        """Return events in order, at most 500 at once. Poll once a second where sockets are blocked."""
        job = self.get_object()  # its state is read before its events: a final job then has them all
        after = _sequence_number(request.query_params.get("after", "0"))
        events = list(selectors.events_after(job, after)[:EVENTS_AT_ONCE])
        last = events[-1].seq if events else after
        preview = selectors.latest_preview(job)
        body = {
            "state": job.state,
            "events": events,
            "last": last,
            "complete": job.is_final and last >= job.last_seq,
            "preview": f"{reverse('generation-preview', args=[job.pk])}?frame={preview.tag}" if preview else None,
            "film": selectors.latest_reel(job),
            "code": selectors.latest_code(job),
            "waiting": waiting_note(job),
        }
        return Response(EventsSerializer(body).data)

    @extend_schema(
        summary="The latest frame of a job that is being drawn.",
        parameters=[ID],
        responses={(200, "image/jpeg"): OpenApiTypes.BINARY, 404: NOT_FOUND},
    )
    @action(detail=True, pagination_class=None)
    def preview(self, request: Request, pk: Any = None) -> HttpResponseBase:
        """Return a small JPEG."""
        frame = selectors.latest_preview(self.get_object())
        if frame is None:
            raise Http404
        return HttpResponse(frame.jpeg, content_type="image/jpeg", headers={"Cache-Control": "private, no-store"})

    @extend_schema(
        summary="Finished segments of a job that is being drawn.",
        parameters=[ID, FilmQuery],
        responses={(200, "video/mp4"): OpenApiTypes.BINARY, 400: REFUSED[400], 404: NOT_FOUND},
    )
    @action(detail=True, pagination_class=None)
    def film(self, request: Request, pk: Any = None) -> HttpResponseBase:
        """Return segments after `after` up to `to`, put together: fragmented MP4 that can be played as it comes."""
        job = self.get_object()
        found = selectors.film_segments(job, **validated(FilmQuery(data=request.query_params)))
        if found is None:
            raise Http404
        return HttpResponse(found, content_type="video/mp4", headers={"Cache-Control": "private, no-store"})

    @extend_schema(
        summary="The files a job made.",
        parameters=[ID],
        responses={200: ArtefactSerializer(many=True), 404: NOT_FOUND},
    )
    @action(detail=True, pagination_class=None)
    def artefacts(self, request: Request, pk: Any = None) -> Response:
        """Return each file with a link that opens for ten minutes; empty until the job succeeded."""
        job = self.get_object()
        found = (
            variants_for(request.user, artefacts_visible_to(request.user).filter(revision=job.revision_id))
            if job.revision_id
            else Artefact.objects.none()
        )
        return Response(ArtefactSerializer(found, many=True, context=self.get_serializer_context()).data)

    @extend_schema(
        summary="Stop a job.", parameters=[ID], request=None, responses={202: GenerationSerializer, 404: NOT_FOUND}
    )
    @action(detail=True, methods=["post"], pagination_class=None)
    def cancel(self, request: Request, pk: Any = None) -> Response:
        """Ask the job to stop. A job that is over stays as it is; asking again changes nothing."""
        return accepted(services.cancel(user=cast(User, request.user), job=self.get_object()))


@extend_schema_view(
    list=extend_schema(summary="Your animations, newest first."), retrieve=extend_schema(parameters=[ID])
)
class AnimationViewSet(viewsets.ReadOnlyModelViewSet[Animation]):
    """Animations: their code, knobs, scenes and files."""

    pagination_class = NewestFirst
    lookup_value_converter = "uuid"
    queryset = Animation.objects.none()

    def get_queryset(self) -> Any:
        """Return the animations this user may change."""
        return animations_editable_by(self.request.user)

    def get_serializer_class(self) -> Any:
        """Lists are short."""
        return AnimationSummarySerializer if self.action == "list" else AnimationSerializer

    def get_throttles(self) -> Any:
        """Submitting is dearer than reading."""
        return (
            [throttle() for throttle in SUBMITTING]
            if self.action in {"knobs", "exports", "edit"}
            else super().get_throttles()
        )

    @extend_schema(
        summary="Turn knobs and render again.",
        parameters=[ID, IDEMPOTENCY_KEY],
        request=KnobsRequest,
        responses={202: GenerationSerializer, **REFUSED},
    )
    @action(detail=True, methods=["post"], pagination_class=None)
    def knobs(self, request: Request, pk: Any = None) -> Response:
        """Queue the current revision with other values. Only scenes that change are drawn again; it costs no quota."""
        animation = self.get_object()
        asked = validated(KnobsRequest(data=request.data))
        job = services.turn_knobs(
            user=cast(User, request.user),
            animation=animation,
            values=asked["values"],
            quality=asked["quality"],
            idempotency_key=idempotency_key(request),
        )
        return accepted(job)

    @extend_schema(
        summary="Have a file made: slides, hand-out, GIF and more.",
        parameters=[ID, IDEMPOTENCY_KEY],
        request=ExportRequest,
        responses={202: GenerationSerializer, **REFUSED},
    )
    @action(detail=True, methods=["post"], pagination_class=None)
    def exports(self, request: Request, pk: Any = None) -> Response:
        """Queue an export. When the job succeeded its file is among the animation's artefacts; it costs no quota."""
        animation = self.get_object()
        asked = validated(ExportRequest(data=request.data))
        revision = animation.current_revision
        if asked["version"] is not None:
            revision = animation.revisions.filter(number=asked["version"]).first()
        if revision is None:
            raise Http404
        job = exporting.order(
            user=cast(User, request.user),
            revision=revision,
            name=asked["format"],
            idempotency_key=idempotency_key(request),
        )
        return accepted(job)

    @extend_schema(
        summary="Change an animation in words.",
        parameters=[ID, IDEMPOTENCY_KEY],
        request=EditRequest,
        responses={202: GenerationSerializer, **REFUSED},
    )
    @action(detail=True, methods=["post"], pagination_class=None)
    def edit(self, request: Request, pk: Any = None) -> Response:
        """Queue a new version. What knobs can say turns knobs; the rest is written by the model and marked."""
        job = services.edit(
            user=cast(User, request.user),
            animation=self.get_object(),
            words=validated(EditRequest(data=request.data))["words"],
            idempotency_key=idempotency_key(request),
        )
        return accepted(job)


def validated(serializer: Any) -> dict[str, Any]:
    """What was sent, checked."""
    serializer.is_valid(raise_exception=True)
    data: dict[str, Any] = serializer.validated_data
    return data


def accepted(job: Job) -> Response:
    """The answer to a request that queued a job."""
    body = GenerationSerializer(job).data
    return Response(body, status=status.HTTP_202_ACCEPTED, headers={"Location": body["links"]["self"]})


def _project(request: Request, project_id: Any) -> Project | None:
    if project_id is None:
        return None
    project = projects_editable_by(request.user).filter(pk=project_id).first()
    if project is None:
        raise Http404
    return project


def idempotency_key(request: Request) -> str:
    """The key that makes a repeat harmless, empty where none was sent. Raises DomainError."""
    key: str = request.headers.get("Idempotency-Key", "").strip()
    if len(key) > LONGEST_KEY or not key.isprintable():
        raise DomainError(
            "idempotency_key",
            _("This idempotency key cannot be used."),
            hint=_("Use up to 200 printable characters, for example a UUID."),
        )
    return key


def _sequence_number(raw: str) -> int:
    if raw.isascii() and raw.isdigit() and int(raw[:12]) <= LARGEST_SEQ and len(raw) <= 10:
        return int(raw)
    raise DomainError("after", _("“after” must be the number of an event."), hint=_("Send 0 for all events."))
