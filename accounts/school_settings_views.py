"""Pages by which a school is run: lists of colleagues, domains, rules and usage."""

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
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import domains, policies, rosters, tables, usage
from accounts.models import DomainClaim, Organisation, OrganisationPolicy, RosterImport, SchoolDomain
from accounts.permissions import require_manage, require_pay, require_user
from accounts.school_forms import CodeForm, DomainForm, PolicyForm, RosterForm
from accounts.school_views import context_of, found, said
from core import charts, spreadsheets
from core.errors import DomainError


# --- Lists ---------------------------------------------------------------------------------------
@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def roster(request: HttpRequest, school_id: UUID) -> HttpResponse:
    """Paste or send a list; what it would do is shown before anything is done."""
    shown = found(request, school_id)
    require_manage(request.user, shown)
    form = RosterForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return _roster(request, shown, form, status=200 if request.method != "POST" else 422)
    sent = form.cleaned_data["file"]
    if sent is not None and sent.size > tables.MOST_BYTES:
        form.add_error("file", _("The file is larger than %(most)d MB.") % {"most": tables.MOST_BYTES >> 20})
        return _roster(request, shown, form, status=422)
    table = sent.read() if sent is not None else form.cleaned_data["pasted"].encode()
    try:
        kept, reading = rosters.dry_run(by=require_user(request), organisation=shown, sent=table)
    except DomainError as refused:
        form.add_error(None, said(refused))
        return _roster(request, shown, form, status=refused.status)
    return _roster(request, shown, form, kept=kept, reading=reading)


@login_required
@require_POST
def carry_out(request: HttpRequest, school_id: UUID, roster_id: UUID) -> HttpResponse:
    """Invite everybody on a list that was looked at."""
    shown = found(request, school_id)
    kept = get_object_or_404(RosterImport, pk=roster_id, organisation=shown)
    count = rosters.carry_out(by=require_user(request), roster=kept)
    told = ngettext("%(count)d colleague is invited.", "%(count)d colleagues are invited.", count)
    messages.success(request, told % {"count": count})
    return redirect("school", school_id=shown.pk)


