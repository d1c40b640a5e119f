"""Security headers, and the page for an error that a view did not expect.

Pages get the strictest policy that the front end runs under; the admin site gets its own.
"""

import secrets
from collections.abc import Callable
from typing import Any

from asgiref.sync import iscoroutinefunction, markcoroutinefunction
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.module_loading import import_string

from core import limits
from core.errors import DomainError
from core.views import domain_error

ADMIN_PATH = "/admin/"
# htmx's CSP extension makes the only Trusted Types policy; every island builds DOM without HTML strings.
TRUSTED_TYPES = "htmx"
PAGE_POLICY = (
    "default-src 'none'",
    "script-src 'nonce-{nonce}' 'strict-dynamic'",
    "style-src 'self' 'nonce-{nonce}'",
    "img-src 'self' data: blob:",
    "media-src 'self' blob:",
    "font-src 'self'",
    "connect-src 'self'",  # covers same-origin sockets too (CSP level 3)
    "worker-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "object-src 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    f"trusted-types {TRUSTED_TYPES}",
)
# Django's admin has no inline code, but its jQuery writes HTML, so no Trusted Types there.
ADMIN_POLICY = (
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "object-src 'none'",
    "frame-ancestors 'none'",
)
PERMISSIONS = {
    "autoplay": "self",
    "clipboard-write": "self",
    "fullscreen": "self",
    "picture-in-picture": "self",
    "publickey-credentials-create": "self",
    "publickey-credentials-get": "self",
} | dict.fromkeys(
    (
        "accelerometer",
        "browsing-topics",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "hid",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "serial",
        "usb",
    ),
    "",
)
PERMISSIONS_POLICY = ", ".join(f"{feature}=({where})" for feature, where in sorted(PERMISSIONS.items()))


def embedded_policy(nonce: str) -> str:
    """Return the policy of the one page that other sites may put into a frame. It has no forms."""
    return "; ".join(PAGE_POLICY).format(nonce=nonce).replace("frame-ancestors 'none'", "frame-ancestors *")


class ContentSecurityPolicy:
    """Gives each request a nonce (`request.csp_nonce`) and each response its security headers.

    A view that sets a policy of its own keeps it. Cross-Origin-Opener-Policy comes from Django.
    """

    sync_capable = True
    async_capable = True

    def __init__(self, get_response: Callable[[HttpRequest], Any]) -> None:
        self.get_response = get_response
        self.is_async = iscoroutinefunction(get_response)
        if self.is_async:
            markcoroutinefunction(self)

    def __call__(self, request: HttpRequest) -> Any:
        """Answer the request with headers added; under ASGI the answer is awaited."""
        nonce = secrets.token_urlsafe(16)
        request.csp_nonce = nonce  # type: ignore[attr-defined] # templates and islands read it
        if self.is_async:
            return self._answer_later(request, nonce)
        return _protect(request, self.get_response(request), nonce)

    async def _answer_later(self, request: HttpRequest, nonce: str) -> HttpResponseBase:
        return _protect(request, await self.get_response(request), nonce)


def _protect(request: HttpRequest, response: HttpResponseBase, nonce: str) -> HttpResponseBase:
    policy = ADMIN_POLICY if request.path_info.startswith(ADMIN_PATH) else PAGE_POLICY
    response.headers.setdefault("Content-Security-Policy", "; ".join(policy).format(nonce=nonce))
    response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
    limits.add_headers(request, response)
    response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
    return response


class DomainErrorPages:
    """Answers a DomainError that leaves a view: with its own status and words rather than as our failure."""

    sync_capable = True
    async_capable = True

    def __init__(self, get_response: Callable[[HttpRequest], Any]) -> None:
        self.get_response = get_response
        if iscoroutinefunction(get_response):
            markcoroutinefunction(self)

    def __call__(self, request: HttpRequest) -> Any:
        """Pass the request on; under ASGI the answer is awaited by whoever called."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        """Answer for a view that raised a DomainError."""
        return domain_error(request, exception) if isinstance(exception, DomainError) else None


class Gates:
    """Asks the functions that GATES names before a view: each may answer in its place.

    They know the user and the view that would answer; apps bring them, so that no view can forget them.
    """

    sync_capable = True
    async_capable = True

    def __init__(self, get_response: Callable[[HttpRequest], Any]) -> None:
        self.get_response = get_response
        if iscoroutinefunction(get_response):
            markcoroutinefunction(self)

    def __call__(self, request: HttpRequest) -> Any:
        """Pass the request on; under ASGI the answer is awaited by whoever called."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *view: Any) -> HttpResponseBase | None:
        """Return the first answer of a gate; None lets the view answer."""
        for path in settings.GATES:
            answer: HttpResponseBase | None = import_string(path)(request)
            if answer is not None:
                return answer
        return None
