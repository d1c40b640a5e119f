"""Presenting one animation: a page to start from, the deck it plays, and the presenter's notes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from generation import presenting
from generation.signing import artefact_path
from generation.watching import PLAYED, showing
from projects.models import Animation, Artefact, Revision
from projects.selectors import animations_visible_to


@never_cache
@login_required
@require_safe
def present(request: HttpRequest, animation_id: UUID) -> HttpResponse:
    """Show the deck's steps and its keys; `?notes` is the second window."""
    animation, revision = _shown(request, animation_id)
    path = reverse("present_deck", args=[animation.pk])
    number = f"?version={revision.number}" if revision and "version" in request.GET else ""
    back = reverse("studio", args=[animation.pk])
    made = _deck(request, animation, revision)
    return page(request, title=animation.title, deck=f"{path}{number}", made=made, back=back)


@never_cache
@login_required
@require_safe
def present_deck(request: HttpRequest, animation_id: UUID) -> HttpResponse:
    """Answer with the deck."""
    animation, revision = _shown(request, animation_id)
    return JsonResponse(_deck(request, animation, revision))


def page(request: HttpRequest, *, title: str, deck: str, made: dict[str, Any], back: str) -> HttpResponse:
    """Draw the page that a presentation starts from, or the notes beside one that runs."""
    template = "generation/present_notes.html" if "notes" in request.GET else "generation/present.html"
    return render(request, template, {"title": title, "deck": deck, "made": made, "back": back})


def film(request: HttpRequest, revision: Revision, files: Sequence[Artefact], note: str = "") -> presenting.Film:
    """Return a revision, with its files, as a film of a deck, with links for whoever is signed in."""
    shown = showing(revision, files, lambda one: artefact_path(one, request.user, inline=True))
    return presenting.Film(shown, presenting.lines_of(files), note)


def _shown(request: HttpRequest, animation_id: UUID) -> tuple[Animation, Revision | None]:
    animation = get_object_or_404(animations_visible_to(request.user), pk=animation_id)
    version = request.GET.get("version", "")
    if version.isascii() and version.isdecimal():
        return animation, get_object_or_404(animation.revisions, number=int(version[:9]))
    return animation, animation.current_revision


def _deck(request: HttpRequest, animation: Animation, revision: Revision | None) -> dict[str, Any]:
    if revision is None:
        return presenting.deck(animation.title, [])
    files = list(revision.artefacts.filter(kind__in=PLAYED).select_related("revision"))
    return presenting.deck(animation.title, [film(request, revision, files)])
