"""Forms of comments. The page that shows them is the one an animation is watched on."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.permissions import require_user
from core import limits
from core.errors import DomainError
from projects import comments
from projects.models import Comment


def require_few(request: HttpRequest) -> None:
    """Count a comment. Raises DomainError "too_many"."""
    verdict = limits.take_for(request, "comment")
    if not verdict.allowed:
        raise DomainError(
            "too_many",
            _("That were many comments in one hour."),
            status=429,
            hint=_("Wait a while; copy what you wrote before you leave this page."),
            data={"retry_after": verdict.retry_after},
        )


@login_required
@require_POST
def edit_comment(request: HttpRequest, comment_id: UUID) -> HttpResponse:
    """Write one's comment anew."""
    comment = _comment_or_404(request, comment_id)
    comments.edit_comment(by=require_user(request), comment=comment, text=request.POST.get("text", ""))
    return _back(comment)


@login_required
@require_POST
def delete_comment(request: HttpRequest, comment_id: UUID) -> HttpResponse:
    """Delete a comment."""
    comment = _comment_or_404(request, comment_id)
    comments.delete_comment(by=require_user(request), comment=comment)
    messages.success(request, _("The comment is deleted."))
    return redirect(f"{reverse('watch', args=[comment.animation_id])}#comments")


@login_required
@require_POST
def resolve_comment(request: HttpRequest, comment_id: UUID) -> HttpResponse:
    """Mark a comment as done with, or open it again."""
    comment = _comment_or_404(request, comment_id)
    resolved = request.POST.get("to") == "resolved"
    comments.resolve_comment(by=require_user(request), comment=comment, resolved=resolved)
    return _back(comment)


def _comment_or_404(request: HttpRequest, comment_id: UUID) -> Comment:
    return get_object_or_404(comments.comments_visible_to(request.user), pk=comment_id)


def _back(comment: Comment) -> HttpResponse:
    return redirect(f"{reverse('watch', args=[comment.animation_id])}#comment-{comment.pk}")
