"""How often somebody may try a join code: by her account, and by an address, which a whole staff room may share."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext as _

from core import limits
from core.errors import DomainError


def require_guess(request: HttpRequest) -> None:
    """Count a code. Raises DomainError "too_many_codes" for one too many from this account or address."""
    verdict = limits.take_for(request, "join_code")
    if not verdict.allowed:
        raise DomainError(
            "too_many_codes",
            _("Too many codes were tried in the last hour."),
            status=429,
            hint=_("Wait a while, or ask your colleague to invite you by e-mail."),
            data={"retry_after": verdict.retry_after},
        )
