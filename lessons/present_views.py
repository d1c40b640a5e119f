"""Presenting a lesson: all it shows, as one deck."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from generation import presenting
from generation.present_views import film, page
from lessons import selectors
from lessons.models import Lesson, LessonItem
from lessons.permissions import can_edit
from lessons.watching import with_files


@never_cache
@login_required
@require_safe
def present(request: HttpRequest, lesson_id: UUID) -> HttpResponse:
    """Show the lesson's steps and the keys; `?notes` is the second window."""
    lesson = _lesson_or_404(request, lesson_id)
    deck, back = reverse("lesson_present_deck", args=[lesson.pk]), reverse("classroom_list")
    if can_edit(request.user, lesson):
        back = reverse("lesson_detail", args=[lesson.pk])
    return page(request, title=lesson.title, deck=deck, made=_deck(request, lesson), back=back)


@never_cache
@login_required
@require_safe
def present_deck(request: HttpRequest, lesson_id: UUID) -> HttpResponse:
    """Answer with the deck."""
    return JsonResponse(_deck(request, _lesson_or_404(request, lesson_id)))


def _lesson_or_404(request: HttpRequest, lesson_id: UUID) -> Lesson:
    return get_object_or_404(selectors.lessons_visible_to(request.user), pk=lesson_id)


def _deck(request: HttpRequest, lesson: Lesson) -> dict[str, Any]:
    items = with_files(LessonItem.objects.filter(lesson=lesson), request.user)
    films = [film(request, item.revision, item.revision.shown, item.note) for item in items]
    return presenting.deck(lesson.title, films)
