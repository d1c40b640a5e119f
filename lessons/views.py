"""Lesson pages. What is wrong with a form is said beside the field; other refusals become a page of their own."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.permissions import require_user
from core.errors import DomainError
from lessons import pages, selectors, services
from lessons.forms import FilterForm, LessonForm, MoveForm
from lessons.models import Lesson, LessonItem, Subject, Unit
from lessons.permissions import require_own
from projects.forms import TitleForm
from projects.selectors import animations_owned_by

PAGE_SIZE = 50


# --- Overview ------------------------------------------------------------------------------------
@login_required
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """List subjects; with a filter in the address, the lessons that fit it."""
    return _overview(request, TitleForm())


@login_required
@require_POST
def bulk(request: HttpRequest) -> HttpResponse:
    """Do one thing to all ticked lessons, then show the list the teacher came from."""
    user = require_user(request)
    try:
        ids = [UUID(one) for one in request.POST.getlist("lesson")]
    except ValueError:
        ids = []
    done = _bulk_action(request, services.chosen(user, ids))
    messages.success(
        request,
        ngettext("%(count)d lesson changed.", "%(count)d lessons changed.", done) % {"count": done},
    )
    return redirect(pages.way_back(request, "lesson_list"))


def _bulk_action(request: HttpRequest, lessons: Any) -> int:
    user = require_user(request)
    match request.POST.get("action", ""):
        case "archive":
            return services.archive(by=user, lessons=lessons)
        case "unarchive":
            return services.unarchive(by=user, lessons=lessons)
        case ("draft" | "published") as state:
            return services.change_state(by=user, lessons=lessons, state=state)
        case "move":
            form = MoveForm(user, request.POST)
            if not form.is_valid():
                raise DomainError("invalid", _("Choose the unit that the lessons go to."))
            return services.move_lessons(by=user, lessons=lessons, unit=form.cleaned_data["unit"])
    raise DomainError("invalid", _("Choose what to do with the lessons."))


# --- Subjects and units --------------------------------------------------------------------------
@login_required
@require_POST
def create_subject(request: HttpRequest) -> HttpResponse:
    """Make a subject and show it."""
    form = TitleForm(request.POST)
    if not form.is_valid():
        return _overview(request, form, status=422)
    made = services.create_subject(owner=require_user(request), title=form.cleaned_data["title"])
    return redirect("subject_detail", subject_id=made.pk)


@login_required
@require_safe
def subject(request: HttpRequest, subject_id: UUID) -> HttpResponse:
    """Show a subject's units and their lessons."""
    return _subject(request, _subject_or_404(request, subject_id))


@login_required
@require_POST
def rename_subject(request: HttpRequest, subject_id: UUID) -> HttpResponse:
    """Give a subject another title."""
    return _rename(request, _subject_or_404(request, subject_id))


@login_required
@require_POST
def shift_subject(request: HttpRequest, subject_id: UUID) -> HttpResponse:
    """Move a subject up or down."""
    return _shift(request, _subject_or_404(request, subject_id), "lesson_list")


@login_required
@require_POST
def delete_subject(request: HttpRequest, subject_id: UUID) -> HttpResponse:
    """Delete an empty subject."""
    services.delete_empty(by=require_user(request), part=_subject_or_404(request, subject_id))
    return redirect("lesson_list")


@login_required
@require_POST
def create_unit(request: HttpRequest, subject_id: UUID) -> HttpResponse:
    """Make a unit in a subject."""
    inside = _subject_or_404(request, subject_id)
    form = TitleForm(request.POST)
    if not form.is_valid():
        return _subject(request, inside, form=form, status=422)
    made = services.create_unit(by=require_user(request), subject=inside, title=form.cleaned_data["title"])
    return redirect(f"{pages.address(inside)}#unit-{made.pk}")


