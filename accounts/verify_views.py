"""The teacher's page of verification, under /verify/."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts import addresses, verification
from accounts.documents import MOST_BYTES
from accounts.models import VerificationRequest
from accounts.permissions import require_user
from accounts.verify_forms import AddressForm, AppealForm, DocumentForm
from core.errors import DomainError


@never_cache
@login_required
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Show where the user's verification stands and what she can do."""
    return _page(request)


@login_required
@require_POST
def by_address(request: HttpRequest) -> HttpResponse:
    """Verify by a school address."""
    user = require_user(request)
    form = AddressForm(request.POST, confirmed=addresses.confirmed_addresses(user))
    if not form.is_valid():
        return _page(request, status=422, address_form=form)
    try:
        verification.verify_by_address(user=user, email=form.cleaned_data["email"])
    except DomainError as refused:
        return _turned_down(request, form, "address_form", refused)
    messages.success(request, _("You are verified as an educator."))
    return redirect("verify")


@login_required
@require_POST
def by_document(request: HttpRequest) -> HttpResponse:
    """Send a picture of a document."""
    form = DocumentForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, status=422, document_form=form)
    said = form.cleaned_data
    picture = said.pop("picture")
    sent = picture.read(MOST_BYTES + 1)
    try:
        verification.verify_by_document(user=require_user(request), sent=sent, **said)
    except DomainError as refused:
        return _turned_down(request, form, "document_form", refused)
    messages.success(request, _("Your document has arrived. We write to you, most often within two days."))
    return redirect("verify")


@login_required
@require_POST
def appeal(request: HttpRequest, verification_id: UUID) -> HttpResponse:
    """Ask for another reviewer."""
    asked = get_object_or_404(verification.requests_visible_to(request.user), pk=verification_id)
    form = AppealForm(request.POST)
    if not form.is_valid():
        return _page(request, status=422, appeal_form=form)
    try:
        verification.appeal(user=require_user(request), request=asked, words=form.cleaned_data["words"])
    except DomainError as refused:
        return _turned_down(request, form, "appeal_form", refused)
    messages.success(request, _("Another reviewer will look at it."))
    return redirect("verify")


@login_required
@require_POST
def withdraw(request: HttpRequest, verification_id: UUID) -> HttpResponse:
    """Take an open request back."""
    asked = get_object_or_404(verification.requests_visible_to(request.user), pk=verification_id)
    verification.withdraw(user=require_user(request), request=asked)
    messages.success(request, _("The request is withdrawn."))
    return redirect("verify")


def _turned_down(request: HttpRequest, form: Any, name: str, refused: DomainError) -> HttpResponse:
    """Show the page again with what was typed and the reason beside it."""
    form.add_error(None, " ".join([refused.message, refused.hint]).strip())
    response = _page(request, status=refused.status, **{name: form})
    if "retry_after" in refused.data:
        response.headers["Retry-After"] = str(refused.data["retry_after"])
    return response


def _page(request: HttpRequest, *, status: int = 200, **forms: Any) -> HttpResponse:
    user = require_user(request)
    confirmed = addresses.confirmed_addresses(user)
    asked = list(verification.requests_visible_to(user)[:10])
    latest = asked[0] if asked else None
    context = {
        "live": verification.live_at(user).first(),
        "latest": latest,
        "earlier": asked[1:],
        "is_open": latest is not None and latest.state in VerificationRequest.OPEN,
        "may_appeal": latest is not None and latest.state == verification.State.REJECTED and not latest.appealed,
        "may_ask": verification.may_renew(user),
        "confirmed": confirmed,
        "address_form": AddressForm(confirmed=confirmed),
        "document_form": DocumentForm(initial={"school": latest.school if latest else ""}),
        "appeal_form": AppealForm(),
    } | forms
    return render(request, "accounts/verify.html", context, status=status)
