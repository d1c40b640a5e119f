"""Views that go wrong in every way an API view can."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import path
from rest_framework import exceptions, serializers
from rest_framework.decorators import api_view, permission_classes
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from core.errors import DomainError

handler404 = "core.views.not_found"
handler500 = "core.views.server_error"


class Point(serializers.Serializer[Any]):
    x = serializers.FloatField()
    names = serializers.ListField(child=serializers.CharField(max_length=3), required=False)


@api_view(["POST"])
@permission_classes([AllowAny])
def validate(request: Request) -> Response:
    point = Point(data=request.data)
    point.is_valid(raise_exception=True)
    return Response(point.data)


@api_view(["GET"])
def private(request: Request) -> Response:
    return Response({"email": request.user.email, "auth": type(request.auth).__name__})  # type: ignore[union-attr]


ERRORS: dict[str, Exception] = {
    "domain": DomainError("unclear", "Which pendulum?", status=422, hint="Name one.", data={"alternatives": ["a"]}),
    "http404": Http404("secret details"),
    "denied": PermissionDenied("secret details"),
    "throttled": exceptions.Throttled(wait=7),
    "unsupported": exceptions.UnsupportedMediaType("text/plain"),
    "bug": RuntimeError("secret details"),
}


@api_view(["GET"])
@permission_classes([AllowAny])
def fail(request: Request, kind: str) -> Response:
    raise ERRORS[kind]


urlpatterns = [
    path("api/v1/validate/", validate),
    path("api/v1/private/", private),
    path("api/v1/fail/<str:kind>/", fail),
]
