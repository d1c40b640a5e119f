"""How often somebody may try a join code."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from django.http import HttpRequest
from django.utils.translation import gettext as _

from core.errors import DomainError
from core.throttling import UserThrottle


class UserGuesses(UserThrottle):
    """Codes that one account tries."""

    scope = "join"
    rate = "20/hour"


class AddressGuesses(UserThrottle):
    """Codes that come from one address; a whole staff room may share one."""

    scope = "join_address"
    rate = "200/hour"

    def get_cache_key(self, request: Any, view: Any) -> str:
        """Return under what this address is counted."""
        return f"throttle_{self.scope}_{get_adapter().get_client_ip(request)}"


def require_guess(request: HttpRequest) -> None:
    """Count a code. Raises DomainError "too_many_codes" for one too many from this account or address."""
    for throttle in (UserGuesses(), AddressGuesses()):
        asked: Any = request  # of the framework's request the throttles use nothing more
        if not throttle.allow_request(asked, None):  # type: ignore[arg-type]
            raise DomainError(
                "too_many_codes",
                _("Too many codes were tried in the last hour."),
                status=429,
                hint=_("Wait a while, or ask your colleague to invite you by e-mail."),
                data={"retry_after": int(throttle.wait() or 60) + 1},
            )
