"""Whom a request is counted for, and the doors that are counted before anybody is signed in."""

from __future__ import annotations

import ipaddress
from collections.abc import Collection
from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from accounts.models import ApiKey, Membership
from core import limits
from core.errors import DomainError
from core.views import domain_error


def subjects(request: Any, scopes: Collection[str]) -> dict[str, object]:
    """Return who sends a request, in the scopes asked for: user, key, organisation (her first), address."""
    found: dict[str, object] = {}
    user = request.user
    known = bool(user.is_authenticated)
    if known:
        found["user"] = user.pk
    key = getattr(request, "auth", None)
    if isinstance(key, ApiKey):
        found["key"] = key.pk
    if "organisation" in scopes and known:
        found["organisation"] = (
            Membership.objects.filter(user=user.pk)
            .order_by("created")
            .values_list("organisation_id", flat=True)
            .first()
        )
    if "address" in scopes:
        found["address"] = address_of(request)
    return found


def address_of(request: Any) -> str:
    """Return the client's address; of IPv6 the part that its provider gave out."""
    address = ipaddress.ip_address(get_adapter().get_client_ip(request))
    if address.version == 4:
        return str(address)
    return str(ipaddress.ip_network((address, 64), strict=False).network_address)


def gate(request: HttpRequest) -> HttpResponseBase | None:
    """Count what is sent to the doors of COUNTED_DOORS: by address, and by the account that it is about.

    The second counts also where no such account exists, so that the answer tells nothing.
    """
    match = request.resolver_match
    act = settings.COUNTED_DOORS.get(match.url_name or "") if match and request.method == "POST" else None
    if act is None:
        return None
    typed = request.POST.get("login") or request.POST.get("email") or ""
    about = typed.strip().lower() or (str(request.user.pk) if request.user.is_authenticated else "")
    verdict = limits.take_for(request, act, account=about)
    if verdict.allowed:
        return None
    error = DomainError(
        "too_often",
        _("That was tried too often."),
        status=429,
        hint=_("Wait %(seconds)d seconds, then try again. Nothing is lost.") % {"seconds": verdict.retry_after},
        data={"retry_after": verdict.retry_after},
    )
    return domain_error(request, error)
