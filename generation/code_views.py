"""The code page: an editor that keeps what is typed. Its form works without JavaScript."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from core.errors import DomainError
from generation import coding, comparing
from generation.models import CodeDraft, Job
from generation.selectors import latest_job
from projects.models import Animation
from projects.selectors import animations_editable_by


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def code(request: HttpRequest, animation_id: UUID) -> HttpResponse:
    """Show the code of an animation, or do what its form asks for."""
    animation = get_object_or_404(animations_editable_by(request.user), pk=animation_id)
    try:
        draft = coding.draft_of(animation)
    except DomainError as error:
        messages.error(request, f"{error.message} {error.hint}")
        return redirect("studio", animation_id=animation.pk)
    if request.method == "POST":
        return _act(request, animation, draft)
    return _show(request, draft, draft.source)


def _act(request: HttpRequest, animation: Animation, before: CodeDraft) -> HttpResponse:
    """Keep what was typed, then act on it. What cannot be is said, and what was typed stays on the page."""
    act, typed = request.POST.get("act", "save"), request.POST.get("source", "").replace("\r\n", "\n")
    asked: dict[str, Any] = {"by": request.user, "animation": animation}
    try:
        if act == "release":
            coding.release(**asked)
            return HttpResponse(status=204)
        if act == "over":
            draft = coding.start_over(**asked)
        else:
            draft = coding.save(version=_version(request), source=typed, **asked)
        if act == "format":
            draft = coding.save(version=draft.version, source=coding.formatted(draft.source), **asked)
        elif act == "draw":
            coding.draw(version=draft.version, quality=request.POST.get("quality", ""), **asked)
            return _drawn(request, animation)
    except DomainError as error:
        return _refused(request, before, typed, error)
    if _wants_json(request):
        return JsonResponse(_state(draft))
    return redirect("code", animation_id=animation.pk)


def _drawn(request: HttpRequest, animation: Animation) -> HttpResponse:
    if _wants_json(request):
        return JsonResponse({"job": str(latest_job(request.user, animation.pk).pk)})  # type: ignore[union-attr]
    return redirect("studio", animation_id=animation.pk)


def _state(draft: CodeDraft) -> dict[str, Any]:
    found = [problem.as_json() for problem in coding.problems(draft.source)]
    return {"version": draft.version, "source": draft.source, "problems": found}


def _refused(request: HttpRequest, before: CodeDraft, typed: str, error: DomainError) -> HttpResponse:
    if _wants_json(request):
        problem = {"code": error.code, "message": error.message, "hint": error.hint, "data": error.data}
        return JsonResponse(problem, status=error.status)
    if "version" in error.data:
        before.version = error.data["version"]  # sent again, her text is taken
    return _show(request, before, typed, error=error, status=error.status)


def _show(
    request: HttpRequest, draft: CodeDraft, text: str, *, error: DomainError | None = None, status: int = 200
) -> HttpResponse:
    animation = draft.animation
    job = latest_job(request.user, animation.pk)
    failed = job if job is not None and job.kind == Job.Kind.CODE and job.state == Job.State.FAILED else None
    context = {
        "animation": animation,
        "draft": draft,
        "text": text,
        "base": draft.base.source if draft.base else "",
        "is_changed": animation.current_revision is not None and text != animation.current_revision.source,
        "problems": coding.problems(text),
        "other": coding.held_by_another(draft, request.user),  # type: ignore[arg-type]
        "fault": failed.fault if failed is not None else None,
        "error": error,
        "words": words(),
    }
    return render(request, "generation/code.html", context, status=status)


@login_required
@require_safe
def compare(request: HttpRequest, animation_id: UUID) -> HttpResponse:
    """Show two versions beside one another: `?from=1&to=3`; the newest two where nothing is said."""
    animation = get_object_or_404(animations_editable_by(request.user), pk=animation_id)
    found = comparing.compare(request.user, animation, request.GET.get("from", ""), request.GET.get("to", ""))
    if found is None:
        messages.info(request, _("There is only one version. Change something first."))
        return redirect("studio", animation_id=animation.pk)
    return render(request, "generation/compare.html", {"animation": animation, "found": found})


def words() -> dict[str, str]:
    """Sentences that the page's scripts say."""
    return {
        "saving": _("Keeping your code…"),
        "saved": _("Your code is kept."),
        "unsaved": _("The network did not answer. Your code is kept in this window; trying again."),
        "changed": _("The code was changed in another window."),
        "drawing": _("It is being drawn. Opening the studio…"),
        "formatted": _("Put into form."),
        "fine": _("No problem found."),
        "problems": _("Problems: {count}"),
        "line": _("Line {line}"),
        "editor": _("Code of the animation"),
        "show_changes": _("Show changes"),
        "hide_changes": _("Hide changes"),
    }


def _version(request: HttpRequest) -> int:
    text = request.POST.get("version", "")
    return int(text[:9]) if text.isascii() and text.isdecimal() else -1


def _wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept") == "application/json"
