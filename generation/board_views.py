"""The storyboard page: scene cards to change before they are drawn. Its form works without JavaScript.

Every act sends the whole form: what was typed is kept first, then the act is done.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from core.errors import DomainError
from generation import boards
from generation.board_page import BoardPage, words
from generation.models import Board
from projects.models import Animation
from projects.selectors import animations_editable_by

_FIELD = re.compile(r"(?P<card>[A-Za-z_][A-Za-z0-9_]*)\.(?P<field>title|heading|shown|said|seconds|line)")


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def board(request: HttpRequest, animation_id: UUID) -> HttpResponse:
    """Show the storyboard of an animation, or do what its form asks for."""
    animation = get_object_or_404(animations_editable_by(request.user), pk=animation_id)
    try:
        found = boards.board_of(animation)
    except DomainError as error:
        messages.error(request, " ".join(filter(None, [error.message, error.hint])))
        return redirect("studio", animation_id=animation.pk)
    if request.method == "POST":
        return _act(request, animation, found)
    return _show(request, BoardPage(found))


def _act(request: HttpRequest, animation: Animation, before: Board) -> HttpResponse:
    """Save what was typed, then act on it. What cannot be is said, and what was typed stays in the form."""
    content = content_of(request.POST)
    verb, _space, name = request.POST.get("act", "save").partition(" ")
    asked: dict[str, Any] = {"by": request.user, "animation": animation}
    try:
        changed = _moved(content, verb, name)
        found = boards.save(version=_version(request.POST), content=changed, **asked)
        asked["version"] = found.version
        if verb == "add":
            found = boards.add_card(**asked)
        elif verb == "idea":
            found = boards.add_idea(words=request.POST.get("idea", ""), template=name, **asked)
        elif verb == "suggest":
            found = boards.suggest(**asked)
        elif verb == "draw":
            boards.draw(quality=request.POST.get("quality", ""), **asked)
            return _go(request, reverse("studio", args=[animation.pk]))
    except DomainError as error:
        return _refused(request, animation, before, content, error, verb)
    if _wants_json(request):
        return JsonResponse(_state(found))
    if _is_fragment(request):
        return _show(request, BoardPage(found, new=_new(before, found)))
    return redirect("board", animation_id=animation.pk)


def _state(found: Board) -> dict[str, Any]:
    problems = BoardPage(found).problems
    return {"version": found.version, "problems": [{"place": key, "message": text} for key, text in problems.items()]}


def _refused(
    request: HttpRequest,
    animation: Animation,
    before: Board,
    content: Mapping[str, Any],
    error: DomainError,
    verb: str,
) -> HttpResponse:
    if _wants_json(request):
        problem = {"code": error.code, "message": error.message, "hint": error.hint, "data": error.data}
        return JsonResponse(problem, status=error.status)
    if error.code == "board_changed":
        before.cards, before.title = boards.typed_over(before, content)
    else:
        before = boards.board_of(animation)  # as it was saved before the act that was refused
    page = BoardPage(before, error=error, verb=verb, idea=request.POST.get("idea", ""))
    return _show(request, page, status=200 if _is_fragment(request) else error.status)


def content_of(form: QueryDict) -> dict[str, Any]:
    """The storyboard in a form: `card` names each in order, `Name.field` holds what was typed."""
    scenes: dict[str, dict[str, Any]] = {
        name: {"name": name, "pinned": f"{name}.pinned" in form, "left_out": f"{name}.left_out" in form}
        for name in form.getlist("card")
    }
    for key in form:
        match = _FIELD.fullmatch(key)
        if match is None or match["card"] not in scenes:
            continue
        scene, field = scenes[match["card"]], match["field"]
        if field == "line":
            scene["lines"] = form.getlist(key)
        else:
            scene[field] = _number(form.get(key, "")) if field == "seconds" else form[key]
    return {"title": form.get("title", ""), "scenes": list(scenes.values())}


def _moved(content: dict[str, Any], verb: str, name: str) -> dict[str, Any]:
    """The content after a button that moves, leaves out or puts back one card."""
    scenes: list[dict[str, Any]] = content["scenes"]
    place = next((at for at, scene in enumerate(scenes) if scene["name"] == name), None)
    if place is None:
        return content
    if verb in {"delete", "back"}:
        scenes[place]["left_out"] = verb == "delete"
    elif verb in {"up", "down"}:
        other = place + (-1 if verb == "up" else 1)
        if 0 <= other < len(scenes):
            scenes[place], scenes[other] = scenes[other], scenes[place]
    return content


def _number(text: str) -> float | None:
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return None


def _version(form: QueryDict) -> int:
    text = form.get("version", "")
    return int(text[:9]) if text.isascii() and text.isdecimal() else -1


def _new(before: Board, after: Board) -> str:
    """The first card that was added, so that the page can bring the reader to it."""
    old = {card["name"] for card in before.cards}
    return next((card["name"] for card in after.cards if card["name"] not in old), "")


def _show(request: HttpRequest, page: BoardPage, *, status: int = 200) -> HttpResponse:
    template = "generation/board_form.html" if _is_fragment(request) else "generation/board.html"
    return render(request, template, {"page": page, "words": words()}, status=status)


def _go(request: HttpRequest, url: str) -> HttpResponse:
    if _is_fragment(request):
        return HttpResponse(headers={"HX-Redirect": url})
    return redirect(url)


def _is_fragment(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true"


def _wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept") == "application/json"
