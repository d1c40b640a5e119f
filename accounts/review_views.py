"""What our staff decide on, under /verify/review/ and /verify/domains/. For everybody else there is nothing here."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import reviewing, trusting
from accounts.models import (
    DomainClaim,
    Organisation,
    SchoolDomain,
    SignOn,
    User,
    VerificationDocument,
    VerificationRequest,
)
from accounts.permissions import require_review, require_user
from accounts.verify_forms import DecisionForm, ProposalForm
from core.errors import DomainError

View = Callable[..., HttpResponse]


def reviewers_only(view: View) -> View:
    """Let reviewers in; everybody else finds nothing."""

    @wraps(view)
    def guarded(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponse:
        require_review(request.user)
        return view(request, *arguments, **named)

    return never_cache(login_required(guarded))


# --- Requests ------------------------------------------------------------------------------------
@reviewers_only
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """List what waits, the oldest first."""
    waiting = reviewing.with_repeats(reviewing.queue())[:100]
    return render(request, "accounts/review_queue.html", {"waiting": waiting})


@reviewers_only
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, review_id: UUID) -> HttpResponse:
    """Show one request with its pictures; on POST decide on it and go on to the next."""
    asked = get_object_or_404(VerificationRequest.objects.select_related("user"), pk=review_id)
    if request.method != "POST":
        return _review(request, asked, DecisionForm())
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _review(request, asked, form, status=422)
    try:
        reviewing.decide(by=require_user(request), request=asked, **form.cleaned_data)
    except DomainError as refused:
        form.add_error(None, " ".join([refused.message, refused.hint]).strip())
        return _review(request, asked, form, status=refused.status)
    messages.success(request, _("Decided. The teacher is told."))
    following = reviewing.queue().first()
    return redirect("review", review_id=following.pk) if following else redirect("review_queue")


@reviewers_only
@require_safe
def document(request: HttpRequest, review_id: UUID, document_id: UUID) -> HttpResponse:
    """Show a picture sent as proof."""
    found = get_object_or_404(VerificationDocument.objects.select_related("request"), pk=document_id, request=review_id)
    jpeg = reviewing.open_document(by=require_user(request), document=found)
    return HttpResponse(
        jpeg, content_type="image/jpeg", headers={"Content-Security-Policy": "default-src 'none'; sandbox"}
    )


def _review(request: HttpRequest, asked: VerificationRequest, form: DecisionForm, *, status: int = 200) -> HttpResponse:
    waiting = list(reviewing.queue().values_list("pk", flat=True)[:100])
    place = waiting.index(asked.pk) if asked.pk in waiting else -1
    context = {
        "asked": asked,
        "form": form,
        "pictures": asked.documents.all(),
        "decisions": asked.decisions.select_related("by"),
        "same": reviewing.others_with_the_same_picture(asked),
        "may_decide": asked.state == asked.State.PENDING and reviewing.may_decide(require_user(request), asked),
        "before": waiting[place - 1] if place > 0 else None,
        "after": waiting[place + 1] if -1 < place < len(waiting) - 1 else None,
        "number": place + 1,
        "count": len(waiting),
    }
    return render(request, "accounts/review.html", context, status=status)


# --- Domains and schools -------------------------------------------------------------------------
@reviewers_only
@require_safe
def domains(request: HttpRequest) -> HttpResponse:
    """List proposals to confirm, disputes to settle, and what is trusted."""
    return _domains(request, ProposalForm())


@reviewers_only
@require_POST
def propose(request: HttpRequest) -> HttpResponse:
    """Say who has addresses at a domain."""
    form = ProposalForm(request.POST)
    if not form.is_valid():
        return _domains(request, form, status=422)
    try:
        kept = trusting.propose(by=require_user(request), **form.cleaned_data)
    except DomainError as refused:
        form.add_error(None, " ".join([refused.message, refused.hint]).strip())
        return _domains(request, form, status=refused.status)
    messages.success(request, _("Noted for %(domain)s.") % {"domain": kept.domain})
    return redirect("review_domains")


@reviewers_only
@require_POST
def confirm(request: HttpRequest, domain_id: UUID) -> HttpResponse:
    """Agree with a proposal, drop it, or take trust away."""
    kept = get_object_or_404(SchoolDomain, pk=domain_id)
    answer, by = request.POST.get("answer", ""), require_user(request)
    if answer == "distrust":
        taken = trusting.distrust(by=by, domain=kept)
        messages.success(request, _("No longer trusted. Verifications taken back: %(count)d.") % {"count": taken})
    else:
        trusting.confirm(by=by, domain=kept, agree=answer == "agree")
    return redirect("review_domains")


@reviewers_only
@require_POST
def settle(request: HttpRequest, claim_id: UUID) -> HttpResponse:
    """Give a disputed domain to one of the schools that claim it."""
    trusting.settle(by=require_user(request), claim=get_object_or_404(DomainClaim, pk=claim_id))
    return redirect("review_domains")


@reviewers_only
@require_POST
def verify_school(request: HttpRequest, school_id: UUID) -> HttpResponse:
    """Note whether we are sure of a school, and of the roles that its sign-on tells."""
    school, by = get_object_or_404(Organisation, pk=school_id), require_user(request)
    sure = request.POST.get("answer") == "yes"
    if request.POST.get("what") == "roles":
        trusting.trust_roles(by=by, sign_on=get_object_or_404(SignOn, organisation=school), sure=sure)
    else:
        trusting.verify_organisation(by=by, organisation=school, sure=sure)
    return redirect("review_domains")


def _domains(request: HttpRequest, form: ProposalForm, *, status: int = 200) -> HttpResponse:
    by: User = require_user(request)
    unsure = Organisation.objects.filter(verified=None, parent__verified=None).order_by("-created")
    context = {
        "form": form,
        "by": by,
        "proposals": trusting.proposals(),
        "disputes": trusting.disputes(),
        "trusted": SchoolDomain.objects.exclude(trusted_at=None).select_related("organisation")[:200],
        "schools": unsure.prefetch_related("domains")[:50],
        "sign_ons": SignOn.objects.filter(trusted_at=None).exclude(role_attribute="").select_related("organisation"),
    }
    return render(request, "accounts/review_domains.html", context, status=status)
