"""Curriculum pages: bring one in, tag lessons, see what is covered."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.permissions import require_user
from core import spreadsheets
from core.errors import DomainError
from lessons import case, selectors, standards
from lessons.models import Lesson
from lessons.standard_models import Framework


@login_required
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """List the curricula she may use."""
    return _overview(request)


@login_required
@require_POST
def bring_in(request: HttpRequest) -> HttpResponse:
    """Read a CASE file; first say what is in it, then store it when the form is sent with `sure`."""
    file = request.FILES.get("file")
    if file is None:
        return _overview(request, error=_("Choose the JSON file of a CASE package."), status=422)
    try:
        if (file.size or 0) > case.MOST_BYTES:
            raise DomainError("case", _("The file is larger than %(size)d MB.") % {"size": case.MOST_BYTES >> 20})
        package = case.read(file.read())
    except DomainError as error:
        return _overview(request, error=f"{error.message} {error.hint}".strip(), status=422)
    if "check" in request.POST:
        return _overview(request, package=package)
    made = standards.bring_in(by=require_user(request), package=package)
    messages.success(request, _("“%(title)s” was brought in.") % {"title": made.title})
    for problem in package.problems[:5]:
        messages.warning(request, problem)
    return redirect("framework_detail", framework_id=made.pk)


@login_required
@require_safe
def framework(request: HttpRequest, framework_id: UUID) -> HttpResponse:
    """Show a curriculum with what the reader's lessons cover of it."""
    shown = _framework_or_404(request, framework_id)
    subject, year = _narrowed(request)
    context = {
        "framework": shown,
        "report": standards.coverage(request.user, shown, subject=subject, year=year),
        "subjects": selectors.subjects_visible_to(request.user),
        "years": selectors.school_years(request.user),
        "subject": subject,
        "year": year,
        "owns": shown.owner_id == request.user.pk,
        "query": request.GET.urlencode(),
    }
    return render(request, "lessons/framework.html", context)


@login_required
@require_safe
def coverage_csv(request: HttpRequest, framework_id: UUID) -> HttpResponseBase:
    """Send the report as CSV."""
    shown = _framework_or_404(request, framework_id)
    subject, year = _narrowed(request)
    report = standards.coverage(request.user, shown, subject=subject, year=year)
    header = [_("Code"), _("Statement"), _("Level"), _("Published lessons"), _("Drafts"), "CASE"]
    name = f"{slugify(shown.title)[:60] or 'coverage'}.csv"
    return spreadsheets.answer(request, name, header, standards.csv_rows(report))


@login_required
@require_POST
def remove(request: HttpRequest, framework_id: UUID) -> HttpResponse:
    """Delete a curriculum of her own."""
    shown = _framework_or_404(request, framework_id)
    standards.remove(by=require_user(request), framework=shown)
    messages.success(request, _("“%(title)s” was deleted.") % {"title": shown.title})
    return redirect("framework_list")


@login_required
@require_POST
def tag(request: HttpRequest, lesson_id: UUID) -> HttpResponse:
    """Say which standards a lesson works towards."""
    lesson = _lesson_or_404(request, lesson_id)
    try:
        named = standards.found(request.user, request.POST.get("codes", ""))
        standards.tag(by=require_user(request), lesson=lesson, standards=named)
    except DomainError as error:
        if error.status == 404:
            raise
        messages.error(request, f"{error.message} {error.hint}".strip())
    return redirect("lesson_detail", lesson_id=lesson.pk)


@login_required
@require_POST
def untag(request: HttpRequest, lesson_id: UUID, tagged_id: UUID) -> HttpResponse:
    """Take a standard out of a lesson."""
    lesson = _lesson_or_404(request, lesson_id)
    standards.untag(by=require_user(request), lesson=lesson, standard_id=tagged_id)
    return redirect("lesson_detail", lesson_id=lesson.pk)


def _overview(
    request: HttpRequest, *, error: str = "", package: case.Package | None = None, status: int = 200
) -> HttpResponse:
    found = standards.frameworks_visible_to(request.user).select_related("owner")
    context: dict[str, Any] = {
        "frameworks": found.annotate(standard_count=Count("standards")),
        "error": error,
        "package": package,
    }
    return render(request, "lessons/frameworks.html", context, status=status)


def _framework_or_404(request: HttpRequest, framework_id: UUID) -> Framework:
    return get_object_or_404(standards.frameworks_visible_to(request.user), pk=framework_id)


def _lesson_or_404(request: HttpRequest, lesson_id: UUID) -> Lesson:
    return get_object_or_404(selectors.lessons_editable_by(request.user), pk=lesson_id)


def _narrowed(request: HttpRequest) -> tuple[UUID | None, int | None]:
    """Return what the address narrows the report to; what is no filter counts as not said."""
    try:
        subject = UUID(request.GET.get("subject", ""))
    except ValueError:
        subject = None
    year = request.GET.get("year", "")
    return subject, int(year[:4]) if year.isascii() and year.isdecimal() else None
