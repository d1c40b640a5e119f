"""What a class watches behind its link: no account, no cookie, nobody's name."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.cookieless import cookieless
from core.errors import DomainError
from generation.files import send
from lessons import joining, watching
from lessons.models import ClassLink
from lessons.sharing import artefacts_behind
from projects.guessing import count_bad_link


@never_cache
@cookieless
@require_safe
def class_page(request: HttpRequest, token: str) -> HttpResponse:
    """List what the class may watch."""
    link = _link_or_404(request, token)
    lessons = joining.lessons_behind(link)
    return _page(request, "lessons/class_page.html", {"link": link, "token": token, "lessons": lessons})


@never_cache
@cookieless
@require_safe
def class_lesson(request: HttpRequest, token: str, lesson_id: UUID) -> HttpResponse:
    """Show the videos of one lesson."""
    link = _link_or_404(request, token)
    lesson = get_object_or_404(joining.lessons_behind(link), pk=lesson_id)
    context = {"link": link, "token": token, "lesson": lesson, "watched": watching.watched_behind(token, lesson)}
    return _page(request, "lessons/class_lesson.html", context)


@cookieless
@require_safe
def class_file(request: HttpRequest, token: str, artefact_id: UUID, name: str) -> HttpResponseBase:
    """Send a file. The link is asked each time, and no browser keeps the file without asking again."""
    link = _link_or_404(request, token)
    return send(request, get_object_or_404(artefacts_behind(link), pk=artefact_id), keep="private, no-cache")


def _link_or_404(request: HttpRequest, token: str) -> ClassLink:
    try:
        return joining.open_link(token)
    except DomainError:
        count_bad_link(request)
        raise Http404 from None


def _page(request: HttpRequest, template: str, context: dict[str, object]) -> HttpResponse:
    response = render(request, template, context)
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