def _roster(
    request: HttpRequest, shown: Organisation, form: RosterForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    return render(
        request, "accounts/school_roster.html", context_of(request, shown) | {"form": form} | more, status=status
    )


# --- Domains -------------------------------------------------------------------------------------
@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def claim_domain(request: HttpRequest, school_id: UUID) -> HttpResponse:
    """Show a school's domains; on POST claim one."""
    shown = found(request, school_id)
    require_manage(request.user, shown)
    if request.method != "POST":
        return _domains(request, shown, DomainForm())
    form = DomainForm(request.POST)
    if not form.is_valid():
        return _domains(request, shown, form, status=422)
    try:
        domains.claim(by=require_user(request), organisation=shown, **form.cleaned_data)
    except DomainError as refused:
        form.add_error(None, said(refused))
        return _domains(request, shown, form, status=refused.status)
    return redirect("school_domains", school_id=shown.pk)


@login_required
@require_POST
def check_claim(request: HttpRequest, school_id: UUID, claimed_id: UUID) -> HttpResponse:
    """Look for the DNS record, or compare the code of the mail."""
    shown = found(request, school_id)
    require_manage(request.user, shown)
    claim = get_object_or_404(domains.claims_of(shown).select_related("organisation"), pk=claimed_id)
    by = require_user(request)
    try:
        if claim.method == DomainClaim.Method.DNS:
            settled = domains.check_record(by=by, claim=claim)
        else:
            settled = domains.check_code(by=by, claim=claim, typed=request.POST.get("code", "")[:200])
    except DomainError as refused:
        if refused.status == 404:
            raise
        messages.warning(request, said(refused))
        return _domains(request, shown, DomainForm(), status=refused.status)
    if settled.state == DomainClaim.State.DISPUTED:
        messages.warning(
            request,
            _("Another school has proven %(domain)s too. Our staff decides whose it is; until then nothing changes.")
            % {"domain": settled.domain},
        )
    else:
        messages.success(request, _("%(domain)s is your school's.") % {"domain": settled.domain})
    return redirect("school_domains", school_id=shown.pk)


@login_required
@require_POST
def withdraw_claim(request: HttpRequest, school_id: UUID, claimed_id: UUID) -> HttpResponse:
    """Give a domain up."""
    shown = found(request, school_id)
    claim = get_object_or_404(domains.claims_of(shown).select_related("organisation"), pk=claimed_id)
    domains.withdraw(by=require_user(request), claim=claim)
    return redirect("school_domains", school_id=shown.pk)


@login_required
@require_POST
def set_joining(request: HttpRequest, school_id: UUID, kept_id: UUID) -> HttpResponse:
    """Say whether people join by their address."""
    shown = found(request, school_id)
    kept = get_object_or_404(SchoolDomain.objects.select_related("organisation"), pk=kept_id, organisation=shown)
    domains.set_joining(by=require_user(request), domain=kept, joining=request.POST.get("joining", ""))
    return redirect("school_domains", school_id=shown.pk)


def _domains(request: HttpRequest, shown: Organisation, form: DomainForm, *, status: int = 200) -> HttpResponse:
    claims = [{"of": claim, "record": domains.record_of(claim)} for claim in domains.claims_of(shown)]
    context = context_of(request, shown) | {
        "form": form,
        "claims": claims,
        "kept": SchoolDomain.objects.filter(organisation=shown),
        "joining": SchoolDomain.Joining.choices,
        "code_form": CodeForm(),
    }
    return render(request, "accounts/school_domains.html", context, status=status)


# --- Rules and usage -----------------------------------------------------------------------------
@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def policy(request: HttpRequest, school_id: UUID) -> HttpResponse:
    """Show and change what the school decides for its teachers."""
    shown = found(request, school_id)
    require_manage(request.user, shown)
    kept = OrganisationPolicy.objects.filter(organisation=shown).first()
    initial = {choice: getattr(kept, choice, "") for choice in policies.CHOICES}
    locked = policies.locked_by_district(shown)
    form = PolicyForm(request.POST if request.method == "POST" else None, initial=initial, locked=locked)
    if request.method == "POST" and form.is_valid():
        policies.set_policy(by=require_user(request), organisation=shown, **form.cleaned_data)
        messages.success(request, _("The rules are saved. They hold at once."))
        return redirect("school_policy", school_id=shown.pk)
    context = context_of(request, shown) | {"form": form}
    return render(request, "accounts/school_policy.html", context, status=422 if form.is_bound else 200)


@never_cache
@login_required
@require_safe
def use(request: HttpRequest, school_id: UUID) -> HttpResponseBase:
    """Show how the school uses the product; `?format=csv` gives the file."""
    shown = found(request, school_id)
    require_pay(request.user, shown)
    days = {str(period): period for period in usage.PERIODS}.get(request.GET.get("days", ""), usage.PERIODS[0])
    told = usage.of_organisation(by=require_user(request), organisation=shown, days=days)
    if request.GET.get("format") == "csv":
        return _usage_csv(request, told)
    context = context_of(request, shown) | {
        "usage": told,
        "periods": usage.PERIODS,
        "school_chart": charts.bars((total.name, total.made) for total in told.schools),
        "subject_chart": charts.bars((total.name, total.made) for total in told.subjects),
    }
    return render(request, "accounts/school_usage.html", context)


def _usage_csv(request: HttpRequest, told: usage.Usage) -> HttpResponseBase:
    tables = {_("school"): told.schools, _("subject"): told.subjects, _("teacher"): told.teachers}
    rows = [
        (kind, one.name, one.people, one.made, one.failed, one.cancelled, one.minutes)
        for kind, table in tables.items()
        for one in table
    ]
    header = [_("by"), _("name"), _("people"), _("animations"), _("failed"), _("cancelled"), _("minutes of work")]
    return spreadsheets.answer(request, f"usage-{told.days}-days.csv", header, rows)
