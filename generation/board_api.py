"""The API of storyboards: begin one, change it, draw it. Parsing and answering only; the work is in `boards`."""

from __future__ import annotations

from typing import Any, cast

from django.http import Http404
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import User
from core.api import ProblemSerializer
from generation import board_rules, boards, writing
from generation.api import IDEMPOTENCY_KEY, MODEL_AWAY, REFUSED, accepted, idempotency_key, validated
from generation.models import Board, Job
from generation.serializers import GenerationSerializer, SamplingRequest
from generation.throttling import SUBMITTING
from projects.models import Animation
from projects.selectors import animations_editable_by

CHANGED = OpenApiResponse(ProblemSerializer, description="Somebody saved meanwhile; `data.version` is the newest.")


class BoardRequest(serializers.Serializer[Any]):
    """What the storyboard is to be about."""

    prompt = serializers.CharField(allow_blank=True, trim_whitespace=False, help_text="The idea, in a teacher's words.")
    template = serializers.CharField(default="", allow_blank=True, max_length=100)
    writer = serializers.ChoiceField(choices=[writing.LIBRARY, writing.SERVED], default="", allow_blank=True)
    sampling = SamplingRequest(required=False, help_text="For the model.")


class CardSerializer(serializers.Serializer[Any]):
    """A card. Names in braces in `heading` and `lines` are values of the animation; keep those you want shown."""

    name = serializers.CharField()
    kind = serializers.ChoiceField(choices=["scene", "words", "planned"], read_only=True)
    title = serializers.CharField(required=False, allow_blank=True)
    heading = serializers.CharField(required=False, allow_blank=True, help_text="What stands above the scene.")
    lines = serializers.ListField(
        child=serializers.CharField(allow_blank=True), required=False, help_text="What it says, or its rows of text."
    )
    shown = serializers.CharField(required=False, allow_blank=True)
    said = serializers.CharField(required=False, allow_blank=True)
    seconds = serializers.FloatField(required=False)
    pinned = serializers.BooleanField(required=False, help_text="Stays when scenes are suggested anew.")
    left_out = serializers.BooleanField(required=False, help_text="Stays on the board but is not drawn.")


class ProblemOfBoardSerializer(serializers.Serializer[Any]):
    """What keeps the storyboard from being drawn."""

    card = serializers.CharField(allow_blank=True)
    field = serializers.CharField(allow_blank=True)
    message = serializers.CharField()


class BoardSerializer(serializers.ModelSerializer[Board]):
    """A storyboard while it is changed."""

    scenes = CardSerializer(source="cards", many=True)
    problems = serializers.SerializerMethodField()

    class Meta:
        model = Board
        fields = ("animation", "version", "prompt", "title", "understood", "scenes", "problems")
        read_only_fields = fields

    def get_problems(self, board: Board) -> list[dict[str, str]]:
        """Return what has to be changed before it can be drawn."""
        return board_rules.as_json(boards.problems(board))


class VersionRequest(serializers.Serializer[Any]):
    """The version that was read."""

    version = serializers.IntegerField(min_value=0)


class SaveRequest(VersionRequest):
    """The storyboard as it is to be: its scenes in order. Scenes that are not sent are left out."""

    title = serializers.CharField(allow_blank=True)
    scenes = CardSerializer(many=True)


class AddRequest(VersionRequest):
    """One more scene: an empty card, or with `idea` those of another animation of the library."""

    idea = serializers.CharField(default="", allow_blank=True, help_text="What comes then, in a teacher's words.")
    template = serializers.CharField(default="", allow_blank=True, max_length=100)


class DrawRequest(VersionRequest):
    """What to draw."""

    quality = serializers.ChoiceField(choices=Job.QualityChoice.choices, default="", allow_blank=True)


class _BoardView(APIView):
    """Common to everything under one animation's storyboard."""

    def animation(self, animation_id: Any) -> Animation:
        """The animation, where this user may see it."""
        found = animations_editable_by(self.request.user).filter(pk=animation_id).first()
        if found is None:
            raise Http404
        return found

    def asked(self, request: Request, animation_id: Any) -> dict[str, Any]:
        """Who asks, and about what."""
        return {"by": cast(User, request.user), "animation": self.animation(animation_id)}


