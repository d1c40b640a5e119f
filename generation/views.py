"""The studio: one animation on its stage, with its knobs. Its forms work without JavaScript."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from core.errors import DomainError
from generation import boards, exporting, rewriting, selectors, services
from generation.engine.types import KnobKind, KnobValue
from generation.models import Job
from generation.signing import artefact_path
from generation.studio import Studio
from generation.studio import words as page_words
from projects.models import Animation, Revision
from projects.selectors import animations_editable_by, animations_visible_to
from projects.services import restore_revision


@never_cache
@login_required
@require_safe
def studio(request: HttpRequest, animation_id: UUID) -> HttpResponse:
    """Show an animation. `?version=3` shows an earlier one; `?part=main` is what a finished job changes."""
    animation = animations_editable_by(request.user).filter(pk=animation_id).first()
    if animation is None:
        # Who may only watch gets the page for that; for everybody else there is nothing here.
        get_object_or_404(animations_visible_to(request.user), pk=animation_id)
        return redirect("watch", animation_id=animation_id)
    revision = animation.current_revision
    version = request.GET.get("version", "")
    if version.isascii() and version.isdecimal():
        revision = get_object_or_404(animation.revisions, number=int(version[:9]))
    return _show(request, Studio(request.user, animation, revision))


@login_required
@require_POST
def turn_knobs(request: HttpRequest, animation_id: UUID) -> HttpResponse:
    """Draw the animation again with the values of the form, in the quality asked for or as before.

    A value that a knob cannot take is said at its field, and what was typed stays there.
    """
    animation = _animation(request, animation_id)
    shown = Studio(request.user, animation, animation.current_revision)
    values = {} if "quality" in request.POST else _values(request, shown)
    quality = request.POST.get("quality", "")
    try:
        services.turn_knobs(user=_user(request), animation=animation, values=values, quality=quality)
    except DomainError as error:
        if error.data.get("knob") in values:
            shown.refuse(values, error)
            return _show(request, shown, status=error.status)
        _say(request, error)
    return redirect("studio", animation_id=animation.pk)


@login_required
@require_POST
def edit(request: HttpRequest, animation_id: UUID) -> HttpResponse:
    """Change the animation in words; what was typed stays there where it cannot be done."""
    animation = _animation(request, animation_id)
    words = request.POST.get("words", "").strip()
    try:
        services.edit(user=_user(request), animation=animation, words=words)
    except DomainError as error:
        shown = Studio(request.user, animation, animation.current_revision)
        shown.refuse_words(words, error)
        return _show(request, shown, status=error.status)
    return redirect("studio", animation_id=animation.pk)


@login_required
@require_POST
def restore(request: HttpRequest, animation_id: UUID, number: int) -> HttpResponse:
    """Make an earlier version the newest one."""
    revision = get_object_or_404(_animation(request, animation_id).revisions, number=number)
    try:
        restored = restore_revision(by=_user(request), revision=revision)
    except DomainError as error:
        _say(request, error)
    else:
        said = _("Version %(number)d is back, as version %(new)d.")
        messages.success(request, said % {"number": number, "new": restored.number})
    return redirect("studio", animation_id=animation_id)


@never_cache
@login_required
@require_safe
def exports(request: HttpRequest, animation_id: UUID) -> HttpResponse:
    """Show what an animation can be taken away as. `?part=list` is what changes while files are made."""
    animation = _animation(request, animation_id)
    user, revision = _user(request), _exported(request, animation)
    made = exporting.overview(user, revision) if revision is not None and exporting.video_of(user, revision) else []
    context = {
        "animation": animation,
        "revision": revision,
        "exports": [(one, artefact_path(one.artefact, request.user) if one.artefact else "") for one in made],
        "working": any(one.is_being_made for one in made),
    }
    part = "generation/export_list.html" if request.GET.get("part") == "list" else "generation/exports.html"
    return render(request, part, context)


@login_required
@require_POST
def export(request: HttpRequest, animation_id: UUID) -> HttpResponse:
    """Have one format made of a version."""
    animation = _animation(request, animation_id)
    revision = _exported(request, animation)
    if revision is None:
        raise DomainError("no_video", _("There is no video to export yet."), status=409)
    try:
        exporting.order(user=_user(request), revision=revision, name=request.POST.get("format", ""))
    except DomainError as error:
        _say(request, error)
    return redirect(f"{reverse('studio_exports', args=[animation.pk])}?version={revision.number}")


@login_required
@require_POST
def tick_checks(request: HttpRequest, animation_id: UUID, number: int) -> HttpResponse:
    """Keep what she has checked before class."""
    revision = get_object_or_404(_animation(request, animation_id).revisions, number=number)
    services.tick_checks(user=_user(request), revision=revision, keys=request.POST.getlist("done"))
    return redirect(f"{reverse('studio', args=[animation_id])}?version={number}#check-title")


@login_required
@require_POST
def cancel(request: HttpRequest, job_id: UUID) -> HttpResponse:
    """Stop a job."""
    job = get_object_or_404(selectors.jobs_visible_to(request.user), pk=job_id)
    services.cancel(user=_user(request), job=job)
    return redirect("studio", animation_id=job.animation_id)


@login_required
@require_POST
def again(request: HttpRequest, job_id: UUID) -> HttpResponse:
    """Start a job that failed or was cancelled once more: the same words, the same values."""
    job = get_object_or_404(selectors.jobs_visible_to(request.user), pk=job_id)
    try:
        new = _again(_user(request), job)
    except DomainError as error:
        _say(request, error)
        new = job
    return redirect("studio", animation_id=new.animation_id)


def _again(user: Any, job: Job) -> Job:
    if job.draft.get("board") or job.kind == Job.Kind.CODE:
        return boards.draw_again(by=user, job=job)
    if rewriting.is_wish(job.draft):
        return services.edit(user=user, animation=job.animation, words=job.draft["wish"]["words"])
    if job.kind == Job.Kind.EXPORT and job.parent is not None:
        return exporting.order(user=user, revision=job.parent, name=job.draft["export"])
    if job.kind == Job.Kind.KNOBS:
        return services.turn_knobs(user=user, animation=job.animation, values=job.values, quality=job.quality)
    asked = {
        "user": user,
        "prompt": job.prompt,
        "project": job.animation.project,
        "quality": job.quality,
        "language": job.draft["storyboard"].get("language", ""),
    }
    try:
        return services.submit(writer=job.draft.get("writer", ""), sampling=job.draft.get("sampling"), **asked)
    except DomainError:
        # The words alone were not enough the first time either: the teacher had picked the template.
        return services.choose(template=job.draft["template"], **asked)


def _animation(request: HttpRequest, animation_id: UUID) -> Animation:
    return get_object_or_404(animations_editable_by(request.user), pk=animation_id)


def _exported(request: HttpRequest, animation: Animation) -> Revision | None:
    """Return the version that `version` names, else the newest; None before the first."""
    version = request.POST.get("version") or request.GET.get("version", "")
    if version.isascii() and version.isdecimal():
        return get_object_or_404(animation.revisions, number=int(version[:9]))
    return animation.current_revision


def _user(request: HttpRequest) -> Any:
    return request.user


def _say(request: HttpRequest, error: DomainError) -> None:
    messages.error(request, " ".join(filter(None, [error.message, error.hint])))


def _show(request: HttpRequest, shown: Studio, *, status: int = 200) -> HttpResponse:
    context = {"studio": shown, "words": page_words()}
    if request.GET.get("part") == "main":
        return render(request, "generation/studio_part.html", context | {"fresh": shown.active is None})
    return render(request, "generation/studio.html", context, status=status)


def _values(request: HttpRequest, shown: Studio) -> dict[str, KnobValue]:
    """The form's values as typed; an unticked box sends nothing and means off. The engine reads and checks them."""
    values: dict[str, KnobValue] = {}
    for field in shown.knobs:
        if field.knob.kind is KnobKind.TOGGLE:
            values[field.knob.name] = field.knob.name in request.POST
        elif field.knob.name in request.POST:
            values[field.knob.name] = request.POST[field.knob.name]
    return values
