"""A project's history for git: a bundle to download, and a remote that can be cloned and pulled but never written."""

from __future__ import annotations

import base64
import binascii
import zlib
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST
from dulwich.errors import GitProtocolError

from accounts.models import User
from accounts.services import find_live_key
from generation import history
from projects.models import Project
from projects.selectors import projects_editable_by

MOST_ASKED = 1 << 20  # bytes of haves and wants; what a client with thousands of commits sends is far below
SERVICE = "git-upload-pack"


@require_GET
@login_required
def bundle(request: HttpRequest, project_id: Any) -> HttpResponse:
    """Send the history of a project as a git bundle."""
    project = get_object_or_404(projects_editable_by(request.user), pk=project_id)
    answer = HttpResponse(history.bundle(project), content_type="application/octet-stream")
    answer["Content-Disposition"] = f'attachment; filename="{slugify(project.title)[:60] or "project"}.bundle"'
    return answer


@require_GET
@never_cache
def refs(request: HttpRequest, project_id: Any) -> HttpResponse:
    """Say what can be fetched. Git asks here first, for pushes too."""
    project = _project(request, project_id)
    if isinstance(project, HttpResponse):
        return project
    if request.GET.get("service") != SERVICE:
        return _plain(_("This repository is for reading: clone and pull work, pushing does not."), 403)
    return HttpResponse(history.advertise(project), content_type=f"application/x-{SERVICE}-advertisement")


@csrf_exempt  # no cookie opens this: only a key in the request itself
@require_POST
@never_cache
def upload_pack(request: HttpRequest, project_id: Any) -> HttpResponse:
    """Send the commits that a client lacks."""
    project = _project(request, project_id)
    if isinstance(project, HttpResponse):
        return project
    try:
        answer = history.upload(project, _body(request))
    except (GitProtocolError, ValueError, AssertionError, KeyError, zlib.error):
        return _plain(_("This is not what git asks. Use `git clone` or `git pull`."), 400)
    return HttpResponse(answer, content_type=f"application/x-{SERVICE}-result")


def _project(request: HttpRequest, project_id: Any) -> Project | HttpResponse:
    """Return the project, or the answer that asks for a key. Raises Http404 for projects of others."""
    user = _user(request)
    if user is None:
        answer = _plain(_("Sign in with any name and, as password, an API key from the page “API keys”."), 401)
        answer["WWW-Authenticate"] = 'Basic realm="Theorama", charset="UTF-8"'
        return answer
    project = projects_editable_by(user).filter(pk=project_id).first()
    if project is None:
        raise Http404
    return project


def _user(request: HttpRequest) -> User | None:
    scheme, _space, told = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        password = base64.b64decode(told, validate=True).decode("latin-1").partition(":")[2]
    except binascii.Error:
        return None
    key = find_live_key(password)
    return key.owner if key is not None else None


def _body(request: HttpRequest) -> bytes:
    """Return what was asked, unpacked. Raises ValueError where it is too much."""
    body = request.body
    if request.headers.get("Content-Encoding") == "gzip":
        unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
        body = unpacker.decompress(body, MOST_ASKED + 1)
    if len(body) > MOST_ASKED:
        raise ValueError("too much was asked")
    return body


def _plain(text: str, status: int) -> HttpResponse:
    return HttpResponse(text + "\n", status=status, content_type="text/plain; charset=utf-8")
