"""A second factor where somebody acts for others: staff, and those who run or pay for an organisation."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from accounts.models import Membership, User

View = Callable[..., HttpResponseBase]
# Those who teach act for themselves alone.
ACTS_FOR_OTHERS = ("owner", "admin", "billing")


def is_needed(user: User) -> bool:
    """Say whether this person must have a second factor: staff, and whoever runs or pays for an organisation."""
    return user.is_staff or Membership.objects.filter(user=user, role__in=ACTS_FOR_OTHERS).exists()


def is_missing(user: User) -> bool:
    """Say whether this person must have a second factor and has none."""
    return is_needed(user) and not is_mfa_enabled(user)


def second_factor_required(view: View) -> View:
    """Let signed-in people pass who have a second factor, or need none; send the others to set one up."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not isinstance(request.user, User):
            return redirect_to_login(request.get_full_path())
        return ask_for_one(request) if is_missing(request.user) else view(request, *args, **kwargs)

    return guarded


def recently_confirmed(view: View) -> View:
    """Let those pass who gave their password or second factor in the last minutes; ask the others, also on GET.

    For what a stolen session must not do: keys, billing, taking data out, ending an account.
    """
    guarded: View = reauthentication_required(view)
    return second_factor_required(guarded)


def ask_for_one(request: HttpRequest) -> HttpResponse:
    """Send somebody to the page where a second factor is set up."""
    messages.info(request, _("Set up a second factor first: whoever acts for others needs one."))
    return redirect("mfa_index")


def gate(request: HttpRequest) -> HttpResponse | None:
    """Keep everybody who lacks a needed second factor off the addresses of SECOND_FACTOR_PATHS.

    A view there may forget to ask; this does not.
    """
    if not request.path_info.startswith(tuple(settings.SECOND_FACTOR_PATHS)):
        return None
    user = request.user
    return ask_for_one(request) if isinstance(user, User) and is_missing(user) else None
