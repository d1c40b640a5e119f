"""Sharing pages: whom a project or an animation is shared with, and what others share with oneself."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.permissions import require_user
from core import limits
from core.errors import DomainError
from projects import activity, selectors, sharing
from projects.models import Animation, Project
from projects.permissions import require_own
from projects.share_forms import LinkForm, PersonForm, SchoolForm
from projects.share_models import LinkHolder, PersonShare, SchoolShare, ShareLink

PAGE_SIZE = 24
Target = Project | Animation


# --- What others share ---------------------------------------------------------------------------
@login_required
@require_safe
def shared_list(request: HttpRequest) -> HttpResponse:
    """List projects and animations of others."""
    user = require_user(request)
    projects = Paginator(selectors.projects_shared_with(user), PAGE_SIZE).get_page(request.GET.get("page"))
    animations = selectors.animations_shared_with(user)[:100]
    return render(request, "projects/shared.html", {"page": projects, "animations": animations})


# --- Sharing one's own ---------------------------------------------------------------------------
@login_required
@require_safe
def manage(request: HttpRequest, **named: UUID) -> HttpResponse:
    """Show whom it is shared with."""
    target = _target(request, **named)
    require_own(request.user, target)
    return _page(request, target)


@login_required
@require_POST
def share_with_person(request: HttpRequest, **named: UUID) -> HttpResponse:
    """Share with the person of an address."""
    target, form = _target(request, **named), PersonForm(request.POST)
    require_own(request.user, target)
    if not form.is_valid():
        return _page(request, target, status=422, person_form=form)
    _require_few(request)
    sharing.share_with_person(by=require_user(request), target=target, **form.cleaned_data)
    messages.success(request, _("Shared. Whoever has this address finds it under “Shared with you”."))
    return redirect(_address(target))


@login_required
@require_POST
def share_with_school(request: HttpRequest, **named: UUID) -> HttpResponse:
    """Share with everybody in a school."""
    target, form = _target(request, **named), SchoolForm(require_user(request), request.POST)
    require_own(request.user, target)
    if not form.is_valid():
        return _page(request, target, status=422, school_form=form)
    sharing.share_with_school(by=require_user(request), target=target, **form.cleaned_data)
    return redirect(_address(target))


@login_required
@require_POST
def make_link(request: HttpRequest, **named: UUID) -> HttpResponse:
    """Make a link."""
    target, form = _target(request, **named), LinkForm(request.POST)
    require_own(request.user, target)
    if not form.is_valid():
        return _page(request, target, status=422, link_form=form)
    sharing.make_link(by=require_user(request), target=target, **form.cleaned_data)
    return redirect(_address(target))


@login_required
@require_POST
def end_person_share(request: HttpRequest, person_share_id: UUID) -> HttpResponse:
    """Take a person's share away, or leave what is shared with oneself."""
    user = require_user(request)
    share = _share_or_404(request, PersonShare, person_share_id)
    sharing.end_person_share(by=user, share=share)
    return redirect("shared_list" if share.user_id == user.pk else _address(share.target))


@login_required
@require_POST
def end_school_share(request: HttpRequest, school_share_id: UUID) -> HttpResponse:
    """Take a school's share away."""
    share = _share_or_404(request, SchoolShare, school_share_id)
    sharing.end_school_share(by=require_user(request), share=share)
    return redirect(_address(share.target))


@login_required
@require_POST
def revoke_link(request: HttpRequest, share_link_id: UUID) -> HttpResponse:
    """End a link."""
    link = _share_or_404(request, ShareLink, share_link_id)
    sharing.revoke_link(by=require_user(request), link=link)
    return redirect(_address(link.target))


@login_required
@require_POST
def drop_link(request: HttpRequest, holder_id: UUID) -> HttpResponse:
    """Keep a link no longer among what is shared with oneself."""
    get_object_or_404(LinkHolder, pk=holder_id, user=require_user(request)).delete()
    return redirect("shared_list")


@login_required
@require_POST
def hand_over(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """Make an editor of a project its owner."""
    project = get_object_or_404(selectors.projects_visible_to(request.user), pk=project_id)
    require_own(request.user, project)
    try:
        share_id = UUID(request.POST.get("share", ""))
    except ValueError as error:
        raise DomainError("invalid", _("Choose who is to take it over.")) from error
    share = get_object_or_404(PersonShare, pk=share_id, project=project)
    sharing.hand_over(by=require_user(request), project=project, share=share)
    messages.success(request, _("“%(title)s” has a new owner. You can still edit it.") % {"title": project.title})
    return redirect("project_detail", project_id=project.pk)


@login_required
@require_safe
def project_activity(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """List what happened in a project, latest first."""
    project = get_object_or_404(selectors.projects_editable_by(request.user), pk=project_id)
    entries = project.activity.select_related("actor", "animation")
    page = Paginator(entries, 50).get_page(request.GET.get("page"))
    told = [(entry, activity.words_of(entry)) for entry in page.object_list]
    return render(request, "projects/activity.html", {"project": project, "page": page, "told": told})


# --- Shared --------------------------------------------------------------------------------------
def _target(request: HttpRequest, project_id: UUID | None = None, animation_id: UUID | None = None) -> Target:
    if project_id is not None:
        return get_object_or_404(selectors.projects_visible_to(request.user), pk=project_id)
    return get_object_or_404(selectors.animations_visible_to(request.user), pk=animation_id)


def _share_or_404(request: HttpRequest, model: type[Any], pk: UUID) -> Any:
    """Return a share of one's own project or animation; of people's shares also those with oneself."""
    share = get_object_or_404(model.objects.select_related("project", "animation__project"), pk=pk)
    project = share.project or share.animation.project
    mine = getattr(share, "user_id", None) == request.user.pk
    return share if mine or project.owner_id == request.user.pk else get_object_or_404(model.objects.none())


def _address(target: Target) -> str:
    if isinstance(target, Project):
        return reverse("project_sharing", args=[target.pk])
    return reverse("animation_sharing", args=[target.pk])


def _require_few(request: HttpRequest) -> None:
    verdict = limits.take_for(request, "share")
    if not verdict.allowed:
        raise DomainError(
            "too_many",
            _("You shared with many people in the last hour."),
            status=429,
            hint=_("Wait a while, or share with your school or by a link."),
            data={"retry_after": verdict.retry_after},
        )


def _page(request: HttpRequest, target: Target, *, status: int = 200, **turned_down: Any) -> HttpResponse:
    user, here = require_user(request), sharing.of_target(target)
    links = ShareLink.objects.filter(revoked=None, expires__gt=timezone.now(), **here)
    context = {
        "target": target,
        "is_project": isinstance(target, Project),
        "here": _address(target),
        "people": PersonShare.objects.filter(**here).select_related("user"),
        "schools": SchoolShare.objects.filter(**here).select_related("organisation"),
        "links": [
            (link, request.build_absolute_uri(reverse("share", args=[sharing.token_of(link)]))) for link in links
        ],
        "person_form": PersonForm(),
        "school_form": SchoolForm(user) if sharing.schools_of(user).exists() else None,
        "link_form": LinkForm(),
    }
    return render(request, "projects/sharing.html", context | turned_down, status=status)
