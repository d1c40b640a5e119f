"""Classroom pages. A member of any role finds the classroom; the services say what her role lets her do."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.permissions import require_user
from core.errors import DomainError
from lessons import class_pages, classrooms, joining, selectors, watching
from lessons.class_forms import ClassroomForm, CodeForm, InviteForm, JoinForm
from lessons.guessing import require_guess
from lessons.models import ClassLink, Classroom, ClassroomMember, Invitation, JoinCode, Role
from lessons.permissions import TEACHERS, can_edit, require_role


# --- Classrooms ----------------------------------------------------------------------------------
@login_required
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """List the classrooms she is in, and what she is asked into."""
    return _overview(request, ClassroomForm())


@login_required
@require_POST
def create_classroom(request: HttpRequest) -> HttpResponse:
    """Make a classroom."""
    form = ClassroomForm(request.POST)
    if not form.is_valid():
        return _overview(request, form, status=422)
    made = classrooms.create_classroom(owner=require_user(request), **form.cleaned_data)
    return redirect("classroom_detail", classroom_id=made.pk)


@login_required
@require_safe
def classroom(request: HttpRequest, classroom_id: UUID) -> HttpResponse:
    """Show a classroom: its lessons, who is in it, and the ways into it."""
    return _page(request, _classroom_or_404(request, classroom_id))


@login_required
@require_POST
def edit_classroom(request: HttpRequest, classroom_id: UUID) -> HttpResponse:
    """Write title and school year anew."""
    shown, form = _classroom_or_404(request, classroom_id), ClassroomForm(request.POST)
    require_role(request.user, shown, *TEACHERS)
    if not form.is_valid():
        return _page(request, shown, status=422, edit_form=form, editing=True)
    classrooms.rename_classroom(by=require_user(request), classroom=shown, **form.cleaned_data)
    return _back(shown)


@login_required
@require_POST
def delete_classroom(request: HttpRequest, classroom_id: UUID) -> HttpResponse:
    """Delete a classroom."""
    gone = _classroom_or_404(request, classroom_id)
    classrooms.delete_classroom(by=require_user(request), classroom=gone)
    messages.success(request, _("“%(title)s” was deleted. Its lessons are still there.") % {"title": gone.title})
    return redirect("classroom_list")


@login_required
@require_POST
def leave(request: HttpRequest, classroom_id: UUID) -> HttpResponse:
    """Leave a classroom."""
    left = _classroom_or_404(request, classroom_id)
    classrooms.leave(by=require_user(request), classroom=left)
    messages.success(request, _("You left “%(title)s”.") % {"title": left.title})
    return redirect("classroom_list")


# --- Lessons -------------------------------------------------------------------------------------
@login_required
@require_POST
def hang_lesson(request: HttpRequest, classroom_id: UUID) -> HttpResponse:
    """Show one of her lessons in a classroom."""
    shown = _classroom_or_404(request, classroom_id)
    require_role(request.user, shown, *TEACHERS)
    try:
        lesson_id = UUID(request.POST.get("lesson", ""))
    except ValueError as error:
        raise DomainError("invalid", _("Choose a lesson.")) from error
    lesson = get_object_or_404(selectors.lessons_owned_by(request.user), pk=lesson_id)
    classrooms.hang_lesson(by=require_user(request), classroom=shown, lesson=lesson)
    return _back(shown)


@login_required
@require_safe
def watch(request: HttpRequest, hung_id: UUID) -> HttpResponse:
    """Show a lesson of a classroom to watch."""
    hung = get_object_or_404(selectors.hung_visible_to(request.user), pk=hung_id)
    return render(
        request,
        "lessons/watch.html",
        {
            "hung": hung,
            "watched": watching.watched(request.user, hung.lesson),
            "may_edit": can_edit(request.user, hung.lesson),
        },
    )


@login_required
@require_POST
def shift_hung(request: HttpRequest, hung_id: UUID) -> HttpResponse:
    """Move a lesson up or down in its classroom."""
    hung = get_object_or_404(selectors.hung_visible_to(request.user), pk=hung_id)
    steps = -1 if request.POST.get("to") == "up" else 1
    classrooms.shift_hung(by=require_user(request), hung=hung, steps=steps)
    return _back(hung.classroom)


@login_required
@require_POST
def take_down(request: HttpRequest, hung_id: UUID) -> HttpResponse:
    """Take a lesson out of its classroom."""
    hung = get_object_or_404(selectors.hung_visible_to(request.user), pk=hung_id)
    classrooms.take_down(by=require_user(request), hung=hung)
    return _back(hung.classroom)


# --- Members -------------------------------------------------------------------------------------
@login_required
@require_POST
def change_role(request: HttpRequest, member_id: UUID) -> HttpResponse:
    """Make a member an editor or a viewer."""
    member = _inside_or_404(request, ClassroomMember, member_id)
    classrooms.change_role(by=require_user(request), member=member, role=request.POST.get("role", ""))
    return _back(member.classroom)


@login_required
@require_POST
def remove_member(request: HttpRequest, member_id: UUID) -> HttpResponse:
    """Take somebody out of a classroom."""
    member = _inside_or_404(request, ClassroomMember, member_id)
    classrooms.remove_member(by=require_user(request), member=member)
    return _back(member.classroom)


@login_required
@require_POST
def hand_over(request: HttpRequest, member_id: UUID) -> HttpResponse:
    """Make an editor the owner of a classroom."""
    member = _inside_or_404(request, ClassroomMember, member_id)
    classrooms.hand_over(by=require_user(request), member=member)
    return _back(member.classroom)


# --- Ways in -------------------------------------------------------------------------------------
@login_required
@require_POST
def invite(request: HttpRequest, classroom_id: UUID) -> HttpResponse:
    """Ask a teacher in by her address."""
    shown, form = _classroom_or_404(request, classroom_id), InviteForm(request.POST)
    require_role(request.user, shown, Role.OWNER)
    if not form.is_valid():
        return _page(request, shown, status=422, invite_form=form)
    joining.invite(by=require_user(request), classroom=shown, **form.cleaned_data)
    messages.success(request, _("The invitation is kept. Whoever has this address finds it under “Classrooms”."))
    return _back(shown)


@login_required
@require_POST
def withdraw(request: HttpRequest, invitation_id: UUID) -> HttpResponse:
    """Take an invitation back."""
    asked = _inside_or_404(request, Invitation, invitation_id)
    joining.withdraw(by=require_user(request), invitation=asked)
    return _back(asked.classroom)


@login_required
@require_POST
def answer(request: HttpRequest, asked_id: UUID) -> HttpResponse:
    """Accept or decline an invitation."""
    asked = get_object_or_404(joining.invitations_for(request.user), pk=asked_id)
    accept = request.POST.get("answer") == "accept"
    joining.answer(user=require_user(request), invitation=asked, accept=accept)
    return _back(asked.classroom) if accept else redirect("classroom_list")


@login_required
@require_POST
def make_code(request: HttpRequest, classroom_id: UUID) -> HttpResponse:
    """Make a join code."""
    shown, form = _classroom_or_404(request, classroom_id), CodeForm(request.POST)
    require_role(request.user, shown, *TEACHERS)
    if not form.is_valid():
        return _page(request, shown, status=422, code_form=form)
    joining.make_code(by=require_user(request), classroom=shown, **form.cleaned_data)
    return _back(shown)


@login_required
@require_POST
def revoke_code(request: HttpRequest, code_id: UUID) -> HttpResponse:
    """End a join code."""
    return _revoke(request, _inside_or_404(request, JoinCode, code_id))


@login_required
@require_POST
def make_link(request: HttpRequest, classroom_id: UUID) -> HttpResponse:
    """Make an address for students."""
    shown = _classroom_or_404(request, classroom_id)
    joining.make_link(by=require_user(request), classroom=shown)
    return _back(shown)


@login_required
@require_POST
def revoke_link(request: HttpRequest, link_id: UUID) -> HttpResponse:
    """End an address for students."""
    return _revoke(request, _inside_or_404(request, ClassLink, link_id))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest) -> HttpResponse:
    """Type a code; only sending it makes her a member."""
    if request.method != "POST":
        return render(request, "lessons/join.html", {"form": JoinForm()})
    form = JoinForm(request.POST)
    require_guess(request)
    if form.is_valid():
        try:
            joined = joining.join(user=require_user(request), typed=form.cleaned_data["code"])
        except DomainError as refused:
            if refused.code != "bad_code":
                raise
            form.add_error("code", f"{refused.message} {refused.hint}")
        else:
            return _back(joined)
    return render(request, "lessons/join.html", {"form": form}, status=422)


# --- Shared --------------------------------------------------------------------------------------
def _classroom_or_404(request: HttpRequest, classroom_id: UUID) -> Classroom:
    return get_object_or_404(selectors.classrooms_visible_to(request.user), pk=classroom_id)


def _inside_or_404(request: HttpRequest, model: type[Any], pk: UUID) -> Any:
    inside = selectors.classrooms_visible_to(request.user).values("pk")
    return get_object_or_404(model.objects.select_related("classroom"), pk=pk, classroom__in=inside)


def _revoke(request: HttpRequest, grant: JoinCode | ClassLink) -> HttpResponse:
    joining.revoke(by=require_user(request), grant=grant)
    return _back(grant.classroom)


def _back(shown: Classroom) -> HttpResponse:
    return redirect("classroom_detail", classroom_id=shown.pk)


def _overview(request: HttpRequest, form: ClassroomForm, *, status: int = 200) -> HttpResponse:
    return render(request, "lessons/classrooms.html", class_pages.overview(request, form), status=status)


def _page(request: HttpRequest, shown: Classroom, *, status: int = 200, **turned_down: Any) -> HttpResponse:
    context = class_pages.classroom(request, shown, **turned_down)
    return render(request, "lessons/classroom.html", context, status=status)
