"""The socket side of the site: only our own pages may connect, with the session of the page."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

from channels.db import database_sync_to_async
from channels.routing import URLRouter
from channels.security.websocket import WebsocketDenier
from channels.sessions import SessionMiddlewareStack
from django.conf import settings
from django.http.request import split_domain_port, validate_host

from accounts import viewing_as
from generation.routing import websocket_urlpatterns

Application = Callable[[dict[str, Any], Callable[[], Awaitable[Any]], Callable[[Any], Awaitable[None]]], Awaitable[Any]]


class SameOrigin:
    """Refuses sockets that a page of another origin opens: browsers send our cookies along with those too.

    Stricter than Channels' own check, which lets any port of an allowed host in.
    """

    def __init__(self, application: Application) -> None:
        self._application = application

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> Any:
        """Pass a socket of our own pages on, and deny the others."""
        headers = {name.lower(): value.decode("latin-1") for name, value in scope.get("headers", [])}
        if is_own_page(headers.get(b"origin", ""), headers.get(b"host", "")):
            return await self._application(scope, receive, send)
        return await WebsocketDenier.as_asgi()(scope, receive, send)


class NotWhileViewing:
    """Refuses sockets to support staff who look at somebody's account: they may look, by plain GET, and do nothing."""

    def __init__(self, application: Application) -> None:
        self._application = application

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> Any:
        """Pass the sockets of all others on."""
        if await database_sync_to_async(viewing_as.is_viewing)(scope["session"]):
            return await WebsocketDenier.as_asgi()(scope, receive, send)
        return await self._application(scope, receive, send)


def is_own_page(origin: str, host: str) -> bool:
    """Say whether a page of `origin` may open a socket to `host`."""
    if origin in settings.CSRF_TRUSTED_ORIGINS:
        return True
    domain, _port = split_domain_port(host)
    if not domain or not validate_host(domain, settings.ALLOWED_HOSTS):
        return False
    try:
        page = urlsplit(origin)
    except ValueError:
        return False
    return page.scheme in {"http", "https"} and page.netloc.lower() == host.lower()


socket_application = SameOrigin(SessionMiddlewareStack(NotWhileViewing(URLRouter(websocket_urlpatterns))))
