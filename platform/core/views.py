"""Answers when something is wrong with a whole request: a page for people, a problem for programs."""

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views import csrf, defaults

from core.errors import DomainError
from core.problems import describe, respond

API_PATH = "/api/"


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """Answer 400, or 413 where the form holds more than this site reads."""
    if isinstance(exception, RequestDataTooBig):
        return domain_error(request, _too_large())
    if _speaks_json(request):
        return respond(describe(status=400, code="bad_request", message=_("The request could not be understood.")))
    return defaults.bad_request(request, exception)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """Answer 403."""
    if _speaks_json(request):
        return respond(describe(status=403, code="permission_denied", message=_("You may not do this.")))
    return defaults.permission_denied(request, exception)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """Answer 404."""
    if _speaks_json(request):
        hint = _("Check the address; the API is described at /api/v1/openapi.json.")
        return respond(describe(status=404, code="not_found", message=_("There is nothing here."), hint=hint))
    return defaults.page_not_found(request, exception)


def server_error(request: HttpRequest) -> HttpResponseBase:
    """Answer 500. The trace is in the log; nothing of it leaves the server."""
    if _speaks_json(request):
        message = _("Something went wrong on our side.")
        return respond(describe(status=500, code="server_error", message=message, hint=_("Try again in a minute.")))
    return defaults.server_error(request)


def domain_error(request: HttpRequest, error: DomainError) -> HttpResponseBase:
    """Answer with the error's own status and words; a `retry_after` in its data becomes the header."""
    response: HttpResponseBase
    if _speaks_json(request):
        response = respond(
            describe(status=error.status, code=error.code, message=error.message, hint=error.hint, data=error.data)
        )
    else:
        response = render(request, "domain_error.html", {"error": error}, status=error.status)
    if "retry_after" in error.data:
        response.headers["Retry-After"] = str(error.data["retry_after"])
    return response


def api_not_found(request: HttpRequest, rest: str = "") -> HttpResponseBase:
    """Answer 404 for an address of the API that leads nowhere, in its own shape also while DEBUG is on."""
    return not_found(request, Http404())


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form that lost its token: an old tab, or cookies that are switched off."""
    return csrf.csrf_failure(request, reason=reason)


def _too_large() -> DomainError:
    most = (settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0) / 1_000_000
    return DomainError(
        "too_large",
        _("What you sent is too large."),
        status=413,
        hint=_("One form holds at most %(most).1f MB. Send it in parts; go back, and what you typed is still there.")
        % {"most": most},
    )


def _speaks_json(request: HttpRequest) -> bool:
    return request.path_info.startswith(API_PATH)
