"""Pages of a school's sign-on: where its administrators set it up, and where its people log in."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any
from uuid import UUID

from allauth.account.decorators import reauthentication_required
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST
from requests import RequestException

from accounts import organisations, sign_on
from accounts.models import Organisation, SignOn
from accounts.permissions import MANAGERS, require_manage, require_user
from accounts.school_forms import OpenIdForm, SamlForm, SignInForm
from accounts.school_views import context_of, found, said
from core.errors import DomainError
from core.middleware import PAGE_POLICY

logger = logging.getLogger(__name__)

KINDS: dict[str, tuple[type[Form], Callable[..., SignOn]]] = {
    "saml": (SamlForm, sign_on.set_up_saml),
    "openid": (OpenIdForm, sign_on.set_up_openid),
}


# --- Setting up ----------------------------------------------------------------------------------
@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required(allow_get=True)  # type: ignore[untyped-decorator] # allauth ships no types
def set_up(request: HttpRequest, school_id: UUID) -> HttpResponse:
    """Show a school's sign-on; on POST set it up."""
    shown = found(request, school_id)
    require_manage(request.user, shown)
    kind = request.POST.get("kind", "")
    if request.method != "POST" or kind not in KINDS:
        return _page(request, shown)
    form_class, act = KINDS[kind]
    form: Any = form_class(request.POST, auto_id=f"{kind}_%s")
    if not form.is_valid():
        return _page(request, shown, status=422, **{f"{kind}_form": form})
    try:
        act(by=require_user(request), organisation=shown, **form.cleaned_data)
    except DomainError as refused:
        form.add_error(None, said(refused))
        return _page(request, shown, status=refused.status, **{f"{kind}_form": form})
    messages.success(request, _("The sign-on is set up. Try it before you make it the only way in."))
    return redirect("school_sign_on", school_id=shown.pk)


@login_required
@require_POST
@reauthentication_required  # type: ignore[untyped-decorator]
def change(request: HttpRequest, school_id: UUID) -> HttpResponse:
    """Make the sign-on the only way in, one of several, or switch it off."""
    shown = found(request, school_id)
    require_manage(request.user, shown)
    kept = SignOn.objects.filter(organisation=shown).select_related("organisation", "app").first()
    if kept is None:
        raise DomainError("not_found", _("There is no sign-on yet."), status=404)
    by, act = require_user(request), request.POST.get("act", "")
    try:
        if act == "remove":
            sign_on.remove(by=by, sign_on=kept)
        else:
            typed = request.POST.get("break_glass", "")
            chosen = organisations.members_of(shown).filter(role__in=MANAGERS, user__email=typed).first()
            sign_on.set_required(
                by=by, sign_on=kept, required=act == "require", break_glass=chosen.user if chosen else None
            )
    except DomainError as refused:
        messages.warning(request, said(refused))
        return _page(request, shown, status=refused.status)
    return redirect("school_sign_on", school_id=shown.pk)


def _page(request: HttpRequest, shown: Organisation, *, status: int = 200, **forms: Any) -> HttpResponse:
    kept = SignOn.objects.filter(organisation=shown).select_related("app", "break_glass").first()
    context = (
        context_of(request, shown)
        | {
            "kept": kept,
            "addresses": _addresses(request, kept),
            "managers": organisations.members_of(shown).filter(role__in=MANAGERS),
            "saml_form": SamlForm(auto_id="saml_%s"),
            "openid_form": OpenIdForm(auto_id="openid_%s"),
        }
        | forms
    )
    return render(request, "accounts/school_sign_on.html", context, status=status)


def _addresses(request: HttpRequest, kept: SignOn | None) -> list[tuple[str, str]]:
    """What the identity provider wants to know of us."""
    if kept is None:
        return []
    slug = kept.app.provider_id
    if kept.app.provider == sign_on.SAML:
        routes = [(_("Entity ID and metadata"), "saml_metadata"), (_("Reply address (ACS)"), "saml_acs")]
        return [(label, request.build_absolute_uri(reverse(name, args=[slug]))) for label, name in routes]
    callback = reverse("openid_connect_callback", kwargs={"provider_id": slug})
    return [(_("Redirect address"), request.build_absolute_uri(callback))]


# --- Logging in ----------------------------------------------------------------------------------
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Find the sign-on of an address and go there. The same is said of every address that has none."""
    if request.user.is_authenticated:
        return redirect(settings.LOGIN_REDIRECT_URL)
    form = SignInForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        kept = sign_on.for_address(form.cleaned_data["email"])
        if kept is not None:
            return _go(request, kept, form)
        form.add_error("email", _("No school logs in addresses at this domain. Log in with your password."))
    response = render(request, "accounts/school_sign_in.html", {"form": form}, status=422 if form.is_bound else 200)
    # A form's answer may lead to another host only where its page allows it: here to any school's.
    wider = [part.replace("form-action 'self'", "form-action 'self' https:") for part in PAGE_POLICY]
    nonce = getattr(request, "csp_nonce", "")
    response.headers["Content-Security-Policy"] = "; ".join(wider).format(nonce=nonce)
    return response


def _go(request: HttpRequest, kept: SignOn, form: SignInForm) -> HttpResponse:
    try:
        provider = kept.app.get_provider(request)
        answer: HttpResponse = provider.redirect(request, process="login")
    except (OAuth2Error, RequestException, KeyError) as error:  # KeyError: the provider's own description lacks a part
        logger.warning("The sign-on %s does not answer: %r", kept.app.provider_id, error)
        raise DomainError(
            "sign_on_down",
            _("Your school's sign-on does not answer."),
            status=503,
            hint=_("Try again in a minute. If it stays so, tell your school's administrator."),
        ) from error
    return answer
