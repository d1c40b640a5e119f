"""How often one address may try links that nobody made."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from django.http import HttpRequest
from django.utils.translation import gettext as _

from core.errors import DomainError
from core.throttling import UserThrottle


class AddressThrottle(UserThrottle):
    """Counts what comes from one network address, whoever is signed in there."""

    def get_cache_key(self, request: Any, view: Any) -> str:
        """Return under what this address is counted."""
        return f"throttle_{self.scope}_{get_adapter().get_client_ip(request)}"


class BadLinks(AddressThrottle):
    """Links that lead nowhere. A school shares one address, so those that are good are never counted."""

    scope = "bad_link"
    rate = "60/hour"


def count_bad_link(request: HttpRequest) -> None:
    """Count a link that leads nowhere. Raises DomainError "too_many_links" for one too many from this address."""
    throttle, asked = BadLinks(), request
    if not throttle.allow_request(asked, None):  # type: ignore[arg-type] # the throttle asks only for the address
        raise DomainError(
            "too_many_links",
            _("Too many links that lead nowhere were tried from here."),
            status=429,
            hint=_("Wait an hour, or ask whoever gave you the link for a new one."),
            data={"retry_after": int(throttle.wait() or 60) + 1},
        )
