"""Pages of schools and districts, under /school/: themselves, their members, and the ways in."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts import handing_over, joining, organisations, seats, tasks
from accounts.models import JoinRequest, Membership, Organisation, SchoolInvitation
from accounts.permissions import can_manage, can_pay, require_manage, require_user, role_in
from accounts.school_forms import InvitationForm, NameForm, OrganisationForm
from core import spreadsheets
from core.errors import DomainError


# --- Organisations -------------------------------------------------------------------------------
@never_cache
@login_required
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """List the user's schools, what she is asked into, and what she may join by her address."""
    return _overview(request, OrganisationForm())


@login_required
@require_POST
def create(request: HttpRequest) -> HttpResponse:
    """Set up a school or district."""
    form = OrganisationForm(request.POST)
    if not form.is_valid():
        return _overview(request, form, status=422)
    try:
        made = organisations.create_organisation(by=require_user(request), **form.cleaned_data)
    except DomainError as refused:
        form.add_error(None, said(refused))
        return _overview(request, form, status=refused.status)
    return redirect("school", school_id=made.pk)


@never_cache
@login_required
@require_safe
def school(request: HttpRequest, school_id: UUID) -> HttpResponse:
    """Show a school: its people and, to those who run it, the ways in."""
    return _page(request, found(request, school_id))


@login_required
@require_POST
def rename(request: HttpRequest, school_id: UUID) -> HttpResponse:
    """Give a school another name."""
    shown, form = found(request, school_id), NameForm(request.POST)
    if not form.is_valid():
        return _page(request, shown, status=422, name_form=form)
    organisations.rename(by=require_user(request), organisation=shown, **form.cleaned_data)
    return redirect("school", school_id=shown.pk)


@login_required
@require_POST
def add_school(request: HttpRequest, school_id: UUID) -> HttpResponse:
    """Set up a school of a district."""
    district, form = found(request, school_id), NameForm(request.POST)
    if not form.is_valid():
        return _page(request, district, status=422, school_form=form)
    made = organisations.add_school(by=require_user(request), district=district, **form.cleaned_data)
    return redirect("school", school_id=made.pk)


@login_required
@require_POST
def leave(request: HttpRequest, school_id: UUID) -> HttpResponse:
    """Leave a school."""
    left = found(request, school_id)
    organisations.leave(user=require_user(request), organisation=left)
    messages.success(request, _("You left “%(school)s”. Your work is still yours.") % {"school": left.name})
    return redirect("school_list")


# --- Members -------------------------------------------------------------------------------------
@login_required
@require_POST
def change_role(request: HttpRequest, school_id: UUID, member_key: int) -> HttpResponse:
    """Give a member another role."""
    shown = found(request, school_id)
    member = get_object_or_404(organisations.members_of(shown), pk=member_key)
    organisations.change_role(by=require_user(request), member=member, role=request.POST.get("role", ""))
    return redirect("school", school_id=shown.pk)


@login_required
@require_POST
def remove_member(request: HttpRequest, school_id: UUID, member_key: int) -> HttpResponse:
    """Take somebody out of a school."""
    shown = found(request, school_id)
    member = get_object_or_404(organisations.members_of(shown), pk=member_key)
    organisations.remove_member(by=require_user(request), member=member)
    messages.success(request, _("%(name)s is no longer in the school.") % {"name": member.user.display_name})
    return redirect("school", school_id=shown.pk)


@login_required
@require_POST
def hand_over(request: HttpRequest, school_id: UUID, member_key: int) -> HttpResponse:
    """Give a member's work to a colleague."""
    shown = found(request, school_id)
    people = organisations.members_of(shown)
    leaver = get_object_or_404(people, pk=member_key)
    heir = people.filter(pk=_whole(request.POST.get("heir", ""))).first()
    if heir is None:
        raise DomainError("heir", _("Choose another teacher of the school."), status=422)
    moved = handing_over.hand_over_work(
        by=require_user(request), organisation=shown, leaver=leaver.user, heir=heir.user
    )
    told = ngettext("%(count)d thing now belongs to %(name)s.", "%(count)d things now belong to %(name)s.", moved)
    messages.success(request, told % {"count": moved, "name": heir.user.display_name})
    return redirect("school", school_id=shown.pk)


@never_cache
@login_required
@require_safe
def members_csv(request: HttpRequest, school_id: UUID) -> HttpResponseBase:
    """Give the list of members and invitations as a file that can be read in again."""
    shown = found(request, school_id)
    require_manage(request.user, shown)
    places = [shown, *organisations.schools_of(shown)]
    people = Membership.objects.filter(organisation__in=places).select_related("user", "organisation")
    asked = SchoolInvitation.objects.filter(organisation__in=places).select_related("organisation")
    rows = [(one.user.email, one.user.name, one.role, one.organisation.name, "member") for one in people]
    rows += [(one.email, one.name, one.role, one.organisation.name, "invited") for one in asked]
    return spreadsheets.answer(request, "members.csv", ["email", "name", "role", "school", "state"], sorted(rows))


