"""One API view behind the default authentication."""

from django.urls import path
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import ApiKey


@api_view(["GET", "POST"])
def who(request: Request) -> Response:
    key = request.auth
    return Response({"id": str(request.user.pk), "key": key.name if isinstance(key, ApiKey) else None})


urlpatterns = [path("api/v1/who/", who)]
