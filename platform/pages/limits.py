"""How often somebody without an account may have a prompt read: reading costs time, and nobody is behind it yet."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext as _

from core import limits
from core.errors import DomainError


def require_room(request: HttpRequest) -> None:
    """Count a prompt of this address. Raises DomainError "too_many_prompts" for one too many in this minute."""
    verdict = limits.take_for(request, "prompt")
    if not verdict.allowed:
        raise DomainError(
            "too_many_prompts",
            _("Many prompts came from your network in the last minute."),
            status=429,
            hint=_("Your words are still here. Wait a minute and send them again, or log in first."),
            data={"retry_after": verdict.retry_after},
        )
