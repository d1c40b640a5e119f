"""Errors of the API: whatever goes wrong in a DRF view leaves in the shape of `core.problems`."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework import exceptions, parsers, serializers
from rest_framework.response import Response
from rest_framework.views import exception_handler

from core.errors import DomainError
from core.problems import CONTENT_TYPE, Problem, describe


class JSONParser(parsers.JSONParser):
    """Reads JSON. Brackets within brackets without end are a malformed request, not our failure."""

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Mapping[str, Any] | None = None) -> Any:
        """Return what the body holds. Raises ParseError."""
        try:
            return super().parse(stream, media_type, dict(parser_context or {}))
        except RecursionError as error:
            raise exceptions.ParseError(_("The JSON is nested too deeply.")) from error


class ProblemSerializer(serializers.Serializer[Any]):
    """Describes a problem in the OpenAPI document: `@extend_schema(responses={400: ProblemSerializer})`."""

    type = serializers.CharField(help_text="Always about:blank.")
    title = serializers.CharField(help_text="The HTTP status in words.")
    status = serializers.IntegerField(help_text="The HTTP status.")
    detail = serializers.CharField(help_text="The same sentence as message.")
    code = serializers.CharField(help_text="Stable and machine-readable, for example not_found.")
    message = serializers.CharField(help_text="What is wrong, as a sentence for people.")
    hint = serializers.CharField(allow_blank=True, help_text="What to do about it; may be empty.")
    data = serializers.DictField(help_text="Facts that belong to the code; fields lists what is wrong with each field.")  # type: ignore[assignment] # `data` is a field of ours here


def problem_response(error: Exception, context: Mapping[str, Any]) -> Response | None:
    """Turn an exception of a view into a response; None lets Django answer an unexpected one with 500."""
    if isinstance(error, DomainError):
        error_response = exception_handler(_as_api_exception(error), dict(context))
        problem = describe(
            status=error.status, code=error.code, message=error.message, hint=error.hint, data=error.data
        )
    elif isinstance(error, RequestDataTooBig):
        hint = _("Send less than %(bytes)d bytes.") % {"bytes": settings.DATA_UPLOAD_MAX_MEMORY_SIZE}
        error_response = None
        problem = describe(status=413, code="too_large", message=_("The request is too large."), hint=hint)
    else:
        error_response = exception_handler(error, dict(context))
        if error_response is None:
            return None
        problem = _describe(error, error_response.status_code)
    headers = dict(error_response.headers) if error_response else {}
    headers.pop("Content-Type", None)
    return Response(problem, status=problem["status"], headers=headers, content_type=CONTENT_TYPE)


def _as_api_exception(error: DomainError) -> exceptions.APIException:
    """Wrap, so that DRF rolls the transaction back as for its own errors."""
    wrapped = exceptions.APIException(error.message)
    wrapped.status_code = error.status
    wrapped.wait = error.data.get("retry_after")  # type: ignore[attr-defined] # DRF makes it the Retry-After header
    return wrapped


def _describe(error: Exception, status: int) -> Problem:
    """Choose code, sentence and hint for an exception of Django or DRF."""
    match error:
        case exceptions.ValidationError():
            return describe(
                status=status,
                code="invalid",
                message=_first_sentence(error.get_full_details()),
                hint=_("See data.fields for each field."),
                data={"fields": error.get_full_details()},
            )
        case Http404() | exceptions.NotFound():
            message, hint = (
                _("There is nothing here."),
                _("It may have been deleted, or it belongs to another account."),
            )
            return describe(status=status, code="not_found", message=message, hint=hint)
        case exceptions.NotAuthenticated():
            message = _("This needs a signed-in user or an API key.")
            hint = _("Send “Authorization: Bearer thk_…”. Keys are made on the page “API keys”.")
            return describe(status=status, code="not_authenticated", message=message, hint=hint)
        case PermissionDenied():
            return describe(status=status, code="permission_denied", message=_("You may not do this."))
        case exceptions.Throttled():
            wait = getattr(error, "wait", None)
            hint = _("Try again in %(seconds)d seconds.") % {"seconds": wait} if wait else ""
            return describe(status=status, code="throttled", message=_("Too many requests."), hint=hint)
        case exceptions.APIException():
            return describe(status=status, code=str(error.get_codes()), message=str(error.detail))
    raise TypeError(f"DRF answered {type(error).__name__}, which has no description here.")


def _first_sentence(details: Any, field: str = "") -> str:
    """Find the first message in DRF's nested details and name its field."""
    if isinstance(details, list):
        return next((_first_sentence(item, field) for item in details if item), "")
    if set(details) == {"message", "code"} and isinstance(details["message"], str):
        named = field and field != "non_field_errors"
        return f"{field}: {details['message']}" if named else str(details["message"])
    name, inner = next(iter(details.items()))
    return _first_sentence(inner, str(name))
