"""The page on which an animation is watched and talked about by those it is shared with."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.permissions import require_user
from generation.signing import artefact_path
from generation.watching import PLAYED, Showing, showing
from projects import comments, remixing
from projects.comment_views import require_few
from projects.models import Animation, Remix
from projects.permissions import is_owner, require, rights_on
from projects.selectors import animations_visible_to
from projects.share_forms import CommentForm
from projects.share_models import LinkHolder, PersonShare, Right
from projects.sharing import note_opened


@never_cache
@login_required
@require_safe
def watch(request: HttpRequest, animation_id: UUID) -> HttpResponse:
    """Show the newest video, what is said in it and the comments; `?part=comments` is what others change."""
    animation = _animation_or_404(request, animation_id)
    if request.GET.get("part") == "comments":
        return render(request, "generation/comments.html", _comments(request, animation))
    note_opened(request.user, animation)
    note_opened(request.user, animation.project)
    told = list(
        comments.notices_for(request.user).filter(comment__animation=animation).values_list("comment", flat=True)
    )
    comments.mark_read(request.user, animation)
    return _page(request, animation, told=told)


@never_cache
@login_required
@require_safe
def pulse(request: HttpRequest, animation_id: UUID) -> HttpResponse:
    """Answer whether she may still watch, and when the comments changed; open pages ask every few seconds."""
    animation = _animation_or_404(request, animation_id)
    if "edit" in request.GET:
        require(request.user, animation, Right.CHANGE)
    return JsonResponse({"comments": comments.stamp(animation)})


@login_required
@require_POST
def add_comment(request: HttpRequest, animation_id: UUID) -> HttpResponse:
    """Say something of the animation."""
    user, animation = require_user(request), _animation_or_404(request, animation_id)
    require(user, animation, Right.COMMENT)
    form = CommentForm(comments.people_to_mention(user, animation), request.POST)
    if not form.is_valid():
        return _page(request, animation, status=422, form=form)
    require_few(request)
    said = comments.add_comment(
        by=user,
        animation=animation,
        text=form.cleaned_data["text"],
        seconds=form.cleaned_data["moment"],
        mentioned=[UUID(key) for key in form.cleaned_data.get("mentioned", [])],
    )
    return redirect(f"{reverse('watch', args=[animation.pk])}#comment-{said.pk}")


@login_required
@require_POST
def remix(request: HttpRequest, animation_id: UUID) -> HttpResponse:
    """Copy the animation into one's own project."""
    made = remixing.remix(by=require_user(request), animation=_animation_or_404(request, animation_id))
    messages.success(request, _("This copy is yours. The original stays as it is."))
    return redirect("studio", animation_id=made.pk)


def _animation_or_404(request: HttpRequest, animation_id: UUID) -> Animation:
    return get_object_or_404(animations_visible_to(request.user), pk=animation_id)


def _page(request: HttpRequest, animation: Animation, *, status: int = 200, **more: Any) -> HttpResponse:
    user = require_user(request)
    rights = rights_on(user, animation)
    context = {
        "showing": _showing(request, animation),
        "owns": is_owner(user, animation),
        "may_edit": Right.CHANGE in rights,
        "may_remix": Right.REMIX in rights and not is_owner(user, animation),
        "remixed": Remix.objects.filter(animation=animation).first(),
        "form": CommentForm(comments.people_to_mention(user, animation)) if Right.COMMENT in rights else None,
        "share": PersonShare.objects.filter(user=user, animation=animation).first(),
        "kept": LinkHolder.objects.filter(user=user, link__animation=animation, link__revoked=None).first(),
        "stamp": comments.stamp(animation),
    }
    context |= _comments(request, animation)
    return render(request, "generation/watch.html", context | more, status=status)


def _comments(request: HttpRequest, animation: Animation) -> dict[str, Any]:
    user = require_user(request)
    return {
        "animation": animation,
        "said": comments.comments_on(animation),
        "may_comment": Right.COMMENT in rights_on(user, animation),
        "owns": is_owner(user, animation),
    }


def _showing(request: HttpRequest, animation: Animation) -> Showing | None:
    revision = animation.current_revision
    if revision is None:
        return None
    files = revision.artefacts.filter(kind__in=PLAYED).select_related("revision")
    return showing(revision, files, lambda one: artefact_path(one, request.user, inline=True))
