"""Project pages."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.permissions import require_user
from projects import selectors, services
from projects.forms import TitleForm
from projects.models import Project
from projects.permissions import can_edit, is_owner, require_own

PAGE_SIZE = 24


@login_required
@require_safe
def project_list(request: HttpRequest) -> HttpResponse:
    """List open projects, or archived ones with ?archived."""
    return _list_page(request, TitleForm())


@login_required
@require_POST
def create_project(request: HttpRequest) -> HttpResponse:
    """Make a project and show it."""
    form = TitleForm(request.POST)
    if not form.is_valid():
        return _list_page(request, form, status=422)
    project = services.create_project(owner=require_user(request), title=form.cleaned_data["title"])
    return redirect("project_detail", project_id=project.pk)


@login_required
@require_safe
def project_detail(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """Show a project's animations."""
    project = _visible_project(request, project_id)
    return _detail_page(request, project, TitleForm(initial={"title": project.title}))


@login_required
@require_POST
def rename_project(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """Give a project another title."""
    project = _visible_project(request, project_id)
    require_own(request.user, project)
    form = TitleForm(request.POST)
    if not form.is_valid():
        return _detail_page(request, project, form, status=422)
    services.rename_project(by=require_user(request), project=project, title=form.cleaned_data["title"])
    messages.success(request, _("Renamed."))
    return redirect("project_detail", project_id=project.pk)


@login_required
@require_POST
def archive_project(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """Put a project out of sight."""
    said = _("“%(title)s” is archived. You find it under “Archived”.")
    return _move(request, project_id, services.archive_project, said)


@login_required
@require_POST
def unarchive_project(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """Bring an archived project back."""
    return _move(request, project_id, services.unarchive_project, _("“%(title)s” is back."))


@login_required
@require_POST
def delete_project(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """Delete a project with everything in it."""
    project = _visible_project(request, project_id)
    services.delete_project(by=require_user(request), project=project)
    messages.success(request, _("“%(title)s” and everything in it was deleted.") % {"title": project.title})
    return redirect("project_list")


def _visible_project(request: HttpRequest, project_id: UUID) -> Project:
    return get_object_or_404(selectors.projects_visible_to(request.user), pk=project_id)


def _move(request: HttpRequest, project_id: UUID, service: Callable[..., Project], said: str) -> HttpResponse:
    project = service(by=require_user(request), project=_visible_project(request, project_id))
    messages.success(request, said % {"title": project.title})
    return redirect("project_list")


def _list_page(request: HttpRequest, form: TitleForm, *, status: int = 200) -> HttpResponse:
    archived = "archived" in request.GET
    page = Paginator(selectors.project_list(request.user, archived=archived), PAGE_SIZE).get_page(
        request.GET.get("page")
    )
    context = {"page": page, "projects": page.object_list, "archived": archived, "form": form}
    return render(request, "projects/list.html", context, status=status)


def _detail_page(request: HttpRequest, project: Project, form: TitleForm, *, status: int = 200) -> HttpResponse:
    page = Paginator(selectors.animations_in(request.user, project), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "project": project,
        "owns": is_owner(request.user, project),
        "edits": can_edit(request.user, project),
        "page": page,
        "animations": page.object_list,
        "form": form,
    }
    return render(request, "projects/detail.html", context, status=status)
