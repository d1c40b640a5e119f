"""Our own account pages; allauth brings the rest."""

from uuid import UUID

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts import selectors, services
from accounts.forms import NameForm, NewKeyForm
from accounts.permissions import require_user
from core.errors import DomainError


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def name(request: HttpRequest) -> HttpResponse:
    """Show and change the name that others see."""
    user = require_user(request)
    form = NameForm(request.POST if request.method == "POST" else None, initial={"name": user.name})
    if request.method == "POST" and form.is_valid():
        services.rename(user=user, name=form.cleaned_data["name"])
        messages.success(request, _("Your name is saved."))
        return redirect("account_name")
    return render(request, "accounts/name.html", {"form": form}, status=422 if form.is_bound else 200)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
@reauthentication_required(allow_get=True)  # type: ignore[untyped-decorator] # allauth ships no types
def keys(request: HttpRequest) -> HttpResponse:
    """List API keys; on POST make one and show it, this once."""
    if request.method == "POST":
        return _create_key(request)
    return _key_page(request, NewKeyForm())


def _create_key(request: HttpRequest) -> HttpResponse:
    form = NewKeyForm(request.POST)
    if not form.is_valid():
        return _key_page(request, form, status=422)
    try:
        new = services.create_api_key(
            owner=require_user(request), name=form.cleaned_data["name"], expires=form.expires()
        )
    except DomainError as error:
        form.add_error(None, " ".join([error.message, error.hint]).strip())
        return _key_page(request, form, status=error.status)
    return _key_page(request, NewKeyForm(), new=new)


@login_required
@require_POST
def revoke_key(request: HttpRequest, key_id: UUID) -> HttpResponse:
    """Make a key useless at once."""
    key = get_object_or_404(selectors.keys_visible_to(request.user), pk=key_id)
    services.revoke_api_key(by=require_user(request), key=key)
    messages.success(request, _("The key “%(name)s” no longer works.") % {"name": key.name})
    return redirect("account_keys")


@login_required
@require_POST
def end_session(request: HttpRequest, session_id: int) -> HttpResponse:
    """Sign out one of the browsers that the user is signed in with."""
    session = get_object_or_404(selectors.sessions_visible_to(request.user), pk=session_id)
    services.end_session(by=require_user(request), session=session)
    messages.success(request, _("That browser is signed out."))
    return redirect("usersessions_list")


def _key_page(
    request: HttpRequest, form: NewKeyForm, *, new: services.NewKey | None = None, status: int = 200
) -> HttpResponse:
    context = {"keys": selectors.keys_visible_to(request.user), "form": form, "new": new}
    return render(request, "accounts/keys.html", context, status=status)
