"""The one shape of errors that programs read: RFC 9457 `application/problem+json`."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, TypedDict

from django.http import JsonResponse

CONTENT_TYPE = "application/problem+json"


class Problem(TypedDict):
    """An error as JSON. `detail` repeats `message` for readers that know only the RFC's own members."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    message: str
    hint: str
    data: Mapping[str, Any]


def describe(*, status: int, code: str, message: str, hint: str = "", data: Mapping[str, Any] | None = None) -> Problem:
    """Put an error into its shape."""
    return Problem(
        type="about:blank",
        title=HTTPStatus(status).phrase,
        status=status,
        detail=message,
        code=code,
        message=message,
        hint=hint,
        data=data or {},
    )


def respond(problem: Problem) -> JsonResponse:
    """Answer with a problem outside DRF."""
    return JsonResponse(problem, status=problem["status"], content_type=CONTENT_TYPE)