# --- Ways in -------------------------------------------------------------------------------------
@login_required
@require_POST
def invite(request: HttpRequest, school_id: UUID) -> HttpResponse:
    """Ask a colleague in."""
    shown, form = found(request, school_id), InvitationForm(request.POST)
    if not form.is_valid():
        return _page(request, shown, status=422, invitation_form=form)
    try:
        joining.invite(by=require_user(request), organisation=shown, **form.cleaned_data)
    except DomainError as refused:
        form.add_error(None, said(refused))
        return _page(request, shown, status=refused.status, invitation_form=form)
    tasks.ask(tasks.mail_invitations)
    messages.success(request, _("The invitation is on its way."))
    return redirect("school", school_id=shown.pk)


@login_required
@require_POST
def withdraw(request: HttpRequest, school_id: UUID, invited_id: UUID) -> HttpResponse:
    """Take an invitation back."""
    shown = found(request, school_id)
    asked = get_object_or_404(SchoolInvitation, pk=invited_id, organisation=shown)
    joining.withdraw(by=require_user(request), invitation=asked)
    return redirect("school", school_id=shown.pk)


@login_required
@require_POST
def answer_invitation(request: HttpRequest, own_invitation_id: UUID) -> HttpResponse:
    """Accept or decline an invitation."""
    asked = get_object_or_404(joining.invitations_for(request.user), pk=own_invitation_id)
    accept = request.POST.get("answer") == "accept"
    joining.answer(user=require_user(request), invitation=asked, accept=accept)
    return redirect("school", school_id=asked.organisation_id) if accept else redirect("school_list")


@login_required
@require_POST
def join(request: HttpRequest, offered_id: UUID) -> HttpResponse:
    """Join by an address at the school's domain, or ask to."""
    offered = get_object_or_404(joining.offers_for(request.user), pk=offered_id)
    if joining.join(user=require_user(request), domain=offered):
        return redirect("school", school_id=offered.organisation_id)
    messages.success(request, _("The school's administrators see that you would like to join."))
    return redirect("school_list")


@login_required
@require_POST
def answer_request(request: HttpRequest, school_id: UUID, asking_id: UUID) -> HttpResponse:
    """Let somebody in who asked, or not."""
    shown = found(request, school_id)
    asked = get_object_or_404(JoinRequest.objects.select_related("user"), pk=asking_id, organisation=shown)
    accept = request.POST.get("answer") == "accept"
    joining.answer_request(by=require_user(request), request=asked, accept=accept)
    return redirect("school", school_id=shown.pk)


# --- Shared --------------------------------------------------------------------------------------
def found(request: HttpRequest, school_id: UUID) -> Organisation:
    """Return an organisation that the user may see. Raises Http404."""
    return get_object_or_404(organisations.visible_to(request.user), pk=school_id)


def said(refused: DomainError) -> str:
    """Put an error's message and hint into one line for a form."""
    return " ".join([refused.message, refused.hint]).strip()


def context_of(request: HttpRequest, shown: Organisation) -> dict[str, Any]:
    """What every page of a school shows."""
    user = require_user(request)
    return {"school": shown, "manages": can_manage(user, shown), "pays": can_pay(user, shown)}


def _whole(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 18 else 0


def _overview(request: HttpRequest, form: OrganisationForm, *, status: int = 200) -> HttpResponse:
    context = {
        "schools": organisations.visible_to(request.user).order_by("kind", "name"),
        "invitations": joining.invitations_for(request.user),
        "offers": joining.offers_for(request.user),
        "asked": JoinRequest.objects.filter(user=request.user.pk).select_related("organisation"),
        "form": form,
    }
    return render(request, "accounts/schools.html", context, status=status)


def _page(request: HttpRequest, shown: Organisation, *, status: int = 200, **forms: Any) -> HttpResponse:
    user = require_user(request)
    manages = can_manage(user, shown)
    people = list(organisations.members_of(shown))
    pool = seats.pool_of(shown)
    context = (
        context_of(request, shown)
        | {
            "members": [
                {"of": member, "may_hand_over": manages and handing_over.may_hand_over(user, shown, member.user)}
                for member in people
            ],
            "own_role": role_in(user, shown),
            "managers": [member for member in people if member.role in ("owner", "admin")],
            "schools": organisations.schools_of(shown) if shown.kind == "district" else [],
            "seats": {"limit": seats.limit_of(pool), "used": seats.used(pool)},
            "invitations": SchoolInvitation.objects.filter(organisation=shown) if manages else [],
            "requests": JoinRequest.objects.filter(organisation=shown).select_related("user") if manages else [],
            "roles": Membership.Role.choices,
            "invitation_form": InvitationForm(),
            "name_form": NameForm(initial={"name": shown.name}, auto_id="rename_%s"),
            "school_form": NameForm(auto_id="school_%s"),
        }
        | forms
    )
    return render(request, "accounts/school.html", context, status=status)
