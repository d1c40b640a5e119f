"""Serves artefacts to those who hold a signed link: ranges for players, never a whole file in memory."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Generator
from http import HTTPStatus

from django.core.handlers.asgi import ASGIRequest
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header, http_date, parse_http_date_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import User
from core.problems import describe, respond
from generation import signing
from generation.ranges import ByteRange, NotSatisfiable, parse
from projects import storage
from projects.models import Artefact
from projects.selectors import artefacts_visible_to

logger = logging.getLogger(__name__)
# A downloaded script or a picture must never run as a page of ours.
FILE_POLICY = "default-src 'none'; sandbox"


@require_safe
def artefact_file(request: HttpRequest, token: str, name: str) -> HttpResponseBase:
    """Send the file, or the part of it that was asked for."""
    try:
        link = signing.read(token)
    except signing.BadLink:
        raise Http404 from None
    # Whoever is signed in as the link's own user may go on after its time: a paused player seeks again.
    if link.expired and request.user.pk != link.user_id:
        message = _("This link is older than ten minutes.")
        hint = _("Open the animation again to get a new one.")
        return respond(describe(status=410, code="link_expired", message=message, hint=hint))
    user = User.objects.filter(pk=link.user_id).first()
    artefact = artefacts_visible_to(user).filter(pk=link.artefact_id).first() if user else None
    if artefact is None:
        raise Http404
    return send(request, artefact)


def send(request: HttpRequest, artefact: Artefact, *, keep: str = "private, max-age=600") -> HttpResponseBase:
    """Send an artefact that the caller has found allowed; `keep` says how long a browser may. `?inline` shows it.

    Raises Http404 where the file is gone.
    """
    try:
        response = _answer(request, artefact)
    except FileNotFoundError:
        raise Http404 from None
    except storage.StorageFailed:
        logger.exception("Artefact %s cannot be read.", artefact.pk)
        message, hint = _("The files cannot be reached at the moment."), _("Try again in a minute.")
        return respond(describe(status=503, code="storage_unavailable", message=message, hint=hint))
    _describe(response, artefact, inline="inline" in request.GET)
    response.headers["Cache-Control"] = keep
    return response


def _answer(request: HttpRequest, artefact: Artefact) -> HttpResponseBase:
    etag, size = f'"{artefact.sha256}"', artefact.size
    if request.method == "HEAD" and not storage.current().exists(artefact.file):
        raise FileNotFoundError(artefact.file)
    if request.headers.get("If-None-Match") and _matches(request.headers["If-None-Match"], etag):
        return HttpResponse(status=HTTPStatus.NOT_MODIFIED)
    try:
        part = parse(request.headers.get("Range", ""), size) if _may_send_part(request, artefact, etag) else None
    except NotSatisfiable:
        refused = HttpResponse(status=HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE)
        refused.headers["Content-Range"] = f"bytes */{size}"
        return refused
    wanted = part or ByteRange(0, size - 1)
    response = _body(request, artefact, wanted)
    response.headers["Content-Length"] = str(wanted.length)
    if part is not None:
        response.status_code = HTTPStatus.PARTIAL_CONTENT
        response.headers["Content-Range"] = f"bytes {part.first}-{part.last}/{size}"
    return response


def _body(request: HttpRequest, artefact: Artefact, wanted: ByteRange) -> HttpResponseBase:
    if request.method == "HEAD":
        return HttpResponse()
    pieces = storage.current().read(artefact.file, wanted.first, wanted.length)
    # Django reads a plain iterator into memory under ASGI, and an asynchronous one under WSGI.
    return StreamingHttpResponse(_read_async(pieces) if isinstance(request, ASGIRequest) else pieces)


async def _read_async(pieces: Generator[bytes]) -> AsyncIterator[bytes]:
    try:
        while (piece := await asyncio.to_thread(next, pieces, None)) is not None:
            yield piece
    finally:
        await asyncio.to_thread(pieces.close)


def _describe(response: HttpResponseBase, artefact: Artefact, *, inline: bool) -> None:
    if response.status_code in {HTTPStatus.OK, HTTPStatus.PARTIAL_CONTENT}:
        response.headers["Content-Type"] = artefact.content_type
        disposition = content_disposition_header(not inline, signing.file_name(artefact))
        response.headers["Content-Disposition"] = disposition or "attachment"
    for name, value in {
        "Accept-Ranges": "bytes",
        "ETag": f'"{artefact.sha256}"',
        "Last-Modified": http_date(artefact.created.timestamp()),
        "Content-Security-Policy": FILE_POLICY,
        "Cross-Origin-Resource-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
    }.items():
        response.headers[name] = value


def _may_send_part(request: HttpRequest, artefact: Artefact, etag: str) -> bool:
    """Say whether the part asked for belongs to the file as the client knows it (If-Range)."""
    condition = request.headers.get("If-Range", "").strip()
    if not condition:
        return True
    if condition.startswith(('"', "W/")):
        return condition == etag
    return parse_http_date_safe(condition) == int(artefact.created.timestamp())


def _matches(header: str, etag: str) -> bool:
    tags = [tag.strip().removeprefix("W/") for tag in header.split(",")]
    return etag in tags or "*" in tags