class BoardsView(APIView):
    """Storyboards of new animations."""

    throttle_classes = SUBMITTING

    @extend_schema(
        summary="Begin a storyboard for a prompt; nothing is drawn yet.",
        operation_id="storyboards_create",
        parameters=[IDEMPOTENCY_KEY],
        request=BoardRequest,
        responses={201: BoardSerializer, 400: REFUSED[400], 422: REFUSED[422], 429: REFUSED[429]},
    )
    def post(self, request: Request) -> Response:
        """Answer with the library's scenes; for the model they are empty until `suggest`."""
        asked = validated(BoardRequest(data=request.data))
        board = boards.start(user=cast(User, request.user), token=idempotency_key(request), **asked)
        return Response(BoardSerializer(board).data, status=status.HTTP_201_CREATED)


class BoardView(_BoardView):
    """The storyboard of an animation."""

    @extend_schema(
        summary="The storyboard of an animation, to be changed.",
        operation_id="storyboard_retrieve",
        responses={200: BoardSerializer, 404: REFUSED[404], 409: REFUSED[409]},
    )
    def get(self, request: Request, animation_id: Any) -> Response:
        """Answer with the draft as it was saved, else with the newest revision's scenes."""
        return Response(BoardSerializer(boards.board_of(self.animation(animation_id))).data)

    @extend_schema(
        summary="Save a storyboard.",
        operation_id="storyboard_update",
        request=SaveRequest,
        responses={200: BoardSerializer, 400: REFUSED[400], 404: REFUSED[404], 409: CHANGED, 422: REFUSED[422]},
    )
    def put(self, request: Request, animation_id: Any) -> Response:
        """Keep it as it is sent, also where it cannot be drawn yet: `problems` say why."""
        asked = self.asked(request, animation_id)
        sent = validated(SaveRequest(data=request.data))
        board = boards.save(version=sent["version"], content=sent, **asked)
        return Response(BoardSerializer(board).data)


class BoardScenesView(_BoardView):
    """Scenes that are added."""

    @extend_schema(
        summary="Add a scene to a storyboard.",
        operation_id="storyboard_add",
        request=AddRequest,
        responses={200: BoardSerializer, 400: REFUSED[400], 404: REFUSED[404], 409: CHANGED, 422: REFUSED[422]},
    )
    def post(self, request: Request, animation_id: Any) -> Response:
        """Add an empty card, or the scenes of another idea."""
        asked = self.asked(request, animation_id)
        sent = validated(AddRequest(data=request.data))
        if sent["idea"] or sent["template"]:
            idea = {"words": sent["idea"], "template": sent["template"]}
            return Response(BoardSerializer(boards.add_idea(version=sent["version"], **idea, **asked)).data)
        return Response(BoardSerializer(boards.add_card(version=sent["version"], **asked)).data)


class BoardSuggestView(_BoardView):
    """Scenes that are suggested anew."""

    throttle_classes = SUBMITTING

    @extend_schema(
        summary="Suggest the scenes anew; pinned ones stay.",
        operation_id="storyboard_suggest",
        request=VersionRequest,
        responses={200: BoardSerializer, 404: REFUSED[404], 409: CHANGED, 422: REFUSED[422], 503: MODEL_AWAY},
    )
    def post(self, request: Request, animation_id: Any) -> Response:
        """Ask the model again, or bring the library's scenes back as they were."""
        asked = self.asked(request, animation_id)
        board = boards.suggest(version=validated(VersionRequest(data=request.data))["version"], **asked)
        return Response(BoardSerializer(board).data)


class BoardDrawView(_BoardView):
    """Drawing what a storyboard shows."""

    throttle_classes = SUBMITTING

    @extend_schema(
        summary="Draw a storyboard.",
        operation_id="storyboard_draw",
        parameters=[IDEMPOTENCY_KEY],
        request=DrawRequest,
        responses={202: GenerationSerializer, **REFUSED},
    )
    def post(self, request: Request, animation_id: Any) -> Response:
        """Queue a job. Only scenes that changed are drawn; `data.problems` says what has to be changed first."""
        asked = self.asked(request, animation_id)
        sent = validated(DrawRequest(data=request.data))
        return accepted(boards.draw(idempotency_key=idempotency_key(request), **sent, **asked))