@login_required
@require_POST
def rename_unit(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    """Give a unit another title."""
    return _rename(request, _unit_or_404(request, unit_id))


@login_required
@require_POST
def shift_unit(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    """Move a unit up or down."""
    unit = _unit_or_404(request, unit_id)
    return _shift(request, unit, pages.address(unit))


@login_required
@require_POST
def delete_unit(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    """Delete an empty unit."""
    unit = _unit_or_404(request, unit_id)
    services.delete_empty(by=require_user(request), part=unit)
    return redirect("subject_detail", subject_id=unit.subject_id)


# --- Lessons -------------------------------------------------------------------------------------
@login_required
@require_POST
def create_lesson(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    """Make a lesson in a unit and show it."""
    unit = _unit_or_404(request, unit_id)
    form = TitleForm(request.POST)
    if not form.is_valid():
        return _subject(request, unit.subject, status=422, at_unit=unit.pk, lesson_form=form)
    made = services.create_lesson(by=require_user(request), unit=unit, title=form.cleaned_data["title"])
    return redirect("lesson_detail", lesson_id=made.pk)


@login_required
@require_safe
def lesson(request: HttpRequest, lesson_id: UUID) -> HttpResponse:
    """Show a lesson and what it shows."""
    return _lesson(request, _lesson_or_404(request, lesson_id))


@login_required
@require_POST
def edit_lesson(request: HttpRequest, lesson_id: UUID) -> HttpResponse:
    """Write a lesson's title, notes, year and day."""
    edited = _lesson_or_404(request, lesson_id)
    form = LessonForm(request.POST)
    if not form.is_valid():
        return _lesson(request, edited, form=form, status=422)
    services.update_lesson(by=require_user(request), lesson=edited, **form.cleaned_data)
    messages.success(request, _("Saved."))
    return redirect("lesson_detail", lesson_id=lesson_id)


@login_required
@require_POST
def shift_lesson(request: HttpRequest, lesson_id: UUID) -> HttpResponse:
    """Move a lesson up or down in its unit."""
    shifted = _lesson_or_404(request, lesson_id)
    return _shift(request, shifted, pages.address(shifted.unit))


@login_required
@require_POST
def move_lesson(request: HttpRequest, lesson_id: UUID) -> HttpResponse:
    """Put a lesson into another unit."""
    moved = _lesson_or_404(request, lesson_id)
    require_own(request.user, moved)
    form = MoveForm(require_user(request), request.POST)
    if not form.is_valid():
        raise DomainError("invalid", _("Choose the unit that the lesson goes to."))
    services.move_lessons(
        by=require_user(request), lessons=Lesson.objects.filter(pk=moved.pk), unit=form.cleaned_data["unit"]
    )
    return redirect("lesson_detail", lesson_id=lesson_id)


@login_required
@require_POST
def change_state(request: HttpRequest, lesson_id: UUID) -> HttpResponse:
    """Publish a lesson or make it a draft again."""
    one = Lesson.objects.filter(pk=_lesson_or_404(request, lesson_id).pk)
    state = request.POST.get("state", "")
    if state not in Lesson.State.values:
        raise DomainError("invalid", _("A lesson is a draft or published."))
    services.change_state(by=require_user(request), lessons=one, state=state)
    return redirect("lesson_detail", lesson_id=lesson_id)


@login_required
@require_POST
def archive_lesson(request: HttpRequest, lesson_id: UUID) -> HttpResponse:
    """Put a lesson away, or bring it back."""
    one = _lesson_or_404(request, lesson_id)
    act = services.archive if one.archived is None else services.unarchive
    act(by=require_user(request), lessons=Lesson.objects.filter(pk=one.pk))
    said = _("“%(title)s” is archived.") if one.archived is None else _("“%(title)s” is back.")
    messages.success(request, said % {"title": one.title})
    return redirect("lesson_detail", lesson_id=lesson_id)


@login_required
@require_POST
def copy_lesson(request: HttpRequest, lesson_id: UUID) -> HttpResponse:
    """Use a lesson as the template of a new one."""
    made = services.duplicate_lesson(by=require_user(request), lesson=_lesson_or_404(request, lesson_id))
    messages.success(request, _("This is a copy. The other lesson is as it was."))
    return redirect("lesson_detail", lesson_id=made.pk)


@login_required
@require_POST
def delete_lesson(request: HttpRequest, lesson_id: UUID) -> HttpResponse:
    """Delete a lesson."""
    gone = _lesson_or_404(request, lesson_id)
    services.delete_lesson(by=require_user(request), lesson=gone)
    messages.success(request, _("“%(title)s” was deleted. Its animations are still there.") % {"title": gone.title})
    return redirect("subject_detail", subject_id=gone.unit.subject_id)


# --- What a lesson shows -------------------------------------------------------------------------
@login_required
@require_POST
def add_item(request: HttpRequest, lesson_id: UUID) -> HttpResponse:
    """Show an animation in a lesson."""
    target = _lesson_or_404(request, lesson_id)
    try:
        animation_id = UUID(request.POST.get("animation", ""))
    except ValueError as error:
        raise DomainError("invalid", _("Choose an animation.")) from error
    animation = get_object_or_404(animations_owned_by(request.user), pk=animation_id)
    services.add_item(by=require_user(request), lesson=target, animation=animation)
    messages.success(request, _("“%(title)s” was added.") % {"title": animation.title})
    return redirect("lesson_detail", lesson_id=lesson_id)


@login_required
@require_POST
def shift_item(request: HttpRequest, item_id: UUID) -> HttpResponse:
    """Move an animation up or down in its lesson."""
    item = _item_or_404(request, item_id)
    return _shift(request, item, pages.address(item.lesson))


@login_required
@require_POST
def note_item(request: HttpRequest, item_id: UUID) -> HttpResponse:
    """Write a line to an animation of a lesson."""
    item = _item_or_404(request, item_id)
    services.write_note(by=require_user(request), item=item, note=request.POST.get("note", ""))
    return redirect(pages.address(item.lesson))


@login_required
@require_POST
def renew_item(request: HttpRequest, item_id: UUID) -> HttpResponse:
    """Show the newest version of an animation."""
    item = _item_or_404(request, item_id)
    newest = services.renew_item(by=require_user(request), item=item)
    messages.success(request, _("Version %(number)d is shown from now on.") % {"number": newest.number})
    return redirect(pages.address(item.lesson))


@login_required
@require_POST
def remove_item(request: HttpRequest, item_id: UUID) -> HttpResponse:
    """Take an animation out of a lesson."""
    item = _item_or_404(request, item_id)
    services.remove_item(by=require_user(request), item=item)
    return redirect(pages.address(item.lesson))


@login_required
@require_http_methods(["GET", "HEAD"])
def pick(request: HttpRequest, animation_id: UUID) -> HttpResponse:
    """Choose the lesson that shows an animation."""
    animation = get_object_or_404(animations_owned_by(request.user), pk=animation_id)
    form = FilterForm(request.GET)
    page = Paginator(selectors.lesson_list(request.user, form.wanted()), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "lessons/pick.html", {"animation": animation, "page": page, "filter": form.wanted()})


# --- Shared --------------------------------------------------------------------------------------
def _subject_or_404(request: HttpRequest, subject_id: UUID) -> Subject:
    return get_object_or_404(selectors.subjects_visible_to(request.user), pk=subject_id)


def _unit_or_404(request: HttpRequest, unit_id: UUID) -> Unit:
    return get_object_or_404(selectors.units_visible_to(request.user), pk=unit_id)


def _lesson_or_404(request: HttpRequest, lesson_id: UUID) -> Lesson:
    return get_object_or_404(selectors.lessons_editable_by(request.user), pk=lesson_id)


def _item_or_404(request: HttpRequest, item_id: UUID) -> LessonItem:
    return get_object_or_404(selectors.items_editable_by(request.user), pk=item_id)


def _shift(request: HttpRequest, part: Subject | Unit | Lesson | LessonItem, back: str) -> HttpResponse:
    services.shift(by=require_user(request), part=part, steps=-1 if request.POST.get("to") == "up" else 1)
    return redirect(back)


def _rename(request: HttpRequest, part: Subject | Unit) -> HttpResponse:
    form = TitleForm(request.POST)
    inside = part if isinstance(part, Subject) else part.subject
    if not form.is_valid():
        return _subject(request, inside, status=422, rename_form=form, renamed=part.pk)
    services.rename(by=require_user(request), part=part, title=form.cleaned_data["title"])
    return redirect(pages.address(part))


def _overview(request: HttpRequest, form: TitleForm, *, status: int = 200) -> HttpResponse:
    wanted = FilterForm(request.GET).wanted()
    return render(request, "lessons/overview.html", pages.overview(request, wanted) | {"form": form}, status=status)


def _subject(request: HttpRequest, shown: Subject, *, status: int = 200, **context: Any) -> HttpResponse:
    return render(request, "lessons/subject.html", pages.subject(request, shown) | context, status=status)


def _lesson(request: HttpRequest, shown: Lesson, *, form: LessonForm | None = None, status: int = 200) -> HttpResponse:
    return render(request, "lessons/lesson.html", pages.lesson(request, shown, form), status=status)
